package xlsx_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"zhida/connectors/format"
)

// headed is sheet data with a header a, b.
func headed(rows string) string {
	return `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="str"><v>b</v></c></row>` + rows + `</sheetData>`
}

// TestCells reads one cell each, in the second column beside a text.
func TestCells(t *testing.T) {
	t.Parallel()
	formats := []string{
		"General", "#14", `yyyy"年"m"月"d"日";@`, "#31", "#22", "h:mm:ss", "yyyy", "[h]:mm", "0.00%", "000000", `[$-804]yyyy/m/d\ h:mm`,
		`#,##0.00_);[Red]\(#,##0.00\)`, "0.00E+00", `0.00"元"`, "@", "#57", `[DBNum1][$-804]yyyy"年"m"月"`, `G/通用格式"天"`, "上午/下午h时mm分",
	}
	const shared = `<si><t>统一</t></si><si><r><t>粗</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 体</t></r><rPh sb="0" eb="1"><t>ク</t></rPh></si>` +
		`<si><t>a&amp;b_x000D_` + "\n" + `c_x005F_x0041_ &#20013;<![CDATA[<&>]]></t></si><si/>`
	for _, c := range []struct{ cell, want string }{
		{`<c r="B2"/>`, ""},
		{`<c r="B2"><v>12</v></c>`, "12"},
		{`<c r="B2"><v>0.10000000000000001</v></c>`, "0.1"},
		{`<c r="B2"><v>0.30000000000000004</v></c>`, "0.3"},
		{`<c r="B2"><v>1.0000000000000001E-7</v></c>`, "0.0000001"},
		{`<c r="B2"><v>1.2E+5</v></c>`, "120000"},
		{`<c r="B2"><v>-101.2</v></c>`, "-101.2"},
		{`<c r="B2"><v>123456789012345</v></c>`, "123456789012345"},
		{`<c r="B2" t="b"><v>1</v></c>`, "true"},
		{`<c r="B2" t="b"><v>0</v></c>`, "false"},
		{`<c r="B2" t="e"><v>#N/A</v></c>`, "#N/A"},
		{`<c r="B2" t="s"><v>0</v></c>`, "统一"},
		{`<c r="B2" t="s"><v>1</v></c>`, "粗 体"},
		{`<c r="B2" t="s"><v>2</v></c>`, "a&b\nc_x0041_ 中<&>"},
		{`<c r="B2" t="s"><v>3</v></c>`, ""},
		{`<c r="B2" t="str"><f>A2&amp;""</f><v></v></c>`, ""},
		{`<c r="B2"><f>1+1</f><v>2</v></c>`, "2"},
		{`<c r="B2" t="d"><v>2026-06-15T00:00:00Z</v></c>`, "2026-06-15"},
		{`<c r="B2" t="d"><v>2026-06-15T08:30:00</v></c>`, "2026-06-15 08:30:00"},
		{`<c r="B2" s="1"><v>46188</v></c>`, "2026-06-15"},
		{`<c r="B2" s="2"><v>46188</v></c>`, "2026-06-15"},
		{`<c r="B2" s="3"><v>46188</v></c>`, "2026-06-15"},
		{`<c r="B2" s="4"><v>46188.354166666664</v></c>`, "2026-06-15 08:30:00"},
		{`<c r="B2" s="10"><v>46188.999999999996</v></c>`, "2026-06-16"},
		{`<c r="B2" s="15"><v>46188</v></c>`, "2026-06-15"},
		{`<c r="B2" s="16"><v>46188</v></c>`, "2026-06-15"},
		{`<c r="B2" s="5"><v>0.5</v></c>`, "12:00:00"},
		{`<c r="B2" s="18"><v>0.5</v></c>`, "12:00:00"},
		{`<c r="B2" s="6"><v>46188</v></c>`, "2026"},
		{`<c r="B2" s="7"><v>1.5</v></c>`, "36:00:00"},
		{`<c r="B2" s="8"><v>3.5000000000000003E-2</v></c>`, "3.5%"},
		{`<c r="B2" s="8"><v>1</v></c>`, "100%"},
		{`<c r="B2" s="9"><v>703</v></c>`, "000703"},
		{`<c r="B2" s="11"><v>1234.5</v></c>`, "1234.5"},
		{`<c r="B2" s="12"><v>1234.5</v></c>`, "1234.5"},
		{`<c r="B2" s="13"><v>1234.5</v></c>`, "1234.5"},
		{`<c r="B2" s="14"><v>46188</v></c>`, "46188"},
		{`<c r="B2" s="17"><v>3</v></c>`, "3"},
		{`<c r="B2" s="1"><v>1</v></c>`, "1900-01-01"},
		{`<c r="B2" s="1"><v>59</v></c>`, "1900-02-28"},
		{`<c r="B2" s="1"><v>60</v></c>`, "60"},
		{`<c r="B2" s="1"><v>61</v></c>`, "1900-03-01"},
		{`<c r="B2" s="1"><v>0</v></c>`, "0"},
		{`<c r="B2" s="1"><v>-1</v></c>`, "-1"},
		{`<c r="B2" s="1"><v>20260615</v></c>`, "20260615"},
		{`<c r="B2" s="1"><v>2958465</v></c>`, "9999-12-31"},
		{`<c><v>5</v></c>`, "5"},
	} {
		row := `<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c>` + c.cell + `</row>`
		b := book{sheets: []string{headed(row)}, shared: shared, styles: styles(formats...)}
		got, err := readAll(t, b.bytes(t), format.Options{})
		if err != nil || len(got.rows) != 1 || got.rows[0][1] != c.want || got.rows[0][0] != "x" {
			t.Errorf("%s: %q, faults %+v, %v; want %q", c.cell, got.rows, got.faults, err, c.want)
		}
	}
	b := book{sheets: []string{headed(`<row r="2"><c r="B2" s="0"><v>44726</v></c></row>`)}, styles: styles("#14"), is1904: true}
	if got, err := readAll(t, b.bytes(t), format.Options{}); err != nil || got.rows[0][1] != "2026-06-15" {
		t.Errorf("counted from 1904: %q, %v", got.rows, err)
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell   string
		kind   format.FaultKind
		reason string
	}{
		{`<c r="B2"><v>9.1510703200000006E+17</v></c>`, format.FaultValue, "column 2: a number of more digits than were kept: a code must be stored as text"},
		{`<c r="B2"><v>1000000000000000</v></c>`, format.FaultValue, "column 2: a number of more digits than were kept: a code must be stored as text"},
		{`<c r="B2"><f>SUM(A1)</f></c>`, format.FaultValue, "column 2: a formula without a computed value"},
		{`<c r="B2"><f>SUM(A1)</f><v></v></c>`, format.FaultValue, "column 2: a formula without a computed value"},
		{`<c r="B2"><v>abc</v></c>`, format.FaultValue, "column 2: not a finite number"},
		{`<c r="B2"><v>inf</v></c>`, format.FaultValue, "column 2: not a finite number"},
		{`<c r="B2"><v>1E999</v></c>`, format.FaultValue, "column 2: not a finite number"},
		{`<c r="B2" t="s"><v>7</v></c>`, format.FaultValue, "column 2: a text that the workbook does not have"},
		{`<c r="B2" t="b"><v>2</v></c>`, format.FaultValue, "column 2: neither true nor false"},
		{`<c r="B2" t="zz"><v>2</v></c>`, format.FaultValue, "column 2: a kind of cell that is not known"},
		{`<c r="B2" t="inlineStr"><is><t>_x0000_</t></is></c>`, format.FaultNUL, "a NUL byte"},
		{`<c r="D2"><v>1</v></c>`, format.FaultFields, "4 fields instead of 2"},
		{`<c r="B2" t="inlineStr"><is><t>` + strings.Repeat("长", 100) + `</t></is></c>`, format.FaultLength, "longer than 200 bytes"},
	} {
		row := `<row r="2"><c r="A2"><v>1</v></c>` + c.cell + `</row><row r="5"><c r="A5"><v>2</v></c></row>`
		got, err := readAll(t, book{sheets: []string{headed(row)}}.bytes(t), format.Options{Limits: format.Limits{Record: 200}})
		if err != nil || len(got.faults) != 1 || !reflect.DeepEqual(got.rows, [][]string{{"2", ""}}) {
			t.Errorf("%s: %q, faults %+v, %v", c.cell, got.rows, got.faults, err)
			continue
		}
		f := got.faults[0]
		if f.Kind != c.kind || f.Reason != c.reason || f.Row != 1 || f.Line != 2 || !strings.HasPrefix(f.Raw, "1\t") ||
			(f.Column == "b") != (f.Kind == format.FaultValue) {
			t.Errorf("%s: %+v", c.cell, f)
		}
	}
}

