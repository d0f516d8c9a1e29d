package standardise

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/schemas"
)

var update = flag.Bool("update", false, "write the golden files")

// TestDeliveries standardises whole small deliveries and compares rows, sealed rows, rejects and report.
func TestDeliveries(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		ds    *schemas.Dataset
		mode  schemas.Mode
		scope string
	}{
		{"registration", registrationData(), schemas.ModeFull, "510700"},
		{"registration_increment", registrationData(), schemas.ModeIncrement, ""},
		{"contacts", contactData(), schemas.ModeIncrement, "市场监管局"},
		{"crosswalk", crosswalkData(), schemas.ModeIncrement, ""},
		{"tax", taxData(), schemas.ModeFull, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := testDelivery()
			d.Mode, d.Scope, d.File = test.mode, test.scope, test.name+".csv"
			sink, report := deliver(t, mustNew(t, test.ds), d, readFile(t, test.name+".csv"), 1000)
			var out strings.Builder
			for _, run := range sink.runs {
				for _, g := range run.Groups {
					fmt.Fprintf(&out, "group %s: %d\n", g.Name, g.Rows)
				}
				fmt.Fprintf(&out, "\nrows\n%s\nsealed\n%s\n", dump(run.Rows), dump(run.Sealed))
			}
			fmt.Fprintf(&out, "rejects\n%s\ndoubts\n%s\nsuggestions\n%s\nreport\n%s",
				lines(t, sink.rejects...), lines(t, sink.doubts...), suggestions(test.ds, sink), lines(t, report))
			golden(t, test.name+".golden", out.String())
		})
	}
}

// suggestions are what departments are told to do about all that is wrong.
func suggestions(ds *schemas.Dataset, sink *fakeSink) string {
	var out strings.Builder
	add := func(row int64, reasons []Reason) {
		for _, r := range reasons {
			fmt.Fprintf(&out, "%d %s %q: %s\n", row, r.Key(), r.Value, Suggest(ds, r))
		}
	}
	for _, r := range sink.rejects {
		add(r.Row, r.Reasons)
	}
	for _, d := range sink.doubts {
		add(d.Row, d.Reasons)
	}
	return out.String()
}

// TestDoubtsAreBounded: of a flag that every row has, the first are told and all are counted.
func TestDoubtsAreBounded(t *testing.T) {
	t.Parallel()
	src := &fakeSource{header: []string{"统一社会信用代码", "企业名称", "注册日期"}, size: 100}
	for range MostDoubts + 500 {
		src.rows = append(src.rows, []string{"91510703700000001X", "甲厂", "某日"})
	}
	sink, report := deliver(t, mustNew(t, registrationData()), testDelivery(), src, 1000)
	if report.Flags["date.unreadable.成立日期"] != MostDoubts+500 || len(sink.doubts) != MostDoubts {
		t.Errorf("%d doubts of %v", len(sink.doubts), report.Flags)
	}
}

// readFile reads a delivery of the testdata folder; rows keep their own number of cells.
func readFile(t *testing.T, name string) *fakeSource {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return &fakeSource{header: all[0], rows: all[1:], size: 4, empty: 2}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update to accept):\n%s", name, got)
	}
}
