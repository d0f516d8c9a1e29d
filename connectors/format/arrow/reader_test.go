package arrow_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	arr "github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/connectors/format"
	"zhida/connectors/format/arrow"
)

func readAll(t testing.TB, file []byte) (rows [][]string, faults []format.RowFault, err error) {
	t.Helper()
	options := format.Options{Limits: format.Limits{Record: 200, Block: 20_000}}
	r, err := arrow.Open(io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file))), "file.arrow", options)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	for {
		record, err := r.Next(t.Context())
		faults = append(faults, r.Faults()...)
		if errors.Is(err, io.EOF) {
			if s := r.Stats(); s.Rows != int64(len(rows)+len(faults)) || s.Lines != s.Rows || s.Bytes != int64(len(file)) {
				t.Errorf("stats %+v of %d rows and %d faults", s, len(rows), len(faults))
			}
			return rows, faults, nil
		}
		if err != nil {
			return rows, faults, err
		}
		for i := range int(record.NumRows()) {
			row := make([]string, len(r.Header()))
			for j := range row {
				row[j] = strings.Clone(record.Column(format.Positions + j).(*array.String).Value(i))
			}
			rows = append(rows, row)
		}
		record.Release()
	}
}

// one writes a file of a column of this type, with values as JSON, and one of texts.
func one(t testing.TB, kind arr.DataType, values string, options ...ipc.Option) []byte {
	t.Helper()
	a, _, err := array.FromJSON(memory.DefaultAllocator, kind, strings.NewReader(values), array.WithUseNumber())
	if err != nil {
		t.Fatal(err)
	}
	return file(t, a, options...)
}

