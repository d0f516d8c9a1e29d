package parquet_test

import (
	"io"
	"iter"
	"testing"

	pq "github.com/parquet-go/parquet-go"

	"zhida/connectors/conntest"
	"zhida/connectors/format/parquet"
)

// ordered is a group whose fields stay in order; pq.Group sorts them by name.
type ordered struct {
	pq.Group
	fields []pq.Field
}

func (g ordered) Fields() []pq.Field { return g.fields }

func schemaOf(header []string, node func(i int) pq.Node) *pq.Schema {
	group := pq.Group{}
	for i, name := range header {
		group[name] = node(i)
	}
	byName := map[string]pq.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	o := ordered{Group: group}
	for _, name := range header {
		o.fields = append(o.fields, byName[name])
	}
	return pq.NewSchema("test", o)
}

// write is a writer for conntest: optional texts, a row group for 10,000 rows.
func write(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return writeWith(w, header, rows, pq.Compression(&pq.Snappy))
}

func writePlain(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return writeWith(w, header, rows, pq.DataPageVersion(1), pq.PageBufferSize(2000))
}

func writeZstd(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return writeWith(w, header, rows, pq.Compression(&pq.Zstd))
}

func writeWith(w io.Writer, header []string, rows iter.Seq[[]string], options ...pq.WriterOption) error {
	schema := schemaOf(header, func(i int) pq.Node {
		if i == 0 {
			return pq.String()
		}
		return pq.Optional(pq.Encoded(pq.String(), &pq.RLEDictionary))
	})
	options = append(options, schema, pq.MaxRowsPerRowGroup(10_000))
	out := pq.NewGenericWriter[any](w, options...)
	for row := range rows {
		values := make(pq.Row, len(row))
		for i, text := range row {
			values[i] = pq.ByteArrayValue([]byte(text)).Level(0, min(i, 1), i)
		}
		if _, err := out.WriteRows([]pq.Row{values}); err != nil {
			return err
		}
	}
	return out.Close()
}

func suite(write func(io.Writer, []string, iter.Seq[[]string]) error) conntest.Format {
	return conntest.Format{Open: parquet.Open, Write: write, UniqueNames: true}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, suite(write))
}

func TestConformancePlain(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, suite(writePlain))
}

func TestConformanceZstd(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, suite(writeZstd))
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, suite(write))
}

func BenchmarkReader(b *testing.B) { conntest.Benchmark(b, suite(write)) }
