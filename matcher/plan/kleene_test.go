package plan_test

import (
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestKleene checks laws of three-valued logic on random conditions, and that what is no law of it is not one here.
func TestKleene(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1952))
	codes := schemas.NewCodes()
	a := newAuthor(r)
	var conditions []string
	for range 60 {
		conditions = append(conditions, "("+a.condition(2)+")")
	}
	e := asker(t, populate(r, 500, a.pools), codes)
	middles := 0
	for i, x := range conditions {
		y, z := conditions[(i+1)%len(conditions)], conditions[(i+2)%len(conditions)]
		for _, law := range [][2]string{
			{"非 (非 " + x + ")", x},
			{"非 (" + x + " 且 " + y + ")", "非 " + x + " 或 非 " + y},
			{"非 (" + x + " 或 " + y + ")", "非 " + x + " 且 非 " + y},
			{x + " 且 (" + y + " 或 " + z + ")", "(" + x + " 且 " + y + ") 或 (" + x + " 且 " + z + ")"},
			{x + " 或 (" + x + " 且 " + y + ")", x},
			{x + " 且 " + y, y + " 且 " + x},
		} {
			if l, r := e(law[0]), e(law[1]); !l.Equal(r) {
				t.Errorf("%s\ndiffers from\n%s", law[0], law[1])
			}
		}
		truth, middle := e(x), e(x+" 或 非 "+x)
		if !middle.No.IsEmpty() {
			t.Errorf("%s: 或 its negation is no for somebody", x)
		}
		for i := range 500 {
			if (at(truth, i) == "unknown") != (at(middle, i) == "unknown") {
				t.Errorf("%s: 或 its negation is %s where it is %s", x, at(middle, i), at(truth, i))
			}
			if at(middle, i) == "unknown" {
				middles++
			}
		}
	}
	if middles == 0 {
		t.Error("no condition was unknown for anybody")
	}
}

// asker returns a function that evaluates conditions on a world.
func asker(t *testing.T, w *world, codes *schemas.Codes) func(text string) bits.Truth {
	t.Helper()
	env, in := environment(codes), w.input(codes)
	return func(text string) bits.Truth {
		b := plan.New()
		ref := b.Add(compile(t, env, text))
		var out bits.Truth
		err := plan.NewEvaluator(b.Plan()).Eval(in, []plan.Ref{ref}, func(_ plan.Ref, got bits.Truth) { out = got.Clone() })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}
