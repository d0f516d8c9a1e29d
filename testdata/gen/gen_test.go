package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const anew = "go run ./testdata/gen -out testdata/mianyang/deliveries -seed 1"

// sample is the sample's deliveries, made once for all tests.
var sample = sync.OnceValues(func() ([]file, error) { return mianyang(1, 2000) })

func made(t *testing.T) []file {
	t.Helper()
	files, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func invented(t *testing.T, seed uint64, enterprises int) []file {
	t.Helper()
	files, err := mianyang(seed, enterprises)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSampleIsGenerated: the deliveries in the tree are what this program makes of seed 1, and no others.
func TestSampleIsGenerated(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "mianyang", "deliveries")
	total, there := 0, 0
	for _, f := range made(t) {
		got, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(f.name)))
		switch {
		case err != nil:
			t.Errorf("%v: %s", err, anew)
		case !bytes.Equal(got, f.data):
			t.Errorf("%s differs from what gen makes: %s", f.name, anew)
		}
		total += len(f.data)
	}
	for _, dir := range []string{folder, filepath.Join(folder, filepath.FromSlash(late))} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		there += len(entries)
	}
	if n := len(made(t)); there != n {
		t.Errorf("%d files are in the folders, %d are generated", there, n)
	}
	if total > 4<<20 {
		t.Errorf("the deliveries have %d bytes: keep them below 4 MiB", total)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	one, two, other := invented(t, 7, least), invented(t, 7, least), invented(t, 8, least)
	same := true
	for i := range one {
		if !bytes.Equal(one[i].data, two[i].data) {
			t.Errorf("%s differs between two runs", one[i].name)
		}
		same = same && bytes.Equal(one[i].data, other[i].data)
	}
	if same {
		t.Error("the seed changes nothing")
	}
	for _, n := range []int{0, least - 1, 1_000_000} {
		if _, err := mianyang(1, n); err == nil {
			t.Errorf("%d enterprises are made", n)
		}
	}
}

// rowsOf parses a delivery of any form into its header and rows, so that what is asserted is what a reader finds.
func rowsOf(t *testing.T, f file) [][]string {
	t.Helper()
	var rows [][]string
	var err error
	switch filepath.Ext(f.name) {
	case ".csv":
		rows, err = csvRows(f.data)
	case ".xlsx":
		rows, err = xlsxRows(f.data)
	case ".jsonl":
		rows, err = jsonRows(f.data)
	case ".parquet":
		rows, err = parquetRows(f.data)
	case ".arrow":
		rows, err = arrowRows(f.data)
	}
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", f.name, len(rows), err)
	}
	return rows
}

// rowsNamed parses the delivery of that name.
func rowsNamed(t *testing.T, name string) [][]string {
	t.Helper()
	for _, f := range made(t) {
		if f.name == name {
			return rowsOf(t, f)
		}
	}
	t.Fatalf("%s is not generated", name)
	return nil
}

func csvRows(data []byte) ([][]string, error) {
	if !utf8.Valid(data) {
		var err error
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			return nil, err
		}
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	if first, _, _ := bytes.Cut(data, []byte("\n")); bytes.ContainsRune(first, ';') {
		r.Comma = ';'
	}
	return r.ReadAll()
}

func xlsxRows(data []byte) ([][]string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	for i := range rows { // cells at the end of a row that are empty are left out
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows, book.Close()
}

func jsonRows(data []byte) ([][]string, error) {
	place := map[string]int{}
	rows := [][]string{nil}
	for line := range bytes.Lines(data) {
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			return nil, err
		}
		row := make([]string, len(rows[0]))
		for name, value := range object {
			if _, ok := place[name]; !ok {
				place[name] = len(rows[0])
				rows[0] = append(rows[0], name)
				row = append(row, "")
			}
			switch v := value.(type) {
			case string:
				row[place[name]] = v
			case json.Number:
				row[place[name]] = v.String()
			}
		}
		rows = append(rows, row)
	}
	for i := range rows { // columns that were met later
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows, nil
}

func parquetRows(data []byte) ([][]string, error) {
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var header []string
	for _, column := range f.Schema().Columns() {
		header = append(header, column[0])
	}
	rows := [][]string{header}
	for _, group := range f.RowGroups() {
		r := group.Rows()
		buffer := make([]parquet.Row, 100)
		for n, err := 1, error(nil); n > 0 && err == nil; {
			n, err = r.ReadRows(buffer)
			for _, cells := range buffer[:n] {
				row := make([]string, len(header))
				for _, cell := range cells {
					if !cell.IsNull() {
						row[cell.Column()] = cell.String()
					}
				}
				rows = append(rows, row)
			}
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func arrowRows(data []byte) ([][]string, error) {
	r, err := ipc.NewFileReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var header []string
	for _, field := range r.Schema().Fields() {
		header = append(header, field.Name)
	}
	rows := [][]string{header}
	for i := range r.NumRecords() {
		record, err := r.Record(i)
		if err != nil {
			return nil, err
		}
		for n := range int(record.NumRows()) {
			row := make([]string, len(header))
			for c := range header {
				if column := record.Column(c); !column.IsNull(n) {
					row[c] = column.ValueStr(n)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows, r.Close()
}

// column finds a column by name.
func column(t *testing.T, rows [][]string, name string) int {
	t.Helper()
	for i, cell := range rows[0] {
		if cell == name {
			return i
		}
	}
	t.Fatalf("no column %s in %v", name, rows[0])
	return -1
}

// TestForms: each form a department may deliver occurs, can be read, and is in the encoding it claims.
func TestForms(t *testing.T) {
	t.Parallel()
	forms := map[string]int{}
	for _, f := range made(t) {
		rowsOf(t, f)
		form := filepath.Ext(f.name)
		if form == ".csv" {
			switch {
			case bytes.HasPrefix(f.data, []byte("\ufeff")):
				form += " marked"
			case !utf8.Valid(f.data):
				form += " GB18030"
			case bytes.Contains(f.data[:60], []byte(";")):
				form += " semicolons"
			}
		}
		forms[form]++
		if strings.HasPrefix(f.name, "registration_20260616") && form != ".csv GB18030" {
			t.Errorf("%s is %s: the second night comes from another system", f.name, form)
		}
	}
	for _, form := range []string{".csv", ".csv marked", ".csv GB18030", ".csv semicolons", ".xlsx", ".jsonl", ".parquet", ".arrow"} {
		if forms[form] == 0 {
			t.Errorf("no delivery is %s", form)
		}
	}
}
