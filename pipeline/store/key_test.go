package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadKey(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	dir := t.TempDir()
	if err := key.WriteFile(filepath.Join(dir, "zhida.key")); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"file:zhida.key", "file:" + filepath.Join(dir, "zhida.key")} {
		got, err := LoadKey(ref, dir)
		if err != nil || got.String() != key.String() || got.Reference("a", "b") != key.Reference("a", "b") {
			t.Errorf("LoadKey(%q) = %v, %v; want %v", ref, got, err, key)
		}
	}
	if err := key.WriteFile(filepath.Join(dir, "zhida.key")); err == nil {
		t.Error("WriteFile replaced a key")
	}
}

func TestLoadKeyRefuses(t *testing.T) {
	t.Parallel()
	secret := newKey(t).identity.String()
	cases := []struct {
		name, ref, text string
		mode            os.FileMode
		want            string
	}{
		{"everyone reads it", "file:k", secret, 0o604, "run chmod 600 "},
		{"everyone runs it", "file:k", secret, 0o601, "run chmod 600 "},
		{"no file", "file:none", secret, 0o600, "no such file"},
		{"empty", "file:k", "# only a comment\n", 0o600, "is empty"},
		{"two keys", "file:k", secret + "\n" + secret, 0o600, "more than one key"},
		{"one letter wrong", "file:k", strings.Replace(secret, secret[30:31], "b", 1), 0o600, "holds no age key"},
		{"something else", "file:k", "hunter2" + secret[20:], 0o600, "holds no age key"},
		{"no variable", "env:ZHIDA_NO_SUCH_VARIABLE", "", 0o600, "ZHIDA_NO_SUCH_VARIABLE is not set"},
		{"the key itself", secret, "", 0o600, "file:PATH or env:NAME"},
		{"nothing", "", "", 0o600, "file:PATH or env:NAME"},
		{"no path", "file:", "", 0o600, "file:PATH or env:NAME"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "k")
			if err := errors.Join(os.WriteFile(file, []byte(c.text), 0o600), os.Chmod(file, c.mode)); err != nil {
				t.Fatal(err)
			}
			_, err := LoadKey(c.ref, dir)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("LoadKey = %v, want %q", err, c.want)
			}
			for from := 0; from+12 <= len(secret); from++ {
				if part := secret[from : from+12]; part != "AGE-SECRET-K" && strings.Contains(err.Error(), part) && from > 15 {
					t.Fatalf("the error tells the secret: %v", err)
				}
			}
		})
	}
}

//nolint:paralleltest // it sets an environment variable
func TestLoadKeyFromEnvironment(t *testing.T) {
	key := newKey(t)
	t.Setenv("ZHIDA_TEST_KEY", " "+key.identity.String()+"\n")
	got, err := LoadKey("env:ZHIDA_TEST_KEY", "")
	if err != nil || got.String() != key.String() {
		t.Errorf("LoadKey = %v, %v; want %v", got, err, key)
	}
}

func TestKeyPrintsItsPublicHalf(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(form, key); got != key.identity.Recipient().String() {
			t.Errorf("%s prints %s", form, got)
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	ref := key.Reference("phone", "13800138000")
	if len(ref) != 16 || ref != key.Reference("phone", "13800138000") {
		t.Errorf("Reference = %q", ref)
	}
	for _, different := range []string{
		key.Reference("phone", "13800138001"), key.Reference("name", "13800138000"), other.Reference("phone", "13800138000"),
		key.Reference("phone1", "3800138000"),
	} {
		if different == ref {
			t.Errorf("two references are %q", ref)
		}
	}
}

func TestStoreKnowsItsKey(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, err := Open(s.dir, newKey(t))
	if !errors.Is(err, ErrWrongKey) || !strings.Contains(err.Error(), s.key.String()) {
		t.Errorf("Open with another key = %v, want ErrWrongKey naming the right one", err)
	}
	if _, err := Open(s.dir, s.key); err != nil {
		t.Errorf("Open with the key = %v", err)
	}
}
