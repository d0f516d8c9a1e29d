package workspace

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReformat brings the good workspaces into canonical form, with the line ends and the mark of another system too:
// it takes one go, and nothing but texts changes.
func TestReformat(t *testing.T) {
	t.Parallel()
	for name, archive := range archives(t, "testdata/good/*.txtar") {
		for _, ending := range []string{"\n", "\r\n"} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				for file, content := range overlay(base(t), archive) {
					text := strings.ReplaceAll(string(content.Data), "\n", ending)
					if ending != "\n" && strings.HasSuffix(file, ".yaml") {
						text = "\ufeff" + strings.TrimPrefix(text, "\ufeff")
					}
					write(t, filepath.Join(dir, file), text)
				}
				reformatTwice(t, dir, ending)
			})
		}
	}
}

func reformatTwice(t *testing.T, dir, ending string) {
	t.Helper()
	first, err := Reformat(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range first.Files {
		if bytes.Count(f.data, []byte("\n")) != bytes.Count(f.data, []byte(ending)) {
			t.Errorf("%s has got other line ends", f.Name)
		}
		if ending != "\n" && !bytes.HasPrefix(f.data, []byte("\ufeff")) {
			t.Errorf("%s has lost its mark", f.Name)
		}
	}
	if err := first.Write(); err != nil {
		t.Fatal(err)
	}
	again, err := Reformat(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range again.Files {
		t.Errorf("%s changes once more:\n%s", f.Name, f.data)
	}
	if list, _ := filepath.Glob(filepath.Join(dir, "*", ".zhida-*")); len(list) > 0 {
		t.Errorf("left behind: %q", list)
	}
}

// TestShipped checks that the workspaces that come with zhida are in canonical form.
func TestShipped(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"starter", "../../testdata/mianyang", "../../testdata/real"} {
		revision, err := Reformat(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range revision.Files {
			t.Errorf("%s/%s is not in canonical form: zhida check --fmt", dir, f.Name)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
