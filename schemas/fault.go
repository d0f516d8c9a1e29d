package schemas

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Fault is one thing wrong in text that a person wrote: a workspace file, a cell of a workbook, or a condition inside
// either. Line and Column count from 1, in a workbook from the start of the cell; Column counts characters, not bytes. A
// zero Line concerns the whole file or cell.
type Fault struct {
	File       string
	Cell       Cell // of a workbook; zero: the file is text, or the whole workbook is meant
	Line       int
	Column     int
	Width      int    // characters the fault covers, at least 1
	Source     string // the whole line, for the caret
	Message    string // what is wrong
	Suggestion string // what was probably meant, or what to do; may be empty
}

// Faults are all faults of a check, in the order of file, line and column. Faults is an error if it is not empty.
type Faults []Fault

// String renders the fault as compilers do, with a caret under the place; the caret is aligned for terminals that give
// Chinese characters two columns:
//
//	policies/a.yaml:3:6: 没有名为“营收”的指标
//	  营收 >= 2000万
//	  ^^^^
//	  建议：营业收入
//
// In a workbook the first line reads 高新.xlsx 工作表“事项”单元格 K2: 没有名为“营收”的指标.
func (f Fault) String() string {
	var b strings.Builder
	switch {
	case f.Cell != Cell{}:
		b.WriteString(strings.TrimSpace(f.File+" "+f.Cell.String()) + ":")
	case f.File != "":
		b.WriteString(f.File + ":")
	}
	if f.Line > 0 && f.Cell == (Cell{}) {
		fmt.Fprintf(&b, "%d:%d:", f.Line, f.Column)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(f.Message)
	if f.Line > 0 && f.Source != "" {
		source := strings.ReplaceAll(strings.TrimRight(f.Source, " \t\r\n"), "\t", " ")
		b.WriteString("\n  " + source + "\n  " + caret(source, f.Column, f.Width))
	}
	if f.Suggestion != "" {
		b.WriteString("\n  建议：" + f.Suggestion)
	}
	return b.String()
}

// caret is the line of carets under width characters from a column on.
func caret(source string, column, width int) string {
	var b strings.Builder
	at := 1
	for _, r := range source {
		switch {
		case at < column:
			b.WriteString(strings.Repeat(" ", cells(r)))
		case at < column+max(1, width):
			b.WriteString(strings.Repeat("^", cells(r)))
		}
		at++
	}
	if at <= column { // at the end of the line, or beyond it
		b.WriteString(strings.Repeat(" ", column-at) + "^")
	}
	return b.String()
}

// Cells is the number of terminal columns of a text.
func Cells(text string) int {
	n := 0
	for _, r := range text {
		n += cells(r)
	}
	return n
}

// cells is the number of terminal columns of a character.
func cells(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Error renders all faults, one below the other.
func (fs Faults) Error() string {
	parts := make([]string, len(fs))
	for i, f := range fs {
		parts[i] = f.String()
	}
	return strings.Join(parts, "\n")
}

// Err is the faults as an error, nil if there are none.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Sort orders the faults by file, cell, line, column and message.
func (fs Faults) Sort() {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Cell.compare(b.Cell), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Message, b.Message))
	})
}
