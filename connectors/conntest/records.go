package conntest

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhida/connectors/source"
)

// Records is a place whose deliveries are no files but records, of a table or an interface, which a source makes into CSV or JSON
// lines: how many bytes they make is not known before they are read, and nobody can begin in the middle. It has one delivery, of
// dataset tax, in full; a source may list none where it has no rows.
type Records struct {
	// Put makes or replaces what is delivered. The first row is of names, the first column of keys, which differ; every value is text.
	// The source may bring the rows in the order of the keys.
	Put    func(t testing.TB, rows [][]string)
	Remove func(t testing.TB) // what is delivered is there no longer
	Deny   func(t testing.TB) // from now on we may not read it
	Open   func() (source.Source, error)
	Parse  func(t testing.TB, content []byte) [][]string // the rows, names first; nil: the source makes CSV
}

func (r Records) parse(t testing.TB, content []byte) [][]string {
	t.Helper()
	if r.Parse != nil {
		return r.Parse(t, content)
	}
	return parseCSV(t, content)
}

// RecordSource runs the suite of source.Source for records; start makes a new place that holds nothing yet.
func RecordSource(t *testing.T, start func(t *testing.T) Records) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, r Records)
	}{
		{"listing", recordsListing},
		{"content", recordsContent},
		{"same content", recordsSame},
		{"many", recordsMany},
		{"gone", recordsGone},
		{"denied", recordsDenied},
		{"cancelled", recordsCancelled},
		{"closed early", recordsClosed},
		{"several goroutines", recordsGoroutines},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, start(t))
		})
	}
}

// someRows are rows that a careless writer of CSV breaks.
func someRows() [][]string {
	return [][]string{
		{"code", "企业名称", "amount"},
		{"91510700MA00A", "四川“示例”有限公司", "1.50"},
		{"91510700MA00B", `he said "no", twice`, "-0.05"},
		{"91510700MA00C", "one\nmore line\r\n", ""},
		{"91510700MA00D", "", "12345678901234567890.123456789"},
		{"91510700MA00E", `\.`, `\N`},
		{"91510700MA00F", " blanks ", "0"},
		{"91510700MA00G", "𠮷野家\t餐饮", "NULL"},
	}
}

// numberedRows are rows of about 150 bytes.
func numberedRows(n int) [][]string {
	rows := [][]string{{"code", "企业名称", "amount"}}
	for i := range n {
		rows = append(rows, []string{fmt.Sprintf("9151%08d", i), strings.Repeat("绵阳市", 10) + fmt.Sprint(i), fmt.Sprintf("%d.%02d", i*7919, i%100)})
	}
	return rows
}

// delivery puts rows and returns what is listed of them.
func (r Records) delivery(t testing.TB, rows [][]string) (source.Source, source.Object) {
	t.Helper()
	r.Put(t, rows)
	s, err := r.Open()
	if err != nil {
		t.Fatal(err)
	}
	return s, listed(t, s)
}

func listed(t testing.TB, s source.Source) source.Object {
	t.Helper()
	objects, err := s.List(t.Context())
	if err != nil || len(objects) != 1 || !objects[0].IsDelivery() {
		t.Fatalf("listed %+v, %v", objects, err)
	}
	return objects[0]
}

// parseCSV reads CSV as it was meant: a line that ends with CR LF within a value is two characters.
func parseCSV(t testing.TB, content []byte) [][]string {
	t.Helper()
	const mark = "\x01"
	in := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(content, []byte("\r\n"), []byte(mark+"\n")))) // which else become one
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], mark, "\r")
		}
		row[len(row)-1] = strings.TrimSuffix(row[len(row)-1], "\r") // of the line itself
	}
	return rows
}

func sameRows(t testing.TB, got, want [][]string) {
	t.Helper()
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%d rows came, want %d, or others:\n%.300q\n%.300q", len(got), len(want), got, want)
	}
}

