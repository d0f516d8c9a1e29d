package workspace

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// codeTable is one of the tables that codes/ may add to.
type codeTable struct {
	name   string
	header string
	take   func(c *schemas.Codes, row []string) string   // takes a row, or says what is wrong with it
	finish func(c *schemas.Codes, rows [][]string) error // adds all rows; nil if take has done it
}

// codeTables are in the order in which they are added: an alias leads to a region that must be known.
func codeTables() []codeTable {
	return []codeTable{
		{"regions.csv", "code,name,from,to", checkRegionRow, (*schemas.Codes).AddRegions},
		{"region_aliases.csv", "old,new,from", checkAliasRow, (*schemas.Codes).AddRegionAliases},
		{"industries.csv", "code,name,parent", addIndustryRow, nil},
	}
}

// readCodes makes the code tables, with the rows of codes/*.csv added to the built-in ones.
func (c *check) readCodes() {
	if c.codes == nil || len(c.folder.in(codesDir)) > 0 {
		c.codes = schemas.NewCodes()
	}
	var names []string
	for _, t := range codeTables() {
		name := codesDir + "/" + t.name
		names = append(names, name)
		if data, ok := c.folder.bytes[name]; ok {
			c.others = append(c.others, c.addCodes(t, name, data)...)
		}
	}
	for _, name := range c.folder.in(codesDir) {
		if !slices.Contains(names, name) {
			c.others = append(c.others, schemas.Fault{File: name, Message: "codes/ 里没有这种表", Suggestion: suggest(name, names)})
		}
	}
}

// addCodes reads one table. Rows that are wrong are all reported; a table with any is not added.
func (c *check) addCodes(t codeTable, name string, data []byte) schemas.Faults {
	src, faults := newTextFile(name, data)
	if len(faults) > 0 {
		return faults
	}
	r := csv.NewReader(strings.NewReader(src.text))
	r.FieldsPerRecord = -1
	columns := strings.Count(t.header, ",") + 1
	var rows [][]string
	for header := true; ; header = false {
		row, err := r.Read()
		if row == nil && err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				faults = append(faults, src.fault(bad.Line, 1, 1, "这一行不能读作 CSV", "检查引号"))
			}
			break
		}
		line, _ := r.FieldPos(0)
		switch {
		case header && strings.ToLower(strings.Join(row, ",")) != t.header:
			faults = append(faults, src.fault(line, 1, 1, "表头应是“"+t.header+"”", ""))
		case header:
		case len(row) != columns:
			faults = append(faults, src.fault(line, 1, 1, fmt.Sprintf("这一行有 %d 列，应有 %d 列：%s", len(row), columns, t.header), ""))
		default:
			for i := range row {
				row[i] = schemas.Fold(row[i])
			}
			if wrong := t.take(c.codes, row); wrong != "" {
				faults = append(faults, src.fault(line, 1, 1, wrong, ""))
			}
			rows = append(rows, row)
		}
	}
	if len(faults) > 0 || t.finish == nil {
		return faults
	}
	if err := t.finish(c.codes, rows); err != nil {
		return schemas.Faults{{File: name, Message: "不能加入代码表：" + err.Error()}}
	}
	return nil
}

func checkRegionRow(_ *schemas.Codes, row []string) string {
	switch {
	case schemas.NormalRegion(row[0]) == "":
		return fmt.Sprintf("“%s”不是行政区划代码", row[0])
	case row[1] == "":
		return "没有名称"
	case !isYear(row[2]) || !isYear(row[3]):
		return "from、to 应是四位年份，或者空着"
	}
	return ""
}

func checkAliasRow(c *schemas.Codes, row []string) string {
	switch {
	case schemas.NormalRegion(row[0]) == "" || schemas.NormalRegion(row[1]) == "":
		return "old、new 应是行政区划代码"
	case !isKnownRegion(c, row[1]):
		return fmt.Sprintf("new 的“%s”不在代码表里", row[1])
	case !isYear(row[2]):
		return "from 应是四位年份，或者空着"
	}
	return ""
}

func isKnownRegion(c *schemas.Codes, code string) bool {
	_, ok := c.Region(code)
	return ok
}

// addIndustryRow adds a row at once, because the next one may be below it.
func addIndustryRow(c *schemas.Codes, row []string) string {
	if row[0] == "" || row[1] == "" {
		return "没有代码或名称"
	}
	if err := c.AddIndustries([][]string{row}); err != nil {
		return fmt.Sprintf("上级“%s”不在代码表里，也不在前面的行里", row[2])
	}
	return ""
}

// isYear reports whether the text is empty or a year of the tables' range, 1949 to 2200.
func isYear(text string) bool {
	return text == "" || (len(text) == 4 && text >= "1949" && text <= "2200" && strings.Trim(text, "0123456789") == "")
}
