package standardise

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhida/schemas"
)

// refuse notes a reason to reject the row. The value is quoted unless the field may be personal.
func (s *session) refuse(t texts, i, at int, code string) {
	s.row.reasons = append(s.row.reasons, Reason{Field: s.fields[at].spec.Name, Code: code, Text: explain(code), Value: s.quote(t, i, at, code)})
}

// quote is what stands in the first cell of a field that says something, "" if it may be personal.
func (s *session) quote(t texts, i, at int, code string) string {
	f := &s.fields[at]
	if f.spec.Personal != schemas.PersonalNone || f.spec.Type == schemas.FieldPhone || code == CodePersonal || code == CodeNotUSCC {
		return ""
	}
	for _, c := range s.binding.fields[at] {
		if value := shorten(t.cell(c, i)); value != "" {
			return value
		}
	}
	return ""
}

// refuseOperation notes that the word of the operation column is none of the document's. The word is quoted unless it is
// a number that long that it comes from another column, as of a row whose cells are shifted.
func (s *session) refuseOperation(word string) {
	text := explain(OpUnknown)
	if !numbered(word) {
		text += "：“" + shorten(word) + "”"
	}
	s.row.reasons = append(s.row.reasons, Reason{Code: OpUnknown, Text: text})
}

// shorten keeps a quoted value to a line.
func shorten(text string) string {
	const most = 64
	text = strings.ToValidUTF8(fold(text), "�")
	if utf8.RuneCountInString(text) <= most {
		return strings.Clone(text)
	}
	return string([]rune(text)[:most-1]) + "…"
}

// reject hands a row that cannot be taken to the sink.
func (s *session) reject(t texts, i int) error {
	cells := make([]string, len(t.cells))
	for c := range cells {
		cells[c] = strings.Clone(t.cell(c, i))
	}
	return s.sendReject(Reject{
		Row: t.row[i], Line: t.line[i], Code: s.shownCode(), Columns: s.binding.header, Cells: cells,
		Reasons: slices.Clone(s.row.reasons),
	})
}

// rejectBroken hands on a row that could not be cut into columns.
func (s *session) rejectBroken(b Broken) error {
	s.report.Read++
	code := RowBroken
	text := explain(RowBroken)
	switch b.Kind {
	case BrokenFields, BrokenEncoding, BrokenQuote, BrokenLength, BrokenNUL,
		BrokenSyntax, BrokenKeys, BrokenValue:
		code = "row." + string(b.Kind)
		text = explain(code)
	}
	if b.Kind == BrokenFields && b.Fields > 0 {
		text = fmt.Sprintf("%s：有%d列，应有%d列", text, b.Fields, len(s.binding.header))
	}
	if b.Column != "" {
		text += fmt.Sprintf("（“%s”）", b.Column)
	}
	return s.sendReject(Reject{
		Row: b.Row, Line: b.Line, Raw: b.Raw, Columns: s.binding.header, Reasons: []Reason{{Code: code, Text: text}},
	})
}

func (s *session) sendReject(reject Reject) error {
	s.report.Rejected++
	for _, reason := range reject.Reasons {
		s.report.Reasons[reason.Key()]++
	}
	if err := s.sink.Reject(reject); err != nil {
		return fmt.Errorf("write reject: %w", err)
	}
	return nil
}
