package main

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// duck is the columns as a DuckDB table, in memory and sorted by home as they are.
type duck struct {
	db   *sql.DB
	conn *sql.Conn
}

func newDuck(ctx context.Context, w *workload) (*duck, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	d := &duck{db: db}
	if d.conn, err = db.Conn(ctx); err != nil {
		return nil, err
	}
	if _, err := d.conn.ExecContext(ctx, fmt.Sprintf("SET threads = %d; SET preserve_insertion_order = true", threads)); err != nil {
		return nil, err
	}
	if err := duckdb.RegisterTableUDF(d.conn, "profiles", duckdb.ChunkTableFunction{
		BindArguments: func(map[string]any, ...any) (duckdb.ChunkTableSource, error) { return &feed{w: w}, nil },
	}); err != nil {
		return nil, err
	}
	_, err = d.conn.ExecContext(ctx, "CREATE TABLE p AS SELECT * FROM profiles()")
	return d, err
}

// feed hands the columns to DuckDB.
type feed struct {
	w          *workload
	block, row int
}

func (f *feed) ColumnInfos() []duckdb.ColumnInfo {
	var out []duckdb.ColumnInfo
	add := func(name string, t duckdb.Type) {
		info, err := duckdb.NewTypeInfo(t)
		if err != nil {
			panic(err)
		}
		out = append(out, duckdb.ColumnInfo{Name: name, T: info})
	}
	for i := range f.w.columns {
		if f.w.ask.words[i] != nil {
			add(columnName(i), duckdb.TYPE_USMALLINT)
		} else {
			add(columnName(i), duckdb.TYPE_BIGINT)
		}
	}
	for i := range f.w.tags {
		add(tagName(i), duckdb.TYPE_BOOLEAN)
	}
	add("living", duckdb.TYPE_BOOLEAN)
	add("h", duckdb.TYPE_UBIGINT)
	return out
}

func columnName(i int) string { return fmt.Sprintf("c%d", i) }
func tagName(i int) string    { return fmt.Sprintf("t%d", i) }

func (f *feed) Init() {}

func (f *feed) Cardinality() *duckdb.CardinalityInfo {
	return &duckdb.CardinalityInfo{Cardinality: uint(f.w.enterprises), Exact: true}
}

// FillChunk implements duckdb.ChunkTableSource.
func (f *feed) FillChunk(chunk duckdb.DataChunk) error {
	n := 0
	for ; n < duckdb.GetDataChunkCapacity(); n++ {
		for f.block < len(f.w.inputs) && f.row == f.w.inputs[f.block].Block.N {
			f.block, f.row = f.block+1, 0
		}
		if f.block == len(f.w.inputs) {
			break
		}
		if err := f.fill(chunk, n); err != nil {
			return err
		}
		f.row++
	}
	return chunk.SetSize(n)
}

func (f *feed) fill(chunk duckdb.DataChunk, n int) error {
	b := &f.w.raw[f.block]
	col := 0
	put := func(err error) error { col++; return err }
	for i := range f.w.columns {
		c := b.columns[i]
		var err error
		switch {
		case !c.Known.Has(f.row):
			err = put(chunk.SetValue(col, n, nil))
		case c.Coded != nil:
			err = put(duckdb.SetChunkValue(chunk, col, n, b.global(i, c.Coded.IDs[f.row])))
		default:
			err = put(duckdb.SetChunkValue(chunk, col, n, c.Ints[f.row]))
		}
		if err != nil {
			return err
		}
	}
	for _, t := range b.tags {
		var err error
		switch {
		case t.Yes.Has(f.row):
			err = put(duckdb.SetChunkValue(chunk, col, n, true))
		case t.No.Has(f.row):
			err = put(duckdb.SetChunkValue(chunk, col, n, false))
		default:
			err = put(chunk.SetValue(col, n, nil))
		}
		if err != nil {
			return err
		}
	}
	if err := put(duckdb.SetChunkValue(chunk, col, n, f.w.inputs[f.block].Block.Living.Has(f.row))); err != nil {
		return err
	}
	return put(duckdb.SetChunkValue(chunk, col, n, b.hash(f.row)))
}

// answer asks one question.
func (d *duck) answer(ctx context.Context, q *question) (a answer, err error) {
	err = d.conn.QueryRowContext(ctx, "SELECT count(*), coalesce(bit_xor(h), 0) FROM p WHERE living AND "+q.sql()).Scan(&a.count, &a.hash)
	return a, err
}

// sql is a condition that is true where the answer is surely yes.
func (q *question) sql() string {
	list := func(between string) string {
		texts := make([]string, len(q.parts))
		for i, p := range q.parts {
			texts[i] = p.sql()
		}
		return "(" + strings.Join(texts, between) + ")"
	}
	switch q.kind {
	case allOf:
		return list(" AND ")
	case anyOf:
		return list(" OR ")
	case atLeast:
		texts := make([]string, len(q.parts))
		for i, p := range q.parts {
			texts[i] = "coalesce(" + p.sql() + ", false)::INT"
		}
		return fmt.Sprintf("(%s >= %d)", strings.Join(texts, " + "), q.least)
	case number:
		return q.numberSQL()
	case code:
		if len(q.ids) == 0 {
			return "false"
		}
		var texts []string
		for _, s := range q.ids {
			if s.from == s.to {
				texts = append(texts, fmt.Sprintf("%s = %d", columnName(q.column), s.from))
			} else {
				texts = append(texts, fmt.Sprintf("%s BETWEEN %d AND %d", columnName(q.column), s.from, s.to))
			}
		}
		return "(" + strings.Join(texts, " OR ") + ")"
	case tag:
		if q.inside {
			return tagName(q.tag)
		}
		return "(NOT " + tagName(q.tag) + ")"
	}
	var terms []string
	for _, t := range q.terms {
		terms = append(terms, fmt.Sprintf("%d * %s", t.factor, columnName(t.column)))
	}
	return fmt.Sprintf("(%s >= 0 AND %s > 0)", strings.Join(terms, " + "), columnName(q.over))
}

func (q *question) numberSQL() string {
	name := columnName(q.column)
	var text string
	switch {
	case q.low == math.MinInt64:
		text = fmt.Sprintf("%s <= %d", name, q.high)
	case q.high == math.MaxInt64:
		text = fmt.Sprintf("%s >= %d", name, q.low)
	default:
		text = fmt.Sprintf("%s BETWEEN %d AND %d", name, q.low, q.high)
	}
	if !q.inside {
		return "(NOT " + text + ")"
	}
	return "(" + text + ")"
}

func (d *duck) close() error {
	if err := d.conn.Close(); err != nil {
		return err
	}
	return d.db.Close()
}
