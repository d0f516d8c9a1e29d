package simulate_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"zhida/matcher/condition"
	"zhida/matcher/reference"
	"zhida/matcher/simulate"
	"zhida/schemas"
)

// TestAgreesWithReference simulates random conditions on random people, and asks the reference evaluator every question
// again, of one enterprise after the other: the condition, its prefixes, it without each part, and it with each of its
// thresholds written as each rung says.
func TestAgreesWithReference(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	curves, places := 0, 0
	for seed := range uint64(120) {
		w := newWorld(seed, []int{150, 64, 1, 63, 200}[seed%5], codes)
		d, other := w.draft(), w.draft()
		text := d.text(d.gates, -1, "")
		if strings.HasPrefix(text, "评审") || strings.HasPrefix(text, "承诺") || !w.checks(text) || !w.checks(other.text(other.gates, -1, "")) {
			continue // 评审 may not stand everywhere
		}
		q := &simulate.Question{
			Expr: w.compile(text), Against: w.compile(other.text(other.gates, -1, "")), Region: "注册地", Industry: "行业",
			Classes: []simulate.Class{{Name: "大", Expr: w.compile("人数 >= 20人")}, {Name: "小", Expr: w.compile("人数 < 20人")}},
			Benefit: w.amount(), Attributes: w.attrs, Rules: rules(w),
		}
		sim := simulate.Compile(q)
		r := w.simulate(t, sim)
		c := &comparison{t: t, world: w, draft: d, text: text}
		c.counts(q, r)
		c.funnel(r)
		curves += c.curves(sim, r)
		places += c.places(q, r)
		c.money(q, r)
		if t.Failed() {
			t.FailNow()
		}
	}
	if curves < 800 || places < 100 {
		t.Errorf("only %d rungs and %d places were compared", curves, places)
	}
}

func (w *world) checks(text string) bool {
	_, faults := condition.Compile(schemas.Text{Text: text}, w.env)
	return len(faults) == 0
}

// rules are rules of the tags that make 持证 attainable.
func rules(w *world) map[string]condition.Expr {
	return map[string]condition.Expr{"持证": w.compile("人数 >= 1人"), "受罚": w.compile("人数 >= 1人")}
}

func (w *world) amount() condition.Value {
	text := w.pick("5000.005元", "资本 * 10%", "资本 * 10% 封顶 3元", "(人数 - 5人) * 10元 保底 1元", "分档(注册地 属于 510703: 7元; 人数 > 9人: 资本 / 3; 其他: 1元)",
		"资本 / 人数", "人数 * 1元 封顶 10元", "最大(资本, 2元) - 1元", "累进 资本 (10元: 10%; 30元: 5%; 以上: 1%)", "计分(人数 >= 9人: 2分; 标签 持证: 3分) * 1元")
	v, faults := condition.CompileValue(schemas.Text{Text: text}, w.env)
	if len(faults) > 0 {
		panic(faults)
	}
	return v
}

// simulate counts the people in blocks of several sizes with two counters.
func (w *world) simulate(t *testing.T, sim *simulate.Simulation) *simulate.Result {
	t.Helper()
	counters := []*simulate.Counter{sim.NewCounter(), sim.NewCounter()}
	for i, from := 0, 0; from < len(w.people); i++ {
		to := min(len(w.people), from+1+w.IntN(100))
		if err := counters[i%2].Block(w.input(uint16(i), from, to)); err != nil {
			t.Fatal(err)
		}
		from = to
	}
	return sim.Merge(counters...)
}

// comparison compares one result with the reference.
type comparison struct {
	t     *testing.T
	world *world
	draft *draft
	text  string
}

func (c *comparison) equal(got, want any, format string, args ...any) {
	c.t.Helper()
	if got != want {
		c.t.Errorf("%s\n%s: %v, should be %v", c.text, fmt.Sprintf(format, args...), got, want)
	}
}

// tally counts the living for whom a condition is yes, and is unknown.
func (c *comparison) tally(x condition.Expr) (sure, needs int64) {
	for i, who := range c.world.people {
		if !c.world.living[i] {
			continue
		}
		switch c.world.judge.Truth(x, who, reference.GrantAll) {
		case reference.Sure(true):
			sure++
		case reference.Unknown():
			needs++
		}
	}
	return sure, needs
}

func (c *comparison) counts(q *simulate.Question, r *simulate.Result) {
	w := c.world
	sure, needs := c.tally(q.Expr)
	c.equal(r.Sure, sure, "sure")
	c.equal(r.Needs, needs, "needs")
	can := reference.Attainable{
		Attribute: func(name string) bool { return w.attrs[name].IsAttainable() },
		Tag:       func(string) bool { return true },
	}
	var near, review, declare, living int64
	var against simulate.Against
	for i, who := range w.people {
		if !w.living[i] {
			continue
		}
		living++
		if _, is := w.judge.Near(q.Expr, who, can); is {
			near++
		}
		now, before := w.judge.Truth(q.Expr, who, reference.GrantAll), w.judge.Truth(q.Against, who, reference.GrantAll)
		yes := reference.Sure(true)
		if now == yes && w.judge.Truth(q.Expr, who, reference.GrantDeclared) != yes {
			review++
		} else if now == yes && w.judge.Truth(q.Expr, who, reference.GrantNothing) != yes {
			declare++
		}
		if before == yes {
			against.Sure++
		}
		switch {
		case now == yes && before != yes:
			against.Enter++
			if before == reference.Unknown() {
				against.NeededBefore++
			}
		case before == yes && now != yes:
			against.Leave++
			if now == reference.Unknown() {
				against.NeedsInstead++
			}
		}
	}
	c.equal(r.Near, near, "near")
	c.equal(r.Review, review, "review")
	c.equal(r.Declare, declare, "declare")
	c.equal(r.Living, living, "living")
	c.equal(r.Against, against, "against")
}

