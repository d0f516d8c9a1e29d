package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDamageIsNoticed(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("纳税信用等级 A\n", 20_000) // several chunks of age
	cases := []struct {
		name   string
		damage func(data []byte) []byte // nil: the file is removed
		reason string
	}{
		{"cut short", func(d []byte) []byte { return d[:len(d)-1] }, "damaged"},
		{"cut in half", func(d []byte) []byte { return d[:len(d)/2] }, "damaged"},
		{"emptied", func([]byte) []byte { return nil }, "damaged"},
		{"grown", func(d []byte) []byte { return append(d, '\n') }, "damaged"},
		{"one bit at the start", flip(3), "damaged"},
		{"one bit of the header", flip(60), "damaged"},
		{"one bit in the middle", flip(150_000), "damaged"},
		{"one bit at the end", flip(-1), "damaged"},
		{"removed", nil, "missing"},
	}
	for _, sealed := range []bool{false, true} {
		for _, c := range cases {
			t.Run(map[bool]string{false: "plain ", true: "sealed "}[sealed]+c.name, func(t *testing.T) {
				t.Parallel()
				s := newStore(t)
				ref := put(t, s, sealed, content)
				file := filepath.Join(s.dir, ref.Name)
				damage(t, file, c.damage)
				// The Store that wrote it and has read it sound, and one of another process.
				for _, reader := range []*Store{s, openStore(t, s.dir, s.key)} {
					_, err := read(reader, ref)
					if !errors.Is(err, ErrDamaged) || errors.Is(err, fs.ErrNotExist) != (c.damage == nil) {
						t.Fatalf("read = %v, want ErrDamaged", err)
					}
					for _, part := range []string{file, c.reason, "run the night again"} {
						if !strings.Contains(err.Error(), part) {
							t.Errorf("%q does not say %q", err, part)
						}
					}
				}
				if again := put(t, s, sealed, content); again != ref {
					t.Errorf("Put again = %+v, want %+v", again, ref)
				}
				if got, err := read(s, ref); err != nil || got != content {
					t.Errorf("after Put again: %v", err)
				}
			})
		}
	}
}

func flip(at int) func([]byte) []byte {
	return func(data []byte) []byte {
		at := (at + len(data)) % len(data)
		data[at] ^= 4
		return data
	}
}

func damage(t *testing.T, file string, how func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if how == nil {
		return
	}
	if err := os.WriteFile(file, how(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A sealed artefact exchanged for another that anybody with the public key can make is damage too.
func TestExchangedSealedArtefactIsNoticed(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	mine, other := put(t, s, true, "营业收入 100万"), put(t, s, true, "营业收入 900万")
	data, err := os.ReadFile(filepath.Join(s.dir, other.Name))
	if err != nil {
		t.Fatal(err)
	}
	damage(t, filepath.Join(s.dir, mine.Name), func([]byte) []byte { return data })
	if got, err := read(s, mine); !errors.Is(err, ErrDamaged) {
		t.Errorf("read = %q, %v, want ErrDamaged", got, err)
	}
}

func TestDamageWhileOpen(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ref := put(t, s, true, strings.Repeat("x", 300_000))
	f, _, err := s.OpenSealed(ref)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := os.OpenFile(filepath.Join(s.dir, ref.Name), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt([]byte("damage"), 100_000); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReadAt(make([]byte, 10), 100_000); !errors.Is(err, ErrDamaged) {
		t.Errorf("ReadAt = %v, want ErrDamaged", err)
	}
	if _, err := f.ReadAt(make([]byte, 10), 1<<30); err == nil {
		t.Error("ReadAt beyond the end succeeded")
	}
}

func TestHasAndCheck(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, sealed := range []bool{false, true} {
		ref := put(t, s, sealed, "here")
		if err := s.Check(ref); err != nil || !s.Has(ref) {
			t.Errorf("Check = %v, Has = %v", err, s.Has(ref))
		}
		damage(t, filepath.Join(s.dir, ref.Name), nil)
		if err := s.Check(ref); !errors.Is(err, ErrDamaged) || s.Has(ref) {
			t.Errorf("removed: Check = %v, Has = %v", err, s.Has(ref))
		}
	}
}

func TestHostileRefs(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	good := put(t, s, false, "x")
	outside := filepath.Join(filepath.Dir(s.dir), "outside")
	if err := os.WriteFile(outside, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"", ".", "..", "../outside", "standard/../../outside", outside, "standard/../standard" + good.Name[8:], "key.txt",
		"nights/" + good.Name[9:], strings.ToUpper(good.Name), good.Name + "/", good.Name + ".age", "x/" + good.Name,
	} {
		ref := good
		ref.Name = name
		if _, _, err := s.Open(ref); err == nil {
			t.Errorf("Open(%q) succeeded", name)
		}
	}
	if err := os.Remove(filepath.Join(s.dir, good.Name)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(s.dir, good.Name)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Open(good); err == nil {
		t.Error("Open followed a link out of the store")
	}
}
