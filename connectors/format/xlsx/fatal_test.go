package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"zhida/connectors/format"
)

func TestFatal(t *testing.T) {
	t.Parallel()
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	wide := func(text string) string {
		var out strings.Builder
		for _, c := range utf16.Encode([]rune(text)) {
			out.Write([]byte{byte(c), byte(c >> 8)})
		}
		return out.String()
	}
	sheet := func(content string) []byte { return book{sheets: []string{content}}.bytes(t) }
	row := `<row r="2"><c r="A2"><v>1</v></c></row>`
	part := func(name, content string) []byte {
		return book{sheets: []string{headed(row)}, content: map[string]string{name: content}}.bytes(t)
	}
	whole := sheet(headed(strings.Repeat("<row><c><v>1</v></c></row>", 1000)))
	middle := bytes.Clone(whole)
	at := bytes.Index(middle, []byte("sheet1.xml")) + 60
	middle[at] ^= 0xFF
	for _, c := range []struct {
		name   string
		file   []byte
		reason string
	}{
		{"empty", nil, "the file is empty"},
		{"text", []byte("a,b\n1,2\n"), "this is text or something else, not an Excel workbook (xlsx)"},
		{"parquet", []byte("PAR1...."), "this is a Parquet file, not an Excel workbook (xlsx)"},
		{"old workbook", []byte(ole + strings.Repeat("x", 600) + wide("Workbook")), "this is an old Excel workbook (xls)"},
		{"encrypted", []byte(ole + strings.Repeat("x", 600) + wide("EncryptedPackage")), "the workbook is encrypted"},
		{"half", whole[:len(whole)/2], "the workbook is cut off or damaged: zip: not a valid zip file"},
		{"damaged", middle, "the workbook is "},
		{"no workbook", zipped(t, map[string]string{"a.csv": "a,b\n"}), "this is a zip archive, but no workbook"},
		{"opendocument", zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "this is an OpenDocument file, not an Excel workbook (xlsx)"},
		{"xlsb", part("_rels/.rels", `<R><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.bin"/></R>`), "this is a binary workbook (xlsb)"},
		{"word", part("_rels/.rels", `<R><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></R>`), "this is a document of Word or PowerPoint, not a workbook"},
		{"part missing", part("xl/worksheets/sheet1.xml", "-"), `the workbook has no part "xl/worksheets/sheet1.xml"`},
		{"part not XML", part("xl/workbook.xml", "<a"), "the workbook is cut off or damaged: XML syntax error on line 1: unexpected EOF"},
		{"doctype", part("xl/worksheets/sheet1.xml", `<!DOCTYPE x><worksheet/>`), "the workbook is damaged: XML with a document type, which workbooks do not have"},
		{"UTF-16", part("xl/worksheets/sheet1.xml", "\xFF\xFE<\x00a\x00"), "the workbook is damaged: XML that is not UTF-8"},
		{"no end", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row>`), "the workbook is damaged: the sheet's data has no end"},
		{"no end of a row", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c>`), "the workbook is damaged: the sheet's data has no end"},
		{"unknown entity", sheet(headed(`<row><c t="str"><v>&x;</v></c></row>`)), "the workbook is damaged: not XML in order"},
		{"rows out of order", sheet(headed(`<row r="3"/><row r="2"/>`)), "the workbook is damaged: rows or cells out of order"},
		{"a row twice", sheet(headed(row + row)), "the workbook is damaged: rows or cells out of order"},
		{"cells out of order", sheet(headed(`<row r="2"><c r="B2"/><c r="A2"/></row>`)), "the workbook is damaged: rows or cells out of order"},
		{"cell of another row", sheet(headed(`<row r="2"><c r="A3"/></row>`)), "the workbook is damaged: a cell at a place that no sheet has"},
		{"too many rows", sheet(headed(`<row r="1048577"/>`)), "the workbook is damaged: a cell at a place that no sheet has"},
		{"too many columns", sheet(headed(`<row r="2"><c r="XFE2"/></row>`)), "the workbook is damaged: a cell at a place that no sheet has"},
		{"wide", sheet(headed(row)[:len(`<sheetData><row r="1">`)] + strings.Repeat(`<c t="str"><v>a</v></c>`, 60) + `</row></sheetData>`), "the header has 51 columns, more than 50"},
		{"merged header", sheet(headed(row) + `<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`), "the cells A1:B1 are merged, in the header: only the first of them has the value"},
		{"merged rows", sheet(headed(row+`<row><c><v>1</v></c></row>`) + `<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`), "the cells A2:A3 are merged, in rows of the table: only the first of them has the value"},
		{"header computed", sheet(`<sheetData><row><c><f>A2</f></c><c><v>1</v></c></row></sheetData>`), "the header cannot be read: column 1: a formula without a computed value"},
		{"name twice", sheet(`<sheetData><row><c t="str"><v>a</v></c><c t="str"><v> a</v></c></row></sheetData>`), `columns 1 and 2 of the header have the same name`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readAll(t, c.file, format.Options{Limits: format.Limits{Columns: 50}})
			var fatal *format.FatalError
			if !errors.As(err, &fatal) || !strings.HasPrefix(fatal.Reason, c.reason) || fatal.Suggestion == "" {
				t.Errorf("got %v, want %s", err, c.reason)
			}
		})
	}
}

