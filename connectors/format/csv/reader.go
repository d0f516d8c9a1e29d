package csv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/connectors/format"
)

// Reader is the format.Reader of delimited text.
type Reader struct {
	name     string
	limits   format.Limits
	file     *counter
	lines    *lines
	decoder  *decoder
	splitter splitter
	header   []string
	want     int // fields of the header; 0 while the header itself is read
	batch    *batch
	faults   []format.RowFault
	stats    format.Stats
	err      error
}

var _ format.Reader = (*Reader)(nil)

// Header implements format.Reader.
func (r *Reader) Header() []string { return r.header }

// Faults implements format.Reader.
func (r *Reader) Faults() []format.RowFault { return r.faults }

// Stats implements format.Reader.
func (r *Reader) Stats() format.Stats {
	s := r.stats
	s.Bytes = r.file.n
	return s
}

// Close implements format.Reader.
func (r *Reader) Close() error {
	if r.err == nil || !errors.Is(r.err, format.ErrClosed) {
		r.err = fmt.Errorf("read %s: %w", r.name, format.ErrClosed)
	}
	r.stats.Bytes, r.lines, r.batch, r.splitter = r.file.n, nil, nil, splitter{}
	return nil
}

// Next implements format.Reader.
func (r *Reader) Next(ctx context.Context) (arrow.Record, error) {
	r.faults = nil
	if r.err == nil {
		r.err = r.collect(ctx)
	}
	if len(r.faults) == 0 && (r.batch == nil || len(r.batch.rows) == 0) || r.err != nil && !errors.Is(r.err, io.EOF) {
		r.faults = nil
		return nil, r.err
	}
	return r.batch.record(), nil
}

// collect reads rows until the batch is full or the file ends.
func (r *Reader) collect(ctx context.Context) error {
	kept := 0 // bytes of faults
	for n := 0; n < r.limits.BatchRows && r.batch.bytes+kept < r.limits.BatchBytes; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("read %s: %w", r.name, context.Cause(ctx))
		}
		first, fault, err := r.row()
		if err != nil {
			return err
		}
		r.stats.Rows++
		if fault == nil {
			r.stats.Good++
			r.batch.add(r.stats.Rows, first.number, r.splitter.base, r.splitter.fields)
			continue
		}
		r.stats.Broken++
		fault.Row, fault.Line = r.stats.Rows, first.number
		kept += len(fault.Raw)
		r.faults = append(r.faults, *fault)
	}
	return nil
}

// row reads the next row into the splitter, or says why it is broken. Only first.number may be used afterwards.
func (r *Reader) row() (first line, fault *format.RowFault, err error) {
	for {
		r.lines.begin()
		first, err = r.lines.next()
		if err != nil {
			return first, nil, r.readError(err)
		}
		r.stats.Lines++
		if len(first.text) == 0 || !first.ended && string(first.text) == dosEnd {
			r.stats.Empty++
			continue
		}
		break
	}
	if first.cut {
		fault, err = r.tooLong(first)
		return first, fault, err
	}
	text, fault := r.text(first.text)
	if fault != nil {
		if !first.ended && fault.Kind == format.FaultEncoding && r.decoder.endsInside(first.text) {
			return first, nil, r.truncated(first.number, "the last line ends within a character")
		}
		return first, fault, nil
	}
	if bytes.IndexByte(text, '"') < 0 {
		r.splitter.plain(text)
	} else if r.splitter.start(text) == open {
		fault, err = r.follow(first)
		return first, fault, err
	}
	have := len(r.splitter.fields)
	if have == r.want || r.want == 0 {
		return first, nil, nil
	}
	if !first.ended && have < r.want {
		return first, nil, r.truncated(first.number,
			fmt.Sprintf("the last line has no line end and %d of %d fields", have, r.want))
	}
	return first, &format.RowFault{
		Kind: format.FaultFields, Raw: string(text), Fields: have, Want: r.want,
		Reason: fmt.Sprintf("%d fields instead of %d", have, r.want),
	}, nil
}

// dosEnd is the end-of-file character that programs of DOS's time write after the last line.
const dosEnd = "\x1A"

// text decodes a line.
func (r *Reader) text(raw []byte) ([]byte, *format.RowFault) {
	text, ok := r.decoder.text(raw)
	switch {
	case !ok:
		return nil, &format.RowFault{
			Kind: format.FaultEncoding, Raw: string(raw), Reason: "not " + string(r.stats.Encoding) + " text",
		}
	case bytes.IndexByte(text, 0) >= 0:
		return nil, &format.RowFault{Kind: format.FaultNUL, Raw: string(text), Reason: "a NUL byte"}
	}
	return text, nil
}

// tooLong passes over a line longer than the limit.
func (r *Reader) tooLong(first line) (*format.RowFault, error) {
	fault := &format.RowFault{
		Kind: format.FaultLength, Raw: string(first.text),
		Reason: fmt.Sprintf("longer than %d bytes", r.limits.Record),
	}
	if text, ok := r.decoder.text(first.text); ok {
		fault.Raw = string(text)
	}
	ended, err := r.lines.skip()
	if err != nil {
		return nil, r.readError(err)
	}
	if !ended {
		return nil, r.truncated(first.number, fmt.Sprintf("the last line has no end within %d bytes", r.limits.Record))
	}
	return fault, nil
}

// follow reads on while a quoted field is open. If the row does not come out in order, its first line alone is broken
// and the lines after it are read again.
func (r *Reader) follow(first line) (*format.RowFault, error) {
	second := r.lines.here()
	for n := 2; n <= r.limits.RowLines; n++ {
		l, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			if err := r.openAtEnd(first, second); err != nil {
				return nil, err
			}
			break
		}
		if err != nil {
			return nil, r.readError(err)
		}
		if l.cut {
			break
		}
		text, fault := r.text(l.text)
		if fault != nil {
			break
		}
		p, have := r.splitter.follow(text), len(r.splitter.fields)
		if p == whole && (have == r.want || r.want == 0) {
			r.stats.Lines += int64(n - 1)
			return nil, nil // no fault and no error: the row is good
		}
		if p != open || have >= r.want && r.want > 0 {
			break
		}
	}
	raw, _ := r.decoder.text(r.lines.first(second))
	fault := &format.RowFault{
		Kind: format.FaultQuote, Raw: string(raw), Reason: "a quoted field is opened and not closed within its row",
	}
	r.lines.back(second)
	return fault, nil
}

// openAtEnd tells half a file from a stray quote near its end: after a stray quote the next line is a row of its own.
func (r *Reader) openAtEnd(first line, second place) error {
	r.lines.back(second)
	if l, err := r.lines.next(); err == nil && r.want > 1 {
		if text, fault := r.text(l.text); fault == nil &&
			r.splitter.start(text) == whole && len(r.splitter.fields) == r.want {
			return nil
		}
	}
	return r.truncated(first.number, "a quoted field is opened here and still open at the end of the file")
}

func (r *Reader) truncated(line int64, reason string) error {
	return r.fatal(line, "the file is cut off: "+reason, "ask for the whole file again")
}

// readError passes io.EOF and wraps what came from the bytes below.
func (r *Reader) readError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read %s: %w", r.name, err)
}
