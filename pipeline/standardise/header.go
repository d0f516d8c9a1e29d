package standardise

import (
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// binding says which columns of a file serve what. Numbers count the file's columns from 0, in the order in which a
// cell is looked for: the first that is not empty wins.
type binding struct {
	header  []string
	code    []int
	op      []int
	fields  [][]int // by field
	address [][]int // by field; regions only
	unknown []string
}

// binder matches the columns of a file to the fields of a dataset, and collects what is wrong.
type binder struct {
	file    string
	header  []string
	columns map[string][]int // squeezed name -> columns
	used    []bool
	missing []string // fields no column serves
	wanted  []string // the names looked for in vain
	clashes []string
}

// bind matches header and documents, comparing names after folding width, case and spaces. Fatal are a required column
// that is missing, a column's name that is used and occurs twice, and a field's own name beside one of its columns
// unless the document lists both and so puts them in order.
func (s *Standardiser) bind(d Delivery, header []string) (*binding, error) {
	b := &binder{file: d.File, header: header, columns: map[string][]int{}, used: make([]bool, len(header))}
	for i, name := range header {
		b.columns[squeeze(name)] = append(b.columns[squeeze(name)], i)
	}
	out := &binding{header: header, fields: make([][]int, len(s.fields)), address: make([][]int, len(s.fields))}
	out.code = b.find("code", s.ds.Code.Columns)
	b.require("code", s.ds.Code.Columns, out.code)
	if s.ds.Op != nil {
		out.op = b.find("operation", s.ds.Op.Columns)
		if d.Mode == schemas.ModeIncrement && s.ds.Op.Column != schemas.ColumnOptional { // without it a deletion would be taken for an update
			b.require("operation", s.ds.Op.Columns, out.op)
		}
	}
	for i, f := range s.fields {
		if i == s.names { // no column serves it: see addCells
			continue
		}
		out.fields[i] = b.field(f.spec)
		if f.spec.Type == schemas.FieldRegion {
			out.address[i] = b.find(f.spec.Name, f.spec.Address)
		}
		if f.spec.Column == schemas.ColumnRequired || f.key || f.spec.Name == s.ds.NewCode {
			b.require(f.spec.Name, append([]string{f.spec.Name}, f.spec.Columns...), out.fields[i])
		}
	}
	if s.ds.Op == nil && d.Mode != schemas.ModeFull {
		b.refuseOperation()
	}
	for i, name := range header {
		if !b.used[i] && !(s.names >= 0 && slices.Contains(schemas.SupplementColumns(), squeeze(name))) {
			out.unknown = append(out.unknown, mask(name, i))
		}
	}
	return out, b.err()
}

// find returns the columns of the file among the names, in the order of the names.
func (b *binder) find(field string, names []string) []int {
	var out []int
	for _, name := range names {
		found := b.columns[squeeze(name)]
		if len(found) == 0 || squeeze(name) == "" || slices.Contains(out, found[0]) {
			continue
		}
		if len(found) > 1 {
			b.clashes = append(b.clashes, fmt.Sprintf("field %s: columns %d and %d are both named %q",
				field, found[0]+1, found[1]+1, name))
		}
		out = append(out, found[0])
		b.used[found[0]] = true
	}
	return out
}

// refuseOperation notes a column that says what rows do in a dataset whose document does not say what its words mean: a
// row that deletes would be taken for one that adds.
func (b *binder) refuseOperation() {
	for _, name := range []string{"操作", "操作类型", "操作标志", "变更类型", "op", "operation"} {
		for _, at := range b.columns[name] {
			if !b.used[at] {
				b.clashes = append(b.clashes, fmt.Sprintf("column %d is named %q, and the dataset's document has no operation that says what its words mean", at+1, b.header[at]))
			}
		}
	}
}

// field returns the columns that serve a field.
func (b *binder) field(spec *schemas.Field) []int {
	listed := b.find(spec.Name, spec.Columns)
	own := b.find(spec.Name, []string{spec.Name})
	switch {
	case len(own) == 0 || slices.Contains(listed, own[0]):
		return listed
	case len(listed) > 0:
		b.clashes = append(b.clashes, fmt.Sprintf("field %s: columns %q and %q both serve it",
			spec.Name, b.header[own[0]], b.header[listed[0]]))
	}
	return own
}

// require notes a field that no column serves.
func (b *binder) require(field string, names []string, found []int) {
	if len(found) == 0 {
		b.missing = append(b.missing, fmt.Sprintf("%s (%s)", field, strings.Join(names, " / ")))
		b.wanted = append(b.wanted, names...)
	}
}

// err is the fatal error for all that is wrong with the header, or nil. It quotes the file's columns only where at
// least one of them is known: otherwise the first row is probably data, and data may be personal.
func (b *binder) err() error {
	switch {
	case len(b.missing) > 0 && !slices.Contains(b.used, true):
		return &FatalError{
			File: b.file, Message: "none of its columns belongs to this dataset",
			Suggestion: "is the header row missing, or is it a file of another dataset?",
		}
	case len(b.missing) > 0:
		return &FatalError{File: b.file, Message: "no column for " + strings.Join(b.missing, ", "), Suggestion: b.suggest()}
	case len(b.clashes) > 0:
		return &FatalError{
			File: b.file, Message: strings.Join(b.clashes, "; "),
			Suggestion: "remove one of the columns, or list both in order under columns in the dataset's document",
		}
	}
	return nil
}

// suggest names the unused column that looks most like one of the missing ones.
func (b *binder) suggest() string {
	var free []string
	for i, name := range b.header {
		if !b.used[i] && !numbered(name) {
			free = append(free, name)
		}
	}
	for _, want := range b.wanted {
		if near := schemas.Near(want, free); near != "" {
			return fmt.Sprintf("is %q the column %q? Then add it to columns in the dataset's document", near, want)
		}
	}
	return "compare the header with the dataset's document"
}

// numbered reports whether a column's name holds a number long enough to be a person's.
func numbered(name string) bool {
	run := 0
	for i := 0; i < len(name); i++ {
		if run++; name[i] < '0' || name[i] > '9' {
			run = 0
		}
		if run >= 7 {
			return true
		}
	}
	return false
}

// mask is a column's name as the report shows it.
func mask(name string, column int) string {
	if numbered(name) || strings.TrimSpace(name) == "" {
		return fmt.Sprintf("（第%d列）", column+1)
	}
	return name
}
