package schemas

import (
	"cmp"
	"fmt"
	"strings"
)

// Cell is a place in a workbook. Row and Column count from 1; a zero Column means the whole row, a zero Row the whole
// sheet.
type Cell struct {
	Sheet       string
	Row, Column int
}

// Name is the cell's name as spreadsheets show it: C12.
func (c Cell) Name() string {
	letters := ""
	for n := c.Column; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, c.Row)
}

// String names the place for the person who has the workbook open: 工作表“事项”单元格 C12.
func (c Cell) String() string {
	sheet := "工作表“" + c.Sheet + "”"
	switch {
	case c.Row == 0:
		return sheet
	case c.Column == 0:
		return fmt.Sprintf("%s第 %d 行", sheet, c.Row)
	}
	return sheet + "单元格 " + c.Name()
}

func (c Cell) compare(d Cell) int {
	return cmp.Or(strings.Compare(c.Sheet, d.Sheet), cmp.Compare(c.Row, d.Row), cmp.Compare(c.Column, d.Column))
}
