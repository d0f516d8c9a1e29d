package standardise

// FatalError says that a delivery cannot be standardised at all, and what to do. It quotes names of the file's
// columns, never cells.
type FatalError struct {
	File       string
	Message    string
	Suggestion string // may be empty
}

// Error implements error.
func (e *FatalError) Error() string {
	text := e.Message
	if e.File != "" {
		text = e.File + ": " + text
	}
	if e.Suggestion != "" {
		text += " (" + e.Suggestion + ")"
	}
	return text
}
