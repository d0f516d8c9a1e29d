package dir_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"zhida/connectors/conntest"
	"zhida/connectors/source"
	"zhida/connectors/source/dir"
	"zhida/schemas"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Source(t, func(t *testing.T) conntest.Place { return place(t.TempDir()) })
}

func start(root string, deliveries ...source.Delivery) (source.Source, error) {
	return dir.New(source.Config{Name: "exchange", Path: root, Deliveries: deliveries})
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, path string, content []byte) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, content, 0o600))
}

func full(files string) source.Delivery {
	return source.Delivery{Dataset: "tax", Files: files, Mode: schemas.ModeFull}
}

func TestLinksAreRefused(t *testing.T) {
	t.Parallel()
	outside, root := t.TempDir(), t.TempDir()
	put(t, filepath.Join(outside, "secret"), []byte("x"))
	put(t, filepath.Join(root, "real", "20260615.csv"), []byte("x"))
	check(t, os.Symlink(filepath.Join(outside, "secret"), filepath.Join(root, "20260615.csv")))
	check(t, os.Symlink(filepath.Join(root, "real", "20260615.csv"), filepath.Join(root, "20260616.csv")))
	check(t, os.Symlink(outside, filepath.Join(root, "20260617")))
	check(t, syscall.Mkfifo(filepath.Join(root, "20260618.csv"), 0o600))
	s, err := start(root, full("{date}.csv"))
	check(t, err)
	objects, err := s.List(t.Context())
	check(t, err)
	want := map[string]string{
		"20260615.csv": "a symbolic link", "20260616.csv": "a symbolic link", "20260617": "a symbolic link",
		"20260618.csv": "not a regular file", "real/20260615.csv": "the name matches no pattern",
	}
	for _, o := range objects {
		if o.IsDelivery() || o.Problem != want[o.Name] {
			t.Errorf("%s: %q, want %q", o.Name, o.Problem, want[o.Name])
		}
		// Even an object that claims to be a delivery gets nothing.
		o.Dataset, o.Size = "tax", 1
		if o.Name == "real/20260615.csv" {
			continue
		}
		if _, err := s.Open(t.Context(), o, 0); !errors.Is(err, source.ErrRefused) {
			t.Errorf("%s is opened: %v", o.Name, err)
		}
	}
	if len(objects) != len(want) {
		t.Errorf("listed %+v", objects)
	}
	for _, name := range []string{"../" + filepath.Base(outside) + "/secret", filepath.Join(outside, "secret"), "20260617/secret", "real"} {
		if _, err := s.Open(t.Context(), source.Object{Name: name, Size: 1, Dataset: "tax"}, 0); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}

func TestTheFolderItselfMayBeALink(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put(t, filepath.Join(root, "here", "20260615.csv"), []byte("x"))
	check(t, os.Symlink("here", filepath.Join(root, "link")))
	s, err := start(filepath.Join(root, "link"), full("{date}.csv"))
	check(t, err)
	if objects, err := s.List(t.Context()); err != nil || len(objects) != 1 || !objects[0].IsDelivery() {
		t.Errorf("listed %+v, %v", objects, err)
	}
}

func TestMissingFolder(t *testing.T) {
	t.Parallel()
	s, err := start(filepath.Join(t.TempDir(), "absent"), full("{date}.csv"))
	check(t, err)
	if _, err := s.List(t.Context()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := start("", full("{date}.csv")); err == nil {
		t.Error("a source without path is accepted")
	}
}

func TestOverwrittenWhileRead(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	path := filepath.Join(root, "20260615.csv")
	put(t, path, []byte("half"))
	s, err := start(root, full("{date}.csv"))
	check(t, err)
	objects, err := s.List(t.Context())
	check(t, err)
	r, err := s.Open(t.Context(), objects[0], 0)
	check(t, err)
	defer r.Close()
	info, err := os.Stat(path)
	check(t, err)
	check(t, os.Chtimes(path, info.ModTime(), info.ModTime().Add(1)))
	if _, err := io.ReadAll(r); !errors.Is(err, source.ErrChanged) {
		t.Errorf("got %v", err)
	}
}

func place(root string) conntest.Place {
	return conntest.Place{
		Put:    func(t testing.TB, name string, content []byte) { put(t, filepath.Join(root, name), content) },
		Remove: func(t testing.TB, name string) { check(t, os.Remove(filepath.Join(root, name))) },
		Open:   func(d []source.Delivery) (source.Source, error) { return start(root, d...) },
	}
}

func TestFlatMemory(t *testing.T) { conntest.FlatSource(t, place(t.TempDir())) }

func BenchmarkRead(b *testing.B) { conntest.Throughput(b, place(b.TempDir())) }
