package ftp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/textproto"
	"path"

	"github.com/jlaffaye/ftp"

	"zhida/connectors/source"
)

// Open implements source.Source.
func (s *Server) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	if !object.IsDelivery() || !fs.ValidPath(object.Name) {
		return nil, s.wrap(ctx, "open "+object.Name, fmt.Errorf("%w: %s", source.ErrRefused, object.Problem))
	}
	c, err := s.connect(ctx)
	if err != nil {
		return nil, s.wrap(ctx, "open "+object.Name, err)
	}
	r := &reader{ctx: ctx, source: s, connection: c, object: object, left: object.Size - from}
	if r.file, err = c.open(object, from); err != nil {
		c.close()
		return nil, s.wrap(ctx, "open "+object.Name, err)
	}
	return r, nil
}

// open opens a file that is what was listed: no link by now, nor below one.
func (c *connection) open(object source.Object, from int64) (*ftp.Response, error) {
	if err := c.unchanged(object); err != nil {
		return nil, err
	}
	file, err := c.ftp.RetrFrom(path.Join(c.root, object.Name), uint64(from)) //nolint:gosec // not negative
	var reply *textproto.Error
	switch {
	case errors.As(err, &reply) && reply.Code == ftp.StatusFileUnavailable: // it is there, as we have just been told
		return nil, fmt.Errorf("%w: %w", source.ErrDenied, err)
	case err != nil:
		return nil, c.known(err)
	}
	c.data.Bulk()
	return file, nil
}

// unchanged is an error if a file is no longer what was listed.
func (c *connection) unchanged(object source.Object) error {
	for name := object.Name; name != "."; name = path.Dir(name) {
		entries, err := c.read(path.Dir(name))
		if err != nil {
			return err
		}
		found := find(entries, path.Base(name))
		switch {
		case found == nil:
			return source.ErrGone
		case name != object.Name && found.Kind == source.EntryFolder:
		case name != object.Name || found.Kind != source.EntryFile:
			return source.ErrRefused
		case found.Size != object.Size || object.Version != "" && found.Version != object.Version:
			return source.ErrChanged
		}
	}
	return nil
}

func find(entries []source.Entry, name string) *source.Entry {
	for i := range entries {
		if entries[i].Name == name {
			return &entries[i]
		}
	}
	return nil
}

// reader reads exactly the bytes that were listed.
type reader struct {
	ctx        context.Context // io.Reader has no other way to be cancelled
	source     *Server
	connection *connection
	file       *ftp.Response
	object     source.Object
	left       int64
	ended      bool
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, r.fail(r.ctx.Err())
	}
	if r.ended {
		return 0, io.EOF
	}
	n, err := r.file.Read(p)
	r.left -= int64(n)
	switch {
	case r.left < 0:
		return 0, r.fail(source.ErrChanged)
	case errors.Is(err, io.EOF):
		if err := r.end(); err != nil {
			return 0, r.fail(err)
		}
		return n, io.EOF
	case err != nil:
		return n, r.fail(r.connection.known(err))
	}
	return n, nil
}

// end asks whether what came is all, and whether the file is still what was listed: the end of a connection alone says neither.
func (r *reader) end() error {
	err := r.file.Close()
	switch {
	case err != nil:
		return r.connection.known(err)
	case r.left > 0:
		return source.ErrChanged
	}
	r.ended = true
	return r.connection.unchanged(r.object)
}

func (r *reader) fail(err error) error { return r.source.wrap(r.ctx, "read "+r.object.Name, err) }

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	r.connection.close()
	return nil
}
