package object

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"

	"github.com/minio/minio-go/v7"

	"zhida/connectors/source"
)

// Open implements source.Source.
func (b *Bucket) Open(ctx context.Context, object source.Object, from int64) (io.ReadCloser, error) {
	if !object.IsDelivery() || !fs.ValidPath(object.Name) {
		return nil, b.wrap(ctx, "open "+object.Name, fmt.Errorf("%w: %s", source.ErrRefused, object.Problem))
	}
	c, err := b.call(ctx)
	if err != nil {
		return nil, b.wrap(ctx, "open "+object.Name, err)
	}
	body, err := c.open(object, from)
	if err != nil {
		c.close()
		return nil, b.wrap(ctx, "open "+object.Name, err)
	}
	return &reader{call: c, body: body, object: object, left: object.Size - from}, nil
}

// open asks for an object from a byte on, if it is still what was listed.
func (c *call) open(object source.Object, from int64) (io.ReadCloser, error) {
	var options minio.GetObjectOptions
	if object.Version != "" {
		options.Set("If-Match", `"`+object.Version+`"`)
	}
	bucket, key := c.bucket.config.Bucket, c.bucket.prefix+object.Name
	if from == object.Size { // no range means no byte at all
		info, err := c.core.StatObject(c.ctx, bucket, key, options)
		if err != nil {
			return nil, c.known(err)
		}
		return http.NoBody, unchanged(info, object, info.Size)
	}
	if from > 0 {
		options.Set("Range", fmt.Sprintf("bytes=%d-", from))
	}
	body, info, header, err := c.core.GetObject(c.ctx, bucket, key, options)
	if err != nil {
		return nil, c.known(err)
	}
	c.bulk()
	if from > 0 && !strings.HasPrefix(header.Get("Content-Range"), fmt.Sprintf("bytes %d-", from)) {
		err = errors.New("the server brings the object from its beginning, asked for a part of it")
	} else {
		err = unchanged(info, object, from+info.Size)
	}
	if err != nil {
		_ = body.Close() // the first error counts
		return nil, err
	}
	return body, nil
}

// unchanged is ErrChanged if an object, of that size, is no longer what was listed.
func unchanged(info minio.ObjectInfo, object source.Object, size int64) error {
	if size != object.Size || object.Version != "" && info.ETag != object.Version {
		return source.ErrChanged
	}
	return nil
}

// reader reads exactly the bytes that were listed.
type reader struct {
	call   *call
	body   io.ReadCloser
	object source.Object
	left   int64
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.call.ctx.Err() != nil {
		return 0, r.fail(r.call.ctx.Err())
	}
	n, err := r.body.Read(p)
	r.left -= int64(n)
	switch {
	case r.left < 0:
		return 0, r.fail(source.ErrChanged)
	case errors.Is(err, io.EOF) && r.left > 0:
		return n, r.fail(io.ErrUnexpectedEOF)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	}
	return n, r.fail(r.call.known(err))
}

func (r *reader) fail(err error) error {
	return r.call.bucket.wrap(r.call.ctx, "read "+r.object.Name, err)
}

// Close implements io.Closer. A second Close does nothing.
func (r *reader) Close() error {
	_ = r.body.Close() // read only: nothing is lost
	r.call.close()
	return nil
}
