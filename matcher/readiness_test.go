package matcher_test

import (
	"testing"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// value compiles a benefit.
func (s *site) value(text string) condition.Value {
	s.tb.Helper()
	v, faults := condition.CompileValue(schemas.Text{Text: text}, s.env)
	if len(faults) > 0 {
		s.tb.Fatalf("%s\n%v", text, faults)
	}
	return v
}

// verdicts matches a library and keeps copies of all verdicts by item.
func verdicts(t *testing.T, d matcher.Definitions, in *plan.Input) map[string]matcher.Verdict {
	t.Helper()
	lib, err := matcher.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]matcher.Verdict{}
	m := matcher.New(lib)
	_, err = m.Each(in, func(i int, v matcher.Verdict) {
		for _, s := range []*bits.Set{&v.Sure, &v.Needs, &v.Near, &v.Review, &v.Declare, &v.Ready, &v.Light} {
			if *s != nil {
				*s = s.Clone()
			}
		}
		out[lib.Items[i].ID] = v
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range lib.Items {
		hindered(t, m, in, i, out[lib.Items[i].ID])
	}
	return out
}

// hindered checks that the obstacles of an item's matches say who is ready, and who with a light application.
func hindered(t *testing.T, m *matcher.Matcher, in *plan.Input, item int, v matcher.Verdict) {
	t.Helper()
	found, err := m.Obstacles(in, item, v)
	if err != nil {
		t.Fatal(err)
	}
	ready, light := bits.New(in.Block.N), bits.New(in.Block.N)
	if v.Sure != nil {
		ready.Copy(v.Sure)
	}
	if v.Declare != nil {
		light.Copy(v.Declare)
	}
	for _, h := range found {
		ready.AndNot(h.Doors)
		if h.Obstacle != matcher.NeedsDeclaration {
			light.AndNot(h.Doors)
		}
	}
	for _, s := range []*bits.Set{&ready, &light} {
		if s.IsEmpty() {
			*s = nil
		}
	}
	expect(t, "ready for lack of obstacles", ready, v.Ready)
	expect(t, "ready for lack of other obstacles", light, v.Light)
}

func expect(t *testing.T, what string, got, want bits.Set) {
	t.Helper()
	if !same(got, want) {
		t.Errorf("%s: %v, should be %v", what, got, want)
	}
}

// TestGrants tells those who are sure for good from those subject to 评审 and those subject to 承诺 only.
func TestGrants(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.env.Item = true
	in := s.block(
		enterprise{revenue: 100, people: 10, research: none},
		enterprise{revenue: 100, people: 1, research: none},
		enterprise{revenue: 1, people: 10, research: none},
		enterprise{revenue: none, people: 10, research: none},
	)
	got := verdicts(t, matcher.Definitions{Attributes: s.env.Attributes, Items: []matcher.Item{
		{Rule: s.rule("plain", "营业收入 >= 50元")},
		{Rule: s.rule("judged", `营业收入 >= 50元 且 评审 "产品先进"`)},
		{Rule: s.rule("declared", `营业收入 >= 50元 且 承诺 "无违法"`)},
		{Rule: s.rule("both", `营业收入 >= 50元 且 (从业人数 >= 5人 或 评审 "产品先进") 且 承诺 "无违法"`)},
	}}, in)
	for id, want := range map[string]matcher.Verdict{
		"plain":    {Sure: bits.Of(4, 0, 1), Needs: bits.Of(4, 3), Near: bits.Of(4, 2)},
		"judged":   {Sure: bits.Of(4, 0, 1), Needs: bits.Of(4, 3), Near: bits.Of(4, 2), Review: bits.Of(4, 0, 1)},
		"declared": {Sure: bits.Of(4, 0, 1), Needs: bits.Of(4, 3), Near: bits.Of(4, 2), Declare: bits.Of(4, 0, 1)},
		"both":     {Sure: bits.Of(4, 0, 1), Needs: bits.Of(4, 3), Near: bits.Of(4, 2), Review: bits.Of(4, 1), Declare: bits.Of(4, 0)},
	} {
		expect(t, id+" sure", got[id].Sure, want.Sure)
		expect(t, id+" needs", got[id].Needs, want.Needs)
		expect(t, id+" near", got[id].Near, want.Near)
		expect(t, id+" review", got[id].Review, want.Review)
		expect(t, id+" declare", got[id].Declare, want.Declare)
		expect(t, id+" ready", got[id].Ready, nil) // there are no payment records
		expect(t, id+" light", got[id].Light, nil)
	}
}

// TestReadiness goes through everything that keeps a sure pair from being ready.
func TestReadiness(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.env.Item = true
	in := s.block(
		enterprise{revenue: 1000, research: 100, people: 10},
		enterprise{revenue: 1000, research: none, people: 10},
		enterprise{revenue: 1000, research: 100, people: none},
		enterprise{revenue: 1000, research: 100, people: 10, dishonest: true},
	)
	// 失信 stands for the payment records here: complete, in date, one row.
	paid := s.rule("", "有 失信").Expr
	never := s.rule("", "是 = 否").Expr
	item := func(id, text string, benefit string) matcher.Item {
		it := matcher.Item{Rule: s.rule(id, text), Paid: never, NeedsSum: true}
		if benefit != "" {
			it.Benefit = s.value(benefit)
		}
		return it
	}
	all := bits.Of(4, 0, 1, 2, 3)
	items := []matcher.Item{
		item("fixed", "营业收入 >= 50元", "10万元"),
		item("no amount", "营业收入 >= 50元", ""),
		item("interval", "营业收入 >= 50元", "研发费用 * 10%"),
		item("judged", `营业收入 >= 50元 且 评审 "产品先进"`, "10万元"),
		item("declared", `营业收入 >= 50元 且 承诺 "无违法"`, "10万元"),
		item("open list", `营业收入 >= 50元 或 有 资质(类型 = "孵化器")`, "10万元"),
		item("complete list", `营业收入 >= 50元 且 非 有 失信`, "10万元"),
		item("paid", "营业收入 >= 50元", "10万元"),
		item("right", "营业收入 >= 50元", ""),
		item("nobody can tell", "营业收入 >= 50元", "10万元"),
	}
	items[7].Paid, items[8].NeedsSum, items[9].Paid = paid, false, nil
	got := verdicts(t, matcher.Definitions{Attributes: s.env.Attributes, Items: items}, in)
	for id, want := range map[string]matcher.Verdict{
		"fixed": {Ready: all}, "no amount": {}, "interval": {Ready: bits.Of(4, 0, 2, 3)}, "judged": {},
		"declared": {Light: all}, "open list": {}, "complete list": {Ready: bits.Of(4, 0, 1, 2)},
		"paid": {Ready: bits.Of(4, 0, 1, 2)}, "right": {Ready: all}, "nobody can tell": {},
	} {
		expect(t, id+" ready", got[id].Ready, want.Ready)
		expect(t, id+" light", got[id].Light, want.Light)
	}
}

// TestExclusive keeps one item of a group: the better one where that is certain, or the first.
func TestExclusive(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	in := s.block(
		enterprise{revenue: 1000, research: 100, people: 10},
		enterprise{revenue: 1000, research: none, people: 10},
		enterprise{revenue: 1000, research: 1, people: 10},
		enterprise{revenue: none, research: 100, people: 10},
	)
	never := s.rule("", "是 = 否").Expr
	items := func(keep schemas.Keeping) []matcher.Item {
		x := &schemas.Exclusive{Group: "g", Within: schemas.PeriodYear, Keep: keep}
		return []matcher.Item{
			{Rule: s.rule("ten", "从业人数 >= 5人"), Benefit: s.value("10元"), Paid: never, Exclusive: x},
			{Rule: s.rule("tenth", "营业收入 >= 5元"), Benefit: s.value("研发费用 * 20%"), Paid: never, Exclusive: x},
			{Rule: s.rule("alone", "从业人数 >= 5人"), Benefit: s.value("1元"), Paid: never, Exclusive: &schemas.Exclusive{Group: "h", Keep: keep}},
		}
	}
	for keep, want := range map[schemas.Keeping][2]bits.Set{
		// 0: 20 beats 10. 1: unknown beats nothing for sure. 2: 10 beats 0.2. 3: whether the second may be had is open, and it is better.
		schemas.KeepBetter: {bits.Of(4, 2), bits.Of(4, 0)},
		schemas.KeepFirst:  {bits.Of(4, 0, 1, 2, 3), nil},
	} {
		got := verdicts(t, matcher.Definitions{Attributes: s.env.Attributes, Items: items(keep)}, in)
		expect(t, string(keep)+" ten", got["ten"].Ready, want[0])
		expect(t, string(keep)+" tenth", got["tenth"].Ready, want[1])
		expect(t, string(keep)+" alone", got["alone"].Ready, bits.Of(4, 0, 1, 2, 3))
	}
}

// TestAttainable checks what can make a near miss: not a region nor a tag that rests on one, unless the item says so.
func TestAttainable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, name := range []string{"本地", "本地电子", "有孵化器"} {
		s.env.Tags[name] = true
	}
	tags := []matcher.Rule{
		s.rule("本地", "注册地 属于 510703"), s.rule("本地电子", "标签 本地 且 行业 属于 C39"), s.rule("有孵化器", `有 资质(类型 = "孵化器")`),
	}
	in := s.block(enterprise{revenue: 10, region: "510104", industry: "A01", people: none, research: none})
	in.Datasets["qualification"].List = schemas.ListComplete
	in.Coverage["qualification"] = []plan.Coverage{{Full: in.Today}}
	items := []matcher.Item{
		{Rule: s.rule("region", "注册地 属于 510703 且 营业收入 >= 5元")},
		{Rule: s.rule("region said attainable", "注册地 属于 510703 且 营业收入 >= 5元"), Attainable: map[string]bool{"注册地": true}},
		{Rule: s.rule("tag on regions", "标签 本地电子 且 营业收入 >= 5元")},
		{Rule: s.rule("tag on rows", "标签 有孵化器 且 营业收入 >= 5元")},
		{Rule: s.rule("number", "营业收入 >= 50元")},
		{Rule: s.rule("number said not attainable", "营业收入 >= 50元"), Attainable: map[string]bool{"营业收入": false}},
		{Rule: s.rule("two", "营业收入 >= 50元 且 标签 有孵化器")},
		{Rule: s.rule("either", "营业收入 >= 50元 或 标签 有孵化器")},
	}
	d := matcher.Definitions{Tags: tags, Items: items, Attributes: s.env.Attributes}
	lib, err := matcher.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	if in.Block.Tags, err = matcher.New(lib).Tags(in); err != nil {
		t.Fatal(err)
	}
	near := bits.Of(1, 0)
	got := verdicts(t, d, in)
	for id, want := range map[string]bits.Set{
		"region": nil, "region said attainable": near, "tag on regions": nil, "tag on rows": near, "number": near,
		"number said not attainable": nil, "two": nil, "either": near,
	} {
		expect(t, id, got[id].Near, want)
	}
}
