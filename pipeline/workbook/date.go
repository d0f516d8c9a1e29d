package workbook

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// lastSerial is 9999-12-31 as a spreadsheet counts days.
const lastSerial = 2958465

// day reads a date: text in any usual shape, a day as Excel counts them, or a word for no bound; zero if it is none.
func (c *cell) day() schemas.Date {
	text := schemas.Fold(c.text)
	switch text {
	case "长期", "长期有效", "不限", "无":
		return 0
	}
	day, err := schemas.ReadDate(text)
	if err == nil {
		return day
	}
	if serial, e := strconv.ParseFloat(text, 64); e == nil && serial >= 1 && serial < lastSerial+1 {
		if t, e := excelize.ExcelDateToTime(serial, c.in.from1904); e == nil {
			return schemas.NewDate(t.Year(), int(t.Month()), t.Day())
		}
	}
	c.bad(fmt.Sprintf("“%s”应是日期，不能是“%s”", c.title, brief(c.text)), "写作 2026-01-01 或 2026年1月1日")
	return 0
}
