package retry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"zhida/connectors/source"
)

// waits are between one attempt and the next: a server that is restarted is back within half a minute.
func waits() []time.Duration { return []time.Duration{time.Second, 5 * time.Second, 20 * time.Second} }

const (
	// progress is how much must come for the attempts to be counted anew.
	progress = 1 << 20
	// overlap is how much of what came is read once more when a file goes on, and compared: an SFTP server tells the time of
	// change to the second, so a file may have been replaced by one of the same size and time.
	overlap = 4 << 10
)

// Source is a source that tries again.
type Source struct {
	inner source.Source
	wait  func(ctx context.Context, d time.Duration) error
}

var _ source.Source = (*Source)(nil)

// New makes a source patient.
func New(inner source.Source) *Source { return &Source{inner, Sleep} }

// Sleep waits, or returns why ctx ended.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// isFinal reports whether another attempt cannot help.
func isFinal(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return true
	}
	for _, final := range []error{source.ErrGone, source.ErrChanged, source.ErrRefused, source.ErrDenied, source.ErrAgain} {
		if errors.Is(err, final) {
			return true
		}
	}
	return false
}

func (s *Source) attempts(ctx context.Context, do func() error) error { return Do(ctx, s.wait, do) }

// Do does something until it works, cannot work, or has failed as often as there are waits and once more. wait is Sleep, or a
// test's.
func Do(ctx context.Context, wait func(ctx context.Context, d time.Duration) error, do func() error) error {
	for failed := 0; ; failed++ {
		err := do()
		if err == nil || isFinal(ctx, err) {
			return err
		}
		if failed == len(waits()) {
			return fmt.Errorf("after %d attempts: %w", failed+1, err)
		}
		if err := wait(ctx, waits()[failed]); err != nil {
			return err
		}
	}
}

// List implements source.Source.
func (s *Source) List(ctx context.Context) (objects []source.Object, err error) {
	err = s.attempts(ctx, func() error {
		objects, err = s.inner.List(ctx)
		return err
	})
	return objects, err
}

// Open implements source.Source.
func (s *Source) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	b := &body{source: s, ctx: ctx, object: object, done: from}
	err := s.attempts(ctx, func() (err error) {
		b.in, err = s.inner.Open(ctx, object, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// body reads a file through as many connections as it takes.
type body struct {
	source *Source
	ctx    context.Context // io.Reader has no other way to be cancelled
	object source.Object
	in     io.ReadCloser
	done   int64  // bytes of the file before the next read
	tail   []byte // the last of them
	failed int    // attempts that failed since there was progress
	since  int64  // bytes since the last failure
	broken error  // why what is left has to come through another connection; nil: it has not
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	for {
		if b.broken != nil {
			if err := b.again(); err != nil {
				return 0, err
			}
		}
		if b.in == nil {
			return 0, io.ErrClosedPipe
		}
		n, err := b.in.Read(p)
		b.took(p[:n])
		if err == nil || errors.Is(err, io.EOF) || isFinal(b.ctx, err) {
			return n, err
		}
		if b.broken = err; n > 0 {
			return n, nil
		}
	}
}

func (b *body) took(p []byte) {
	b.done += int64(len(p))
	if b.since += int64(len(p)); b.since >= progress {
		b.failed = 0
	}
	b.tail = append(b.tail, p[max(0, len(p)-overlap):]...)
	b.tail = append(b.tail[:0], b.tail[max(0, len(b.tail)-overlap):]...)
}

// again goes on with the file through another connection. Of a table, which may be another by now, the caller has to begin again.
func (b *body) again() error {
	_ = b.in.Close() // it is broken already
	b.in, b.since = nil, 0
	for {
		if b.failed == len(waits()) {
			return fmt.Errorf("after %d attempts: %w", b.failed+1, b.broken)
		}
		if err := b.source.wait(b.ctx, waits()[b.failed]); err != nil {
			return err
		}
		b.failed++
		if b.object.Size < 0 && b.done > 0 {
			return fmt.Errorf("%w: %w", source.ErrAgain, b.broken)
		}
		err := b.reopen()
		if err == nil || isFinal(b.ctx, err) {
			return err
		}
		b.broken = err
	}
}

// reopen opens the file a little before where the last connection broke, and compares.
func (b *body) reopen() error {
	in, err := b.source.inner.Open(b.ctx, b.object, b.done-int64(len(b.tail)))
	if err != nil {
		return err
	}
	seen := make([]byte, len(b.tail))
	_, err = io.ReadFull(in, seen)
	if err == nil && !bytes.Equal(seen, b.tail) {
		err = fmt.Errorf("go on with %s at byte %d: %w", b.object.Name, b.done, source.ErrChanged)
	}
	if err != nil {
		_ = in.Close() // the error of reading counts
		return err
	}
	b.in, b.broken = in, nil
	return nil
}

// Close implements io.Closer. A second Close does nothing.
func (b *body) Close() error {
	if b.in == nil {
		return nil
	}
	in := b.in
	b.in = nil
	return in.Close()
}
