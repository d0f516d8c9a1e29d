package plan_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestShares checks that conditions which ask the same in other words are one node, and count their tests once.
func TestShares(t *testing.T) {
	t.Parallel()
	env := environment(schemas.NewCodes())
	for _, c := range []struct {
		name  string
		texts []string
		refs  int // distinct conditions
		tests int
	}{
		{"from either side", []string{"营业收入 >= 2000万", "2000万 <= 营业收入"}, 1, 1},
		{"in another unit", []string{"营业收入 >= 2000万", "营业收入 >= 0.2亿元"}, 1, 1},
		{"negated", []string{"营业收入 < 5元", "营业收入 >= 5元"}, 2, 1},
		{"denied twice", []string{"营业收入 < 5元", "非 (非 营业收入 < 5元)"}, 1, 1},
		{"rounded to what is stored", []string{"营业收入 >= 1.001元", "营业收入 >= 1.005元"}, 1, 1},
		{"order and nesting of 且", []string{"是否上市 且 (是否外资 且 已知(行业))", "已知(行业) 且 是否外资 且 是否上市"}, 1, 3},
		{"De Morgan", []string{"非 (是否上市 且 是否外资)", "非 是否上市 或 非 是否外资"}, 1, 2},
		{"= and 属于", []string{`规模 = "大型"`, "规模 属于 大型", "规模 != \"大型\""}, 2, 1},
		{"order of a list", []string{"行业 属于 [C39, I65]", "行业 属于 [I65, C39]"}, 1, 1},
		{"有 and 每", []string{"有 资质(有效)", "每 资质(非 有效)"}, 2, 1},
		{"rows and enterprises apart", []string{"有 资质(地区 属于 510703)", "注册地 属于 510703"}, 2, 2},
		{"unlike ranges", []string{"营业收入 >= 5元", "研发费用 >= 5元"}, 2, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := plan.New()
			seen := map[plan.Ref]bool{}
			for _, text := range c.texts {
				seen[b.Add(compile(t, env, text))] = true
			}
			if p := b.Plan(); len(seen) != c.refs || p.Tests() != c.tests {
				t.Errorf("%d conditions of %d tests, should be %d of %d", len(seen), p.Tests(), c.refs, c.tests)
			}
		})
	}
}

// TestSkips checks that tests which cannot change anything on a block are not evaluated, nor the tests below them.
func TestSkips(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	w := &world{people: make([]person, 100)}
	for i := range w.people {
		w.people[i].rows = one("registration", row("2026-06-10", "注册地", "510703"))
	}
	b := plan.New()
	x := b.Add(compile(t, environment(codes), "有 资质(有效 且 得分 > 3分) 且 (是否上市 或 是否外资) 且 注册地 属于 110000"))
	y := b.Add(compile(t, environment(codes), "是否上市"))
	ev := plan.NewEvaluator(b.Plan())
	for range 2 {
		if err := ev.Eval(w.input(codes), []plan.Ref{x, y}, func(plan.Ref, bits.Truth) {}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := ev.Stats(), (plan.Stats{Blocks: 2, Evaluated: 2 * 2, Skipped: 2 * 3}); got != want {
		t.Errorf("stats %+v, should be %+v", got, want)
	}
}

// TestEvaluatesOnce checks that a test of several conditions is evaluated once, whichever of them comes first.
func TestEvaluatesOnce(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	r := rand.New(rand.NewPCG(9, 9))
	in := populate(r, 300, newAuthor(r).pools).input(codes)
	texts := []string{"是否上市 且 是否外资", "是否上市 或 已知(行业)", "是否外资 且 已知(行业)", "是否上市"}
	for first := range texts {
		b := plan.New()
		var refs []plan.Ref
		for i := range texts {
			refs = append(refs, b.Add(compile(t, environment(codes), texts[(first+i)%len(texts)])))
		}
		ev := plan.NewEvaluator(b.Plan())
		if err := ev.Eval(in, refs, func(plan.Ref, bits.Truth) {}); err != nil {
			t.Fatal(err)
		}
		if got, want := ev.Stats(), (plan.Stats{Blocks: 1, Evaluated: 3}); got != want {
			t.Errorf("stats %+v, should be %+v", got, want)
		}
	}
}

// TestAllocates checks that once the evaluator is warm a condition on tests that others have too allocates nothing.
func TestAllocates(t *testing.T) { // not parallel: it counts the allocations of the process
	codes := schemas.NewCodes()
	r := rand.New(rand.NewPCG(5, 5))
	a := newAuthor(r)
	env := environment(codes)
	var tests []string
	for range 12 {
		tests = append(tests, "("+a.test()+")")
	}
	in := populate(r, 300, a.pools).input(codes)
	allocations := func(conditions int) float64 {
		b := plan.New()
		var refs []plan.Ref
		for i := range conditions {
			text := tests[i%12] + " 或 (" + tests[i/12%12] + " 且 " + tests[(i+i/12)%12] + ")"
			refs = append(refs, b.Add(compile(t, env, text)))
		}
		ev := plan.NewEvaluator(b.Plan())
		return testing.AllocsPerRun(5, func() {
			if err := ev.Eval(in, refs, func(plan.Ref, bits.Truth) {}); err != nil {
				t.Fatal(err)
			}
		})
	}
	// The run-time's maps take some more or less from run to run, more of them under the race detector; a condition that
	// allocated would show 108 times.
	if few, many := allocations(36), allocations(144); many >= few+108/2 {
		t.Errorf("%v allocations for 36 conditions, %v for 144", few, many)
	}
}

// TestMissing checks that a block that lacks what the plan reads is an error and not unknown.
func TestMissing(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	w := &world{people: []person{{}}}
	for _, c := range []struct {
		name, text string
		spoil      func(*plan.Input)
	}{
		{"attribute", "营业收入 > 1元 且 是否上市", func(in *plan.Input) { delete(in.Block.Attributes, "营业收入") }},
		{"tag", "标签 高新技术企业 或 是否上市", func(in *plan.Input) { delete(in.Block.Tags, "高新技术企业") }},
		{"scale", "营业收入 > 1元", func(in *plan.Input) { in.Block.Attributes["营业收入"].Type.Scale = 4 }},
		{"region of a list's scope", "有 失信", func(in *plan.Input) {
			in.RegionOf = "地点"
			in.Coverage = map[string][]plan.Coverage{"dishonest": {{Scope: "51", Full: today()}}}
		}},
		{"field", "有 失信(金额 > 1元)", func(in *plan.Input) { in.Block.Rows["dishonest"].Table.Fields[1].Scale = 4 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := w.input(codes)
			c.spoil(in)
			b := plan.New()
			ref := b.Add(compile(t, environment(codes), c.text))
			ev := plan.NewEvaluator(b.Plan())
			err := ev.Eval(in, []plan.Ref{ref}, func(plan.Ref, bits.Truth) { t.Error("yielded") })
			var missing *plan.MissingError
			if !errors.As(err, &missing) {
				t.Errorf("error %v", err)
			}
		})
	}
}
