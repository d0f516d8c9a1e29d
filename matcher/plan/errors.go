package plan

import "fmt"

// MissingError says that a block was made or read without something the plan needs: the profile is older than the
// definitions, or only some of its columns were read.
type MissingError struct {
	Block     uint16
	Tag       string // the tag that is missing, or
	Attribute string // the attribute, or
	Dataset   string // the dataset, by name, with
	Field     string // the field
	Reason    string // what is wrong with it; "" if it is missing
}

// Error implements error.
func (e *MissingError) Error() string {
	what := "tag " + e.Tag
	switch {
	case e.Attribute != "":
		what = "attribute " + e.Attribute
	case e.Field != "":
		what = "field " + e.Field + " of dataset " + e.Dataset
	}
	if e.Reason != "" {
		return fmt.Sprintf("evaluate block %d: %s %s", e.Block, what, e.Reason)
	}
	return fmt.Sprintf("evaluate block %d: it has no %s", e.Block, what)
}
