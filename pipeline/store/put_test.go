package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"
)

func TestPutNamesByContent(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ref := put(t, s, false, "绵阳")
	sum := sha256.Sum256([]byte("绵阳"))
	hash := hex.EncodeToString(sum[:])
	want := Ref{Name: "standard/" + hash[:2] + "/" + hash + ".txt", Size: 6, Sum: hash}
	if ref != want {
		t.Errorf("Put = %+v, want %+v", ref, want)
	}
	if again := put(t, s, false, "绵阳"); again != ref {
		t.Errorf("Put of the same content = %+v, want %+v", again, ref)
	}
	if got, err := read(s, ref); err != nil || got != "绵阳" {
		t.Errorf("read = %q, %v", got, err)
	}
	info, err := os.Stat(filepath.Join(s.dir, ref.Name))
	if err != nil || info.Mode() != artefactMode {
		t.Errorf("mode %v, %v; want read-only", info.Mode(), err)
	}
	if left := drafts(t, s.dir); len(left) != 0 {
		t.Errorf("drafts left: %v", left)
	}
}

func TestPutSealedHidesAndNamesByContent(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	s := openStore(t, t.TempDir(), key)
	const secret = "13800138000"
	ref := put(t, s, true, secret)
	if ref != put(t, s, true, secret) {
		t.Error("the same plaintext got two Refs")
	}
	sum, err := key.Sum(strings.NewReader(secret))
	if err != nil || ref.Sum != sum || ref.Size != int64(len(secret)) || !strings.HasSuffix(ref.Name, sum+".txt.age") {
		t.Errorf("PutSealed = %+v, want sum %s, %v", ref, sum, err)
	}
	plain := sha256.Sum256([]byte(secret))
	if strings.Contains(ref.Name, hex.EncodeToString(plain[:])) {
		t.Error("the name tells the plaintext's checksum")
	}
	data, err := os.ReadFile(filepath.Join(s.dir, ref.Name))
	if err != nil || strings.Contains(string(data), secret) {
		t.Errorf("the plaintext is on disk, or %v", err)
	}
	file, err := os.Open(filepath.Join(s.dir, ref.Name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	opened, err := age.Decrypt(file, key.identity)
	if err != nil {
		t.Fatalf("age cannot open it: %v", err)
	}
	if got, err := io.ReadAll(opened); err != nil || string(got) != secret {
		t.Errorf("age reads %q, %v", got, err)
	}
	if other := put(t, newStore(t), true, secret); other.Name == ref.Name {
		t.Error("two keys give one name")
	}
}

func TestSealedReadsAnywhere(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.OneOf(rapid.IntRange(0, 100), rapid.IntRange(65_500, 65_600), rapid.IntRange(131_000, 200_000)).Draw(rt, "size")
		content := strings.Repeat("涪城区0123456789", size/19+1)[:size]
		ref, err := s.PutSealed("standard", "bin", func(w io.Writer) error {
			for rest := content; rest != ""; {
				n := rapid.IntRange(1, len(rest)).Draw(rt, "write")
				if _, err := io.WriteString(w, rest[:n]); err != nil {
					return err
				}
				rest = rest[n:]
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		f, n, err := s.OpenSealed(ref)
		if err != nil || n != int64(size) {
			rt.Fatalf("OpenSealed = %d, %v; want %d", n, err, size)
		}
		defer f.Close()
		from := rapid.IntRange(0, size).Draw(rt, "from")
		to := rapid.IntRange(from, size).Draw(rt, "to")
		got := make([]byte, to-from)
		if k, err := f.ReadAt(got, int64(from)); k != len(got) || (err != nil && !errors.Is(err, io.EOF)) || string(got) != content[from:to] {
			rt.Fatalf("ReadAt(%d..%d) of %d = %d, %v", from, to, size, k, err)
		}
	})
}

func TestPutFailureLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	broken := errors.New("broken")
	for _, put := range []func(string, string, func(io.Writer) error) (Ref, error){s.Put, s.PutSealed} {
		_, err := put("standard", "txt", func(w io.Writer) error {
			return errors.Join(text(strings.Repeat("x", 1<<20))(w), broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("Put = %v, want %v", err, broken)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_, _ = put("standard", "txt", func(io.Writer) error { panic("in the writer") })
		}()
	}
	if left := append(drafts(t, s.dir), artefacts(t, s.dir)...); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPutNoticesLostErrors(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	_, err = s.put("standard", "txt", false, func(d *draft) (hash.Hash, int64, error) {
		mine := d.file
		d.file = full // every write says that the disk is full
		_, _ = fmt.Fprint(d, "lost")
		d.file = mine
		return sha256.New(), 4, nil
	})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("Put = %v, want ENOSPC", err)
	}
	for _, part := range []string{"disk of " + s.dir + " is full", "free some space"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	if left := drafts(t, s.dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPutFromManyGoroutines(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	other := openStore(t, s.dir, s.key) // as another process would, sweeping meanwhile
	refs := make([]Ref, 16)
	var group sync.WaitGroup
	for i := range refs {
		group.Go(func() {
			from := []*Store{s, other}[i%2]
			refs[i] = put(t, from, i%4 < 2, "the same")
			if err := from.sweep(); err != nil {
				t.Error(err)
			}
			if got, err := read(from, refs[i]); err != nil || got != "the same" {
				t.Errorf("read = %q, %v", got, err)
			}
		})
	}
	group.Wait()
	for i, ref := range refs {
		if ref != refs[i%4/2*2] {
			t.Errorf("ref %d = %+v, want %+v", i, ref, refs[i%4/2*2])
		}
	}
	if all := artefacts(t, s.dir); len(all) != 2 {
		t.Errorf("artefacts %v, want one plain and one sealed", all)
	}
}

func TestPutRefusesNames(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, name := range [][2]string{
		{"nights", "json"},
		{"tmp", "x"},
		{"", "x"},
		{"a/b", "x"},
		{"..", "x"},
		{"Standard", "x"},
		{"standard", ""},
		{"standard", "a/b"},
		{"standard", ".."},
		{"standard", "age"},
		{"standard", "csv.age"},
	} {
		if ref, err := s.Put(name[0], name[1], text("x")); err == nil {
			t.Errorf("Put(%q, %q) = %+v, want an error", name[0], name[1], ref)
		}
	}
}

func TestSealedNeedsKey(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ref := put(t, s, true, "x")
	blind := openStore(t, s.dir, nil)
	if _, err := blind.PutSealed("standard", "txt", text("x")); !errors.Is(err, ErrNoKey) {
		t.Errorf("PutSealed = %v, want ErrNoKey", err)
	}
	if _, err := read(blind, ref); !errors.Is(err, ErrNoKey) {
		t.Errorf("OpenSealed = %v, want ErrNoKey", err)
	}
	if _, _, err := s.Open(ref); err == nil {
		t.Error("Open of a sealed artefact succeeded")
	}
	if _, _, err := s.OpenSealed(put(t, s, false, "x")); err == nil {
		t.Error("OpenSealed of a plain artefact succeeded")
	}
}

// BenchmarkPut measures one artefact of 64 MiB, hashed, (encrypted,) synced and named. Bytes per op must not grow with
// the size: that is the constant memory.
func BenchmarkPut(b *testing.B) {
	key, err := NewKey()
	if err != nil {
		b.Fatal(err)
	}
	s, err := Open(b.TempDir(), key)
	if err != nil {
		b.Fatal(err)
	}
	const size = 64 << 20
	block := []byte(strings.Repeat("91510703MA62000000,绵阳某某科技有限公司,510703\n", 1200))
	for name, put := range map[string]func(string, string, func(io.Writer) error) (Ref, error){"plain": s.Put, "sealed": s.PutSealed} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				_, err := put("standard", "csv", func(w io.Writer) error {
					fmt.Fprintln(w, name, i, b.N)
					for n := 0; n < size; n += len(block) {
						if _, err := w.Write(block); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
