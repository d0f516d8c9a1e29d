package workbook

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// headerRows is how far down the header may stand below titles and remarks.
const headerRows = 20

// header is where the columns of a sheet stand.
type header struct {
	rows    int   // of the grid, up to and with the header
	columns []int // of each column of the sheet, from 1; 0: it is not there
}

// findHeader finds the row that names the columns, or two rows where the upper one groups some of them (申报期 over 起 and
// 止).
func findHeader[T any](s sheet[T], rows []gridRow, merges []merge) (titles []string, used int) {
	best := 1 // one column could be a title
	for i := range min(len(rows), headerRows) {
		single := rows[i].cells
		if n := s.known(single); n > best {
			best, titles, used = n, single, i+1
		}
		if i+1 == len(rows) || rows[i+1].number != rows[i].number+1 {
			continue
		}
		double := joinHeader(rows[i], rows[i+1], merges)
		if n := s.known(double); n > best {
			best, titles, used = n, double, i+2
		}
	}
	return titles, used
}

// joinHeader puts the titles of two rows together.
func joinHeader(upper, lower gridRow, merges []merge) []string {
	out := make([]string, max(len(upper.cells), len(lower.cells)))
	copy(out, upper.cells)
	for _, m := range merges {
		if m.top != upper.number || m.left > len(out) {
			continue
		}
		for c := m.left + 1; c <= min(m.right, len(out)); c++ {
			out[c-1] = out[m.left-1]
		}
	}
	for i, text := range lower.cells {
		if out[i] != text { // the same one is a cell merged over both rows
			out[i] += text
		}
	}
	return out
}

// known counts the titles that name columns.
func (s sheet[T]) known(titles []string) int {
	n := 0
	for _, title := range titles {
		if s.find(title) >= 0 {
			n++
		}
	}
	return n
}

// find is the index of the column with the title, -1 if there is none.
func (s sheet[T]) find(title string) int {
	key := titleKey(title)
	for i, c := range s.columns {
		if titleKey(c.title) == key {
			return i
		}
	}
	for i, c := range s.columns {
		for _, a := range c.aliases {
			if titleKey(a) == key {
				return i
			}
		}
	}
	return -1
}

// titleKey is a title without spaces, remarks in brackets and marks.
func titleKey(title string) string {
	key, _, _ := strings.Cut(strings.Join(strings.Fields(schemas.Fold(title)), ""), "(")
	return strings.Trim(key, "*:")
}

// readHeader finds the columns, and reports what is missing, doubled and unknown.
func readHeader[T any](r *reader, s sheet[T], rows []gridRow, merges []merge) (header, bool) {
	titles, used := findHeader(s, rows, merges)
	if used == 0 {
		r.fault(schemas.Cell{Sheet: s.name, Row: 1}, "没有找到表头", "第一行写列名，至少要有："+strings.Join(s.needed(), "、"))
		return header{}, false
	}
	h := header{rows: used, columns: make([]int, len(s.columns))}
	row := rows[used-1].number
	var unknown []int
	for i, title := range titles {
		at := schemas.Cell{Sheet: s.name, Row: row, Column: i + 1}
		switch c := s.find(title); {
		case title == "":
		case c < 0:
			unknown = append(unknown, i)
		case h.columns[c] > 0:
			at2 := schemas.Cell{Row: row, Column: h.columns[c]}
			r.fault(at, fmt.Sprintf("列“%s”重复，%s 已经是了", s.columns[c].title, at2.Name()), "删去一列，或者改它的名字")
		default:
			h.columns[c] = i + 1
		}
	}
	var missing []string
	for i, c := range s.columns {
		if h.columns[i] == 0 {
			missing = append(missing, c.title)
		}
	}
	taken := map[string]bool{}
	for _, i := range unknown {
		at := schemas.Cell{Sheet: s.name, Row: row, Column: i + 1}
		if near := schemas.Near(titleKey(titles[i]), missing); near != "" {
			taken[near] = true
			r.fault(at, fmt.Sprintf("没有名为“%s”的列", brief(titles[i])), "是“"+near+"”就改成这个名字；不是就改得更不一样些，这一列就不读")
			continue
		}
		r.warn(at, fmt.Sprintf("不认识列“%s”，没有读它", brief(titles[i])), "")
	}
	for i, c := range s.columns {
		if c.need && h.columns[i] == 0 && !taken[c.title] {
			r.fault(schemas.Cell{Sheet: s.name, Row: row}, fmt.Sprintf("没有“%s”列", c.title), "加上这一列")
		}
	}
	return h, true
}
