package s3d

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"zhida/connectors/source/wire"
)

// Bucket is a bucket of a server, which the tests write to.
type Bucket struct {
	Name   string
	client *minio.Client
}

// Bucket makes a new empty bucket.
func (s *Server) Bucket(t testing.TB) *Bucket {
	t.Helper()
	pin, err := wire.ReadPin(s.HostKey)
	check(t, err)
	client, err := minio.New(s.Address, &minio.Options{
		Creds: credentials.NewStaticV4(s.User, s.Secret, ""), Region: s.Region, Secure: true,
		Transport: &http.Transport{TLSClientConfig: pin.TLS("")},
	})
	check(t, err)
	b := &Bucket{Name: fmt.Sprintf("exchange-%d", s.buckets.Add(1)), client: client}
	check(t, client.MakeBucket(t.Context(), b.Name, minio.MakeBucketOptions{Region: s.Region}))
	return b
}

// Put makes or replaces an object.
func (b *Bucket) Put(t testing.TB, key string, content []byte) {
	t.Helper()
	_, err := b.client.PutObject(t.Context(), b.Name, key, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{DisableMultipart: true})
	check(t, err)
}

// Remove removes an object.
func (b *Bucket) Remove(t testing.TB, key string) {
	t.Helper()
	check(t, b.client.RemoveObject(t.Context(), b.Name, key, minio.RemoveObjectOptions{}))
}

// Allow has the bucket's policy say so.
func (b *Bucket) Allow(t testing.TB, policy string) {
	t.Helper()
	check(t, b.client.SetBucketPolicy(t.Context(), b.Name, policy))
}
