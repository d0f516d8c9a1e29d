package main

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"zhida/schemas"
)

// xlsx renders the sheet as a workbook of one worksheet: numbers as numbers, days as a spreadsheet's serial numbers
// with a date format. A cell that is not in its column's clean form stays text, as it is where people fill in a form.
func (s *sheet) xlsx(worksheet string) []byte {
	book := excelize.NewFile()
	var b bytes.Buffer
	err := s.fill(book, worksheet)
	if err == nil {
		err = book.Write(&b)
	}
	if err == nil {
		err = book.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("write a workbook to memory: %v", err))
	}
	return b.Bytes()
}

func (s *sheet) fill(book *excelize.File, worksheet string) error {
	if err := book.SetSheetName("Sheet1", worksheet); err != nil {
		return fmt.Errorf("name worksheet: %w", err)
	}
	format := "yyyy-mm-dd"
	date, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return fmt.Errorf("make style: %w", err)
	}
	w, err := book.NewStreamWriter(worksheet)
	if err != nil {
		return fmt.Errorf("open worksheet: %w", err)
	}
	for i, row := range append([][]string{s.header}, s.rows...) {
		cells := make([]any, len(row))
		for c, cell := range row {
			switch {
			case cell == "":
			case i == 0:
				cells[c] = cell
			default:
				cells[c] = spreadsheetCell(cell, kindOf(s.header[c]), date)
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return fmt.Errorf("write row: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	return nil
}

// spreadsheetEpoch is day 0 of a spreadsheet's dates after February 1900.
func spreadsheetEpoch() schemas.Date { return schemas.NewDate(1899, 12, 30) }

func spreadsheetCell(cell string, k kind, date int) any {
	switch k {
	case day:
		if d, err := schemas.ParseDate(cell); err == nil {
			return excelize.Cell{StyleID: date, Value: int(d - spreadsheetEpoch())}
		}
	case whole, decimal:
		if v, err := strconv.ParseFloat(cell, 64); err == nil {
			return v
		}
	}
	return cell
}
