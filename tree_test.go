// Package zhida_test checks what DESIGN.md says of the tree: the direction of dependencies, where each library may be
// used, who reads the wall clock. It asks go list, so it holds without any tool.
package zhida_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unit is a package as go list describes it.
type unit struct {
	ImportPath, Dir, Name                string
	GoFiles, TestGoFiles, XTestGoFiles   []string
	IgnoredGoFiles, Imports, TestImports []string
	XTestImports                         []string
	Module                               struct{ Path string }
	Standard                             bool
	Error                                *struct{ Err string }
}

// folder is the package's path in the tree, "" for the root.
func (u *unit) folder() string {
	return strings.TrimPrefix(strings.TrimPrefix(u.ImportPath, "zhida"), "/")
}

func packages(t *testing.T) []*unit {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json", "./...", "./testdata/gen/...", "./testdata/mianyang", "./testdata/browser/...")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal("go list:", err)
	}
	var all []*unit
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		u := &unit{}
		err := d.Decode(u)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, u)
	}
}

// layers says what the packages of a top folder may import of ours.
func layers() map[string][]string {
	return map[string][]string{
		"schemas":    {"schemas"},
		"matcher":    {"matcher", "schemas"},
		"connectors": {"connectors", "schemas"},
		"pipeline":   {"pipeline", "matcher", "connectors", "schemas"},
		"cmd":        {"cmd", "pipeline", "matcher", "connectors", "schemas", "testdata"}, // testdata: zhida gen
		"testdata":   {"schemas", "testdata", "matcher"},                                  // the generator, which makes blocks too, and the browser
	}
}

// stages are the steps of the night, which do not import each other, and parts what they may share.
func stages() []string {
	return []string{"collect", "standardise", "current", "profile", "match", "push", "deliver", "report"}
}

func parts() []string {
	return []string{"store", "ledger", "workspace", "workbook", "gate", "engine", "export"}
}

// libraries says where each library may be used, so that replacing one means looking in one place.
func libraries() map[string][]string {
	return map[string][]string{
		"filippo.io/age":                   {"pipeline/store"},
		"github.com/RoaringBitmap/roaring": {"matcher/bits", "matcher/profile", "pipeline"},
		"github.com/apache/arrow":          {"connectors", "pipeline", "pipeline/standardise", "pipeline/export", "testdata/gen"},
		"github.com/emmansun/gmsm":         {"connectors/source/manifest"},
		"github.com/goccy/go-yaml":         {"pipeline/workspace"},
		"github.com/go-sql-driver/mysql":   {"connectors/source/sql", "connectors/conntest/mariadb"},
		"github.com/jackc/pgx":             {"connectors/source/sql", "connectors/conntest/postgres", "pipeline/ledger"},
		"github.com/xuri/excelize":         {"pipeline/workbook", "pipeline/report/department", "testdata/gen"},
		"github.com/parquet-go/parquet-go": {"connectors/format/parquet", "matcher/table", "pipeline/export", "testdata/gen", "testdata/gen/nation"},
		"github.com/minio/minio-go":        {"connectors/source/object", "connectors/conntest/s3d"},
		"github.com/pressly/goose":         {"pipeline/ledger"},
		"github.com/jlaffaye/ftp":          {"connectors/source/ftp"},
		"github.com/pkg/sftp":              {"connectors/source/sftp"},
		"github.com/spf13/cobra":           {"cmd/zhida"},
		"golang.org/x/crypto":              {"connectors/source/sftp"},
		"golang.org/x/sync":                {"pipeline"},
		"golang.org/x/sys":                 {"pipeline/store", "matcher/bits", "matcher/lanes"},
		"golang.org/x/term":                {"cmd/zhida"},
		"golang.org/x/text":                {"schemas", "matcher/condition", "connectors", "pipeline/workspace", "testdata/gen"},
		"modernc.org/sqlite":               {"pipeline/ledger"},
		"github.com/mattn/go-runewidth":    {"schemas"},
	}
}

func TestDirectionOfDependencies(t *testing.T) {
	t.Parallel()
	for _, u := range packages(t) {
		from := u.folder()
		if from == "" {
			continue
		}
		top, _, _ := strings.Cut(from, "/")
		allowed, known := layers()[top]
		if !known {
			t.Errorf("%s: DESIGN.md has no folder %s", u.ImportPath, top)
			continue
		}
		for _, imported := range slices.Concat(u.Imports, u.TestImports, u.XTestImports) {
			to, ours := strings.CutPrefix(imported, "zhida/")
			if !ours {
				continue
			}
			toTop, _, _ := strings.Cut(to, "/")
			switch {
			case toTop == "cmd":
				t.Errorf("%s imports %s: nothing imports the front door", from, to)
			case !slices.Contains(allowed, toTop):
				t.Errorf("%s imports %s: allowed are %v", from, to, allowed)
			}
		}
		if slices.Contains(u.Imports, "zhida/matcher/reference") {
			t.Errorf("%s imports matcher/reference: that is for tests", from)
		}
		for _, imported := range u.Imports {
			checkStage(t, from, strings.TrimPrefix(imported, "zhida/"))
		}
	}
}

