package object

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/s3utils"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// Bucket is a source.Source over what a bucket holds below a prefix.
type Bucket struct {
	config source.Config
	lookup minio.BucketLookupType
	prefix string      // with a '/' at its end, unless it is empty
	tls    *tls.Config // nil: in the clear
	dial   dialer
	rules  *source.Rules
}

var _ source.Source = (*Bucket)(nil)

// region is what stores take that have only one.
const region = "us-east-1"

// S3 makes the source of a bucket of a store that speaks Amazon's protocol. The server is not asked before List.
func S3(config source.Config) (source.Source, error) {
	return newSource(config, minio.BucketLookupPath)
}

// OSS makes the source of a bucket of Alibaba Cloud's OSS. The server is not asked before List.
func OSS(config source.Config) (source.Source, error) {
	return newSource(config, minio.BucketLookupDNS)
}

func newSource(config source.Config, lookup minio.BucketLookupType) (source.Source, error) {
	b := &Bucket{config: config, lookup: lookup, dial: wire.Dial}
	if err := b.check(); err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	var err error
	if b.rules, err = source.Compile(config.Deliveries); err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	return b, nil
}

// check checks what the site says about the store, and takes it over.
func (b *Bucket) check() error {
	c := &b.config
	if c.Region == "" {
		c.Region = region
	}
	switch folder := strings.Trim(c.Path, "/"); {
	case c.Host == "" || c.Bucket == "":
		return errors.New("an object store needs a host and a bucket")
	case strings.Contains(c.Host, "/"):
		return fmt.Errorf("host %q: write the name alone, with the port if it is not the usual one, without https:// and without a path", c.Host)
	case c.User == "" || c.Password == "":
		return errors.New("an object store needs an access key: its id as the user, its secret as the password")
	case folder != "" && !fs.ValidPath(folder):
		return fmt.Errorf("path %q: write the folder within the bucket, without '.' and '..'", c.Path)
	case folder != "":
		b.prefix = folder + "/"
	}
	if err := s3utils.CheckValidBucketName(c.Bucket); err != nil {
		return fmt.Errorf("bucket %q: %w", c.Bucket, err)
	}
	return b.checkTLS()
}

func (b *Bucket) checkTLS() error {
	switch c := &b.config; c.TLS {
	case source.TLSNone:
		if c.HostKey != "" {
			return errors.New("an object store has a host key only within TLS")
		}
		return nil
	case "":
		pin, err := wire.ReadPin(c.HostKey)
		b.tls = pin.TLS("") // the transport knows the name
		return err
	default:
		return fmt.Errorf("tls %q: an object store is spoken to within TLS, or, with %q, in the clear", c.TLS, source.TLSNone)
	}
}

// List implements source.Source.
func (b *Bucket) List(ctx context.Context) ([]source.Object, error) {
	c, err := b.call(ctx)
	if err != nil {
		return nil, b.wrap(ctx, "list", err)
	}
	defer c.close()
	objects, err := b.rules.Walk(ctx, func(_ context.Context, folder string) ([]source.Entry, error) { return c.read(folder) })
	if err != nil {
		return nil, b.wrap(ctx, "list", err)
	}
	return objects, nil
}

// wrap names the source; what failed because the call was ended is told as that.
func (b *Bucket) wrap(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return fmt.Errorf("source %s: %s: %w", b.config.Name, what, err)
}
