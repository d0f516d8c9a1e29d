package object_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"zhida/connectors/conntest/s3d"
	"zhida/connectors/source"
	"zhida/connectors/source/object"
)

func list(t *testing.T, config source.Config) ([]source.Object, error) {
	t.Helper()
	config.Deliveries = full("{date}.csv")
	s, err := object.S3(config)
	check(t, err)
	return s.List(t.Context())
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	bucket := server.Bucket(t)
	late := front(t, server, func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Set("X-Amz-Date", "20200101T000000Z")
		return false
	})
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string // "": it works
	}{
		{"as it should be", func(*source.Config) {}, ""},
		{"fingerprint as openssl writes it", func(c *source.Config) { c.HostKey = "sha256 Fingerprint=" + colons(c.HostKey) }, ""},
		{"wrong secret", func(c *source.Config) { c.Password = "geheim" }, "user is the access key's id, and password its secret"},
		{"unknown key", func(c *source.Config) { c.User = "AKIDOTHER" }, "user is the access key's id, and password its secret"},
		{"no such bucket", func(c *source.Config) { c.Bucket = "elsewhere" }, "see that the bucket elsewhere exists"},
		{"another region", func(c *source.Config) { c.Region = "" }, "write region: cn-chengdu"},
		{"another certificate", func(c *source.Config) { c.HostKey = strings.Repeat("0", 64) }, "is pinned: if its owner confirms"},
		{"a certificate that nobody signed", func(c *source.Config) { c.HostKey = "" }, "or pin it as the host key"},
		{"a server in the clear", func(c *source.Config) { c.Host = late.Host }, "say so with tls: none"},
		{"clocks", func(c *source.Config) {
			c.Host, c.TLS, c.HostKey = late.Host, late.TLS, ""
			c.Now = func() time.Time { return time.Now().Add(-2*time.Hour - 30*time.Second) }
		}, "the clocks differ by 2h0m"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := configOf(server)
			config.Bucket = bucket.Name
			c.change(&config)
			_, err := list(t, config)
			if c.says == "" {
				check(t, err)
				return
			}
			if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %v, saying %s", err, source.ErrDenied, c.says)
			}
			if strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), server.Secret) {
				t.Errorf("the secret is in %v", err)
			}
		})
	}
}

// colons writes a fingerprint with colons.
func colons(digits string) string {
	var parts []string
	for i := 0; i < len(digits); i += 2 {
		parts = append(parts, digits[i:i+2])
	}
	return strings.Join(parts, ":")
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	config := source.Config{Name: "platform", Host: "s3.example", Bucket: "exchange", User: "u", Password: "geheim"}
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string
	}{
		{"host", func(c *source.Config) { c.Host = "" }, "a host and a bucket"},
		{"address", func(c *source.Config) { c.Host = "https://s3.example" }, "without https://"},
		{"bucket", func(c *source.Config) { c.Bucket = "" }, "a host and a bucket"},
		{"bucket's name", func(c *source.Config) { c.Bucket = "a/b" }, `bucket "a/b"`},
		{"user", func(c *source.Config) { c.User = "" }, "an access key"},
		{"password", func(c *source.Config) { c.Password = "" }, "an access key"},
		{"path", func(c *source.Config) { c.Path = "in/../out" }, "without '.' and '..'"},
		{"tls", func(c *source.Config) { c.TLS = source.TLSExplicit }, "in the clear"},
		{"host key in the clear", func(c *source.Config) { c.TLS, c.HostKey = source.TLSNone, "AA" }, "only within TLS"},
		{"host key", func(c *source.Config) { c.HostKey = "SHA256:AAAA" }, "the SHA-256 fingerprint"},
	} {
		config := config
		c.change(&config)
		if _, err := object.S3(config); err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	bucket := server.Bucket(t)
	for _, key := range []string{"in/20260615.csv", "in/20260616.csv", "in/secret/20260615.csv"} {
		bucket.Put(t, key, []byte("x"))
	}
	config := configOf(server)
	config.Bucket = bucket.Name
	config.User, config.Password = server.Account(t)
	const says = "have its owner give the access key the right to list"
	if _, err := list(t, config); !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), says) {
		t.Errorf("a bucket that may not be listed: %v", err)
	}
	bucket.Allow(t, strings.NewReplacer("BUCKET", bucket.Name, "USER", config.User).Replace(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Principal": {"AWS": ["USER"]}, "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::BUCKET"],
			"Condition": {"StringEquals": {"s3:prefix": "in/"}}},
		{"Effect": "Allow", "Principal": {"AWS": ["USER"]}, "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::BUCKET/in/20260615.csv"]}
	]}`))
	objects, err := list(t, config)
	check(t, err)
	if len(objects) != 3 || objects[2].Name != "secret" || objects[2].Problem != "the folder cannot be listed" {
		t.Fatalf("listed %+v", objects)
	}
	config.Deliveries = full("{date}.csv")
	s, err := object.S3(config)
	check(t, err)
	r, err := s.Open(t.Context(), objects[0], 0)
	check(t, err)
	check(t, r.Close())
	for _, from := range []int64{0, 1} {
		if _, err := s.Open(t.Context(), objects[1], from); !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), says) {
			t.Errorf("an object that may not be read, from byte %d: %v", from, err)
		}
	}
	config.Deliveries = full("secret/{date}.csv")
	s, err = object.S3(config)
	check(t, err)
	if _, err := s.List(t.Context()); !errors.Is(err, source.ErrDenied) {
		t.Errorf("a folder of deliveries that may not be listed: %v", err)
	}
}