// checkStage checks an import within pipeline: a stage may import the shared parts, a part no stage.
func checkStage(t *testing.T, from, to string) {
	t.Helper()
	fromStage, toStage := second(from), second(to)
	if fromStage == "" || toStage == "" || fromStage == toStage {
		return
	}
	isStage := slices.Contains(stages(), fromStage)
	switch {
	case !isStage && !slices.Contains(parts(), fromStage), !slices.Contains(stages(), toStage) && !slices.Contains(parts(), toStage):
		t.Errorf("%s imports %s: one of them is neither a stage nor a shared part", from, to)
	case slices.Contains(stages(), toStage):
		t.Errorf("%s imports %s: stages are joined in pipeline only", from, to)
	}
}

// second is the folder below pipeline, "" for anything else.
func second(folder string) string {
	rest, ok := strings.CutPrefix(folder, "pipeline/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	for _, u := range packages(t) {
		for _, imported := range u.Imports {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") {
				continue // of the standard library, or ours
			}
			places, known := placesOf(imported)
			if !known {
				t.Errorf("%s imports %s: say in libraries() where it belongs", u.ImportPath, imported)
				continue
			}
			if !slices.ContainsFunc(places, func(p string) bool { return isIn(u.folder(), p) }) {
				t.Errorf("%s imports %s: it belongs to %v", u.ImportPath, imported, places)
			}
		}
	}
}

func placesOf(imported string) ([]string, bool) {
	for library, places := range libraries() {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return places, true
		}
	}
	return nil, false
}

// isIn reports whether the folder is the place; connectors stands for everything below it too.
func isIn(folder, place string) bool {
	return folder == place || place == "connectors" && strings.HasPrefix(folder, "connectors/")
}

func TestPackages(t *testing.T) {
	t.Parallel()
	bad := []string{"util", "utils", "common", "helper", "helpers", "manager", "base", "models"}
	for _, u := range packages(t) {
		for part := range strings.SplitSeq(u.folder(), "/") {
			if slices.Contains(bad, part) || strings.HasSuffix(part, "util") || strings.HasSuffix(part, "utils") {
				t.Errorf("%s: the folder's name does not say what it owns", u.ImportPath)
			}
		}
		if len(u.GoFiles) > 0 && !slices.Contains(u.GoFiles, "doc.go") {
			t.Errorf("%s has no doc.go", u.ImportPath)
		}
	}
}

// longFile is how a file of more than 500 lines says why.
const longFile = "// This file is long because "

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, u := range packages(t) {
		for _, name := range slices.Concat(u.GoFiles, u.IgnoredGoFiles) {
			text, err := os.ReadFile(filepath.Join(u.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), "\n"); n > 500 && !strings.Contains(string(text), longFile) {
				t.Errorf("%s has %d lines and no line %q", path.Join(u.folder(), name), n, longFile+"…")
			}
			checkSource(t, u, name, text)
		}
		for _, name := range slices.Concat(u.TestGoFiles, u.XTestGoFiles) {
			text, err := os.ReadFile(filepath.Join(u.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			checkTest(t, path.Join(u.folder(), name), text)
		}
	}
}

// checkSource looks for the wall clock outside cmd, and for init functions.
func checkSource(t *testing.T, u *unit, name string, text []byte) {
	t.Helper()
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path.Join(u.folder(), name), text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			t.Errorf("%s: an init function", files.Position(f.Pos()))
		}
	}
	if isIn(u.folder(), "cmd") || strings.HasPrefix(u.folder(), "cmd/") {
		return
	}
	for _, call := range selections(tree, "time", "Now", "Since", "Until") {
		t.Errorf("%s: only cmd reads the wall clock; pass the time in", files.Position(call.Pos()))
	}
}

// checkTest refuses tests that can skip: a skipped test is one nobody runs.
func checkTest(t *testing.T, name string, text []byte) {
	t.Helper()
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, receiver := range []string{"t", "b", "f", "tb"} {
		for _, call := range selections(tree, receiver, "Skip", "Skipf", "SkipNow") {
			t.Errorf("%s: a test that can skip", files.Position(call.Pos()))
		}
	}
}

// selections finds x.name in a file.
func selections(tree *ast.File, x string, names ...string) []ast.Node {
	var found []ast.Node
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, s.Sel.Name) {
			if left, ok := s.X.(*ast.Ident); ok && left.Name == x {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}
