package plan_test

import (
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/reference"
	"zhida/schemas"
)

// TestCompletions checks that a verdict that is sure or no stays what it is whatever the unknown facts turn out to be: it
// takes random conditions over the whole grammar, and of each enterprise some worlds in which everything is known. Left
// out is 已知, which asks what is known and not what is so. ZHIDA_WORLDS sets how many blocks there are.
func TestCompletions(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	env, finest := environment(codes), finestCodes(codes)
	decided := 0
	for seed := range uint64(setting(t, "ZHIDA_WORLDS", 6)) {
		r := rand.New(rand.NewPCG(seed, 7))
		a := newAuthor(r)
		a.blunt = true
		var texts []string
		for range 40 {
			texts = append(texts, writeUntil(func(text string) bool { return acceptable(condition.Compile(schemas.Text{Text: text}, env)) },
				func() string { return a.item(2) }))
		}
		w := populate(r, 60, a.pools)
		e, who := w.reference(finest)
		c := newCompleter(r, a.pools, e)
		b := plan.New()
		var refs []plan.Ref
		for _, text := range texts {
			refs = append(refs, b.AddGranting(compile(t, env, text), plan.GrantEverything))
		}
		completions := make([][]*reference.Enterprise, len(who))
		for i := range who {
			for range 12 {
				completions[i] = append(completions[i], c.completion(&who[i]))
			}
		}
		next := 0
		err := plan.NewEvaluator(b.Plan()).Eval(w.input(codes), refs, func(_ plan.Ref, got bits.Truth) {
			x := compile(t, env, texts[next])
			for i := range who {
				said := at(got, i)
				if said == "unknown" {
					continue
				}
				decided++
				for k := range completions[i] {
					if is := c.full.Truth(x, completions[i][k], reference.GrantAll).String(); is != said {
						t.Errorf("%s\nis %s, but may turn out %s, for %s\ncompleted by %+v", texts[next], said, is, w.people[i], completions[i][k].Rows)
						break
					}
				}
			}
			next++
		})
		if err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d decided pairs, 12 completions each", decided)
}
