package table_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"zhida/matcher/table"
	"zhida/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOfN(genRows(100), 0, 4).Draw(t, "groups")
		tables := make([]*table.Table, len(groups))
		for i, rows := range groups {
			tables[i] = build(fields(), rows)
		}
		write := func() []byte {
			var out bytes.Buffer
			w := table.NewWriter(&out, fields(), map[string]string{"甲": "乙", "b": ""})
			for i, g := range tables {
				if err := w.Group(fmt.Sprint(i), g); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
		data := write()
		if !bytes.Equal(data, write()) {
			t.Fatal("the same tables give other bytes the second time")
		}
		rd, err := table.OpenReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(rd.Fields()) != fmt.Sprint(fields()) || rd.Note("甲") != "乙" || rd.Note("没有") != "" || len(rd.Groups()) != len(groups) {
			t.Fatalf("fields %v, note %q, groups %v", rd.Fields(), rd.Note("甲"), rd.Groups())
		}
		for i, rows := range groups {
			name := fmt.Sprint(i)
			if g := rd.Groups()[i]; g.Name != name || g.Rows != len(rows) {
				t.Fatalf("group %d is %v", i, g)
			}
			got, err := rd.Read(name)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "group "+name, got, rows)
		}
	})
}

func TestReadColumns(t *testing.T) {
	t.Parallel()
	rows := registrations(1000)
	rd := open(t, encode(t, rows, table.New(rows.Fields)))
	got, err := rd.ReadColumns("group 0", "存续", "名称")
	if err != nil {
		t.Fatal(err)
	}
	want := &table.Table{
		Fields:  []table.Field{rows.Fields[5], rows.Fields[0]},
		Columns: []table.Column{rows.Columns[5], rows.Columns[0]}, N: rows.N,
	}
	if !got.Equal(want) {
		t.Error("two columns are not what was written")
	}
	if got, err = rd.ReadColumns("group 0"); err != nil || got.N != 1000 || len(got.Columns) != 0 {
		t.Errorf("no columns: %v, %v", got, err)
	}
	if got, err = rd.Read("group 1"); err != nil || got.N != 0 || len(got.Columns) != 6 {
		t.Errorf("a group without rows: %v, %v", got, err)
	}
	if got, err = rd.Read("group 2"); got != nil || err != nil {
		t.Errorf("a group that is not there: %v, %v; want nil, nil", got, err)
	}
	if _, err = rd.ReadColumns("group 0", "没有"); !errors.Is(err, table.ErrField) {
		t.Errorf("a column that is not there: %v", err)
	}
}

// A group larger than a page, in which every text is another, and one in which all are the same.
func TestLargeGroup(t *testing.T) {
	t.Parallel()
	rows := registrations(150_000)
	rd := open(t, encode(t, rows))
	got, err := rd.Read("group 0")
	if err != nil {
		t.Fatal(err)
	}
	if !got.Equal(rows) {
		t.Error("150,000 rows are not what was written")
	}
	industry := got.Column("行业").Texts
	first := map[string]*byte{}
	for _, code := range industry {
		if p, ok := first[code]; ok && p != unsafe.StringData(code) {
			t.Fatalf("text %q is in memory twice", code)
		}
		first[code] = unsafe.StringData(code)
	}
}

func TestReadsFromSeveralGoroutines(t *testing.T) {
	t.Parallel()
	rows := registrations(5000)
	rd := open(t, encode(t, rows, rows, rows))
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			got, err := rd.Read(fmt.Sprintf("group %d", i%3))
			if err != nil || !got.Equal(rows) {
				t.Errorf("reader %d: %v", i, err)
			}
		})
	}
	all.Wait()
}