func file(t testing.TB, a arr.Array, options ...ipc.Option) []byte {
	t.Helper()
	texts := array.NewStringBuilder(memory.DefaultAllocator)
	for range a.Len() {
		texts.Append("x")
	}
	schema := arr.NewSchema([]arr.Field{{Name: "a", Type: a.DataType(), Nullable: true}, {Name: "b", Type: arr.BinaryTypes.String}}, nil)
	var out bytes.Buffer
	w, err := newFile(&out, append(options, ipc.WithSchema(schema))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(array.NewRecord(schema, []arr.Array{a, texts.NewArray()}, int64(a.Len()))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func isFatal(t *testing.T, name string, err error, reason string) {
	t.Helper()
	var fatal *format.FatalError
	if !errors.As(err, &fatal) || !strings.HasPrefix(fatal.Reason, reason) || fatal.Suggestion == "" {
		t.Errorf("%s: got %v, want %s", name, err, reason)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	zoned := func(u arr.TimeUnit) arr.DataType { return &arr.TimestampType{Unit: u, TimeZone: "UTC"} }
	for _, c := range []struct {
		kind   arr.DataType
		values string
		want   []string
	}{
		{arr.Null, `[null]`, []string{""}},
		{arr.FixedWidthTypes.Boolean, `[true, false, null]`, []string{"true", "false", ""}},
		{arr.BinaryTypes.String, `["绵阳", "", null]`, []string{"绵阳", "", ""}},
		{arr.BinaryTypes.LargeString, `["绵阳"]`, []string{"绵阳"}},
		{arr.BinaryTypes.Binary, `["5Lit"]`, []string{"中"}},
		{arr.PrimitiveTypes.Int8, `[-5]`, []string{"-5"}},
		{arr.PrimitiveTypes.Int16, `[-5]`, []string{"-5"}},
		{arr.PrimitiveTypes.Int32, `[-5]`, []string{"-5"}},
		{arr.PrimitiveTypes.Int64, `[915107032000000009]`, []string{"915107032000000009"}},
		{arr.PrimitiveTypes.Uint8, `[200]`, []string{"200"}},
		{arr.PrimitiveTypes.Uint16, `[60000]`, []string{"60000"}},
		{arr.PrimitiveTypes.Uint32, `[4294967295]`, []string{"4294967295"}},
		{arr.PrimitiveTypes.Uint64, `[18446744073709551615]`, []string{"18446744073709551615"}},
		{arr.PrimitiveTypes.Float64, `[0.1, 1e15, 1e-7]`, []string{"0.1", "1000000000000000", "0.0000001"}},
		{arr.PrimitiveTypes.Float32, `[0.1]`, []string{"0.1"}},
		{&arr.Decimal128Type{Precision: 20, Scale: 2}, `["12.50", "-0.05"]`, []string{"12.50", "-0.05"}},
		{&arr.Decimal256Type{Precision: 50, Scale: 4}, `["123456789012345678901234567890.5"]`, []string{"123456789012345678901234567890.5000"}},
		{arr.FixedWidthTypes.Date32, `["2026-06-15"]`, []string{"2026-06-15"}},
		{arr.FixedWidthTypes.Date64, `["2026-06-15"]`, []string{"2026-06-15"}},
		{&arr.TimestampType{Unit: arr.Second}, `["2026-06-15T08:30:00", "2026-06-15T00:00:00"]`, []string{"2026-06-15 08:30:00", "2026-06-15"}},
		{&arr.TimestampType{Unit: arr.Nanosecond}, `["2026-06-15T08:30:00.25"]`, []string{"2026-06-15 08:30:00.25"}},
		{zoned(arr.Millisecond), `["2026-06-15T00:30:00Z", "2026-06-14T16:00:00Z"]`, []string{"2026-06-15 08:30:00", "2026-06-15"}},
		{arr.FixedWidthTypes.Time32s, `["08:30:00"]`, []string{"08:30:00"}},
		{arr.FixedWidthTypes.Time64us, `["08:30:00.000001"]`, []string{"08:30:00.000001"}},
		{
			&arr.DictionaryType{IndexType: arr.PrimitiveTypes.Int8, ValueType: arr.BinaryTypes.String},
			`["绵阳", "成都", null, "绵阳"]`,
			[]string{"绵阳", "成都", "", "绵阳"},
		},
	} {
		rows, faults, err := readAll(t, one(t, c.kind, c.values))
		if err != nil || len(faults) > 0 || len(rows) != len(c.want) {
			t.Errorf("%s: %v, %q, faults %+v", c.kind, err, rows, faults)
			continue
		}
		for i, want := range c.want {
			if rows[i][0] != want || rows[i][1] != "x" {
				t.Errorf("%s: %q, want %q", c.kind, rows[i], want)
			}
		}
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	const lost = `column "a": a number of more digits than were kept: a code must be stored as text`
	nan := array.NewFloat64Builder(memory.DefaultAllocator)
	nan.AppendNull()
	nan.Append(math.Inf(1))
	nan.AppendNull()
	day := array.NewDate32Builder(memory.DefaultAllocator)
	day.AppendNull()
	day.Append(math.MaxInt32)
	day.AppendNull()
	clock := array.NewTime32Builder(memory.DefaultAllocator, &arr.Time32Type{Unit: arr.Second})
	clock.AppendNull()
	clock.Append(-1)
	clock.AppendNull()
	for _, c := range []struct {
		name   string
		file   []byte
		kind   format.FaultKind
		reason string
	}{
		{"digits lost", one(t, arr.PrimitiveTypes.Float64, `[null, 915107032000000009, null]`), format.FaultValue, lost},
		{"digits lost in a float", one(t, arr.PrimitiveTypes.Float32, `[null, 16777218, null]`), format.FaultValue, lost},
		{"no number", file(t, nan.NewArray()), format.FaultValue, `column "a": not a finite number`},
		{"no day", file(t, day.NewArray()), format.FaultValue, `column "a": a day outside the years 1 to 9999`},
		{"no time", file(t, clock.NewArray()), format.FaultValue, `column "a": a time of day beyond 24 hours`},
		{"no text", one(t, arr.BinaryTypes.Binary, `[null, "/w==", null]`), format.FaultEncoding, "not utf-8 text"},
		{"NUL", one(t, arr.BinaryTypes.Binary, `[null, "AA==", null]`), format.FaultNUL, "a NUL byte"},
		{"long", one(t, arr.BinaryTypes.String, `[null, "`+strings.Repeat("长", 100)+`", null]`), format.FaultLength, "longer than 200 bytes"},
	} {
		rows, faults, err := readAll(t, c.file)
		if err != nil || len(faults) != 1 || !reflect.DeepEqual(rows, [][]string{{"", "x"}, {"", "x"}}) {
			t.Errorf("%s: %v, %q, faults %+v", c.name, err, rows, faults)
			continue
		}
		if f := faults[0]; f.Kind != c.kind || f.Reason != c.reason || f.Row != 2 || (f.Column == "a") != (f.Kind == format.FaultValue) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestFatal(t *testing.T) {
	t.Parallel()
	whole := one(t, arr.BinaryTypes.String, `["绵阳"]`)
	footer := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(footer[len(footer)-10:], 1<<30)
	length := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(length[12:], 1<<30)
	texts := func(n int) string { return `["` + strings.Repeat(`xxxxxxxxx","`, n) + `"]` }
	for _, c := range []struct {
		name   string
		file   []byte
		reason string
	}{
		{"empty", nil, "the file is empty"},
		{"text", []byte("a,b\n1,2\n"), "this is text or something else, not Arrow"},
		{"parquet", []byte("PAR1...."), "this is a Parquet file, not Arrow"},
		{"feather 1", []byte("FEA1...."), "this is a Feather file of version 1"},
		{"cut off", whole[:len(whole)-1], "the file is cut off: it has no footer"},
		{"cut off within a batch", append(bytes.Clone(whole[:len(whole)/2]), "\x00\x00\x00\x00ARROW1"...), "the file is cut off within a batch"},
		{"footer too long", footer, "the file is damaged: its footer cannot be as long as it says"},
		{"message too long", length, "the file is damaged: "},
		{"large batch", one(t, arr.BinaryTypes.String, texts(5000)), "a batch of "},
		{"large batch, packed", one(t, arr.BinaryTypes.String, `["`+strings.Repeat("x", 60_000)+`"]`, ipc.WithZstd()), "the file is damaged: "},
		{"list", one(t, arr.ListOf(arr.PrimitiveTypes.Int8), `[[1]]`), `column "a" is nested: a list, struct, map or union`},
		{"struct", one(t, arr.StructOf(arr.Field{Name: "c", Type: arr.PrimitiveTypes.Int8}), `[{"c":1}]`), `column "a" is nested: a list, struct, map or union`},
		{"duration", one(t, arr.FixedWidthTypes.Duration_s, `[1]`), `column "a" has values of type duration, for which no text stands`},
		{"fixed bytes", one(t, &arr.FixedSizeBinaryType{ByteWidth: 3}, `["YWJj"]`), `column "a" has values of type fixed_size_binary, for which no text stands`},
	} {
		_, _, err := readAll(t, c.file)
		isFatal(t, c.name, err, c.reason)
	}
}

// damageable is a small file of several types.
func damageable(t testing.TB) []byte {
	t.Helper()
	return one(t, &arr.DictionaryType{IndexType: arr.PrimitiveTypes.Int8, ValueType: arr.BinaryTypes.String}, `["绵阳", null, "成都"]`)
}

// TestDamage flips every byte: the file is read or fatal, and nothing panics.
func TestDamage(t *testing.T) {
	t.Parallel()
	for _, whole := range [][]byte{
		damageable(t), one(t, arr.BinaryTypes.String, `["绵阳", null, "成都"]`),
		one(t, arr.PrimitiveTypes.Int64, `[1, 2, null]`, ipc.WithLZ4()),
	} {
		for i := range whole {
			for _, flip := range []byte{0xFF, 0x01, 0x80} {
				damaged := bytes.Clone(whole)
				damaged[i] ^= flip
				_, _, err := readAll(t, damaged)
				var fatal *format.FatalError
				if err != nil && !errors.As(err, &fatal) {
					t.Errorf("byte %d: %v", i, err)
				}
			}
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(damageable(f))
	f.Add(one(f, arr.BinaryTypes.String, `["绵阳", null]`, ipc.WithZstd()))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _, err := readAll(t, file)
		var fatal *format.FatalError
		if err != nil && !errors.As(err, &fatal) {
			t.Errorf("neither read nor fatal: %v", err)
		}
	})
}
