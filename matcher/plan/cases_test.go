package plan

import (
	"math"
	"math/rand/v2"
	"testing"

	"zhida/matcher/condition"
)

// sum makes random arithmetic over columns a to d and numbers: expressions that have cases if they name three or fewer.
func (a author) sum(depth int) condition.Value {
	if depth == 0 {
		return []condition.Value{
			cents("a", 2, 0), cents("a", 2), cents("b", 2, 0), cents("b", 2, -300), cents("c", 2, 0, 700), cents("d", 2, 100),
			number([]string{"0", "1", "-2", "0.03", "1/3", "1e300"}[a.r.IntN(6)]),
		}[a.r.IntN(7)]
	}
	if a.r.IntN(6) == 0 {
		return condition.Extreme{Most: a.r.IntN(2) == 0, Parts: []condition.Value{a.sum(depth - 1), a.sum(0)}}
	}
	return calc(a.sum(depth-1), condition.Operator(1+a.r.IntN(4)), a.sum(a.r.IntN(depth)))
}

// TestCases compares sums of columns that are mostly unknown or 0 with rational numbers, at limits that cases come to.
func TestCases(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 25))
	pool := []int64{unset, unset, 0, 0, 0, 1, 7, 100, 300, 1e12, math.MaxInt64, -1, -300}
	settled, all := 0, 0
	for round := range 150 {
		n := []int{1, 63, 64, 65, 140, 20, 30, 40, 50, 70, 80, 90, 110, 120, 520}[round%15]
		columns := map[string][]int64{}
		for _, name := range []string{"a", "b", "c", "d"} {
			values := make([]int64, n)
			for i := range values {
				values[i] = pool[r.IntN(len(pool))]
			}
			columns[name] = values
		}
		in := blockOf(n, 2, columns)
		x := author{r}.sum(1 + r.IntN(3))
		b := New()
		var refs []Ref
		for _, limit := range []string{"0", "-1", "1", "-2", "0.03", "7", "1/3", "-3", "1000000"} {
			op := []condition.Op{condition.Equal, condition.Greater, condition.GreaterOrEqual, condition.Less, condition.LessOrEqual}[r.IntN(5)]
			refs = append(refs, b.Add(compare(x, op, number(limit))))
		}
		p := b.Plan()
		fast, slow := NewEvaluator(p), NewEvaluator(p)
		slow.rational = true
		got, want := answers(t, fast, in, refs), answers(t, slow, in, refs)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("round %d: %+v, limit %d:\n%s, should be\n%s", round, x, i, got[i], want[i])
			}
		}
		for i := range p.nodes {
			if p.nodes[i].kind == kindValue {
				settled += casesOf(t, p, i, in)
				all += n
			}
		}
	}
	if settled < all/4 {
		t.Errorf("%d of %d are of a case", settled, all)
	}
}

// casesOf is how many things of a value are of a case. Each is of one only.
func casesOf(t *testing.T, p *Plan, value int, in *Input) int {
	t.Helper()
	ev := NewEvaluator(p)
	ev.begin(in, []Ref{refOf(value)})
	defer ev.end()
	if err := ev.computeValue(value); err != nil {
		t.Fatal(err)
	}
	c, sum := ev.values[value], 0
	for _, k := range c.cases {
		sum += k.things.Count()
	}
	if sum != c.settled.Count() {
		t.Errorf("%d things are of cases, which have %d", c.settled.Count(), sum)
	}
	return sum
}