func (c *comparison) funnel(r *simulate.Result) {
	c.equal(len(r.Gates), len(c.draft.gates), "gates")
	for i := range c.draft.gates {
		sure, needs := c.tally(c.world.compile(c.draft.text(c.draft.gates[:i+1], -1, "")))
		c.equal(r.Gates[i].Sure, sure, "sure after gate %d", i)
		c.equal(r.Gates[i].Open, needs, "open after gate %d", i)
		others := slices.Delete(slices.Clone(c.draft.gates), i, i+1)
		without := r.Living
		if len(others) > 0 {
			without, _ = c.tally(c.world.compile(c.draft.text(others, -1, "")))
		}
		c.equal(r.Gates[i].Without, without, "sure without gate %d", i)
	}
}

// curves compares each rung and returns how many.
func (c *comparison) curves(sim *simulate.Simulation, r *simulate.Result) int {
	c.equal(len(sim.Thresholds), len(c.draft.values), "thresholds")
	n := 0
	for i := range sim.Thresholds {
		th := &sim.Thresholds[i]
		c.equal(r.Curves[i].Rungs[th.Present], simulate.RungCounts{Sure: r.Sure, Needs: r.Needs}, "present rung of threshold %d", i)
		for k, rung := range th.Ladder {
			value := rung.Date.String()
			switch {
			case rung.Span != nil && rung.Span.IsZero():
				continue // nobody can write it
			case rung.Span != nil:
				value = rung.Span.String()
			case rung.Number != nil:
				digits, _ := rung.Number.FloatPrec()
				value = rung.Number.FloatString(digits)
			}
			sure, needs := c.tally(c.world.compile(c.draft.text(c.draft.gates, i, value)))
			c.equal(r.Curves[i].Rungs[k], simulate.RungCounts{Sure: sure, Needs: needs}, "threshold %d at %s", i, value)
			n++
		}
	}
	return n
}

// places compares counts by code and by class, and returns how many codes there were.
func (c *comparison) places(q *simulate.Question, r *simulate.Result) int {
	w := c.world
	regions, industries := map[string]simulate.Counts{}, map[string]simulate.Counts{}
	classes := make([]simulate.Counts, 3)
	can := reference.Attainable{Attribute: func(name string) bool { return w.attrs[name].IsAttainable() }, Tag: func(string) bool { return true }}
	for i, who := range w.people {
		var one simulate.Counts
		_, near := w.judge.Near(q.Expr, who, can)
		switch truth := w.judge.Truth(q.Expr, who, reference.GrantAll); {
		case !w.living[i]:
			continue
		case truth == reference.Sure(true):
			one.Sure++
		case truth == reference.Unknown():
			one.Needs++
		case near:
			one.Near++
		default:
			continue
		}
		cells := who.Rows["登记"][0].Cells
		regions[cells["注册地"].Text] = plus(regions[cells["注册地"].Text], one)
		industries[cells["行业"].Text] = plus(industries[cells["行业"].Text], one)
		class := 2
		if people, known := cells["人数"]; known {
			class = 1
			if people.Number >= 20 {
				class = 0
			}
		}
		classes[class] = plus(classes[class], one)
	}
	c.equal(fmt.Sprint(r.Regions), fmt.Sprint(regions), "regions")
	c.equal(fmt.Sprint(r.Industries), fmt.Sprint(industries), "industries")
	c.equal(fmt.Sprint(r.Classes), fmt.Sprint(classes), "classes")
	return len(regions)
}

func plus(x, y simulate.Counts) simulate.Counts {
	return simulate.Counts{Sure: x.Sure + y.Sure, Needs: x.Needs + y.Needs, Near: x.Near + y.Near}
}

// money adds the amounts up again, as decimals of two digits.
func (c *comparison) money(q *simulate.Question, r *simulate.Result) {
	want := simulate.Money{Low: new(big.Int), High: new(big.Int)}
	cents := func(x *big.Rat, up string) *big.Int {
		if x == nil || x.Sign() < 0 {
			return new(big.Int)
		}
		n, _ := new(big.Int).SetString(strings.Replace(x.FloatString(2), ".", "", 1), 10) // half away from nothing
		back := new(big.Rat).SetFrac(n, big.NewInt(100))
		switch {
		case up == "up" && back.Cmp(x) < 0:
			n.Add(n, big.NewInt(1))
		case up == "down" && back.Cmp(x) > 0:
			n.Sub(n, big.NewInt(1))
		}
		return n
	}
	for i, who := range c.world.people {
		if !c.world.living[i] || c.world.judge.Truth(q.Expr, who, reference.GrantAll) != reference.Sure(true) {
			continue
		}
		a := c.world.judge.Amount(q.Benefit, who)
		switch {
		case a.High == nil:
			want.Open++
			want.Low.Add(want.Low, cents(a.Low, "down"))
			want.High.Add(want.High, cents(a.Low, "down"))
		case a.Low != nil && a.Low.Cmp(a.High) == 0:
			want.Exact++
			n := cents(a.Low, "")
			if n.Sign() == 0 {
				want.Nothing++
			}
			want.Low.Add(want.Low, n)
			want.High.Add(want.High, n)
		default:
			want.Between++
			want.Low.Add(want.Low, cents(a.Low, "down"))
			want.High.Add(want.High, cents(a.High, "up"))
		}
	}
	c.equal(fmt.Sprint(r.Money.Low, r.Money.High, r.Money.Exact, r.Money.Between, r.Money.Open, r.Money.Nothing),
		fmt.Sprint(want.Low, want.High, want.Exact, want.Between, want.Open, want.Nothing), "money of %s", "the benefit")
}
