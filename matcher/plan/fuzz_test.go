package plan_test

import (
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// FuzzPlan plans and evaluates whatever the checker lets through: nothing that a text can say may panic here, and no
// verdict may be both yes and no.
func FuzzPlan(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 7))
	a := newAuthor(r)
	for range 200 {
		f.Add(a.condition(2))
	}
	codes := schemas.NewCodes()
	env := environment(codes)
	in := populate(r, 70, a.pools).input(codes)
	f.Fuzz(func(t *testing.T, text string) {
		x, faults := condition.Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			return
		}
		b := plan.New()
		anything := func(string) bool { return true }
		want := []plan.Ref{b.Add(x), b.AddGranting(x, plan.GrantEverything), b.AddNear(x, anything, anything)}
		err := plan.NewEvaluator(b.Plan()).Eval(in, want, func(_ plan.Ref, got bits.Truth) {
			if got.Yes.Intersects(got.No) {
				t.Errorf("%s\nis yes and no", text)
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
}
