package object_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"zhida/connectors/conntest/s3d"
	"zhida/connectors/source"
)

// front stands in the clear before a server: answer may answer itself, or change what is asked and leave the rest to the server.
func front(t *testing.T, server *s3d.Server, answer func(w http.ResponseWriter, r *http.Request) (done bool)) source.Config {
	t.Helper()
	behind := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "https", Host: server.Address})
			r.Out.Host = r.In.Host // it is signed
		},
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answer(w, r) {
			behind.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	config := configOf(server)
	config.Host, config.TLS, config.HostKey = s.Listener.Addr().String(), source.TLSNone, ""
	return config
}

// fake is a store of which every answer is made up.
func fake(t *testing.T, answer http.HandlerFunc) source.Config {
	t.Helper()
	config := front(t, &s3d.Server{User: "u", Secret: "p"}, func(w http.ResponseWriter, r *http.Request) bool {
		answer(w, r)
		return true
	})
	config.Bucket = "exchange"
	return config
}

func isListing(r *http.Request) bool { return r.URL.Query().Has("list-type") }
