package exchange

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"

	"zhida/connectors/source"
	"zhida/connectors/source/retry"
	"zhida/schemas"
)

// Open implements source.Source.
func (s *Interface) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	i := slices.IndexFunc(s.config.Deliveries, func(d source.Delivery) bool {
		return d.Dataset == object.Dataset && schemas.NormalRegion(d.Scope) == object.Scope
	})
	switch {
	case !object.IsDelivery() || i < 0 || object.Name != s.name(i, object.Date):
		return nil, s.wrap(ctx, "open "+object.Name, fmt.Errorf("%w: %s", source.ErrRefused, object.Problem))
	case from != 0:
		return nil, s.wrap(ctx, "open "+object.Name, fmt.Errorf("%w: pages have no byte %d to begin at", source.ErrRefused, from))
	}
	r := &reader{source: s, client: s.connect(ctx), request: s.requests[i], object: object}
	if err := r.begin(); err != nil {
		r.client.close()
		return nil, s.wrap(ctx, "open "+object.Name, err)
	}
	return r, nil
}

// reader reads an object's pages. It holds one.
type reader struct {
	source  *Interface
	client  *client
	request *request
	object  source.Object
	first   *answer                    // without its rows
	sum     [sha256.Size]byte          // of the first page's rows
	page    int                        // the last that came
	rows    int64                      // that came
	before  map[[sha256.Size]byte]bool // rows of the last page
	lines   []byte                     // of the last page, that nobody has read
	end     error                      // what comes after lines; nil: another page
}

// begin asks for the first page. Who called tries again, so that we need not.
func (r *reader) begin() error {
	a, err := r.client.ask(r.request, r.object.Date, 1, r.request.Size)
	switch {
	case err != nil:
		return err
	case a.total == 0:
		return source.ErrGone
	case a.version != r.object.Version:
		return source.ErrChanged
	}
	r.first, r.sum = &answer{total: a.total, version: a.version}, sha256.Sum256(a.lines)
	return r.take(a)
}

// take takes a page, if it can stand behind those that came.
func (r *reader) take(a *answer) error {
	r.page++
	r.rows += int64(len(a.rows))
	if err := r.same(a); err != nil {
		return err
	}
	switch n := len(a.rows); {
	case n > r.request.Size:
		return fmt.Errorf("page %d has %d rows where %d were asked for: write that number as size", r.page, n, r.request.Size)
	case r.rows > r.first.total:
		return fmt.Errorf("%d rows came by page %d, and the platform says that there are %d", r.rows, r.page, r.first.total)
	case r.rows < r.first.total && n < r.request.Size:
		return fmt.Errorf("page %d has %d rows where %d were asked for and more are to come, %d of %d: if the platform brings no more a page, write that number as size",
			r.page, n, r.request.Size, r.first.total-r.rows, r.first.total)
	}
	now := make(map[[sha256.Size]byte]bool, len(a.rows))
	for i, sum := range a.rows {
		if r.before[sum] {
			return fmt.Errorf("%w: row %d of page %d stands on the page before too: rows were added while they were read, or the interface does not sort them by a key that each has for itself",
				source.ErrChanged, i+1, r.page)
		}
		now[sum] = true
	}
	r.before, r.lines = now, a.lines
	return nil
}

// same is ErrChanged if an answer is about other rows than the first.
func (r *reader) same(a *answer) error {
	if a.total != r.first.total || a.version != r.first.version {
		return fmt.Errorf("%w: it had %d rows, version %q, and has %d, version %q, by page %d",
			source.ErrChanged, r.first.total, r.first.version, a.total, a.version, r.page)
	}
	return nil
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.client.ctx.Err() != nil {
		return 0, r.fail(r.client.ctx.Err())
	}
	for len(r.lines) == 0 {
		if r.end == nil {
			r.end = r.next()
		}
		if errors.Is(r.end, io.EOF) {
			return 0, io.EOF
		} else if r.end != nil {
			return 0, r.fail(r.end)
		}
	}
	n := copy(p, r.lines)
	r.lines = r.lines[n:]
	return n, nil
}

// next asks for the page that follows. When all rows have come it is io.EOF, if the first page is still what it was: one answer
// alone is of one moment.
func (r *reader) next() error {
	page := r.page + 1
	done := r.rows == r.first.total
	if done && page == 2 {
		return io.EOF
	} else if done {
		page = 1
	}
	r.lines = nil // not two pages
	var a *answer
	err := retry.Do(r.client.ctx, r.source.wait, func() (err error) {
		a, err = r.client.ask(r.request, r.object.Date, page, r.request.Size)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("page %d: %w", page, err)
	case !done:
		return r.take(a)
	case sha256.Sum256(a.lines) != r.sum:
		return fmt.Errorf("%w: the first page has other rows than it had", source.ErrChanged)
	}
	if err := r.same(a); err != nil {
		return err
	}
	return io.EOF
}

func (r *reader) fail(err error) error {
	return r.source.wrap(r.client.ctx, "read "+r.object.Name, err)
}

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	r.client.close()
	r.lines, r.end = nil, io.ErrClosedPipe
	return nil
}
