package plan

import (
	"strconv"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// A test is an elementary condition: it reads a column or two of a frame and knows nothing of other tests. Tests are
// immutable and shared by all evaluators.
type test interface {
	// key tells tests apart: two tests of one space with the same key always agree.
	key() string
	// cost is the price in passes over a column of numbers.
	cost() int
	// eval writes the truth of each thing in the frame to every word of out, whose content is arbitrary before.
	eval(f *frame, out bits.Truth) error
}

// Costs of tests per block, in passes over a column of numbers; they say what is asked first and nothing else.
const (
	costTag    = 0 // the bitmap is there
	costLookup = 1 // a verdict per distinct value, then a look-up per thing
	costScan   = 1
	costPair   = 4   // two columns, each known or not
	costStep   = 5   // an instruction of a program
	costDates  = 200 // calendar arithmetic per thing
	costFold   = 200 // going through the rows of each enterprise
)

// field names a column of a frame with the type the condition was checked against.
type field struct {
	name   string
	typ    schemas.Type
	yearly bool
	year   condition.Year // of a yearly attribute
}

func fieldOf(c condition.Column) field {
	return field{name: c.Name, typ: c.Kind, yearly: c.Yearly && c.Within == 0, year: c.Year}
}

// String is the field's part of a test's key. Keys are compared within a space only, where a name and a year are one
// column.
func (f field) String() string {
	s := strconv.Quote(f.name)
	if f.yearly {
		s += "@" + strconv.Itoa(f.year.Calendar) + "+" + strconv.Itoa(f.year.Offset)
	}
	return s
}

func (f field) isText() bool { return f.typ.Kind == schemas.KindText || f.typ.Kind == schemas.KindCode }

// keyOf joins the parts of a test's key. Parts must not be texts of users unless they are quoted.
func keyOf(parts ...string) string { return strings.Join(parts, " ") }
