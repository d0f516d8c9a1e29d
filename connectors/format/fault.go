package format

import "fmt"

// FaultKind says what is wrong with a broken row.
type FaultKind string

// The kinds of broken rows.
const (
	FaultFields   FaultKind = "fields"   // more or fewer fields than the header has
	FaultEncoding FaultKind = "encoding" // bytes that are not text in the file's encoding
	FaultQuote    FaultKind = "quote"    // a quoted field that is opened and not closed
	FaultLength   FaultKind = "length"   // longer than Limits.Record
	FaultNUL      FaultKind = "nul"      // a NUL byte
	FaultSyntax   FaultKind = "syntax"   // a line that is not one JSON object
	FaultKeys     FaultKind = "keys"     // a key twice, or one that the header does not have
	FaultValue    FaultKind = "value"    // a value that is no text: nested, not computed, digits lost, not representable
)

// RowFault is a data row that could not be read. It is data: it is counted, kept and reported like any other row.
type RowFault struct {
	Row  int64 // number of the data row, from 1
	Line int64 // physical line it begins on, from 1

	// Raw is the row's line as delivered, without line end: as UTF-8 text, or for FaultEncoding the bytes of the file.
	// Formats without lines give the row's texts separated by tabs, as far as they could be read.
	// A row longer than Limits.Record is cut there. It may hold personal data: it belongs neither in a log nor in an error.
	Raw string

	Kind   FaultKind
	Reason string // for operators, with names of columns but no data: "11 fields instead of 10"

	Fields, Want int    // FaultFields: fields found, and fields of the header
	Column       string // FaultKeys, FaultValue: the key or column concerned, if it is known
}

// FatalError says that a file cannot be used at all, and what a person can do.
type FatalError struct {
	File       string
	Line       int64  // physical line, from 1; 0 concerns the whole file
	Reason     string // without data of the file
	Suggestion string
}

// Error gives file, line, reason and suggestion in one line.
func (e *FatalError) Error() string {
	place := e.File
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if e.Suggestion == "" {
		return fmt.Sprintf("%s: %s", place, e.Reason)
	}
	return fmt.Sprintf("%s: %s; %s", place, e.Reason, e.Suggestion)
}
