package standardise

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/schemas"
)

// session is one delivery on its way: what Run keeps between rows.
type session struct {
	*Standardiser
	delivery Delivery
	declared string // the declared scope as a region, "" if it is none
	binding  *binding
	sink     Sink
	limit    int
	report   Report
	counts   []int64  // rows by flag
	told     []int64  // rows by flag of which the sink was told
	memories []recall // by field
	rows     *rows
	row      row
	joined   map[string]string // flags of a row as they are stored, by their numbers
	regions  regionMemory
}

// Run standardises one delivery. Runs of at most limit rows (at least 1) go to the sink as they fill, rejects as they
// are met, in file order. The report is complete only if the error is nil; after an error everything the sink got must
// be thrown away. Errors: *FatalError for a header that does not fit, those of the source and the sink wrapped, and
// the context's.
func (s *Standardiser) Run(ctx context.Context, d Delivery, src Source, sink Sink, limit int) (Report, error) {
	bound, err := s.bind(d, src.Header())
	if err != nil {
		return Report{}, err
	}
	run := s.begin(d, bound, sink, max(limit, 1))
	for {
		if err := ctx.Err(); err != nil {
			return Report{}, fmt.Errorf("standardise %s: %w", d.File, err)
		}
		batch, err := src.Next(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = run.batch(batch)
		}
		if err != nil {
			return Report{}, fmt.Errorf("standardise %s: %w", d.File, err)
		}
	}
	if err := run.flush(); err != nil {
		return Report{}, fmt.Errorf("standardise %s: %w", d.File, err)
	}
	run.report.EmptyLines += src.Empty()
	run.tally()
	return run.report, nil
}

func (s *Standardiser) begin(d Delivery, bound *binding, sink Sink, limit int) *session {
	run := &session{
		Standardiser: s, delivery: d, binding: bound, sink: sink, limit: limit,
		counts: make([]int64, len(s.flags.names)+1), told: make([]int64, len(s.flags.names)+1), memories: make([]recall, len(s.fields)),
		rows: newRows(s), joined: map[string]string{}, regions: regionMemory{},
		report: Report{
			Dataset: s.ds.Name, Seq: d.Seq, File: d.File, Unknown: bound.unknown,
			Reasons: map[string]int64{}, Flags: map[string]int64{},
		},
	}
	if digits(d.Scope) {
		run.declared = schemas.NormalRegion(d.Scope)
		if code, ok, _ := s.codes.CurrentRegion(d.Scope, d.Date); ok {
			run.declared = code
		}
	}
	for i, f := range s.fields {
		if f.remember && f.region == nil {
			run.memories[i] = recall{}
		}
		columns := []string(nil)
		for _, c := range slices.Concat(bound.fields[i], bound.address[i]) {
			columns = append(columns, strings.TrimSpace(bound.header[c]))
		}
		run.report.Fields = append(run.report.Fields, FieldReport{Name: f.spec.Name, Columns: columns})
	}
	run.row.values = make([]value, len(s.fields))
	return run
}

// batch takes the rows of a batch and its broken rows, in the order of the file.
func (s *session) batch(b Batch) error {
	var t texts
	count := 0
	if b.Record != nil {
		defer b.Record.Release()
		var err error
		if t, err = s.columns(b.Record); err != nil {
			return err
		}
		count = int(b.Record.NumRows())
	}
	broken := b.Broken
	for i := range count {
		for len(broken) > 0 && broken[0].Row < t.row[i] {
			if err := s.rejectBroken(broken[0]); err != nil {
				return err
			}
			broken = broken[1:]
		}
		if err := s.take(t, i); err != nil {
			return err
		}
	}
	for _, row := range broken {
		if err := s.rejectBroken(row); err != nil {
			return err
		}
	}
	return nil
}

// texts are the columns of a batch.
type texts struct {
	row, line []int64
	cells     []stringColumn
}

// stringColumn is what arrow's arrays of text have in common. Value points into the batch.
type stringColumn interface {
	Value(i int) string
	IsNull(i int) bool
}

// columns checks the shape of a batch: a source that breaks its contract is an error, not wrong rows.
func (s *session) columns(record arrow.Record) (texts, error) {
	var out texts
	if int(record.NumCols()) != len(s.binding.header)+2 {
		return out, fmt.Errorf("read batch: %d columns instead of %d", record.NumCols(), len(s.binding.header)+2)
	}
	for i, name := range []string{RowColumn, LineColumn} {
		numbers, ok := record.Column(i).(interface{ Int64Values() []int64 })
		if !ok || record.ColumnName(i) != name {
			return out, fmt.Errorf("read batch: column %d is not the int64 column %s", i, name)
		}
		if i == 0 {
			out.row = numbers.Int64Values()
		} else {
			out.line = numbers.Int64Values()
		}
	}
	for i := range s.binding.header {
		column, ok := record.Column(i + 2).(stringColumn)
		if !ok {
			return out, fmt.Errorf("read batch: column %d is not text", i+2)
		}
		out.cells = append(out.cells, column)
	}
	return out, nil
}

// cell is a cell of the batch, "" for null.
func (t *texts) cell(column, row int) string {
	if c := t.cells[column]; !c.IsNull(row) {
		return c.Value(row)
	}
	return ""
}

// flush hands the rows taken so far to the sink.
func (s *session) flush() error {
	run := s.rows.run()
	if run == nil {
		return nil
	}
	if err := s.sink.Run(run); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}

// flagText is how the flags of a row are stored.
func (s *session) flagText(flags []flagID) string {
	switch len(flags) {
	case 0:
		return ""
	case 1:
		return s.flags.name(flags[0]).key
	}
	buf := make([]byte, 0, 32)
	for _, f := range flags {
		buf = append(buf, byte(f>>8), byte(f))
	}
	if text, ok := s.joined[string(buf)]; ok {
		return text
	}
	names := make([]string, len(flags))
	for i, f := range flags {
		names[i] = s.flags.name(f).key
	}
	text := strings.Join(names, ";")
	if len(s.joined) < memoryCells {
		s.joined[string(buf)] = text
	}
	return text
}
