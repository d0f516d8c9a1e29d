package sql

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"zhida/connectors/source"
)

// batch is how many bytes go through the pipe at once: to hand over a row alone costs more than to read it.
const batch = 256 << 10

// Open implements source.Source.
func (d *Database) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	what := "open " + object.Name
	delivery, known := d.tables[path.Dir(object.Name)]
	switch {
	case !object.IsDelivery() || !known:
		return nil, d.wrap(ctx, what, fmt.Errorf("%w: %s", source.ErrRefused, object.Problem))
	case from != 0:
		return nil, d.wrap(ctx, what, fmt.Errorf("%w: a table is read from its beginning", source.ErrRefused))
	}
	s, err := d.connect(ctx)
	if err != nil {
		return nil, d.wrap(ctx, what, err)
	}
	query, err := d.prepare(ctx, s, delivery, object)
	if err != nil {
		s.close()
		return nil, d.wrap(ctx, what, s.known(err))
	}
	pipe, w := io.Pipe()
	r := &reader{ctx: ctx, source: d, session: s, object: object, pipe: pipe, done: make(chan struct{})}
	go r.copy(query, w)
	return r, nil
}

// prepare begins to read a table that holds what was listed, and returns what to ask it for.
func (d *Database) prepare(ctx context.Context, s session, delivery source.Delivery, object source.Object) (string, error) {
	e, err := d.begin(ctx, s, delivery)
	if err != nil {
		return "", err
	}
	if e.isWhole() {
		if object.Date != d.today {
			return "", fmt.Errorf("%w: the whole table is the delivery of %s", source.ErrGone, d.today)
		}
		return e.read(object.Date), nil
	}
	now, err := s.rows(ctx, e.day(object.Date))
	switch {
	case err != nil:
		return "", err
	case len(now) == 0:
		return "", source.ErrGone
	case version(now[0]) != object.Version:
		return "", source.ErrChanged
	}
	return e.read(object.Date), nil
}

// reader reads the rows of a table.
type reader struct {
	ctx     context.Context // io.Reader has no other way to be cancelled
	source  *Database
	session session
	object  source.Object
	pipe    *io.PipeReader
	done    chan struct{}
	closed  bool
}

func (r *reader) copy(query string, w *io.PipeWriter) {
	defer close(r.done)
	buffer := bufio.NewWriterSize(w, batch)
	err := r.session.copy(r.ctx, query, buffer)
	if err == nil {
		err = buffer.Flush()
	}
	_ = w.CloseWithError(err) // never fails; nil is io.EOF
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, r.fail(r.ctx.Err())
	}
	n, err := r.pipe.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, r.fail(r.session.known(err))
}

func (r *reader) fail(err error) error { return r.source.wrap(r.ctx, "read "+r.object.Name, err) }

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	_ = r.pipe.Close() // never fails
	r.session.close()
	<-r.done
	return nil
}
