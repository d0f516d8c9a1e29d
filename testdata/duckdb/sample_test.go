package duckdb_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhida/pipeline/workspace"
	"zhida/schemas"
	"zhida/testdata/duckdb"
)

// sample is a copy of the sample workspace with a store of its own, a policy that uses every construct of the language, and
// the program.
type sample struct {
	t                    *testing.T
	zhida, folder, store string
}

func newSample(t *testing.T) *sample {
	t.Helper()
	root := t.TempDir()
	s := &sample{
		t: t, zhida: filepath.Join(root, "zhida"),
		folder: filepath.Join(root, "testdata", "mianyang"), store: filepath.Join(root, "out", "mianyang"),
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", s.zhida, "./cmd/zhida")
	build.Dir, build.Env = filepath.Join("..", ".."), append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.CopyFS(s.folder, os.DirFS(filepath.Join("..", "mianyang"))); err != nil {
		t.Fatal(err)
	}
	s.copy(filepath.Join("testdata", "constructs.yaml"), filepath.Join(s.folder, "policies", "constructs.yaml"))
	if err := os.MkdirAll(filepath.Dir(s.store), 0o755); err != nil {
		t.Fatal(err)
	}
	s.run("keygen", filepath.Join(root, "out", "mianyang.key"))
	return s
}

func (s *sample) copy(from, to string) {
	s.t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// run runs zhida on the workspace.
func (s *sample) run(args ...string) {
	s.t.Helper()
	if out, err := exec.CommandContext(s.t.Context(), s.zhida, append([]string{"-w", s.folder}, args...)...).CombinedOutput(); err != nil {
		s.t.Fatalf("zhida %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// amend copies what comes between the second and the third night over the workspace. It reports whether there is anything.
func (s *sample) amend() bool {
	s.t.Helper()
	from := filepath.Join(s.folder, "amended")
	if _, err := os.Stat(from); err != nil {
		return false
	}
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rest, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		s.copy(path, filepath.Join(s.folder, rest))
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return true
}

// export exports what the oracle needs of the latest night.
func (s *sample) export(date string) (n *duckdb.Night, verdicts string) {
	s.t.Helper()
	ws, err := workspace.Load(s.folder)
	if err != nil {
		s.t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.store, "nights", date, "manifest.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	var manifest struct {
		Date     schemas.Date
		Datasets map[string]struct{ Fulls []duckdb.Full }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		s.t.Fatal(err)
	}
	folder := s.t.TempDir()
	n = &duckdb.Night{
		Workspace: ws, Date: manifest.Date, Fulls: map[string][]duckdb.Full{},
		Profile: filepath.Join(folder, "profile.parquet"), Rows: map[string]string{},
	}
	verdicts = filepath.Join(folder, "verdicts.parquet")
	s.run("export", "profile", "--night", date, "-o", n.Profile)
	s.run("export", "verdicts", "--night", date, "-o", verdicts)
	for _, d := range ws.Datasets {
		n.Fulls[d.Name] = manifest.Datasets[d.Name].Fulls
		if d.Role == schemas.RoleContacts || d.Role == schemas.RoleCrosswalk {
			continue
		}
		n.Rows[d.Name] = filepath.Join(folder, "rows "+d.Name+".parquet")
		s.run("export", "rows", d.Name, "--night", date, "-o", n.Rows[d.Name])
	}
	return n, verdicts
}
