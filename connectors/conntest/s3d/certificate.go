package s3d

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func (s *Server) certificate() string { return filepath.Join(s.folder, "certificate.pem") }

func (s *Server) key() string { return filepath.Join(s.folder, "key.pem") }

// certify makes a certificate that nobody has signed, and returns its SHA-256.
func (s *Server) certify(t testing.TB) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{Domain, "*." + Domain},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	check(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	check(t, err)
	write(t, s.certificate(), "CERTIFICATE", certificate)
	write(t, s.key(), "PRIVATE KEY", private)
	return fmt.Sprintf("%X", sha256.Sum256(certificate))
}

func write(t testing.TB, name, kind string, content []byte) {
	t.Helper()
	check(t, os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600))
}
