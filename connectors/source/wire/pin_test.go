package wire

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"zhida/connectors/source"
)

func TestPin(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	sum := sha256.Sum256(server.Certificate().Raw)
	var pairs []string
	for _, b := range sum {
		pairs = append(pairs, fmt.Sprintf("%02X", b))
	}
	plain, written := hex.EncodeToString(sum[:]), "sha256 Fingerprint="+strings.Join(pairs, ":")+"\n"
	for text, want := range map[string]error{plain: nil, written: nil, strings.Repeat("0", 64): source.ErrDenied} {
		pin, err := ReadPin(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		conn, err := tls.Dial("tcp", server.Listener.Addr().String(), pin.TLS("front-end"))
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
	if none, err := ReadPin(""); none != nil || err != nil {
		t.Errorf("no pin is %x, %v", none, err)
	}
	if _, err := tls.Dial("tcp", server.Listener.Addr().String(), Pin(nil).TLS("front-end")); err == nil {
		t.Error("a certificate that nobody has signed and nobody pins is taken")
	}
	for _, text := range []string{"SHA256:abc", "ab", strings.Repeat("0", 62), strings.Repeat("g", 64)} {
		if _, err := ReadPin(text); err == nil {
			t.Errorf("%q is a pin", text)
		}
	}
}
