package store

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// Key is the workspace's secret: an age X25519 identity, and two keys for keyed hashes derived from it. It prints as
// its public half.
type Key struct {
	identity  *age.X25519Identity
	names     []byte // for names of sealed artefacts
	reference []byte // for contact references
}

// NewKey makes a key from the system's randomness.
func NewKey() (*Key, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	return derive(identity)
}

// LoadKey reads the key that ref names: "file:PATH", relative paths from base, a file as age-keygen writes it, or
// "env:NAME", an environment variable with the same text. The text must hold exactly one identity
// (AGE-SECRET-KEY-1…). A file that everyone may read is refused.
func LoadKey(ref, base string) (*Key, error) {
	text, place, err := secret(ref, base)
	if err != nil {
		return nil, fmt.Errorf("load key: %w", err)
	}
	return parseKey(text, place)
}

// parseKey reads an identity. Errors never quote the text, nor age's errors, which do.
func parseKey(text, place string) (*Key, error) {
	var identity *age.X25519Identity
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if identity != nil {
			return nil, fmt.Errorf("load key: %s holds more than one key: keep only the one the store was made with", place)
		}
		var err error
		if identity, err = age.ParseX25519Identity(line); err != nil {
			return nil, fmt.Errorf("load key: %s holds no age key (AGE-SECRET-KEY-1…): make one with zhida init or age-keygen", place)
		}
	}
	if identity == nil {
		return nil, fmt.Errorf("load key: %s is empty: make a key with zhida init or age-keygen", place)
	}
	return derive(identity)
}

func derive(identity *age.X25519Identity) (*Key, error) {
	secret := []byte(identity.String())
	names, err := hkdf.Key(sha256.New, secret, nil, "zhida v1 artefact names", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	reference, err := hkdf.Key(sha256.New, secret, nil, "zhida v1 contact references", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return &Key{identity: identity, names: names, reference: reference}, nil
}

// WriteFile writes the secret to a new file that only its owner may read. A file that is there is never overwritten.
func (k *Key) WriteFile(name string) error {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	_, err = fmt.Fprintf(file, "# zhida: whoever has this key reads the store; without it nobody does. Keep a copy.\n# public key: %s\n%s\n",
		k, k.identity.String())
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	return nil
}

// String is the public half, age1….
func (k *Key) String() string { return k.identity.Recipient().String() }

// GoString is String: %#v must not print the secret either.
func (k *Key) GoString() string { return k.String() }

// Reference is a keyed hash of the text, 16 hex digits: the same text always has the same reference, and without the
// key nobody can find the text by trying. prefix keeps uses apart: a phone and a name never share a reference.
func (k *Key) Reference(prefix, text string) string {
	mac := hmac.New(sha256.New, k.reference)
	fmt.Fprintf(mac, "%d:%s%s", len(prefix), prefix, text)
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// Sum is the keyed hash that sealed artefacts with this plaintext are named by, Ref.Sum.
func (k *Key) Sum(r io.Reader) (string, error) {
	sum := k.sum()
	if _, err := io.Copy(sum, r); err != nil {
		return "", fmt.Errorf("sum plaintext: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (k *Key) sum() hash.Hash { return hmac.New(sha256.New, k.names) }
