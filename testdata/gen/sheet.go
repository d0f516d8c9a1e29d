package main

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// sheet is a delivery while it is made: a header and rows of texts. What is a number or a day in files that know such
// things is told by the column's name, see kindOf.
type sheet struct {
	header []string
	rows   [][]string
	broken map[int][]string // csv only: rows with a wrong number of columns, in front of the row of that index
}

func newSheet(header ...string) *sheet { return &sheet{header: header} }

func (s *sheet) add(cells ...string) {
	if len(cells) != len(s.header) {
		panic(fmt.Sprintf("row of %d cells under a header of %d: %v", len(cells), len(s.header), cells))
	}
	s.rows = append(s.rows, cells)
}

// operated is the sheet behind a column that tells what each row does: the first rows are new, those after them change
// what was there, and the deleted ones are taken away.
func (s *sheet) operated(fresh int, deleted ...[]string) *sheet {
	out := newSheet(append([]string{"操作"}, s.header...)...)
	for i, row := range s.rows {
		word := "变更"
		if i < fresh {
			word = "新增"
		}
		out.add(append([]string{word}, row...)...)
	}
	for _, row := range deleted {
		out.add(append([]string{"删除"}, row...)...)
	}
	return out
}

// kind is what a column holds.
type kind int

const (
	text kind = iota
	whole
	decimal
	day
)

// kindOf tells a column's kind by its name, which means the same in all datasets.
func kindOf(column string) kind {
	switch column {
	case "年度", "参保人数", "从业人数", "未整改隐患":
		return whole
	case "营业收入", "实缴税额", "增值税", "企业所得税", "研发加计扣除", "欠税金额", "出口额", "进口额", "综合能耗", "用电量", "绿电占比", "总投资", "设备投资":
		return decimal
	case "发证日期", "有效期至", "入库日期", "评定日期", "备案日期", "开工日期", "竣工日期":
		return day
	}
	return text
}

// writing is the way a department writes its files.
type writing struct {
	comma   rune // 0: comma
	bom     bool
	crlf    bool
	gb18030 bool
}

// csv renders the sheet as delimited text.
func (s *sheet) csv(how writing) []byte {
	var b bytes.Buffer
	if how.bom {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.UseCRLF = how.crlf
	if how.comma != 0 {
		w.Comma = how.comma
	}
	rows := [][]string{s.header}
	for i, row := range s.rows {
		if broken, ok := s.broken[i]; ok {
			rows = append(rows, broken)
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		panic(err) // a buffer takes everything
	}
	if !how.gb18030 {
		return b.Bytes()
	}
	return gb18030(b.String())
}

// gb18030 encodes text.
func gb18030(text string) []byte {
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err) // GB 18030 has every character of Unicode
	}
	return out
}
