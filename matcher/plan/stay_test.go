package plan_test

import (
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestStay: an evaluator that stays with a block says what one says that does not, in any order, of conditions, held ones and
// amounts, on one block after the other and when it comes back to one; after it was told to stay anew it sees what changed.
func TestStay(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	r := rand.New(rand.NewPCG(7, 7))
	a := newAuthor(r)
	env, b := environment(codes), plan.New()
	var refs []plan.Ref
	for range 60 {
		refs = append(refs, b.Add(compile(t, env, a.test())))
	}
	p := b.Plan()
	staying, plain := plan.NewEvaluator(p), plan.NewEvaluator(p)
	blocks := []*plan.Input{populate(r, 300, a.pools).input(codes), populate(r, 200, a.pools).input(codes)}
	for round := range 40 {
		in := blocks[round/10%2]
		if round%10 == 0 {
			staying.Stay(in)
		}
		if round == 25 {
			in.Today += 400
			staying.Stay(in)
		}
		from := r.IntN(len(refs) - 10)
		var want []bits.Truth
		err := plain.Eval(in, refs[from:from+10], func(_ plan.Ref, t bits.Truth) { want = append(want, t.Clone()) })
		if err != nil {
			t.Fatal(err)
		}
		got := func(i int, truth bits.Truth) {
			if !truth.Yes.Equal(want[i].Yes) || !truth.No.Equal(want[i].No) {
				t.Errorf("round %d: condition %d is another one where the evaluator stays", round, from+i)
			}
		}
		if round%3 == 0 {
			staying.Hold(in, refs[from:from+10])
			for _, i := range r.Perm(10)[:5] {
				truth, err := staying.Held(refs[from+i])
				if err != nil {
					t.Fatal(err)
				}
				got(i, truth)
			}
			staying.Release()
			continue
		}
		next := 0
		err = staying.Eval(in, refs[from:from+10], func(_ plan.Ref, truth bits.Truth) {
			got(next, truth)
			next++
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
