package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhida/schemas"
)

// A spreadsheet takes a cell that begins with one of formulaStarts for a formula, wherever the text came from. A text that
// begins so, in a column of Text, gets an apostrophe in front, and so does one that begins with an apostrophe: whoever
// takes one leading apostrophe away has the text as it was. Numbers and dates are left alone.
const formulaStarts = "=+-@\t\r\n＝＋－＠'"

// csvTable writes CSV: a line of names, then a line per row; UTF-8, commas, quotes where they are needed.
type csvTable struct {
	columns []Column
	out     *csv.Writer
	line    []string
}

func newCSV(w io.Writer, columns []Column, options Options) (*csvTable, error) {
	if options.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	t := &csvTable{columns: columns, out: csv.NewWriter(w), line: make([]string, len(columns))}
	for i, c := range columns {
		t.line[i] = plain(c.Name)
	}
	return t, t.out.Write(t.line)
}

func (t *csvTable) write(batch []values, n int) error {
	for row := range n {
		for i, c := range t.columns {
			t.line[i] = ""
			if batch[i].known.Has(row) {
				t.line[i] = cell(c, &batch[i], row)
			}
		}
		if err := t.out.Write(t.line); err != nil {
			return err
		}
	}
	return nil
}

func (t *csvTable) close() error {
	t.out.Flush()
	return t.out.Error()
}

// cell is a known value as CSV has it.
func cell(c Column, v *values, row int) string {
	switch c.Kind {
	case Text:
		return plain(v.texts[row])
	case Decimal:
		return schemas.FormatDecimal(v.ints[row], c.Scale)
	case Real:
		return strconv.FormatFloat(v.reals[row], 'f', -1, 64)
	case Date:
		return schemas.Date(v.ints[row]).String()
	case Truth:
		if v.ints[row] != 0 {
			return "是"
		}
		return "否"
	case Integer:
	}
	return strconv.FormatInt(v.ints[row], 10)
}

// plain is a text that no spreadsheet takes for a formula.
func plain(text string) string {
	if first, size := utf8.DecodeRuneInString(text); size > 0 && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}
	return text
}
