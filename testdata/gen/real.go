package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"zhida/schemas"
)

// How many changes are made to the real registrations on the third night.
const (
	corrections = 200
	deletions   = 50
	recoded     = 20
)

// runReal makes three nights of deliveries from the folder of real registrations.
func runReal(args []string) error {
	flags := flag.NewFlagSet("gen real", flag.ContinueOnError)
	data := flags.String("data", "", "folder with sichuan_1978-2007.csv.gz and mianyang_gb18030.csv.gz")
	out := flags.String("out", "", "folder to write the deliveries to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *data == "" || *out == "" || flags.NArg() > 0 {
		return errors.New("usage: gen real -data FOLDER -out FOLDER")
	}
	sichuan, err := unpack(filepath.Join(*data, "sichuan_1978-2007.csv.gz"))
	if err != nil {
		return err
	}
	mianyang, err := unpack(filepath.Join(*data, "mianyang_gb18030.csv.gz"))
	if err != nil {
		return err
	}
	rows, err := readRegistrations(sichuan)
	if err != nil {
		return err
	}
	increment, crosswalk, err := corrected(rows)
	if err != nil {
		return err
	}
	return write(*out, []file{
		// The bytes stay as they are: encodings and slips of the real files are the point.
		{"registration_20260615_full.csv", sichuan},
		{"registration_20260616_increment.csv", mianyang},
		{"registration_20260617_increment.csv", increment.csv(writing{})},
		{"crosswalk_20260617_increment.csv", crosswalk.csv(writing{})},
	})
}

// unpack decompresses a file; the largest has 31 MB.
func unpack(path string) ([]byte, error) {
	packed, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read registrations: %w", err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	data, err := io.ReadAll(unzipped)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return data, nil
}

// Columns of the real registrations.
const (
	colName = iota
	colCode
	colDate
	colKind
	colPerson
	colCapital
	colScope
	colProvince
	colCity
	colAddress
	columns
)

// readRegistrations reads the rows of ten columns; a broken one is left out.
func readRegistrations(data []byte) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read registrations: %w", err)
		}
		if len(row) == columns {
			rows = append(rows, row)
		}
	}
}

// corrected makes the third night: changed values, deletions with an operation column, and corrected codes. Which
// rows are taken depends on their order alone.
func corrected(rows [][]string) (increment, crosswalk *sheet, err error) {
	header, rows := rows[0], rows[1:]
	times := map[string]int{}
	for _, row := range rows {
		times[row[colCode]]++
	}
	increment = &sheet{header: append([]string{"操作"}, header...)}
	crosswalk = &sheet{header: []string{"旧代码", "新代码", "变更日期"}}
	links := newCodes(rows, times)
	for _, l := range links {
		crosswalk.add(l.old, l.code, "2026-06-17")
	}
	for i, l := range links {
		if i%2 == 0 { // half of them come under the new code at once
			row := append([]string(nil), l.row...)
			row[colCode] = l.code
			increment.add(append([]string{"变更"}, row...)...)
		}
	}
	step := max(1, len(rows)/(corrections+deletions+20)) // 20: some rows are passed over
	taken := 0
	for i := 0; i < len(rows) && taken < corrections+deletions; i += step {
		row := append([]string(nil), rows[i]...)
		if schemas.ClassifyCode(row[colCode]) != schemas.CodeUSCC || times[row[colCode]] > 1 {
			i -= step - 1 // the next one instead
			continue
		}
		op := "变更"
		switch taken % 5 {
		case 4:
			op = "删除"
		case 0:
			row[colName] += "（更名）"
		case 1:
			row[colAddress] = fmt.Sprintf("四川省绵阳市涪城区示例路%d号", taken)
			row[colCity] = "绵阳"
		default:
			row[colCapital] = fmt.Sprintf("%d,888.0000(万元人民币)", 1+taken%9)
		}
		increment.add(append([]string{op}, row...)...)
		taken++
	}
	if taken < corrections+deletions || len(links) < recoded {
		return nil, nil, fmt.Errorf("make corrections: only %d rows and %d codes of the registrations can serve", taken, len(links))
	}
	return increment, crosswalk, nil
}

// link is a corrected code with the row that had the old one.
type link struct {
	old, code string
	row       []string
}

// newCodes corrects codes: those of 15 digits first, then those whose check character is wrong.
func newCodes(rows [][]string, times map[string]int) []link {
	var links []link
	for _, state := range []schemas.CodeState{schemas.CodeOldRegistration, schemas.CodeBadCheck} {
		for _, row := range rows {
			old := strings.ToUpper(schemas.Fold(row[colCode]))
			if len(links) == recoded {
				return links
			}
			if schemas.ClassifyCode(old) != state || times[row[colCode]] > 1 {
				continue
			}
			first := old[:min(17, len(old))]
			if state == schemas.CodeOldRegistration { // region and last digits, under a number nobody has
				first = "91" + old[:6] + "MA00" + old[len(old)-5:]
			}
			check, ok := schemas.CheckDigit(first)
			if code := first + string(check); ok && times[code] == 0 {
				times[code]++
				links = append(links, link{old: row[colCode], code: code, row: row})
			}
		}
	}
	return links
}
