package matcher_test

import (
	"testing"

	"zhida/matcher"
	"zhida/matcher/bits"
)

// TestMatch checks verdicts of a small library on a small block: tags feed tags and items, and a closed enterprise
// has no verdict.
func TestMatch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tags := []matcher.Rule{
		s.rule("大企业", "标签 高收入 且 从业人数 >= 300人"),
		s.rule("高收入", "营业收入 >= 4亿元"),
	}
	items := []matcher.Item{
		{Rule: s.rule("a", "标签 大企业")},
		{Rule: s.rule("b", "非 标签 高收入 且 注册地 属于 510703")},
		{Rule: s.rule("c", "注册地 属于 110000")},
		{Rule: s.rule("d", "已知(营业收入)")},
	}
	lib, err := matcher.Compile(matcher.Definitions{Tags: tags, Items: items, Attributes: s.env.Attributes})
	if err != nil {
		t.Fatal(err)
	}
	in := s.block(
		enterprise{revenue: 50000_0000, people: 400, region: "510703"},
		enterprise{revenue: 50000_0000, people: none, region: "510703"},
		enterprise{revenue: 1, people: none, region: "510703"},
		enterprise{revenue: none, people: 5, region: "5107"},
		enterprise{revenue: 50000_0000, people: 400, region: "510703", closed: true},
	)
	m := matcher.New(lib)
	truths, err := m.Tags(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Block.Tags) != 0 {
		t.Error("the block was changed")
	}
	in.Block.Tags = truths
	for name, want := range map[string]bits.Truth{
		"高收入": {Yes: bits.Of(5, 0, 1, 4), No: bits.Of(5, 2)},
		"大企业": {Yes: bits.Of(5, 0, 4), No: bits.Of(5, 2, 3)},
	} {
		if got := truths[name]; !got.Equal(want) {
			t.Errorf("标签 %s: %v, should be %v", name, got, want)
		}
	}
	want := []matcher.Verdict{
		{Sure: bits.Of(5, 0), Needs: bits.Of(5, 1)},
		{Sure: bits.Of(5, 2), Needs: bits.Of(5, 3)},
		{},
		{Sure: bits.Of(5, 0, 1, 2)},
	}
	next := 0
	stats, err := m.Each(in, func(i int, got matcher.Verdict) {
		if i != next {
			t.Fatalf("item %d comes after item %d", i, next-1)
		}
		next++
		if !same(got.Sure, want[i].Sure) || !same(got.Needs, want[i].Needs) {
			t.Errorf("item %s: %+v, should be %+v", lib.Items[i].ID, got, want[i])
		}
	})
	if err != nil || next != len(want) {
		t.Fatalf("%d verdicts, %v", next, err)
	}
	if got, want := stats, (matcher.Stats{Blocks: 1, Pairs: 4 * 4, Tests: 4, Skipped: 1, Shut: 1}); got != want {
		t.Errorf("stats %+v, should be %+v", got, want)
	}
}

// same tells nil from an empty set: a verdict has none.
func same(a, b bits.Set) bool { return (a == nil) == (b == nil) && (a == nil || a.Equal(b)) }

// TestMatchNeedsTags checks that a block without its tags is refused.
func TestMatchNeedsTags(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	lib, err := matcher.Compile(matcher.Definitions{Items: []matcher.Item{{Rule: s.rule("a", "标签 大企业")}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := matcher.New(lib).Each(s.block(enterprise{}), func(int, matcher.Verdict) {}); err == nil {
		t.Error("matched without tags")
	}
}
