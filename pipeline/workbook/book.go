package workbook

import (
	"slices"

	"zhida/schemas"
)

// Book is a workbook as read.
type Book struct {
	Name     string
	Policies []schemas.Policy // as far as they could be read; complete if there are no Faults
	Faults   schemas.Faults
	Warnings schemas.Faults // what was not read, and what was assumed

	columns map[string]map[string]int // sheet, field -> column
	places  []policyPlace
}

// policyPlace says where a policy stands, by row.
type policyPlace struct {
	row    int
	params []int
	items  []itemPlace
}

// itemPlace says where an item stands.
type itemPlace struct {
	row         int
	gates       []int // none: the title is the only clause
	preferLines []int
}

// Read reads a workbook. The name is only for messages.
func Read(name string, data []byte) *Book {
	r := &reader{name: name, columns: map[string]map[string]int{}, faulty: map[schemas.Cell]bool{}}
	b := &Book{Name: name, columns: r.columns}
	if r.open(data) {
		a := &assembly{
			reader: r, book: b, policies: map[string]int{}, items: map[string]itemRef{}, groups: map[string]record[schemas.Exclusive]{},
		}
		r.guard(a.read)
		if err := r.file.Close(); err != nil {
			r.whole("工作簿读完后关不上："+err.Error(), "")
		}
	}
	b.Faults, b.Warnings = r.faults, r.warnings
	b.Faults.Sort()
	return b
}

// guard turns a panic of the library, which some broken files cause, into a fault.
func (r *reader) guard(read func()) {
	defer func() {
		if recover() != nil {
			r.whole("工作簿坏了，读不出来", "用 Excel 或 WPS 打开它，另存为 .xlsx")
		}
	}()
	read()
}

// readSheets reads all sheets and warns of those it does not know.
func (a *assembly) readSheets() {
	a.policyRows = readSheet(a.reader, policySheet(), true)
	a.itemRows = readSheet(a.reader, itemSheet(), true)
	a.gateRows = readSheet(a.reader, gateSheet(), false)
	a.paramRows = readSheet(a.reader, paramSheet(), false)
	known := []string{policyName, itemName, gateName, paramName, guideName}
	for _, name := range a.file.GetSheetList() {
		if folded := schemas.Fold(name); !slices.Contains(known, folded) {
			suggestion := ""
			if near := schemas.Near(folded, known); near != "" {
				suggestion = "是“" + near + "”就改成这个名字"
			}
			a.warn(schemas.Cell{Sheet: name}, "不认识这个工作表，没有读它", suggestion)
		}
	}
}
