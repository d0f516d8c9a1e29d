package workbook

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// gridRow is a row of a sheet that is not blank.
type gridRow struct {
	number int // from 1
	cells  []string
}

// grid reads the rows of a sheet. A merged cell says the same in all rows that it covers.
func (r *reader) grid(sheet string) ([]gridRow, []merge) {
	rows, err := r.file.Rows(sheet)
	if err != nil {
		r.fault(schemas.Cell{Sheet: sheet}, "工作表坏了，读不出来", "用 Excel 或 WPS 打开它，另存为 .xlsx")
		return nil, nil
	}
	var out []gridRow
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			r.fault(schemas.Cell{Sheet: sheet, Row: number}, "读不出这一行", "用 Excel 或 WPS 打开它，另存为 .xlsx")
			break
		}
		cells = cells[:min(len(cells), maxColumns)]
		blank := true
		for i := range cells {
			cells[i] = clean(cells[i])
			blank = blank && cells[i] == ""
		}
		if blank {
			continue
		}
		if len(out) == maxRows {
			r.fault(schemas.Cell{Sheet: sheet, Row: number}, fmt.Sprintf("超过 %d 行", maxRows), "拆成几个工作簿")
			break
		}
		out = append(out, gridRow{number, cells})
	}
	if err := rows.Close(); err != nil {
		r.fault(schemas.Cell{Sheet: sheet}, "工作表坏了，读不出来", "用 Excel 或 WPS 打开它，另存为 .xlsx")
	}
	return out, r.merges(sheet, out)
}

// merge is a range of cells that shows as one.
type merge struct{ left, top, right, bottom int }

// anyMerges reports whether any sheet has merged cells: to ask for them takes as long as to read the sheet.
func (r *reader) anyMerges() bool {
	found := false
	r.file.Pkg.Range(func(name, content any) bool {
		path, ok := name.(string)
		data, isBytes := content.([]byte)
		found = ok && strings.HasPrefix(path, "xl/worksheets/") && (!isBytes || bytes.Contains(data, []byte("mergeCell ")))
		return !found
	})
	return found
}

// merges reads the merged cells and writes what they say into all their rows.
func (r *reader) merges(sheet string, rows []gridRow) []merge {
	if !r.merged {
		return nil
	}
	cells, err := r.file.GetMergeCells(sheet, true)
	if err != nil {
		return nil // the rows have been read; a sheet without merged cells is the usual one
	}
	var out []merge
	byNumber := map[int]int{}
	for i, row := range rows {
		byNumber[row.number] = i
	}
	for _, c := range cells {
		left, top, err1 := excelize.CellNameToCoordinates(c.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(c.GetEndAxis())
		if err1 != nil || err2 != nil || left > maxColumns {
			continue
		}
		m := merge{left, top, min(right, maxColumns), bottom}
		out = append(out, m)
		first, ok := byNumber[top]
		if !ok || len(rows[first].cells) < left {
			continue
		}
		text := rows[first].cells[left-1]
		for i := first + 1; i < len(rows) && rows[i].number <= bottom; i++ {
			rows[i].fill(left, text)
		}
	}
	return out
}

// fill puts a text into an empty cell.
func (row *gridRow) fill(column int, text string) {
	for len(row.cells) < column {
		row.cells = append(row.cells, "")
	}
	if row.cells[column-1] == "" {
		row.cells[column-1] = text
	}
}

// clean is a cell's text without white space around it, with \n for every line break.
func clean(text string) string {
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return strings.TrimSpace(text)
}

// visible is condition text without the characters that nobody sees and that come with text copied from elsewhere.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060':
			return -1
		case '\u2028', '\u2029':
			return '\n'
		case '\t':
			return ' '
		}
		return r
	}, text)
}
