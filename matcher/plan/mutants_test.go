package plan_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutant is a bug seeded into the engine: old, which stands in the file once, becomes bad.
type mutant struct{ name, file, old, bad string }

func mutants() []mutant {
	return []mutant{
		{"> for >=", "number.go", "op == condition.Greater || !whole", "op == condition.GreaterOrEqual || !whole"},
		{"no bound of error", "relation.go", "told = (low.above | low.below | low.equal) & (high.above | high.below | high.equal)", "told = ^uint64(0)"},
		{"a limit is compared with one end", "value.go", "r.between(highs, c.high, bounds{", "r.between(lows, c.low, bounds{"},
		{"a half line of quotients for all that can be", "monomial.go", "sl <= 0 && sh >= 0: // the denominator may be 0", "sl < 0 && sh > 0:"},
		{"a case has the things of one column", "cases.go", "things.And(column.signs(f.n)[signs[i]])", "things.Copy(column.signs(f.n)[signs[i]])"},
		{"what is absent is in the relation", "relation.go", "y, n, told = y&^bit, n|bit, told|bit", "y, n, told = y|bit, n&^bit, told|bit"},
		{"a row counts a day longer", "rows.go", "confirmed >= oldest)", "confirmed >= oldest-1)"},
		{"stale rows count", "fold_eval.go", "case w.stale(row):\n\t\treturn optional", "case w.stale(row):\n\t\treturn certain"},
		{"an open count is the count", "fold_rows.go", "\tdefault:\n\t\thigh = high.infinite(1)", "\tdefault:"},
		{"the wrong end of rows that may count", "fold_rows.go", "far = far.lesser(r.low)", "far = far.greater(r.low)"},
		{"near what nobody can change", "near_build.go", "if condition.Sought(expr, negated) && condition.Attainable(expr, n.attainable, n.tags) {", "if condition.Sought(expr, negated) {"},
		{"除 leaves nothing out", "code.go", "s.marks[e] = no\n", "_ = e\n"},
		{"coarse codes are taken as they are", "code.go", "!s.above[code] || s.uniform(code, inherited)", "h != nil || s.uniform(code, inherited)"},
		{"this year is one of the last", "year.go", "Offset: k - f.years}", "Offset: k - f.years + 1}"},
		{"money is money", "frame.go", "currency.Texts[row] == want", "want != \"\""},
		{"tiers need their condition", "lift.go", "\t\tb.either(space, []Ref{then, otherwise}),\n", ""},
		{"至少 is one less", "simplify_atleast.go", "least: n, cost: cost}", "least: n - 1, cost: cost}"},
	}
}

// TestMutants checks that what judges the engine would see it go wrong: with each of the bugs the agreement with the
// reference evaluator must fail. That builds the package once per bug, so it runs with ZHIDA_MUTANTS only (make
// mutants); that the bugs can still be seeded is checked always.
func TestMutants(t *testing.T) {
	t.Parallel()
	for _, m := range mutants() {
		text, err := os.ReadFile(m.file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), m.old); n != 1 {
			t.Errorf("%s: %q stands in %s %d times: seed the bug elsewhere", m.name, m.old, m.file, n)
		}
	}
	if os.Getenv("ZHIDA_MUTANTS") == "" || t.Failed() {
		return
	}
	if out, ok := judge(t, nil); !ok || strings.Contains(out, disagree) {
		t.Fatalf("the engine as it is does not agree:\n%s", out)
	}
	for _, m := range mutants() {
		out, ok := judge(t, &m)
		switch {
		case ok || !strings.Contains(out, disagree):
			t.Errorf("%s: nobody noticed\n%s", m.name, out)
		default:
			t.Logf("%s: noticed", m.name)
		}
	}
}

// disagree is what the agreement test says.
const disagree = "disagreements in all"

// judge runs the agreement test on the engine with a bug, or as it is. ok is that of go test.
func judge(t *testing.T, m *mutant) (out string, ok bool) {
	t.Helper()
	replace := map[string]string{}
	folder := t.TempDir()
	if m != nil {
		text, err := os.ReadFile(m.file)
		if err != nil {
			t.Fatal(err)
		}
		path, err := filepath.Abs(m.file)
		if err != nil {
			t.Fatal(err)
		}
		replace[path] = filepath.Join(folder, m.file)
		write(t, replace[path], []byte(strings.Replace(string(text), m.old, m.bad, 1)))
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "overlay.json"), overlay)
	command := exec.CommandContext(t.Context(), "go", "test", "-count", "1", "-vet", "off", "-run", "^TestAgreesWithReference$",
		"-overlay", filepath.Join(folder, "overlay.json"), ".")
	command.Env = append(os.Environ(), "ZHIDA_PAIRS=20000", "ZHIDA_MUTANTS=")
	said, err := command.CombinedOutput()
	return string(said), err == nil
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
