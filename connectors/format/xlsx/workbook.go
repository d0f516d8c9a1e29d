package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// workbook is an open workbook: its parts, styles and texts.
type workbook struct {
	name     string
	limits   format.Limits
	file     *rows.File
	parts    map[string]*zip.File // by name in lower case: names of parts differ in case between programs
	sheets   []sheetRef
	styles   []style
	shared   *shared
	from1904 bool
}

// sheetRef is a worksheet as the workbook lists it.
type sheetRef struct {
	name, part string
	hidden     bool
}

// smallPart bounds the parts that are read whole: the list of sheets, relations, styles.
const smallPart = 32 << 20

// largePart is what a part may unpack to whatever its ratio.
const largePart = 16 << 20

// maxParts bounds the parts; workbooks with pictures have hundreds.
const maxParts = 10_000

// openZip reads the list of parts.
func (w *workbook) openZip() error {
	head := make([]byte, 512)
	n, _ := w.file.ReadAt(head, 0) // the file keeps errors of the disk, and a short file is told below
	if n < len(head) && w.file.Err() != nil {
		return w.file.Err()
	}
	head = head[:n]
	switch {
	case n == 0:
		return w.fatal("the file is empty", "ask for it again")
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return w.compound()
	case !bytes.HasPrefix(head, []byte("PK")):
		other := text.OtherFormat(head)
		if other == "" {
			other = "text or something else"
		}
		return w.fatal("this is "+other+", not an Excel workbook (xlsx)", "give it its own extension or deliver it as xlsx")
	}
	archive, err := zip.NewReader(w.file, w.file.Size())
	if err != nil {
		return w.damaged(err)
	}
	if len(archive.File) > maxParts {
		return w.fatal(fmt.Sprintf("the workbook has more than %d parts", maxParts), "deliver a workbook with data only")
	}
	total := uint64(0)
	for _, f := range archive.File {
		total += f.UncompressedSize64
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if w.parts[name] != nil {
			return w.fatal("the workbook has a part twice", "save it again with Excel or WPS")
		}
		w.parts[name] = f
		if f.UncompressedSize64 > largePart && f.UncompressedSize64/uint64(w.limits.Ratio) > f.CompressedSize64 {
			return w.fatal(fmt.Sprintf("a part of the workbook unpacks to more than %d times its size", w.limits.Ratio),
				"look at who made it: real sheets do not pack like this")
		}
	}
	if total > uint64(w.limits.Unpacked) {
		return w.fatal(fmt.Sprintf("the workbook unpacks to more than %d bytes", w.limits.Unpacked), "deliver it in several files, or as CSV")
	}
	return nil
}

// compound tells the two kinds of workbooks in the older container apart.
func (w *workbook) compound() error {
	const search = 8 << 20
	var wanted []byte
	for _, c := range "EncryptedPackage" {
		wanted = append(wanted, byte(c), 0)
	}
	content := make([]byte, min(w.file.Size(), search))
	if _, err := w.file.ReadAt(content, 0); err != nil && w.file.Err() != nil {
		return w.file.Err()
	}
	tail := make([]byte, min(w.file.Size(), search))
	if _, err := w.file.ReadAt(tail, w.file.Size()-int64(len(tail))); err != nil && w.file.Err() != nil {
		return w.file.Err()
	}
	if bytes.Contains(content, wanted) || bytes.Contains(tail, wanted) {
		return w.fatal("the workbook is encrypted", "deliver it without a password")
	}
	return w.fatal("this is an old Excel workbook (xls)", "save it as xlsx")
}

// open opens a part.
func (w *workbook) open(name string) (io.ReadCloser, error) {
	f := w.parts[strings.ToLower(name)]
	if f == nil {
		return nil, w.fatal(fmt.Sprintf("the workbook has no part %q", name), "save it again with Excel or WPS")
	}
	r, err := f.Open()
	if err != nil {
		return nil, w.damaged(err)
	}
	return r, nil
}

// decode reads a small part whole.
func (w *workbook) decode(name string, into any) error {
	r, err := w.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if w.parts[strings.ToLower(name)].UncompressedSize64 > smallPart {
		return w.fatal(fmt.Sprintf("the part %q of the workbook is larger than %d bytes", name, smallPart), "save it again with Excel or WPS")
	}
	if err := xml.NewDecoder(r).Decode(into); err != nil {
		return w.damaged(err)
	}
	return nil
}

