package sftp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/pkg/sftp"

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
	file, err := c.open(object)
	if err == nil {
		_, err = file.Seek(from, io.SeekStart)
	}
	if err != nil {
		c.close()
		return nil, s.wrap(ctx, "open "+object.Name, err)
	}
	r := &reader{ctx: ctx, source: s, connection: c, file: file, object: object, left: object.Size - from}
	r.begin()
	return r, nil
}

// open opens a file that is what was listed: no link by now, nor below one.
func (c *connection) open(object source.Object) (*sftp.File, error) {
	name := path.Join(c.root, object.Name)
	resolved, err := c.sftp.RealPath(name)
	if err != nil {
		return nil, c.known(err)
	}
	info, err := c.sftp.Lstat(name)
	switch {
	case err != nil:
		return nil, c.known(err)
	case resolved != name || !info.Mode().IsRegular():
		return nil, source.ErrRefused
	}
	file, err := c.sftp.Open(name)
	if err != nil {
		return nil, c.known(err)
	}
	if err := unchanged(file, object); err != nil {
		_ = file.Close() // the first error counts
		return nil, c.known(err)
	}
	return file, nil
}

// unchanged is ErrChanged if an open file is no longer what was listed.
func unchanged(file *sftp.File, object source.Object) error {
	info, err := file.Stat()
	if errors.Is(err, io.EOF) { // of the connection: it must not be taken for that of the file
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if info.Size() != object.Size || object.Version != "" && version(info) != object.Version {
		return source.ErrChanged
	}
	return nil
}

// reader reads exactly the bytes that were listed. They come through a pipe, as the client asks for several parts of a file at
// once only when it writes the file somewhere.
type reader struct {
	ctx        context.Context // io.Reader has no other way to be cancelled
	source     *Server
	connection *connection
	file       *sftp.File
	object     source.Object
	left       int64
	pipe       *io.PipeReader
	done       chan struct{}
	closed     bool
}

func (r *reader) begin() {
	var w *io.PipeWriter
	r.pipe, w = io.Pipe()
	r.done = make(chan struct{})
	r.connection.wire.Bulk()
	go func() {
		defer close(r.done)
		_, err := r.file.WriteTo(w)
		if err == nil {
			err = unchanged(r.file, r.object)
		}
		_ = w.CloseWithError(err) // never fails; nil is io.EOF
	}()
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, r.fail(r.ctx.Err())
	}
	n, err := r.pipe.Read(p)
	r.left -= int64(n)
	switch {
	case r.left < 0, errors.Is(err, io.EOF) && r.left > 0:
		return 0, r.fail(source.ErrChanged)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	}
	return n, r.fail(err)
}

func (r *reader) fail(err error) error {
	return r.source.wrap(r.ctx, "read "+r.object.Name, r.connection.known(err))
}

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	_ = r.pipe.Close() // never fails
	r.connection.close()
	<-r.done
	return nil
}
