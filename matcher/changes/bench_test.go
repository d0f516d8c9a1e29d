package changes_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/changes"
	"zhida/schemas"
)

// BenchmarkExplain explains the changes of as many enterprises as its name says in six items. It takes about 0.1 ms for one,
// 6 ms for a thousand and 150 ms for twenty thousand: what changes cost depends on how many there are.
func BenchmarkExplain(b *testing.B) {
	codes := schemas.NewCodes()
	for _, n := range []int{1, 1000, 20000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := maker{rand.New(rand.NewPCG(1, 1))}
			before := m.definitions()
			last := m.first(n, schemas.NewDate(2026, 6, 15))
			tonight := m.tonight(last)
			tonight.date = last.date + 1
			site, mixed := before.compile(b, codes), m.revised(before).compile(b, codes)
			was, is := last.judged(site), tonight.judged(mixed)
			between := &changes.Between{Rules: mixed.rules}
			explainer := changes.NewExplainer()
			for b.Loop() {
				var pairs []changes.Pairs
				for _, item := range itemNames() {
					p := changes.Pairs{Item: item, Entered: bits.New(n), Left: bits.New(n)}
					p.Entered.Fill(n)
					pairs = append(pairs, p)
				}
				if err := explainer.Explain(n, was, is, between, pairs, func(changes.Reason) {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
