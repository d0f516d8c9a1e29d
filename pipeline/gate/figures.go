package gate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// Figures are what gates look at in one delivery. Those of the last delivery of each mode and scope are kept from night to night:
// the next one of that mode and scope is compared with them.
type Figures struct {
	File     string       `json:"file"`
	Date     schemas.Date `json:"date"`
	Mode     schemas.Mode `json:"mode"`
	Scope    string       `json:"scope,omitempty"`
	Rows     int64        `json:"rows"` // taken, those that delete left out
	Fields   []Field      `json:"fields,omitempty"`
	Unmapped []string     `json:"unmapped,omitempty"` // columns that serve no field
	// Of a full list: rows with the key of another row of it, and how many of them say something else.
	Repeated  int64 `json:"repeated,omitempty"`
	Differing int64 `json:"differing,omitempty"`
}

// Field is what a delivery has in a field.
type Field struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns,omitempty"` // that served it
	Empty   int64    `json:"empty,omitempty"`   // rows without a value
	Cells   int64    `json:"cells,omitempty"`   // that say something
	Strange int64    `json:"strange,omitempty"` // of those, what is not in its table or closed list
}

// field is the field of that name, nil if there is none.
func (f *Figures) field(name string) *Field {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return &f.Fields[i]
		}
	}
	return nil
}

// Pair is a delivery and the one before it of the same dataset, mode and scope; nil: there was none.
type Pair struct {
	Now, Before *Figures
}

// Follow pairs tonight's deliveries of a dataset, in their order, with those before them, and returns the last of each mode and
// scope for the next night.
func Follow(before, tonight []Figures) (pairs []Pair, after []Figures) {
	after = slices.Clone(before)
	for i := range tonight {
		now := &tonight[i]
		at, found := slices.BinarySearchFunc(after, now, func(a Figures, b *Figures) int {
			return cmp.Or(cmp.Compare(a.Mode, b.Mode), cmp.Compare(a.Scope, b.Scope))
		})
		p := Pair{Now: now}
		if found {
			was := after[at]
			p.Before, after[at] = &was, *now
		} else {
			after = slices.Insert(after, at, *now)
		}
		pairs = append(pairs, p)
	}
	return pairs, after
}

// complaintsTold is how many deliveries and fields a finding names.
const complaintsTold = 5

// finding says what is wrong with deliveries of a dataset, and what that may mean; nil if nothing is.
func finding(name string, ds *schemas.Dataset, level schemas.GateLevel, complaints []string, question string) *Finding {
	if len(complaints) == 0 {
		return nil
	}
	told := complaints[:min(len(complaints), complaintsTold):min(len(complaints), complaintsTold)]
	if more := len(complaints) - len(told); more > 0 {
		told = append(told, fmt.Sprintf("and %d more", more))
	}
	return &Finding{Gate: name, Subject: ds.Name, Level: level, Text: fmt.Sprintf("%s: %s: %s", ds.Name, strings.Join(told, "; "), question)}
}
