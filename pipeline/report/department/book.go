package department

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"zhida/pipeline/export"
)

// MaxRows is the number of rows of a sheet.
const MaxRows = excelize.TotalRows

// headRows are the rows above the first of a list: what the sheet is about, and the titles of its columns.
const headRows = 2

// Options say how a workbook is written.
type Options struct {
	Rows int // rows of a sheet, at most and by default MaxRows; lists that are longer go on beside the workbook
	// Beside begins a file beside the workbook. Its Close ends it.
	Beside func(name string) (io.WriteCloser, error)
	Prefix string // of the names of such files
	Temp   string // folder for what is written in between; "": the system's
}

// kind is what the cells of a column are.
type kind uint8

const (
	text  kind = iota
	whole      // int or int64
	money      // *int64, in hundredths
	share      // float64
)

// column is a column of a list.
type column struct {
	title string
	width float64 // in Latin letters
	kind  kind
}

// sheet is a list: its name, what it is about in one line, and its columns.
type sheet struct {
	name    string
	note    string
	frozen  int // columns that stay in sight
	columns []column
}

// written is what became of a list.
type written struct {
	sheet
	rows int64
	file string // beside the workbook, with the rows that did not fit; "" if all did
	more int64  // rows in it
}

// book is a workbook that is being written.
type book struct {
	file    *excelize.File
	style   styles
	options Options
	lists   []written
}

func newBook(o Options) (*book, error) {
	if o.Rows == 0 {
		o.Rows = MaxRows
	}
	if o.Rows <= headRows || o.Rows > MaxRows {
		return nil, fmt.Errorf("a sheet has %d to %d rows, not %d", headRows+1, MaxRows, o.Rows)
	}
	b := &book{file: excelize.NewFile(excelize.Options{TmpDir: o.Temp}).SetZipWriter(quick), options: o}
	if err := b.makeStyles(); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

// quick packs less tightly: packing was a quarter of a workbook's time, and its file is a sixth larger now. Parts come one
// after the other, and one packer, which is a megabyte, serves them all.
func quick(w io.Writer) excelize.ZipWriter {
	z := zip.NewWriter(w)
	var packer *flate.Writer
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (_ io.WriteCloser, err error) {
		if packer == nil {
			packer, err = flate.NewWriter(out, flate.BestSpeed)
			return packer, err
		}
		packer.Reset(out)
		return packer, nil
	})
	return z
}

// list writes a list as a sheet, and what does not fit beside the workbook.
func (b *book) list(s sheet, rows func(yield func(cells ...any) error) error) (err error) {
	stream, err := b.begin(s)
	if err != nil {
		return err
	}
	done := written{sheet: s}
	over := &overflow{book: b, sheet: s}
	defer func() { err = errors.Join(err, over.close()) }()
	cells, widths := make([]any, len(s.columns)), make([]float64, len(s.columns))
	for i, c := range s.columns {
		widths[i] = c.width
	}
	err = rows(func(values ...any) error {
		done.rows++
		if !fits(done.rows, b.options.Rows) {
			done.more++
			return over.row(values)
		}
		for i, c := range s.columns {
			cells[i] = excelize.Cell{StyleID: b.style.of(c.kind), Value: cellOf(values[i])}
		}
		at, err := excelize.CoordinatesToCellName(1, headRows+int(done.rows))
		if err != nil {
			return err
		}
		return stream.SetRow(at, cells, excelize.RowOpts{Height: height(widths, values)})
	})
	if err != nil {
		return fmt.Errorf("write sheet %s: %w", s.name, err)
	}
	done.file = over.name
	b.lists = append(b.lists, done)
	return stream.Flush()
}

// write writes the workbook with its parts in the order of their names: the library puts sheets as it finds them.
func (b *book) write(out io.Writer) error {
	packed, err := b.file.WriteToBuffer()
	if err != nil {
		return err
	}
	parts, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	w := zip.NewWriter(out)
	for _, part := range parts.File {
		if err := w.Copy(part); err != nil {
			return err
		}
	}
	return w.Close()
}

// fits reports whether the n-th row of a list, from 1, has a place in a sheet of so many rows.
func fits(n int64, rows int) bool { return n <= int64(rows-headRows) }

// begin makes a sheet with its head. Filter, page and titles are set before the stream, which takes no part in them.
func (b *book) begin(s sheet) (*excelize.StreamWriter, error) {
	if _, err := b.file.NewSheet(s.name); err != nil {
		return nil, err
	}
	last, err := excelize.ColumnNumberToName(len(s.columns))
	if err != nil {
		return nil, err
	}
	if err := b.file.AutoFilter(s.name, fmt.Sprintf("A%d:%s%d", headRows, last, b.options.Rows), nil); err != nil {
		return nil, err
	}
	if err := b.forPrint(s.name, headRows); err != nil {
		return nil, err
	}
	stream, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		return nil, err
	}
	for i, c := range s.columns {
		if err := stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
	}
	if err := b.freeze(stream, s.frozen, headRows); err != nil {
		return nil, err
	}
	if err := stream.SetRow("A1", []any{excelize.Cell{StyleID: b.style.note, Value: s.note}}, excelize.RowOpts{Height: 20}); err != nil {
		return nil, err
	}
	header := make([]any, len(s.columns))
	for i, c := range s.columns {
		header[i] = excelize.Cell{StyleID: b.style.header, Value: c.title}
	}
	return stream, stream.SetRow(fmt.Sprintf("A%d", headRows), header, excelize.RowOpts{Height: 30})
}

func (b *book) freeze(stream *excelize.StreamWriter, columns, rows int) error {
	corner, err := excelize.CoordinatesToCellName(columns+1, rows+1)
	if err != nil {
		return err
	}
	return stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: corner, ActivePane: "bottomRight"})
}

// forPrint makes a sheet as wide as an A4 page across, with its first rows on each page and the number of the page.
func (b *book) forPrint(name string, titles int) error {
	fit, across, one, all, size := true, "landscape", 1, 0, 9
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &one, FitToHeight: &all, Size: &size})
	if err != nil {
		return err
	}
	if err := b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&C第 &P 页 / 共 &N 页"}); err != nil {
		return err
	}
	side, foot := 0.4, 0.6
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &foot}); err != nil {
		return err
	}
	if titles == 0 {
		return nil
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", name, titles), Scope: name,
	})
}

func (s *styles) of(k kind) int {
	switch k {
	case whole:
		return s.whole
	case money:
		return s.money
	case share:
		return s.percent
	case text:
	}
	return s.text
}

// cellOf is a value as a cell has it.
func cellOf(v any) any {
	switch x := v.(type) {
	case string:
		return clean(x)
	case *int64:
		if x == nil {
			return nil
		}
		f, _ := big.NewRat(*x, hundredths).Float64()
		return f
	}
	return v
}

const hundredths = 100

// clean is a text that a cell can hold and that no spreadsheet takes for a formula.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || r == '\ufffe' || r == '\uffff' || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxLetters {
		s = string(r[:maxLetters]) + "…"
	}
	return export.PlainText(s)
}

// maxLetters is below what a cell holds, also in letters that count twice.
const maxLetters = 16000