func recordsListing(t *testing.T, r Records) {
	s, o := r.delivery(t, someRows())
	if o.Size != -1 || o.Dataset != "tax" || o.Date.IsZero() || o.Mode != "full" || o.Problem != "" {
		t.Errorf("listed %+v", o)
	}
	if again := listed(t, s); again != o {
		t.Errorf("a second listing differs: %+v, %+v", again, o)
	}
	other := o
	other.Dataset, other.Problem = "", "none"
	if _, err := s.Open(t.Context(), other, 0); !errors.Is(err, source.ErrRefused) {
		t.Errorf("what is no delivery is opened: %v", err)
	}
	if _, err := s.Open(t.Context(), o, 1); !errors.Is(err, source.ErrRefused) {
		t.Errorf("it is opened in the middle: %v", err)
	}
}

func recordsContent(t *testing.T, r Records) {
	s, o := r.delivery(t, someRows())
	sameRows(t, r.parse(t, all(t, s, o, 0)), someRows())
	r.Put(t, someRows()[:1])
	objects, err := s.List(t.Context())
	if err != nil || len(objects) > 1 {
		t.Fatalf("nothing is delivered: listed %+v, %v", objects, err)
	}
	for _, o := range objects {
		if rows := r.parse(t, all(t, s, o, 0)); len(rows) > 1 {
			t.Errorf("nothing is delivered, and it reads %q", rows)
		}
	}
}

func recordsSame(t *testing.T, r Records) {
	rows := someRows()
	s, o := r.delivery(t, rows)
	first := all(t, s, o, 0)
	if again := all(t, s, o, 0); !bytes.Equal(again, first) {
		t.Errorf("read twice:\n%q\n%q", first, again)
	}
	slices.Reverse(rows[1:])
	s, o = r.delivery(t, rows)
	if again := all(t, s, o, 0); !bytes.Equal(again, first) {
		t.Errorf("written in another order:\n%q\n%q", first, again)
	}
}

func recordsMany(t *testing.T, r Records) {
	want := numberedRows(20_000)
	s, o := r.delivery(t, want)
	sameRows(t, r.parse(t, all(t, s, o, 0)), want)
}

func recordsGone(t *testing.T, r Records) {
	s, o := r.delivery(t, someRows())
	r.Remove(t)
	if _, err := s.List(t.Context()); !isFinal(err) {
		t.Errorf("list: %v, which no retry helps", err)
	}
	if err := drain(t.Context(), s, o); !isFinal(err) {
		t.Errorf("read: %v, which no retry helps", err)
	}
}

func recordsDenied(t *testing.T, r Records) {
	s, o := r.delivery(t, someRows())
	r.Deny(t)
	if _, err := s.List(t.Context()); !errors.Is(err, source.ErrDenied) {
		t.Errorf("list: %v", err)
	}
	if err := drain(t.Context(), s, o); !errors.Is(err, source.ErrDenied) {
		t.Errorf("read: %v", err)
	}
}

func recordsCancelled(t *testing.T, r Records) {
	s, o := r.delivery(t, numberedRows(20_000))
	ctx, cancel := context.WithCancel(t.Context())
	body, err := s.Open(ctx, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	cancel()
	if _, err := body.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	if _, err := s.Open(ctx, o, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	if _, err := s.List(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("list: %v", err)
	}
}

func recordsClosed(t *testing.T, r Records) {
	s, o := r.delivery(t, numberedRows(20_000))
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(body, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(body.Close(), body.Close()); err != nil {
		t.Errorf("close: %v", err)
	}
	if _, err := body.Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("what was closed early is read on: %v", err)
	}
}

func recordsGoroutines(t *testing.T, r Records) {
	s, o := r.delivery(t, numberedRows(2_000))
	want := all(t, s, o, 0)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if _, err := s.List(t.Context()); err != nil {
				t.Error(err)
			}
			body, err := s.Open(t.Context(), o, 0)
			if err != nil {
				t.Error(err)
				return
			}
			defer body.Close()
			if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes, want %d: %v", len(got), len(want), err)
			}
		})
	}
	wait.Wait()
}
