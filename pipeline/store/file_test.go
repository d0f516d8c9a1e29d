package store_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"zhida/pipeline/store"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	s, err := store.Open(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const name = "nights/2026-06-15/report/run.html"
	says := func(text string, fails error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fails)
		}
	}
	if err := s.WriteFile(name, says("one", nil)); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteFile(name, says("two", nil)); err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	if err := s.WriteFile(name, says("half", full)); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name))); err != nil || string(got) != "two" {
		t.Errorf("got %q, %v", got, err)
	}
	if drafts, err := os.ReadDir(filepath.Join(root, "tmp")); err != nil || len(drafts) != 0 {
		t.Errorf("drafts are left: %v, %v", drafts, err)
	}
	if !s.HasFile(name) || s.HasFile("nights/2026-06-15/report/none") {
		t.Error("HasFile is wrong")
	}
	for _, bad := range []string{"landing/x", "nights/../x", "/nights/x", "x.html"} {
		if err := s.WriteFile(bad, says("", nil)); err == nil {
			t.Errorf("%s was written", bad)
		}
	}
}