// TestBombs: what unpacks to far more than it is, is refused before it is unpacked, whatever it claims.
func TestBombs(t *testing.T) {
	t.Parallel()
	spaces := headed(strings.Repeat(" ", 20<<20) + `<row><c><v>1</v></c></row>`)
	texts := strings.Repeat("<si><t>"+strings.Repeat("x", 100)+"</t></si>", 1000)
	for _, c := range []struct {
		name   string
		book   book
		limits format.Limits
		reason string
	}{
		{"ratio", book{sheets: []string{spaces}}, format.Limits{}, "a part of the workbook unpacks to more than 200 times its size"},
		{"size", book{sheets: []string{headed("")}}, format.Limits{Unpacked: 500}, "the workbook unpacks to more than 500 bytes"},
		{"texts", book{sheets: []string{headed("")}, shared: texts}, format.Limits{Shared: 100_000}, "the workbook's texts take more than 100000 bytes"},
		{"many texts", book{sheets: []string{headed("")}, shared: strings.Repeat("<si/>", 10_000)}, format.Limits{Shared: 100_000}, "the workbook's texts take more than 100000 bytes"},
		{"long text", book{sheets: []string{headed("")}, shared: "<si><t>" + strings.Repeat("x", 3<<20)}, format.Limits{}, "the workbook is damaged: an element longer than any in a workbook"},
		{"long tag", book{sheets: []string{"<a b='" + strings.Repeat("x", 3<<20)}}, format.Limits{}, "the workbook is damaged: an element longer than any in a workbook"},
	} {
		_, err := readAll(t, c.book.bytes(t), format.Options{Limits: c.limits})
		var fatal *format.FatalError
		if !errors.As(err, &fatal) || fatal.Reason != c.reason {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestLyingSize: a part that says it unpacks to little and does not.
func TestLyingSize(t *testing.T) {
	t.Parallel()
	whole := book{sheets: []string{headed(strings.Repeat("<row><c><v>1</v></c></row>", 100_000))}}.bytes(t)
	size := binary.LittleEndian.AppendUint32(nil, uint32(sizeOf(t, whole, "xl/worksheets/sheet1.xml")))
	if bytes.Count(whole, size) != 2 { // behind the part, and in the list of parts
		t.Fatal("the part's size is not where it should be")
	}
	lie := bytes.ReplaceAll(whole, size, binary.LittleEndian.AppendUint32(nil, 5000))
	got, err := readAll(t, lie, format.Options{})
	var fatal *format.FatalError
	if !errors.As(err, &fatal) || len(got.rows) > 10_000 {
		t.Errorf("%v after %d rows", err, len(got.rows))
	}
}

func sizeOf(t *testing.T, file []byte, name string) uint64 {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if f.Name == name {
			return f.UncompressedSize64
		}
	}
	return 0
}

// FuzzSheet checks that no sheet and no table of texts breaks the reader.
func FuzzSheet(f *testing.F) {
	f.Add(headed(`<row r="2"><c r="A2" s="1"><v>46188</v></c><c t="s"><v>0</v></c></row>`), "<si><t>x</t></si>", "yyyy")
	f.Add(headed(`<row><c><f>1</f></c></row>`)+`<mergeCells><mergeCell ref="A2:B2"/></mergeCells>`, "<si><r><t>_x0041_</t></r></si>", "[h]:mm")
	f.Add(`<sheetData><row><c t="b"><v>1</v></c><c t="d"><v>T</v></c></row><!-- x --><![CDATA[]]></sheetData>`, "<si><rPh><t>a", "0.0%")
	f.Fuzz(func(t *testing.T, sheet, shared, code string) {
		code = strings.NewReplacer("<", "", "&", "").Replace(code)
		b := book{sheets: []string{sheet}, shared: shared, styles: styles("General", code)}
		got, err := readAll(t, b.bytes(t), format.Options{})
		checkFuzz(t, got, err)
	})
}

// FuzzFile checks the same of any bytes.
func FuzzFile(f *testing.F) {
	f.Add(book{sheets: []string{headed(`<row r="2"><c r="A2"><v>46188</v></c></row>`)}, shared: "<si><t>x</t></si>"}.bytes(f))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := readAll(t, file, format.Options{})
		checkFuzz(t, got, err)
	})
}

func checkFuzz(t *testing.T, got content, err error) {
	t.Helper()
	var fatal *format.FatalError
	if err != nil {
		if !errors.As(err, &fatal) {
			t.Errorf("neither read nor fatal: %v", err)
		}
		return
	}
	if s := got.stats; s.Rows != int64(len(got.rows)+len(got.faults)) || s.Lines < s.Rows+s.Empty+1 {
		t.Errorf("stats %+v of %d rows and %d faults", s, len(got.rows), len(got.faults))
	}
}
