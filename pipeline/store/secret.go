package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// LoadSecret reads the password or key that ref names: "file:PATH", relative paths from base, or "env:NAME". White space at its
// end is not part of it. Errors never quote it. A file that everyone may read is refused.
func LoadSecret(ref, base string) (string, error) {
	text, _, err := secret(ref, base)
	if err != nil {
		return "", fmt.Errorf("load secret: %w", err)
	}
	return strings.TrimRight(text, " \t\r\n"), nil
}

// secret is the text of a reference, and the place it names for people.
func secret(ref, base string) (text, place string, err error) {
	scheme, rest, _ := strings.Cut(ref, ":")
	switch {
	case scheme == "file" && rest != "":
		if !filepath.IsAbs(rest) {
			rest = filepath.Join(base, rest)
		}
		text, err := secretFile(rest)
		return text, rest, err
	case scheme == "env" && rest != "":
		text, ok := os.LookupEnv(rest)
		if !ok || text == "" {
			return "", "", fmt.Errorf("environment variable %s is not set", rest)
		}
		return text, "environment variable " + rest, nil
	}
	// Whoever writes the secret itself here must not find it in a log.
	return "", "", errors.New("give a reference to the key, file:PATH or env:NAME")
}

func secretFile(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // only read
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o007 != 0 {
		return "", fmt.Errorf("everyone on this machine may read %s (mode %04o): run chmod 600 %s", name, info.Mode().Perm(), name)
	}
	text, err := io.ReadAll(io.LimitReader(file, 1<<16))
	return string(text), err
}
