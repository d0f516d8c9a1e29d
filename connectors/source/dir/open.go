package dir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"zhida/connectors/source"
)

// Open implements source.Source.
func (d *Dir) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	if ctx.Err() != nil {
		return nil, d.wrap("open "+object.Name, context.Cause(ctx))
	}
	if !object.IsDelivery() {
		return nil, d.wrap("open "+object.Name, fmt.Errorf("%w: %s", source.ErrRefused, object.Problem))
	}
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return nil, d.wrap("open folder", err)
	}
	defer func() { _ = root.Close() }()
	// Lstat first: opening a named pipe would wait for its writer.
	info, err := root.Lstat(object.Name)
	if err == nil && !info.Mode().IsRegular() {
		err = source.ErrRefused
	}
	var file *os.File
	if err == nil {
		file, err = root.Open(object.Name)
	}
	if err != nil {
		return nil, d.wrap("open "+object.Name, known(err))
	}
	opened, err := file.Stat()
	switch {
	case err != nil:
	case !os.SameFile(info, opened), opened.Size() != object.Size,
		object.Version != "" && object.Version != version(opened):
		err = source.ErrChanged
	default:
		_, err = file.Seek(from, io.SeekStart)
	}
	if err != nil {
		_ = file.Close()
		return nil, d.wrap("open "+object.Name, err)
	}
	return &reader{ctx: ctx, file: file, opened: opened, object: object, source: d, done: from}, nil
}

// reader reads exactly the bytes that were listed.
type reader struct {
	ctx    context.Context // io.Reader has no other way to be cancelled
	file   *os.File
	opened fs.FileInfo
	object source.Object
	source *Dir
	done   int64 // bytes of the file before the next read
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, r.source.wrap("read "+r.object.Name, context.Cause(r.ctx))
	}
	n, err := r.file.Read(p)
	r.done += int64(n)
	switch {
	case r.done > r.object.Size, errors.Is(err, io.EOF) && r.done < r.object.Size:
		return 0, r.source.wrap("read "+r.object.Name, source.ErrChanged)
	case errors.Is(err, io.EOF):
		return n, r.unchanged()
	case err != nil:
		return n, r.source.wrap("read "+r.object.Name, err)
	}
	return n, nil
}

// unchanged is io.EOF, or ErrChanged if the file was written to while it was read, even without changing its size.
func (r *reader) unchanged() error {
	info, err := r.file.Stat()
	if err == nil && (info.Size() != r.object.Size || version(info) != version(r.opened)) {
		err = source.ErrChanged
	}
	if err != nil {
		return r.source.wrap("read "+r.object.Name, err)
	}
	return io.EOF
}

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	if err := r.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return r.source.wrap("close "+r.object.Name, err)
	}
	return nil
}
