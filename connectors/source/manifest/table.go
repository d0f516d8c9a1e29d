package manifest

import (
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// columns are the names that the columns of a table go by.
func columns() map[string][]string {
	return map[string][]string{
		"file":  {"file", "filename", "file_name", "name", "文件", "文件名", "文件名称"},
		"rows":  {"rows", "row_count", "records", "count", "行数", "记录数", "数据量", "条数"},
		"bytes": {"bytes", "size", "file_size", "字节数", "文件大小", "大小"},
		"sum":   {"sum", "checksum", "md5", "sha1", "sha256", "sm3", "校验值", "校验和", "校验码", "摘要"},
	}
}

func (m *Manifest) readTable(text string) error {
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("it is empty: %w", ErrForm)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		for column, names := range columns() {
			if slices.Contains(names, name) {
				if _, twice := at[column]; twice {
					return fmt.Errorf("line 1: %q is a second column for %s: %w", head[i], column, ErrForm)
				}
				at[column] = i
			}
		}
	}
	if _, ok := at["file"]; !ok || len(at) < 2 {
		return fmt.Errorf("line 1: want checksum lines, or a header with the column file and one of rows, bytes, sum: %w", ErrForm)
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrForm, err)
		}
		line, _ := r.FieldPos(0)
		if err := m.row(row, at); err != nil {
			return fmt.Errorf("line %d: %w: %w", line, err, ErrForm)
		}
	}
}

// row reads one line of a table. Cells may be empty, but not all that say something of the file.
func (m *Manifest) row(row []string, at map[string]int) (err error) {
	cell := func(column string) string {
		i, ok := at[column]
		if !ok {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	e := Entry{Sum: strings.ToLower(cell("sum"))}
	if e.Rows, err = number(cell("rows")); err != nil {
		return fmt.Errorf("rows %w", err)
	}
	if e.Bytes, err = number(cell("bytes")); err != nil {
		return fmt.Errorf("bytes %w", err)
	}
	digits, err := hex.DecodeString(e.Sum)
	switch {
	case cell("file") == "":
		return errors.New("no name of a file")
	case err != nil || e.Sum != "" && methods(len(digits)) == nil:
		return fmt.Errorf("sum %q: want 32, 40 or 64 hexadecimal digits", cell("sum"))
	case e.Rows < 0 && e.Bytes < 0 && e.Sum == "":
		return fmt.Errorf("neither rows nor bytes nor sum of %s", cell("file"))
	}
	m.add(cell("file"), e)
	return nil
}

// number reads a count; -1 for none.
func number(text string) (int64, error) {
	if text == "" {
		return -1, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q: want a whole number", text)
	}
	return n, nil
}
