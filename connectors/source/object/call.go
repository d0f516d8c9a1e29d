package object

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"zhida/connectors/source/wire"
)

// Bounds of what is held in memory. A page lists 1,000 keys of at most 1,024 bytes, each of them written as %XX.
const (
	maxPage   = 4 << 20
	maxHeader = 64 << 10
)

var errLongPage = errors.New("the server's listing is too long: a page of it has more than 4 MiB")

// dialer is wire.Dial.
type dialer func(ctx context.Context, host, port string, now func() time.Time) (*wire.Conn, error)

// call is a client for one call, with its connections.
type call struct {
	ctx       context.Context // the client has calls without one
	bucket    *Bucket
	core      *minio.Core
	transport *http.Transport

	mu    sync.Mutex
	conns []*wire.Conn
	date  string // what the server's clock said last
}

// call makes a client.
func (b *Bucket) call(ctx context.Context) (*call, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	c := &call{ctx: ctx, bucket: b}
	c.transport = &http.Transport{
		DialContext:            func(_ context.Context, _, address string) (net.Conn, error) { return c.dial(address) },
		TLSClientConfig:        b.tls,
		DisableCompression:     true, // an object that is packed comes as it is
		MaxResponseHeaderBytes: maxHeader,
	}
	var err error
	c.core, err = minio.NewCore(b.config.Host, &minio.Options{
		Creds: credentials.NewStaticV4(b.config.User, b.config.Password, ""), Region: b.config.Region,
		Secure: b.tls != nil, BucketLookup: b.lookup, Transport: c, MaxRetries: 1,
	})
	return c, err
}

func (c *call) dial(address string) (net.Conn, error) {
	conn, err := c.bucket.dial(c.ctx, address, "443", c.bucket.config.Now) // the address has a port
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns = append(c.conns, conn)
	return conn, nil
}

// RoundTrip implements http.RoundTripper, for the client.
func (c *call) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.transport.RoundTrip(request.WithContext(c.ctx))
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.date = response.Header.Get("Date")
	c.mu.Unlock()
	if request.URL.Query().Has("list-type") {
		response.Body = &page{response.Body, maxPage}
	}
	return response, nil
}

// page is the body of a listing.
type page struct {
	io.ReadCloser
	left int
}

// Read implements io.Reader.
func (p *page) Read(b []byte) (int, error) {
	if p.left == 0 {
		return 0, errLongPage
	}
	n, err := p.ReadCloser.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}

// bulk says that a file comes on the connection that was made last.
func (c *call) bulk() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns[len(c.conns)-1].Bulk()
}

// fault is why a connection was given up; nil: none was.
func (c *call) fault() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		if fault := conn.Fault(); fault != nil {
			return fault
		}
	}
	return nil
}

func (c *call) close() {
	c.transport.CloseIdleConnections()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.Close() // read only: nothing is lost
	}
}
