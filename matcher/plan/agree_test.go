package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestAgreesWithNaive evaluates random conditions on random blocks and compares each pair of enterprise and condition
// with the naive evaluator.
func TestAgreesWithNaive(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	for i, size := range []struct{ people, conditions int }{
		{1, 200}, {63, 200}, {64, 200}, {65, 200}, {1000, 200}, {1000, 200}, {1000, 200}, {65536, 16},
	} {
		t.Run(fmt.Sprintf("%d-%d", i, size.people), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(i), 20260615))
			a := newAuthor(r)
			texts := make([]string, size.conditions)
			for k := range texts {
				texts[k] = a.condition(3)
			}
			counts := agree(t, texts, populate(r, size.people, a.pools), codes)
			t.Log(counts)
			if size.people < 60 {
				return
			}
			for _, verdict := range []string{"yes", "no", "unknown"} {
				if total := size.people * size.conditions; counts[verdict]*10 < total {
					t.Errorf("%d of %d pairs are %s: too few to mean anything", counts[verdict], total, verdict)
				}
			}
		})
	}
}

// agree compares all pairs and counts the verdicts.
func agree(t *testing.T, texts []string, w *world, codes *schemas.Codes) map[string]int {
	t.Helper()
	env := environment(codes)
	b := plan.New()
	exprs := make([]condition.Expr, len(texts))
	refs := make([]plan.Ref, len(texts))
	for i, text := range texts {
		exprs[i] = compile(t, env, text)
		refs[i] = b.Add(exprs[i])
	}
	e := newNaive(codes, w.coverage)
	counts := map[string]int{}
	wrong, next := 0, 0
	ev := plan.NewEvaluator(b.Plan())
	err := ev.Eval(w.input(codes), refs, func(_ plan.Ref, got bits.Truth) {
		for i := range w.people {
			want := e.of(exprs[next], &w.people[i], nil).String()
			counts[want]++
			if said := at(got, i); said != want && wrong < 10 {
				wrong++
				t.Errorf("%s\nis %s, should be %s, for %+v", texts[next], said, want, w.people[i])
			}
		}
		next++
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := ev.Stats(); s.Evaluated+s.Skipped > b.Plan().Tests() {
		t.Errorf("%+v of %d tests: some more than once", s, b.Plan().Tests())
	}
	return counts
}

func compile(t *testing.T, env *condition.Env, text string) condition.Expr {
	t.Helper()
	x, faults := condition.Compile(schemas.Text{Text: text}, env)
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", text, faults)
	}
	return x
}

func at(t bits.Truth, i int) string {
	switch {
	case t.Yes.Has(i) && t.No.Has(i):
		return "both"
	case t.Yes.Has(i):
		return "yes"
	case t.No.Has(i):
		return "no"
	}
	return "unknown"
}