// relation is a reference from one part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations are those of a part, with targets resolved. A part without any has none.
func (w *workbook) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if w.parts[strings.ToLower(name)] == nil {
		return nil, nil
	}
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := w.decode(name, &list); err != nil {
		return nil, err
	}
	for i := range list.Relations {
		r := &list.Relations[i]
		if strings.HasPrefix(r.Target, "/") {
			r.Target = strings.TrimPrefix(r.Target, "/")
		} else {
			r.Target = path.Join(dir, r.Target)
		}
	}
	return list.Relations, nil
}

// isKind reports whether the relation is of that kind, in either edition of the standard.
func (r relation) isKind(kind string) bool { return path.Base(r.Type) == kind }

// load reads what is needed before the first sheet.
func (w *workbook) load() error {
	main, err := w.mainPart()
	if err != nil {
		return err
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decode(main, &book); err != nil {
		return err
	}
	w.from1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	relations, err := w.relations(main)
	if err != nil {
		return err
	}
	w.shared = &shared{limit: w.limits.Shared}
	for _, r := range relations {
		switch {
		case r.isKind("sharedStrings"):
			err = w.readShared(r.Target)
		case r.isKind("styles"):
			err = w.readStyles(r.Target)
		case r.isKind("worksheet"):
			for _, s := range book.Sheets {
				if s.ID == r.ID {
					w.sheets = append(w.sheets, sheetRef{s.Name, r.Target, s.State == "hidden" || s.State == "veryHidden"})
				}
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mainPart is the part that lists the sheets.
func (w *workbook) mainPart() (string, error) {
	relations, err := w.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if !r.isKind("officeDocument") {
			continue
		}
		switch {
		case strings.HasSuffix(r.Target, ".bin"):
			return "", w.fatal("this is a binary workbook (xlsb)", "save it as xlsx")
		case strings.HasPrefix(r.Target, "word/"), strings.HasPrefix(r.Target, "ppt/"):
			return "", w.fatal("this is a document of Word or PowerPoint, not a workbook", "deliver the table as xlsx")
		}
		return r.Target, nil
	}
	if w.parts["mimetype"] != nil {
		return "", w.fatal("this is an OpenDocument file, not an Excel workbook (xlsx)", "save it as xlsx")
	}
	return "", w.fatal("this is a zip archive, but no workbook", "deliver the file itself, unpacked, under its own extension")
}

func (w *workbook) readShared(part string) error {
	r, err := w.open(part)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if err := w.shared.read(r); err != nil {
		if errors.Is(err, errShared) {
			return w.fatal(fmt.Sprintf("the workbook's texts take more than %d bytes", w.limits.Shared), "deliver it in several files, or as CSV")
		}
		return w.failure(err, 0)
	}
	return nil
}

// readStyles reads which number formats cells have.
func (w *workbook) readStyles(part string) error {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(part, &sheet); err != nil {
		return err
	}
	custom := map[int]style{}
	for _, f := range sheet.Formats {
		custom[f.ID] = parseStyle(f.Code)
	}
	for _, c := range sheet.Cells {
		s, ok := custom[c.Format]
		if !ok {
			s = builtin(c.Format)
		}
		w.styles = append(w.styles, s)
	}
	return nil
}

// failure tells errors of the bytes below from those of the file.
func (w *workbook) failure(err error, row int64) error {
	var fatal *format.FatalError
	var merged *mergedError
	switch {
	case w.file.Err() != nil:
		return w.file.Err()
	case errors.As(err, &fatal):
		return err
	case errors.As(err, &merged):
		return &format.FatalError{
			File: w.name, Line: merged.row, Reason: merged.reason, Suggestion: "unmerge them, so that each row and column has its own value",
		}
	}
	return &format.FatalError{
		File: w.name, Line: row, Reason: "the workbook is damaged: " + err.Error(), Suggestion: "ask for it again, saved by Excel or WPS",
	}
}

func (w *workbook) damaged(err error) error {
	if w.file.Err() != nil {
		return w.file.Err()
	}
	return w.fatal("the workbook is cut off or damaged: "+err.Error(), "ask for it again")
}

func (w *workbook) fatal(reason, suggestion string) error {
	return &format.FatalError{File: w.name, Reason: reason, Suggestion: suggestion}
}