// golden is the table of testdata/v1.parquet; v2.parquet has a small group more.
func golden() *table.Table {
	day := int64(schemas.NewDate(2026, 6, 15))
	return build(fields(), []row{
		{0: "四川长虹电器股份有限公司", 1: int64(461624446_00), 2: int64(schemas.NewDate(1993, 4, 8)), 3: int64(1), 4: int64(60000)},
		{0: "", 1: int64(-1), 2: day, 3: int64(0)},
		{},
		{1: int64(math.MaxInt64), 2: int64(1), 4: int64(math.MinInt64)},
	})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	small := build(fields(), []row{{0: "甲", 3: int64(1)}})
	fresh := encode(t, golden(), table.New(fields()), small)
	if *update {
		if err := os.WriteFile("testdata/v2.parquet", fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for file, groups := range map[string][]*table.Table{
		"testdata/v1.parquet": {golden(), table.New(fields())}, // written when it was the only version
		"testdata/v2.parquet": {golden(), table.New(fields()), small},
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rd := open(t, data)
		for i, want := range groups {
			got, err := rd.Read(fmt.Sprintf("group %d", i))
			if err != nil {
				t.Fatal(err)
			}
			if !got.Equal(want) {
				t.Errorf("%s, group %d: %v, want %v", file, i, rowsOf(got), rowsOf(want))
			}
		}
		if rd.Note("note") != "备注" {
			t.Errorf("%s: note %q", file, rd.Note("note"))
		}
		if len(groups) == 3 && !bytes.Equal(data, fresh) {
			t.Error("the same table no longer gives the bytes of the golden file: every artefact would change its name")
		}
	}
}

// TestPacked has groups of all sizes around what is packed.
func TestPacked(t *testing.T) {
	t.Parallel()
	sizes := []int{0, 1, 1500, 2595, 1, 4095, 1, 4096, 4097, 0, 5, 4091, 63, 64, 65, 10000, 0}
	var tables []*table.Table
	all := registrations(10000)
	for i, n := range sizes {
		tables = append(tables, all.Slice(min(i*10, 10000-n), min(i*10, 10000-n)+n))
	}
	data := encode(t, tables...)
	rd := open(t, data)
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var rows []int64
	for _, g := range file.RowGroups() {
		rows = append(rows, g.NumRows())
	}
	if want := []int64{4096, 4096, 1, 4096, 4097, 4096, 192, 10000}; !slices.Equal(rows, want) {
		t.Errorf("row groups of %d rows, want %d", rows, want)
	}
	for _, i := range []int{12, 3, 11, 5, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16} {
		got, err := rd.Read(fmt.Sprintf("group %d", i))
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(tables[i]) {
			t.Errorf("group %d of %d rows is another", i, sizes[i])
		}
		for c := range got.Columns { // what is read belongs to who reads it
			for row := range got.N {
				got.Columns[c].SetUnknown(row)
			}
		}
		some, err := rd.ReadColumns(fmt.Sprintf("group %d", i), "存续", "名称")
		if err != nil {
			t.Fatal(err)
		}
		for c, name := range []string{"存续", "名称"} {
			if !some.Columns[c].Equal(tables[i].Column(name), sizes[i]) {
				t.Errorf("group %d: column %s is another", i, name)
			}
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	t.Parallel()
	one := build(fields(), []row{{0: "甲"}})
	bad := one.Slice(0, 1)
	bad.Columns[2].SetInt(0, 1<<40)
	short := one.Slice(0, 1)
	short.Columns[1].Ints = nil
	for _, c := range []struct {
		name   string
		fields []table.Field
		groups []*table.Table
		want   error
	}{
		{"no fields", nil, nil, table.ErrField},
		{"a field twice", []table.Field{{Name: "a", Kind: table.Int}, {Name: "a", Kind: table.Text}}, nil, table.ErrField},
		{"a field without a name", []table.Field{{Kind: table.Int}}, nil, table.ErrField},
		{"a field without a kind", []table.Field{{Name: "a"}}, nil, table.ErrField},
		{"a scale of 19", []table.Field{{Name: "a", Kind: table.Decimal, Scale: 19}}, nil, table.ErrField},
		{"other fields", fields(), []*table.Table{table.New(fields()[:1])}, table.ErrField},
		{"no date", fields(), []*table.Table{bad}, table.ErrField},
		{"a column too short", fields(), []*table.Table{short}, table.ErrField},
		{"a group twice", fields(), []*table.Table{one, one}, table.ErrGroup},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := table.NewWriter(io.Discard, c.fields, nil)
			for _, g := range c.groups {
				_ = w.Group("g", g) // the error stays: Close returns it
			}
			if err := w.Close(); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

// full is a disk that takes so many bytes and no more.
type full struct{ room int }

var errFull = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		n := f.room
		f.room = 0
		return n, errFull
	}
	f.room -= len(p)
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	rows := registrations(300)
	size := len(encode(t, rows))
	for room := 0; room < size; room += 501 {
		w := table.NewWriter(&full{room: room}, rows.Fields, map[string]string{"note": "备注"})
		_ = w.Group("group 0", rows) // may still be in a buffer; Close tells
		if err := w.Close(); !errors.Is(err, errFull) {
			t.Fatalf("room for %d of %d bytes: %v", room, size, err)
		}
	}
}
