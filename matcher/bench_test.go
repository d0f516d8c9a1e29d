package matcher_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zhida/matcher"
)

// BenchmarkMatch matches a library of 1,000 items, written as a city and its counties would write them, against a
// full block of one county. pairs/s counts living enterprises times items.
func BenchmarkMatch(b *testing.B) {
	s := newSite(b)
	r := rand.New(rand.NewPCG(2026, 6))
	list := make([]enterprise, 1<<16)
	for i := range list {
		list[i] = randomEnterprise(r)
	}
	in := s.block(list...)
	items := make([]matcher.Item, 1000)
	for i := range items {
		items[i].Rule = s.rule(fmt.Sprint(i), randomItem(r))
	}
	lib, err := matcher.Compile(matcher.Definitions{
		Tags:  []matcher.Rule{s.rule("高新技术企业", `有 资质(类型 = "高新技术企业" 且 有效期至 >= 今天)`)},
		Items: items, Attributes: s.env.Attributes,
	})
	if err != nil {
		b.Fatal(err)
	}
	m := matcher.New(lib)
	pairs := 0
	var stats matcher.Stats
	for b.Loop() {
		if in.Block.Tags, err = m.Tags(in); err != nil {
			b.Fatal(err)
		}
		if stats, err = m.Each(in, func(int, matcher.Verdict) {}); err != nil {
			b.Fatal(err)
		}
		pairs += stats.Pairs
	}
	b.ReportMetric(float64(pairs)/b.Elapsed().Seconds(), "pairs/s")
	b.ReportMetric(float64(stats.Tests), "tests/block")
	b.ReportMetric(float64(lib.Size().Uses), "uses")
	b.ReportMetric(float64(stats.Skipped), "skipped/block")
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// randomEnterprise is one of 涪城区, of which a fifth is known to be in the city only; half of them report to the tax
// bureau.
func randomEnterprise(r *rand.Rand) enterprise {
	e := enterprise{
		region: pick(r, "510703", "510703", "510703", "510703", "5107"), industry: pick(r, "C3911", "C39", "I6510", "F5111", "H6210", "A0111", "C", ""),
		founded: fmt.Sprintf("%d-%02d-%02d", 1995+r.IntN(31), 1+r.IntN(12), 1+r.IntN(28)),
		revenue: none, research: none, people: none, dishonest: r.IntN(50) == 0, closed: r.IntN(12) == 0,
	}
	if r.IntN(2) == 0 {
		e.revenue, e.research, e.people = r.Int64N(100_000_000), r.Int64N(3_000_000), r.Int64N(500)
	}
	if r.IntN(5) == 0 {
		e.qualifications = map[string]string{pick(r, "高新技术企业", "孵化器"): pick(r, "2027-12-31", "2025-12-31")}
	}
	return e
}

// industries is a list of one to three.
func industries(r *rand.Rand) string {
	all := []string{"A", "C13", "C14", "C26", "C27", "C34", "C35", "C36", "C37", "C38", "C39", "C391", "F51", "F52", "G54", "H61", "H62", "I63", "I64", "I65", "M73", "M75"}
	var out []string
	for _, i := range r.Perm(len(all))[:1+r.IntN(3)] {
		out = append(out, all[i])
	}
	if slices.Contains(out, "C39") && slices.Contains(out, "C391") {
		return "C39"
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// randomItem has three to seven tests as officers vary them, most with a threshold of their own; two thirds of the
// items concern other counties.
func randomItem(r *rand.Rand) string {
	parts := []string{pick(r, "注册地 属于 510700", "注册地 属于 510703", "注册地 属于 510704", "注册地 属于 510722", "注册地 属于 510104", "注册地 属于 510781")}
	stock := []func() string{
		func() string { return "行业 属于 " + industries(r) },
		func() string { return fmt.Sprintf("营业收入 >= %d万元", 100*(1+r.IntN(100))) },
		func() string { return fmt.Sprintf("研发费用 >= %d万元", 10*(1+r.IntN(60))) },
		func() string { return fmt.Sprintf("从业人数 %s %d人", pick(r, ">=", "<"), 5*(1+r.IntN(60))) },
		func() string { return fmt.Sprintf("成立年限 >= %d年", 1+r.IntN(10)) },
		func() string { return fmt.Sprintf("成立日期 <= %d-12-31", 2010+r.IntN(16)) },
		func() string { return "非 有 失信" },
		func() string { return "标签 高新技术企业" },
		func() string { return `有 资质(类型 = "孵化器" 且 有效期至 >= 今天)` },
		func() string {
			return fmt.Sprintf("(标签 高新技术企业 或 营业收入 >= %d万元)", pick(r, 3000, 8000))
		},
	}
	for _, i := range r.Perm(len(stock))[:2+r.IntN(5)] {
		parts = append(parts, stock[i]())
	}
	return strings.Join(parts, " 且 ")
}
