package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// Open is the format.Opener of workbooks.
func Open(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	if err := options.Check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	w := &workbook{
		name: name, limits: options.Limits.WithDefaults(), file: rows.NewFile(file, name), parts: map[string]*zip.File{},
	}
	if err := w.openZip(); err != nil {
		return nil, err
	}
	if err := w.load(); err != nil {
		return nil, err
	}
	chosen, err := w.choose(options.Sheet)
	if err != nil {
		return nil, err
	}
	s := &scanner{book: w}
	if err := s.readHeader(chosen); err != nil {
		return nil, err
	}
	return rows.New(name, w.limits, s.header, s), nil
}

// choose finds the sheet to read: the one told, or the only visible one with content. Hidden sheets hold what the
// others need, such as lists to choose from; they are no delivery.
func (w *workbook) choose(told string) (sheetRef, error) {
	var with []sheetRef
	var names []string
	for _, ref := range w.sheets {
		if told != "" && ref.name == told {
			return ref, nil
		}
		names = append(names, fmt.Sprintf("%q", ref.name))
		if told != "" || ref.hidden {
			continue
		}
		filled, err := w.filled(ref)
		if err != nil {
			return sheetRef{}, err
		}
		if filled {
			with = append(with, ref)
		}
	}
	if told != "" {
		return sheetRef{}, w.fatal(fmt.Sprintf("the workbook has no sheet %q, only %s", told, strings.Join(names, ", ")),
			"correct the sheet's name in the source's configuration or in the workbook")
	}
	switch len(with) {
	case 0:
		return sheetRef{}, w.fatal("the workbook has no visible sheet with content", "ask for it again")
	case 1:
		return with[0], nil
	}
	names = names[:0]
	for _, ref := range with {
		names = append(names, fmt.Sprintf("%q", ref.name))
	}
	return sheetRef{}, w.fatal("several sheets of the workbook have content: "+strings.Join(names, ", "),
		"deliver one table in one workbook, hide the others, or name the sheet of this delivery in the source's configuration")
}

// filled reports whether a sheet has any content.
func (w *workbook) filled(ref sheetRef) (bool, error) {
	s, err := w.sheet(ref)
	if err != nil {
		return false, err
	}
	defer s.close()
	for {
		err := s.next(1)
		switch {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, w.failure(err, s.number)
		case !s.blank():
			return true, nil
		}
	}
}

// sheet opens a worksheet.
func (w *workbook) sheet(ref sheetRef) (*sheet, error) {
	part, err := w.open(ref.part)
	if err != nil {
		return nil, err
	}
	return &sheet{book: w, part: part, xml: &tokens{src: part}}, nil
}

// titleRows is how many rows are looked at for the header.
const titleRows = 10

// readHeader finds the header and leaves the sheet behind it. Rows with one filled cell above a row with several are
// titles: the name of the table, who filled it in.
func (s *scanner) readHeader(ref sheetRef) error {
	if err := s.findHeader(ref); err != nil {
		return err
	}
	var err error
	if s.sheet, err = s.book.sheet(ref); err != nil {
		return err
	}
	for s.sheet.number < s.at {
		if err := s.sheet.next(0); err != nil {
			return s.book.failure(err, s.sheet.number)
		}
	}
	s.stats.Lines, s.stats.Empty = s.at, s.at-1
	return rows.CheckHeader(s.book.name, s.at, s.header, s.book.limits.Columns, "look at the sheet's first row")
}

// findHeader looks at the first rows.
func (s *scanner) findHeader(ref sheetRef) error {
	look, err := s.book.sheet(ref)
	if err != nil {
		return err
	}
	defer look.close()
	for n := 0; n < titleRows; {
		err := look.next(s.book.limits.Columns + 1)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s.book.failure(err, look.number)
		}
		if look.blank() {
			continue
		}
		n++
		names, filled, err := s.names(look)
		if err != nil {
			return err
		}
		if n == 1 || filled > 1 {
			s.header, s.at = names, look.number
		}
		if filled > 1 {
			return nil
		}
	}
	if s.header == nil {
		return s.book.fatal("the sheet has no content", "ask for it again")
	}
	return nil
}

// names are the texts of a row up to the last filled cell.
func (s *scanner) names(look *sheet) (names []string, filled int, err error) {
	fatal := func(reason string) error {
		return &format.FatalError{
			File: s.book.name, Line: look.number, Reason: "the header cannot be read: " + reason,
			Suggestion: "the first row must name the columns, with texts",
		}
	}
	if look.fault != nil {
		return nil, 0, fatal(fmt.Sprintf("column %d: %v", look.column+1, look.fault))
	}
	var row rows.Row
	look.cells.Finish(&row, s.book.limits.Record)
	if row.Fault != nil {
		return nil, 0, fatal(row.Fault.Reason)
	}
	last := -1
	for i, f := range row.Fields {
		name := strings.TrimSpace(string(row.Base[f.From:f.To]))
		names = append(names, name)
		if name != "" {
			last, filled = i, filled+1
		}
	}
	if look.extra > 0 {
		last = len(names) - 1
	}
	return names[:last+1], filled, nil
}
