package wire

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"zhida/connectors/source"
)

// Pin is the SHA-256 of the one certificate that a server may show. Front-end machines have certificates that nobody has signed;
// where nothing is pinned (nil) the authorities that the machine knows decide.
type Pin []byte

// ReadPin reads a fingerprint as openssl x509 -fingerprint -sha256 writes it, sha256 Fingerprint=AB:CD:…, or its digits alone. ""
// is no pin.
func ReadPin(text string) (Pin, error) {
	if text == "" {
		return nil, nil
	}
	digits := strings.ReplaceAll(strings.TrimSpace(text[strings.LastIndexByte(text, '=')+1:]), ":", "")
	if sum, err := hex.DecodeString(digits); err == nil && len(sum) == sha256.Size {
		return sum, nil
	}
	return nil, errors.New("the host key cannot be read: write the SHA-256 fingerprint of the certificate, as openssl x509 -fingerprint -sha256 says it")
}

// TLS is the configuration of a connection to the server of that name.
func (p Pin) TLS(name string) *tls.Config {
	c := &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12}
	if p != nil {
		c.InsecureSkipVerify = true //nolint:gosec // the certificate is pinned instead
		c.VerifyConnection = p.check
	}
	return c
}

func (p Pin) check(state tls.ConnectionState) error {
	if got := sha256.Sum256(state.PeerCertificates[0].Raw); !bytes.Equal(got[:], p) {
		return fmt.Errorf("%w: the server shows the certificate %X, and %X is pinned: if its owner confirms that the certificate is new, pin that",
			source.ErrDenied, got, []byte(p))
	}
	return nil
}
