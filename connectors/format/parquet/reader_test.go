package parquet_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"zhida/connectors/format"
	"zhida/connectors/format/parquet"
)

func readAll(t testing.TB, file []byte, options format.Options) (rows [][]string, faults []format.RowFault, err error) {
	t.Helper()
	r, err := parquet.Open(io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file))), "file.parquet", options)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	for {
		record, err := r.Next(t.Context())
		faults = append(faults, r.Faults()...)
		if errors.Is(err, io.EOF) {
			if s := r.Stats(); s.Rows != int64(len(rows)+len(faults)) || s.Lines != s.Rows {
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

// one writes a file of one optional column with these values.
func one(t testing.TB, node pq.Node, values ...pq.Value) []byte {
	t.Helper()
	var file bytes.Buffer
	out := pq.NewGenericWriter[any](&file, schemaOf([]string{"a", "b"}, func(i int) pq.Node {
		if i == 0 {
			return pq.Optional(node)
		}
		return pq.String()
	}))
	for _, v := range values {
		level := 1
		if v.IsNull() {
			level = 0
		}
		if _, err := out.WriteRows([]pq.Row{{v.Level(0, level, 0), pq.ByteArrayValue([]byte("x")).Level(0, 0, 1)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func bytesOf(b ...byte) pq.Value { return pq.FixedLenByteArrayValue(b) }

func TestValues(t *testing.T) {
	t.Parallel()
	const day = 20619 // 2026-06-15
	at := int64(day*24*3600 + 8*3600 + 30*60)
	for _, c := range []struct {
		name   string
		node   pq.Node
		values []pq.Value
		want   []string
	}{
		{"text", pq.String(), []pq.Value{pq.ByteArrayValue([]byte("绵阳")), pq.NullValue()}, []string{"绵阳", ""}},
		{"bytes", pq.Leaf(pq.ByteArrayType), []pq.Value{pq.ByteArrayValue([]byte("绵阳"))}, []string{"绵阳"}},
		{"enum", pq.Enum(), []pq.Value{pq.ByteArrayValue([]byte("A"))}, []string{"A"}},
		{"bool", pq.Leaf(pq.BooleanType), []pq.Value{pq.BooleanValue(true), pq.BooleanValue(false)}, []string{"true", "false"}},
		{"int32", pq.Leaf(pq.Int32Type), []pq.Value{pq.Int32Value(math.MinInt32)}, []string{"-2147483648"}},
		{"int64", pq.Int(64), []pq.Value{pq.Int64Value(915107032000000009)}, []string{"915107032000000009"}},
		{"int8", pq.Int(8), []pq.Value{pq.Int32Value(-5)}, []string{"-5"}},
		{"uint32", pq.Uint(32), []pq.Value{pq.Int32Value(-1)}, []string{"4294967295"}},
		{"uint64", pq.Uint(64), []pq.Value{pq.Int64Value(-1)}, []string{"18446744073709551615"}},
		{"double", pq.Leaf(pq.DoubleType), []pq.Value{pq.DoubleValue(0.1), pq.DoubleValue(1e15), pq.DoubleValue(1e-7), pq.DoubleValue(math.Copysign(0, -1))}, []string{"0.1", "1000000000000000", "0.0000001", "0"}},
		{"float", pq.Leaf(pq.FloatType), []pq.Value{pq.FloatValue(0.1), pq.FloatValue(16777216)}, []string{"0.1", "16777216"}},
		{"decimal of int32", pq.Decimal(2, 9, pq.Int32Type), []pq.Value{pq.Int32Value(1250), pq.Int32Value(-5), pq.Int32Value(0)}, []string{"12.50", "-0.05", "0.00"}},
		{"decimal of int64", pq.Decimal(4, 18, pq.Int64Type), []pq.Value{pq.Int64Value(1012000)}, []string{"101.2000"}},
		{"decimal of bytes", pq.Decimal(2, 20, pq.FixedLenByteArrayType(9)), []pq.Value{bytesOf(1, 0, 0, 0, 0, 0, 0, 0, 0), bytesOf(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)}, []string{"184467440737095516.16", "-0.01"}},
		{"date", pq.Date(), []pq.Value{pq.Int32Value(day), pq.Int32Value(-1)}, []string{"2026-06-15", "1969-12-31"}},
		{"moment", pq.TimestampAdjusted(pq.Millisecond, false), []pq.Value{pq.Int64Value(at * 1000), pq.Int64Value(day * 24 * 3600 * 1000), pq.Int64Value(at*1000 + 250)}, []string{"2026-06-15 08:30:00", "2026-06-15", "2026-06-15 08:30:00.25"}},
		{"instant", pq.Timestamp(pq.Microsecond), []pq.Value{pq.Int64Value((at - 8*3600) * 1e6), pq.Int64Value((day*24 - 8) * 3600 * 1e6)}, []string{"2026-06-15 08:30:00", "2026-06-15"}},
		{"instant in nanoseconds", pq.Timestamp(pq.Nanosecond), []pq.Value{pq.Int64Value(1)}, []string{"1970-01-01 08:00:00.000000001"}},
		{"clock", pq.Time(pq.Millisecond), []pq.Value{pq.Int32Value(30_600_000)}, []string{"08:30:00"}},
		{"clock in microseconds", pq.Time(pq.Microsecond), []pq.Value{pq.Int64Value(30_600_000_001)}, []string{"08:30:00.000001"}},
		{"int96", pq.Leaf(pq.Int96Type), []pq.Value{pq.Int96Value(deprecated.Int96{0, 0, 2_440_588 + day})}, []string{"2026-06-15 08:00:00"}},
		{"uuid", pq.UUID(), []pq.Value{bytesOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255)}, []string{"00010203-0405-0607-0809-0a0b0c0d0eff"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rows, faults, err := readAll(t, one(t, c.node, c.values...), format.Options{})
			if err != nil || len(faults) > 0 {
				t.Fatalf("%v, faults %+v", err, faults)
			}
			for i, want := range c.want {
				if rows[i][0] != want || rows[i][1] != "x" {
					t.Errorf("%q, want %q", rows[i], want)
				}
			}
		})
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		node   pq.Node
		value  pq.Value
		kind   format.FaultKind
		reason string
	}{
		{"digits lost", pq.Leaf(pq.DoubleType), pq.DoubleValue(915107032000000009), format.FaultValue, `column "a": a number of more digits than were kept: a code must be stored as text`},
		{"digits lost in a float", pq.Leaf(pq.FloatType), pq.FloatValue(16777218), format.FaultValue, `column "a": a number of more digits than were kept: a code must be stored as text`},
		{"no number", pq.Leaf(pq.DoubleType), pq.DoubleValue(math.NaN()), format.FaultValue, `column "a": not a finite number`},
		{"no day", pq.Date(), pq.Int32Value(math.MaxInt32), format.FaultValue, `column "a": a day outside the years 1 to 9999`},
		{"no moment", pq.Timestamp(pq.Millisecond), pq.Int64Value(math.MinInt64), format.FaultValue, `column "a": a day outside the years 1 to 9999`},
		{"no time", pq.Time(pq.Millisecond), pq.Int32Value(-1), format.FaultValue, `column "a": a time of day beyond 24 hours`},
		{"no text", pq.String(), pq.ByteArrayValue([]byte("\xFF")), format.FaultEncoding, "not utf-8 text"},
		{"NUL", pq.String(), pq.ByteArrayValue([]byte("a\x00")), format.FaultNUL, "a NUL byte"},
		{"long", pq.String(), pq.ByteArrayValue(bytes.Repeat([]byte("长"), 100)), format.FaultLength, "longer than 200 bytes"},
	} {
		file := one(t, c.node, pq.NullValue(), c.value, pq.NullValue())
		rows, faults, err := readAll(t, file, format.Options{Limits: format.Limits{Record: 200}})
		if err != nil || len(faults) != 1 || !reflect.DeepEqual(rows, [][]string{{"", "x"}, {"", "x"}}) {
			t.Errorf("%s: %v, %q, faults %+v", c.name, err, rows, faults)
			continue
		}
		if f := faults[0]; f.Kind != c.kind || f.Reason != c.reason || f.Row != 2 || f.Line != 2 || (f.Column == "a") != (f.Kind == format.FaultValue) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestFatal(t *testing.T) {
	t.Parallel()
	whole := one(t, pq.String(), pq.ByteArrayValue([]byte("绵阳")))
	footer := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(footer[len(footer)-8:], 1<<30)
	large := one(t, pq.String(), pq.ByteArrayValue(bytes.Repeat([]byte("x"), 2000)))
	nested := func(node pq.Node) []byte {
		var file bytes.Buffer
		out := pq.NewGenericWriter[any](&file, pq.NewSchema("test", pq.Group{"a": node, "b": pq.String()}))
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	for _, c := range []struct {
		name   string
		file   []byte
		reason string
	}{
		{"empty", nil, "the file is empty"},
		{"text", []byte("a,b\n1,2\n"), "this is text or something else, not a Parquet file"},
		{"workbook", []byte("PK\x03\x04"), "this is an Excel workbook (xlsx) or zip archive, not a Parquet file"},
		{"encrypted", []byte("PARE"), "the file is encrypted"},
		{"cut off", whole[:len(whole)-1], "the file is cut off: it has no footer"},
		{"magic only", []byte("PAR1PAR1"), "the file is cut off: it has no footer"},
		{"footer too long", footer, "the file is damaged: its footer cannot be as long as it says"},
		{"list", nested(pq.List(pq.String())), `column "a" is nested: a group, list or map`},
		{"repeated", nested(pq.Repeated(pq.String())), `column "a" is nested: a group, list or map`},
		{"group", nested(pq.Group{"c": pq.String()}), `column "a" is nested: a group, list or map`},
		{"no text", one(t, pq.Leaf(pq.FixedLenByteArrayType(3))), `column "a" has values of type FIXED_LEN_BYTE_ARRAY(3), for which no text stands`},
		{"bson", one(t, pq.BSON()), `column "a" has values of type BSON, for which no text stands`},
		{"large page", large, "a page of 20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := readAll(t, c.file, format.Options{Limits: format.Limits{Block: 1000}})
			var fatal *format.FatalError
			if !errors.As(err, &fatal) || !strings.HasPrefix(fatal.Reason, c.reason) || fatal.Suggestion == "" {
				t.Errorf("got %v, want %s", err, c.reason)
			}
		})
	}
}

// damageable is a small file of several types and row groups.
func damageable(t testing.TB) []byte {
	t.Helper()
	var file bytes.Buffer
	rows := func(yield func([]string) bool) {
		for i := range 30 {
			if !yield([]string{strings.Repeat("绵", i), "b", strings.Repeat("c", i%3)}) {
				return
			}
		}
	}
	if err := writeWith(&file, []string{"a", "b", "c"}, rows, pq.Compression(&pq.Snappy)); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// TestDamage flips every byte: the file is read or fatal, and nothing panics.
func TestDamage(t *testing.T) {
	t.Parallel()
	whole := damageable(t)
	for i := range whole {
		for _, flip := range []byte{0xFF, 0x01, 0x80} {
			damaged := bytes.Clone(whole)
			damaged[i] ^= flip
			_, _, err := readAll(t, damaged, format.Options{})
			var fatal *format.FatalError
			if err != nil && !errors.As(err, &fatal) {
				t.Errorf("byte %d: %v", i, err)
			}
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(damageable(f))
	f.Add(one(f, pq.Decimal(2, 9, pq.Int32Type), pq.Int32Value(1250), pq.NullValue()))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _, err := readAll(t, file, format.Options{Limits: format.Limits{Block: 1 << 20}})
		var fatal *format.FatalError
		if err != nil && !errors.As(err, &fatal) {
			t.Errorf("neither read nor fatal: %v", err)
		}
	})
}
