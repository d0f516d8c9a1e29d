package workbook

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// Write writes policies as a workbook. An error that is schemas.Faults says what no cell can hold; nothing is written then.
func Write(out io.Writer, policies []schemas.Policy) error {
	f := excelize.NewFile()
	w := &writer{file: f}
	err := w.sheets(policies)
	if err == nil {
		err = w.faults.Err()
	}
	if err == nil {
		err = f.Write(out)
	}
	if e := f.Close(); err == nil && e != nil {
		err = e
	}
	if len(w.faults) == 0 && err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return err
}

// writer writes one workbook.
type writer struct {
	file   *excelize.File
	style  styles
	faults schemas.Faults
}

func (w *writer) sheets(policies []schemas.Policy) error {
	if err := w.makeStyles(); err != nil {
		return err
	}
	// To delete the sheet a new workbook has would mean to read all the others again.
	if err := w.file.SetSheetName("Sheet1", policyName); err != nil {
		return err
	}
	rows := rowsOf(policies)
	if err := writeSheet(w, policySheet(), policies); err != nil {
		return err
	}
	if err := writeSheet(w, itemSheet(), rows.items); err != nil {
		return err
	}
	if err := writeSheet(w, gateSheet(), rows.gates); err != nil {
		return err
	}
	if err := writeSheet(w, paramSheet(), rows.params); err != nil {
		return err
	}
	if err := w.guide(); err != nil {
		return err
	}
	return w.file.SetDocProps(&excelize.DocProperties{Title: "政策工作簿"}) // and not the library's author
}

// rows are what stands in the sheets but 政策.
type rows struct {
	items  []itemRow
	gates  []gateRow
	params []paramRow
}

func rowsOf(policies []schemas.Policy) rows {
	var out rows
	for i := range policies {
		p := &policies[i]
		for _, param := range p.Params {
			out.params = append(out.params, paramRow{p.ID, param})
		}
		for _, it := range p.Items {
			row := itemRow{policy: p.ID, Item: it}
			if it.Exclusive != nil {
				row.exclusive = *it.Exclusive
			}
			out.items = append(out.items, row)
			for n, gate := range it.Gates {
				out.gates = append(out.gates, gateRow{it.ID, n + 1, gate})
			}
		}
	}
	return out
}

// writeSheet writes a sheet row by row: with 10,488 items it would not do to keep all cells as objects.
func writeSheet[T any](w *writer, s sheet[T], rows []T) error {
	if _, err := w.file.NewSheet(s.name); err != nil {
		return err
	}
	if err := choices(w, s); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), max(2, len(rows)+1))
	if err != nil {
		return err
	}
	if err := w.file.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := w.forPrint(s.name); err != nil { // after the filter, which forgets it
		return err
	}
	stream, err := w.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	if err := layOut(w, s, stream); err != nil {
		return err
	}
	header := make([]any, len(s.columns))
	for i, c := range s.columns {
		header[i] = excelize.Cell{StyleID: w.style.header(c.need), Value: c.title}
	}
	if err := stream.SetRow("A1", header, excelize.RowOpts{Height: 24}); err != nil {
		return err
	}
	cells, texts := make([]any, len(s.columns)), make([]string, len(s.columns))
	for i := range rows {
		for j, c := range s.columns {
			texts[j] = w.value(s.name, c.title, i+2, clean(c.text(&rows[i])))
			cells[j] = excelize.Cell{StyleID: w.style.text, Value: texts[j]}
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+2), cells, excelize.RowOpts{Height: height(s.columns, texts)}); err != nil {
			return err
		}
		w.readBack(s.name, i+2, &rows[i])
	}
	return stream.Flush()
}

// forPrint makes a sheet as wide as an A3 page across.
func (w *writer) forPrint(sheet string) error {
	fit, across, one, all, size := true, "landscape", 1, 0, 8
	if err := w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &one, FitToHeight: &all, Size: &size})
}

// layOut sets widths and panes, which a stream wants before its rows.
func layOut[T any](w *writer, s sheet[T], stream *excelize.StreamWriter) error {
	for i, c := range s.columns {
		if err := stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		if err := stream.SetColStyle(i+1, i+1, w.style.text); err != nil {
			return err
		}
	}
	corner, err := excelize.CoordinatesToCellName(s.frozen+1, 2)
	if err != nil {
		return err
	}
	return stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: s.frozen, YSplit: 1, TopLeftCell: corner, ActivePane: "bottomRight"})
}

// choices gives the columns with closed lists their drop-downs.
func choices[T any](w *writer, s sheet[T]) error {
	for i, c := range s.columns {
		if c.words == nil {
			continue
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, maxRows))
		if err := v.SetDropList(c.shown()); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, "只能从中选一个", strings.Join(c.shown(), "、"))
		if err := w.file.AddDataValidation(s.name, v); err != nil {
			return err
		}
	}
	return nil
}

// shown are the words of a closed list.
func (c column[T]) shown() []string {
	out := make([]string, len(c.words))
	for i, word := range c.words {
		out[i] = word.shown
	}
	return out
}

// value is a text that goes into a cell; one that cannot is a fault.
func (w *writer) value(sheet, title string, row int, text string) string {
	if len(text) > excelize.TotalCellChars { // bytes: at least as many as units
		if n := len(utf16.Encode([]rune(text))); n > excelize.TotalCellChars {
			w.fault(sheet, row, fmt.Sprintf("“%s”有 %d 个字，一个单元格最多 %d 个", title, n, excelize.TotalCellChars), "把它分到附件里去，这里写摘要")
		}
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' || r == utf8.RuneError {
			w.fault(sheet, row, fmt.Sprintf("“%s”里有单元格不能写的字符 U+%04X", title, r), "从政策文件里删去它")
			return ""
		}
	}
	return text
}

func (w *writer) fault(sheet string, row int, message, suggestion string) {
	w.faults = append(w.faults, schemas.Fault{File: "工作簿", Cell: schemas.Cell{Sheet: sheet, Row: row}, Message: message, Suggestion: suggestion})
}

// readBack checks that the lists which share a cell come out of it again as they are.
func (w *writer) readBack(sheet string, number int, row any) {
	item, ok := row.(*itemRow)
	if !ok {
		return
	}
	r := &reader{faulty: map[schemas.Cell]bool{}}
	var again itemRow
	readPrefer(&cell{in: r, text: preferText(item)}, &again)
	readAttainable(&cell{in: r, text: attainableText(item)}, &again)
	if len(item.Prefer) > 0 && preferText(&again) != preferText(item) || len(again.Prefer) != len(item.Prefer) {
		w.fault(sheet, number, fmt.Sprintf("事项“%s”的“择优”不能写进一个单元格", item.ID), "一行的末尾不能是“降序”“升序”")
	}
	if len(again.Attainable) != len(item.Attainable) || attainableText(&again) != attainableText(item) {
		w.fault(sheet, number, fmt.Sprintf("事项“%s”的“可达成”不能写进一个单元格", item.ID), "指标名里不能有换行、分号和冒号")
	}
}
