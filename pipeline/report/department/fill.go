package department

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Fill is a sheet on which a department fills in facts that are missing: it comes back as a delivery of a supplement. Its
// columns are those of that dataset, and it has no row but the head's and those to fill in.
type Fill struct {
	Department string
	Night      string
	Title      string // of the dataset
	Code       string // the column of the code
	Year       string // the column of the year; "": none
	Fields     []FillField
	Total      int64 // rows there are
	Rows       []FillRow
}

// FillField is a column to fill in.
type FillField struct {
	Name   string
	Unit   string
	Values []string // a closed list
	Hint   string   // what it takes
}

// FillRow is an enterprise, and a year, with the fields that items wait for.
type FillRow struct {
	Enterprise
	Year   int
	Items  int    // that wait for any of them
	Wanted []bool // by field
}

// WriteFill writes the sheet as a workbook, and as a CSV file beside it.
func WriteFill(out io.Writer, f *Fill, o Options) (err error) {
	b, err := newBook(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	s := f.sheet()
	if err := b.file.SetSheetName("Sheet1", s.name); err != nil {
		return err
	}
	if err := b.guide(f, s); err != nil {
		return err
	}
	stream, err := b.begin(s)
	if err != nil {
		return err
	}
	file := &overflow{book: b, sheet: s, name: o.Prefix + ".csv"}
	if err := file.begin(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.close()) }()
	for i := range f.Rows {
		values, styles := f.row(&f.Rows[i], &b.style)
		cells := make([]any, len(values))
		for c, v := range values {
			cells[c] = excelize.Cell{StyleID: styles[c], Value: cellOf(v)}
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", headRows+1+i), cells, excelize.RowOpts{Height: oneLine}); err != nil {
			return err
		}
		if err := file.row(values); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: f.Department + " " + f.Title + " " + f.Night}); err != nil {
		return err
	}
	return b.write(out)
}

// sheet is the head.
func (f *Fill) sheet() sheet {
	s := sheet{name: f.Title, frozen: 2, note: f.note(), columns: []column{{f.Code, 22, text}, {"名称", 36, text}, {"区县", 14, text}}}
	if letters := []rune(s.name); len(letters) > excelize.MaxSheetNameLength {
		s.name = string(letters[:excelize.MaxSheetNameLength])
	}
	if f.Year != "" {
		s.columns = append(s.columns, column{f.Year, 8, text})
	}
	s.columns = append(s.columns, column{"等它的事项", 10, whole}, column{"待补", 30, text})
	for _, field := range f.Fields {
		s.columns = append(s.columns, column{field.Name, 18, text})
	}
	return s
}

// note says what to do, and what was left out.
func (f *Fill) note() string {
	var units []string
	for _, field := range f.Fields {
		if field.Unit != "" {
			units = append(units, field.Name+" "+field.Unit)
		}
	}
	out := fmt.Sprintf("%s　批次 %s：黄格是事项在等的数据，知道的填上，空着的不改动；其余列不要改。", f.Department, f.Night)
	if len(units) > 0 {
		out += "单位：" + strings.Join(units, "、") + "。"
	}
	out += fmt.Sprintf("共 %d 行", f.Total)
	if left := f.Total - int64(len(f.Rows)); left > 0 {
		out += fmt.Sprintf("，列出等它的事项最多的 %d 行，其余 %d 行未列", len(f.Rows), left)
	}
	return out + "。"
}

// row is a row with the styles of its cells.
func (f *Fill) row(r *FillRow, s *styles) (values []any, looks []int) {
	add := func(v any, look int) { values, looks = append(values, v), append(looks, look) }
	var wanted []string
	for i, is := range r.Wanted {
		if is {
			wanted = append(wanted, f.Fields[i].Name)
		}
	}
	add(r.Code, s.text)
	add(r.Name, s.text)
	add(r.County, s.text)
	if f.Year != "" {
		add(fmt.Sprint(r.Year), s.text)
	}
	add(r.Items, s.whole)
	add(strings.Join(wanted, "、"), s.text)
	for _, is := range r.Wanted {
		look := s.plain
		if is {
			look = s.asked
		}
		add("", look)
	}
	return values, looks
}

// maxChoices is what a spreadsheet takes of a list to choose from.
const maxChoices = 250

// guide makes columns to fill in say what they take, and closed lists be chosen from.
func (b *book) guide(f *Fill, s sheet) error {
	for i, field := range f.Fields {
		name, err := excelize.ColumnNumberToName(len(s.columns) - len(f.Fields) + i + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s%d:%s%d", name, headRows+1, name, headRows+max(1, len(f.Rows))))
		v.SetInput(field.Name, field.Hint)
		if len(field.Values) > 0 && len(strings.Join(field.Values, ",")) < maxChoices && !strings.Contains(strings.Join(field.Values, ""), ",") {
			if err := v.SetDropList(field.Values); err != nil {
				return err
			}
		}
		if err := b.file.AddDataValidation(s.name, v); err != nil {
			return err
		}
	}
	return nil
}
