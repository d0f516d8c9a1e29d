package main

import (
	"fmt"
	"slices"
	"testing"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/missing"
	"zhida/matcher/plan"
)

// TestBulkAgreesOnTheCity: on a night of the city's sample, what departments are told about missing facts, near misses and
// readiness, found for a block at once, is what is found for a pair: for the last one of each item in each block.
func TestBulkAgreesOnTheCity(t *testing.T) {
	t.Parallel()
	s := newCity(t, newKey(t), "../../testdata/mianyang")
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	b := &bulk{t: t}
	s.verdicts("2026-06-15", func(site *site, in *plan.Input, i int, v matcher.Verdict) {
		if b.finder == nil {
			b.begin(site)
		}
		b.needs(in, i, v)
		b.near(in, i, v)
		b.ready(in, i, v)
	})
	if b.facts < 1000 || b.tests < 300 || b.matches < 5000 {
		t.Errorf("only %d facts, %d tests of near misses and %d matches were compared", b.facts, b.tests, b.matches)
	}
}

// bulk compares what is found for a block with what is found for a pair.
type bulk struct {
	t       *testing.T
	site    *site
	finder  *missing.Finder
	matcher *matcher.Matcher

	facts, tests, matches int
}

func (b *bulk) begin(site *site) {
	var exprs []condition.Expr
	for i := range site.Library.Items {
		exprs = append(exprs, site.Library.Items[i].Expr)
	}
	b.site, b.finder, b.matcher = site, missing.New(exprs, site.Workspace.TagRules), matcher.New(site.Library)
}

func last(set bits.Set) (door int, ok bool) {
	for member := range set.All() {
		door, ok = member, true
	}
	return door, ok
}

func (b *bulk) needs(in *plan.Input, i int, v matcher.Verdict) {
	door, ok := last(v.Needs)
	if !ok {
		return
	}
	found, err := b.finder.Item(in, i, v.Needs)
	if err != nil {
		b.t.Fatal(err)
	}
	var got, want []string
	for _, f := range found {
		if f.Doors.Has(door) {
			got = append(got, fmt.Sprint(f.Name, f.Year, f.List, f.Alone != nil && f.Alone.Has(door)))
		}
	}
	for _, f := range answer(b.t, b.site, in, i, door).Missing {
		want = append(want, fmt.Sprint(f.Name, f.Year, f.Kind == explain.FactList || f.Kind == explain.FactRow, f.Only))
	}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		b.t.Errorf("%s, door %d lacks %v, explained %v", b.site.Library.Items[i].ID, door, got, want)
	}
	b.facts += len(got)
}

func (b *bulk) near(in *plan.Input, i int, v matcher.Verdict) {
	at, ok := last(v.Near)
	if !ok {
		return
	}
	item, named := &b.site.Library.Items[i], 0
	var got, want []string
	near := explain.NewNearMisses(&explain.Question{In: in, Expr: item.Expr, Rules: b.site.Workspace.TagRules, Attainable: item.Attainable})
	err := near.Each(in, 0, v.Near, func(door int, leaves []explain.Leaf) {
		named++
		for _, l := range leaves {
			if door == at {
				got = append(got, l.Line())
			}
		}
	})
	if err != nil || named != v.Near.Count() {
		b.t.Fatalf("%s: %d of %d near misses are named (%v)", item.ID, named, v.Near.Count(), err)
	}
	for _, l := range answer(b.t, b.site, in, i, at).Near {
		want = append(want, l.Line())
	}
	if !slices.Equal(got, want) {
		b.t.Errorf("%s, door %d is near by %v, explained %v", item.ID, at, got, want)
	}
	b.tests += len(got)
}

func (b *bulk) ready(in *plan.Input, i int, v matcher.Verdict) {
	found, err := b.matcher.Obstacles(in, i, v)
	if err != nil {
		b.t.Fatal(err)
	}
	left, ready := bits.New(in.Block.N), bits.New(in.Block.N)
	if v.Sure != nil {
		left.Copy(v.Sure)
	}
	if v.Ready != nil {
		ready.Copy(v.Ready)
	}
	for _, h := range found {
		left.AndNot(h.Doors)
	}
	if !left.Equal(ready) {
		b.t.Errorf("%s: %d matches have no obstacle, %d are ready", b.site.Library.Items[i].ID, left.Count(), ready.Count())
	}
	b.matches += v.Sure.Count()
}
