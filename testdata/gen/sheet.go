package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// sheet is a delivery while it is made: a header and rows of texts.
type sheet struct {
	header []string
	rows   [][]string
}

func (s *sheet) add(cells ...string) {
	if len(cells) != len(s.header) {
		panic(fmt.Sprintf("row of %d cells under a header of %d", len(cells), len(s.header)))
	}
	s.rows = append(s.rows, cells)
}

// writing is the way a department writes its files.
type writing struct {
	comma   rune // 0: comma
	bom     bool
	crlf    bool
	gb18030 bool
}

// with is the sheet with the rows of another behind its own.
func (s *sheet) with(other *sheet) *sheet {
	return &sheet{header: s.header, rows: append(slices.Clone(s.rows), other.rows...)}
}

// bytes renders the sheet.
func (s *sheet) bytes(how writing) []byte {
	var b bytes.Buffer
	if how.bom {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.UseCRLF = how.crlf
	if how.comma != 0 {
		w.Comma = how.comma
	}
	if err := w.WriteAll(append([][]string{s.header}, s.rows...)); err != nil {
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
