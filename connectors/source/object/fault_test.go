package object_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"zhida/connectors/conntest/s3d"
	"zhida/connectors/source"
	"zhida/connectors/source/object"
	"zhida/connectors/source/retry"
)

func isFinal(err error) bool {
	for _, final := range []error{source.ErrGone, source.ErrChanged, source.ErrRefused, source.ErrDenied} {
		if errors.Is(err, final) {
			return true
		}
	}
	return false
}

// listingOf is the document that lists the bucket exchange.
func listingOf(inner string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>exchange</Name>` + inner + `</ListBucketResult>`
}

func contents(key string) string {
	return `<Contents><Key>` + key + `</Key><Size>1</Size><ETag>"a"</ETag></Contents>`
}

// TestAnswers: what servers say instead of a listing. Never is it an empty or a shorter one.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const slow = `<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`
	var elsewhere atomic.Int64
	other := fake(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
	for _, c := range []struct {
		name   string
		status int
		body   string
		final  bool
		says   string
	}{
		{"failure", 500, "", false, "the server answers 500"},
		{"a page of a proxy", 502, "<html><body>Bad Gateway</body></html>", false, "the server answers 502 502 Bad Gateway"},
		{"slow down", 503, slow, false, "503 SlowDown: Please reduce"},
		{"too many requests", 429, "", false, "the server answers 429"},
		{"bad request", 400, "<Error><Code>InvalidArgument</Code><Message>no</Message></Error>", true, "400 InvalidArgument: no"},
		{"an error in disguise", 200, slow, false, "is no listing of the bucket"},
		{"a page of a portal", 200, "<html><body><p>Log in</p></body></html>", false, "is no listing of the bucket"},
		{"half a listing", 200, listingOf(contents("in/20260615.csv"))[:150], false, "EOF"},
		{"another folder's", 200, listingOf(contents("out/20260615.csv")), false, `lists "out/20260615.csv"`},
		{"a key twice", 200, listingOf(contents("in/20260615.csv") + contents("in/20260615.csv")), false, "twice"},
		{"a page again and again", 200, listingOf(`<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>`), false, "again and again"},
		{"a page without end", 200, listingOf(strings.Repeat(" ", 4<<20)), false, "more than 4 MiB"},
		{"an address", 307, "", true, "write that as the host"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			config := fake(t, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.Header().Set("Location", "http://"+other.Host+"/")
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			})
			objects, err := list(t, config)
			if err == nil || isFinal(err) != c.final || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "<html>") {
				t.Errorf("listed %+v, %v; want %q", objects, err, c.says)
			}
			if asked.Load() > 1 && c.name != "a page again and again" {
				t.Errorf("asked %d times", asked.Load())
			}
		})
	}
	t.Cleanup(func() {
		if elsewhere.Load() > 0 {
			t.Error("another server was spoken to")
		}
	})
}

func TestSlowDownIsWaitedFor(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	config := fake(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, listingOf(contents("in/20260615.csv")))
	})
	config.Deliveries = full("{date}.csv")
	s, err := object.S3(config)
	check(t, err)
	if objects, err := retry.New(s).List(t.Context()); err != nil || len(objects) != 1 || asked.Load() != 2 {
		t.Errorf("listed %+v, %v, asked %d times", objects, err, asked.Load())
	}
}

func TestKeysThatLeadOut(t *testing.T) {
	t.Parallel()
	config := fake(t, func(w http.ResponseWriter, r *http.Request) {
		said := ""
		switch r.URL.Query().Get("prefix") {
		case "in/":
			said = contents("in/") + contents("in/%2E%2E") + contents("in/20260615.csv") +
				`<CommonPrefixes><Prefix>in/..%2F</Prefix></CommonPrefixes><CommonPrefixes><Prefix>in/%2F</Prefix></CommonPrefixes>`
		case "in/../":
			said = contents("in/../20260615.csv")
		case "in//":
			said = contents("in//20260615.csv")
		}
		fmt.Fprint(w, listingOf("<EncodingType>url</EncodingType>"+said))
	})
	objects, err := list(t, config)
	check(t, err)
	if len(objects) != 2 || objects[0].Problem != "its name would lead to another folder" || !objects[1].IsDelivery() {
		t.Errorf("listed %+v", objects)
	}
	s, err := object.S3(config)
	check(t, err)
	for _, name := range []string{"../20260615.csv", "/20260615.csv", "a/../../20260615.csv", ""} {
		if _, err := s.Open(t.Context(), source.Object{Name: name, Size: 1, Dataset: "tax"}, 0); !errors.Is(err, source.ErrRefused) {
			t.Errorf("%q is opened: %v", name, err)
		}
	}
}

// made is how a server answers who asks for 0123456789 from byte 2 on.
type made struct {
	status       int
	length, part string
	etag         string // "": the one asked for
	body         string
}

func (m made) answer(w http.ResponseWriter, r *http.Request) {
	if m.etag == "" {
		m.etag = r.Header.Get("If-Match")
	}
	for name, value := range map[string]string{
		"Content-Length": m.length, "Content-Range": m.part, "Last-Modified": "Mon, 15 Jun 2026 00:00:00 GMT", "ETag": m.etag,
	} {
		if value != "" {
			w.Header().Set(name, value)
		}
	}
	w.WriteHeader(m.status)
	_, _ = io.WriteString(w, m.body)
}

func TestContentFaults(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	const part = "bytes 2-9/10"
	for _, c := range []struct {
		name string
		made made
		want error // nil: any that is worth a retry
	}{
		{"cut", made{206, "8", part, "", "2345"}, io.ErrUnexpectedEOF},
		{"shorter", made{206, "4", "bytes 2-5/6", "", "2345"}, source.ErrChanged},
		{"longer", made{206, "9", "bytes 2-10/11", "", "234567890"}, source.ErrChanged},
		{"another, of the same size", made{206, "8", part, `"other"`, "76543210"}, source.ErrChanged},
		{"whole, asked for a part", made{200, "10", "", "", "0123456789"}, nil},
		{"another part", made{206, "8", "bytes 0-7/10", "", "01234567"}, nil},
		{"failure", made{500, "", "", "", ""}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			bucket := server.Bucket(t)
			config := front(t, server, func(w http.ResponseWriter, r *http.Request) bool {
				if isListing(r) {
					return false
				}
				c.made.answer(w, r)
				return true
			})
			config.Bucket = bucket.Name
			bucket.Put(t, "in/20260615.csv", []byte("0123456789"))
			got, err := readFrom(t, config, 2, func() {})
			if err == nil || c.want != nil && !errors.Is(err, c.want) || (c.want == nil || errors.Is(c.want, io.ErrUnexpectedEOF)) && isFinal(err) {
				t.Errorf("read %q, %v; want %v", got, err, c.want)
			}
		})
	}
}

// readFrom lists the one object there is, lets something happen, and reads it from a byte on.
func readFrom(t *testing.T, config source.Config, from int64, happens func()) (string, error) {
	t.Helper()
	objects, err := list(t, config)
	check(t, err)
	happens()
	s, err := object.S3(config)
	check(t, err)
	r, err := s.Open(t.Context(), objects[0], from)
	if err != nil {
		return "", err
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	return string(got), err
}

// TestReplaced replaces an object by one of the same size, before it is read and before it is gone on with.
func TestReplaced(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	for _, from := range []int64{0, 2, 10} {
		bucket, config := server.Bucket(t), configOf(server)
		config.Bucket = bucket.Name
		bucket.Put(t, "in/20260615.csv", []byte("0123456789"))
		got, err := readFrom(t, config, from, func() { bucket.Put(t, "in/20260615.csv", []byte("9876543210")) })
		if !errors.Is(err, source.ErrChanged) {
			t.Errorf("from byte %d: read %q, %v", from, got, err)
		}
	}
}

// TestReplacedWhileRead: who has begun to read an object reads it to its end, whatever becomes of its name.
func TestReplacedWhileRead(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	bucket, config := server.Bucket(t), configOf(server)
	config.Bucket, config.Deliveries = bucket.Name, full("{date}.csv")
	const size = 4 << 20
	bucket.Put(t, "in/20260615.csv", bytes.Repeat([]byte("a"), size))
	s, err := object.S3(config)
	check(t, err)
	before, err := s.List(t.Context())
	check(t, err)
	r, err := s.Open(t.Context(), before[0], 0)
	check(t, err)
	defer r.Close()
	bucket.Put(t, "in/20260615.csv", bytes.Repeat([]byte("b"), size))
	if got, err := io.ReadAll(r); err != nil || bytes.Count(got, []byte("a")) != size {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	after, err := s.List(t.Context())
	check(t, err)
	if after[0].Version == before[0].Version {
		t.Errorf("the version stays %s", after[0].Version)
	}
}