// TestRows: titles, gaps, blank rows, and what is beside the table.
func TestRows(t *testing.T) {
	t.Parallel()
	const sheet = `<dimension ref="A1:B99"/><sheetData>` +
		`<row r="1"><c r="A1" t="str"><v>汇总表</v></c><c r="B1"/></row><row r="2"/>` +
		`<row r="4"><c r="A4" t="str"><v> 名称 </v></c><c r="B4" t="str"><v>数</v></c><c r="C4" s="1"/></row>` +
		`<row r="5" hidden="1"><c r="A5" t="str"><v>甲</v></c><c r="B5"><v>1</v></c></row>` +
		`<row r="6"><c r="A6"/><c r="B6" t="str"><v></v></c></row>` +
		`<row r="9"><c r="B9"><v>2</v></c><c r="C9" t="str"><v></v></c></row>` +
		`</sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A12:B12"/></mergeCells>`
	got, err := readAll(t, book{sheets: []string{sheet}}.bytes(t), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.header, []string{"名称", "数"}) || !reflect.DeepEqual(got.rows, [][]string{{"甲", "1"}, {"", "2"}}) ||
		!reflect.DeepEqual(got.lines, []int64{5, 9}) || len(got.faults) > 0 {
		t.Errorf("%+v", got)
	}
	if s := got.stats; s.Lines != 9 || s.Empty != 6 || s.Rows != 2 || s.Bytes == 0 {
		t.Errorf("stats %+v", s)
	}
	one := `<sheetData><row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>`
	if got, err = readAll(t, book{sheets: []string{one}}.bytes(t), format.Options{}); err != nil || !reflect.DeepEqual(got.header, []string{"a"}) || len(got.rows) != 2 {
		t.Errorf("one column: %+v, %v", got, err)
	}
	if got, err = readAll(t, book{sheets: []string{strings.ReplaceAll(headed(""), "<", "<x:")}}.bytes(t), format.Options{}); err == nil {
		t.Errorf("closing tags cut in two by a prefix are read: %+v", got)
	}
}

