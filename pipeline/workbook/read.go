package workbook

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// reader reads one workbook.
type reader struct {
	name     string
	file     *excelize.File
	merged   bool // some sheet has merged cells
	from1904 bool // dates count from 1904, as old Macs' did
	faults   schemas.Faults
	warnings schemas.Faults
	columns  map[string]map[string]int // sheet, field or title -> column
	faulty   map[schemas.Cell]bool
}

// cell is a cell while it is being read.
type cell struct {
	in    *reader
	at    schemas.Cell
	title string // of the column
	text  string // not empty
}

// bad reports what is wrong with the cell.
func (c *cell) bad(message, suggestion string) { c.in.fault(c.at, message, suggestion) }

func (r *reader) fault(at schemas.Cell, message, suggestion string) {
	r.faulty[at] = true
	r.faults = append(r.faults, schemas.Fault{File: r.name, Cell: at, Message: message, Suggestion: suggestion})
}

func (r *reader) warn(at schemas.Cell, message, suggestion string) {
	r.warnings = append(r.warnings, schemas.Fault{File: r.name, Cell: at, Message: message, Suggestion: suggestion})
}

// cell is the cell of a field in a row of a sheet; if the sheet has no such column, the row.
func (r *reader) cell(sheet string, row int, field string) schemas.Cell {
	return schemas.Cell{Sheet: sheet, Row: row, Column: r.columns[sheet][field]}
}

// record is a row of a sheet as read.
type record[T any] struct {
	row   int
	value T
}

// readSheet reads all rows of a sheet.
func readSheet[T any](r *reader, s sheet[T], needed bool) []record[T] {
	list := r.file.GetSheetList()
	at := slices.IndexFunc(list, func(name string) bool { return schemas.Fold(name) == s.name })
	if at < 0 {
		if needed {
			r.whole(fmt.Sprintf("没有工作表“%s”", s.name), "把工作表命名为“"+s.name+"”；工作簿里有："+strings.Join(list, "、"))
		}
		return nil
	}
	rows, merges := r.grid(list[at])
	if len(rows) == 0 {
		if needed {
			r.fault(schemas.Cell{Sheet: s.name}, "工作表是空的", "第一行写列名，至少要有："+strings.Join(s.needed(), "、"))
		}
		return nil
	}
	h, ok := readHeader(r, s, rows, merges)
	if !ok {
		return nil
	}
	r.columns[s.name] = map[string]int{}
	for i, c := range s.columns {
		if _, twice := r.columns[s.name][c.field]; !twice || h.columns[i] == 0 {
			r.columns[s.name][c.field] = h.columns[i]
		}
		r.columns[s.name][c.title] = h.columns[i]
	}
	var out []record[T]
	for _, row := range rows[h.rows:] {
		if rec, ok := readRow(r, s, h, row); ok {
			out = append(out, rec)
		}
	}
	return out
}

// readRow reads one row, false if all its known columns are empty.
func readRow[T any](r *reader, s sheet[T], h header, row gridRow) (record[T], bool) {
	rec := record[T]{row: row.number}
	empty := true
	var missing []string
	for i, column := range s.columns {
		at := schemas.Cell{Sheet: s.name, Row: row.number, Column: h.columns[i]}
		if at.Column == 0 || at.Column > len(row.cells) || row.cells[at.Column-1] == "" {
			if column.need && at.Column > 0 {
				missing = append(missing, column.title)
			}
			continue
		}
		empty = false
		c := &cell{in: r, at: at, title: column.title, text: row.cells[at.Column-1]}
		if c.isReadable() {
			column.read(c, &rec.value)
		}
	}
	if empty {
		return rec, false
	}
	for _, title := range missing {
		r.fault(r.cell(s.name, row.number, title), fmt.Sprintf("“%s”是空的", title), "填上它；整行不要就清空整行")
	}
	return rec, true
}

// isReadable reports cells that hold no text: errors of formulas, control characters.
func (c *cell) isReadable() bool {
	switch c.text {
	case "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!":
		c.bad(fmt.Sprintf("公式出错：%s", c.text), "改好公式，或者直接写值")
		return false
	}
	for _, r := range c.text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			c.bad(fmt.Sprintf("“%s”里有看不见的控制字符 U+%04X", c.title, r), "删去它，或者重新输入")
			return false
		}
	}
	return true
}
