package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"

	"zhida/connectors/format"
	"zhida/connectors/format/xlsx"
)

// book is a workbook written by hand.
type book struct {
	sheets  []string // content of the worksheets: sheetData and what follows
	states  []string // of the sheets: "", "hidden"
	shared  string   // content of sst
	styles  string   // content of styleSheet
	is1904  bool
	content map[string]string // parts that replace these
}

// styles are number formats in the order of their numbers in cells.
func styles(codes ...string) string {
	var formats, cells strings.Builder
	for i, code := range codes {
		var id int
		if _, err := fmt.Sscanf(code, "#%d", &id); err != nil {
			id = 200 + i
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, id, strings.ReplaceAll(code, `"`, "&quot;"))
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d"/>`, id)
	}
	return `<numFmts>` + formats.String() + `</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>` + cells.String() + `</cellXfs>`
}

func (b book) bytes(t testing.TB) []byte {
	t.Helper()
	const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="r1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	}
	var sheets, rels strings.Builder
	for i, content := range b.sheets {
		state := ""
		if i < len(b.states) && b.states[i] != "" {
			state = ` state="` + b.states[i] + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="表%d" sheetId="%d" r:id="s%d"%s/>`, i+1, i+1, i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = xmlHead + `<worksheet>` + content + `</worksheet>`
	}
	if b.shared != "" {
		rels.WriteString(`<Relationship Id="x1" Type="` + relations + `/sharedStrings" Target="/xl/sharedStrings.xml"/>`)
		parts["xl/sharedStrings.xml"] = xmlHead + "<sst>" + b.shared + "</sst>"
	}
	if b.styles != "" {
		rels.WriteString(`<Relationship Id="x2" Type="` + relations + `/styles" Target="styles.xml"/>`)
		parts["xl/Styles.xml"] = xmlHead + "<styleSheet>" + b.styles + "</styleSheet>"
	}
	parts["xl/workbook.xml"] = fmt.Sprintf(`%s<workbook xmlns:r="%s"><workbookPr date1904="%t"/><sheets>%s</sheets></workbook>`,
		xmlHead, relations, b.is1904, sheets.String())
	parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + rels.String() + "</Relationships>"
	for name, content := range b.content {
		parts[name] = content
	}
	return zipped(t, parts)
}

const xmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for name, content := range parts {
		if content == "-" {
			continue
		}
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// content is a whole file.
type content struct {
	header []string
	rows   [][]string
	lines  []int64
	faults []format.RowFault
	stats  format.Stats
}

func readAll(t testing.TB, file []byte, options format.Options) (content, error) {
	t.Helper()
	r, err := xlsx.Open(io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file))), "file.xlsx", options)
	if err != nil {
		return content{}, err
	}
	defer r.Close()
	c := content{header: r.Header()}
	for {
		record, err := r.Next(t.Context())
		c.faults = append(c.faults, r.Faults()...)
		c.stats = r.Stats()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		for i := range int(record.NumRows()) {
			c.lines = append(c.lines, record.Column(1).(*array.Int64).Value(i))
			row := make([]string, len(c.header))
			for j := range row {
				row[j] = strings.Clone(record.Column(format.Positions + j).(*array.String).Value(i))
			}
			c.rows = append(c.rows, row)
		}
		record.Release()
	}
}