func TestSheets(t *testing.T) {
	t.Parallel()
	const empty = `<sheetData><row r="1"><c r="A1"/></row></sheetData>`
	data := headed(`<row><c t="str"><v>1</v></c></row>`)
	for _, c := range []struct {
		name   string
		book   book
		sheet  string
		reason string
	}{
		{"others empty", book{sheets: []string{empty, data, `<sheetData/>`}}, "", ""},
		{"hidden ones", book{sheets: []string{data, data, data}, states: []string{"hidden", "", "veryHidden"}}, "", ""},
		{"two", book{sheets: []string{data, empty, data}}, "", `several sheets of the workbook have content: "表1", "表3"`},
		{"two, one named", book{sheets: []string{data, empty, data}}, "表3", ""},
		{"hidden one named", book{sheets: []string{data, data}, states: []string{"", "hidden"}}, "表2", ""},
		{"unknown one named", book{sheets: []string{data}}, "表9", `the workbook has no sheet "表9", only "表1"`},
		{"empty", book{sheets: []string{empty}}, "", "the workbook has no visible sheet with content"},
		{"empty one named", book{sheets: []string{empty}}, "表1", "the sheet has no content"},
	} {
		_, err := readAll(t, c.book.bytes(t), format.Options{Sheet: c.sheet})
		var fatal *format.FatalError
		switch {
		case c.reason == "" && err != nil, c.reason != "" && (!errors.As(err, &fatal) || fatal.Reason != c.reason || fatal.Suggestion == ""):
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
