package plan_test

import (
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/reference"
	"zhida/schemas"
)

// TestAgreesWithReference evaluates random conditions and amounts on random blocks and compares, for each pair of
// enterprise and condition, the verdict under each grant and whether it is a near miss with what the reference evaluator
// says, and each amount. ZHIDA_PAIRS sets the number of pairs, ZHIDA_SEED the worlds; make fuzz asks for a million.
func TestAgreesWithReference(t *testing.T) {
	t.Parallel()
	pairs, seed := setting(t, "ZHIDA_PAIRS", 100_000), setting(t, "ZHIDA_SEED", 20260615)
	codes := schemas.NewCodes()
	sizes := []int{65, 1, 130, 63, 64, 300}
	c := newComparison(t, codes)
	for i := 0; c.pairs < pairs && len(c.seen) < manyWrong; i++ {
		r := rand.New(rand.NewPCG(uint64(i), uint64(seed)))
		a := newAuthor(r)
		var conditions, values []string
		for range 40 {
			conditions = append(conditions, writeUntil(func(text string) bool { return acceptable(condition.Compile(schemas.Text{Text: text}, c.env)) },
				func() string { return a.item(2 + r.IntN(2)) }))
		}
		for range 10 {
			values = append(values, writeUntil(func(text string) bool { return acceptable(condition.CompileValue(schemas.Text{Text: text}, c.env)) },
				func() string { return pick(r, a.number("元", 3), a.number("个", 2), a.number("", 2), a.day(2)) }))
		}
		c.compare(conditions, values, populate(r, sizes[i%len(sizes)], a.pools))
	}
	c.report()
}

// setting is a number from the environment.
func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// manyWrong is how many disagreements are shown.
const manyWrong = 3

// comparison compares the engine with the reference evaluator and counts what it saw.
type comparison struct {
	t         *testing.T
	codes     *schemas.Codes
	finest    map[string][]string
	env       *condition.Env
	can       reference.Attainable
	pairs     int             // of enterprise and condition
	amounts   int             // of enterprise and value
	verdicts  map[string]int  // pairs by verdict, 评审 and 承诺 taken as yes
	near      int             // pairs that are near misses
	points    int             // amounts that are points
	operators map[string]int  // pairs by operator of the condition
	seen      map[string]bool // what was shown
	wrong     int
}

func newComparison(t *testing.T, codes *schemas.Codes) *comparison {
	env := environment(codes)
	return &comparison{
		t: t, codes: codes, finest: finestCodes(codes), env: env, verdicts: map[string]int{}, operators: map[string]int{}, seen: map[string]bool{},
		can: reference.Attainable{
			Attribute: func(name string) bool { return env.Attributes[name].IsAttainable() },
			Tag:       func(name string) bool { return name != "专精特新中小企业" },
		},
	}
}

func (c *comparison) differ(format string, args ...any) {
	c.wrong++
	c.t.Errorf(format, args...)
}

// compare compares all pairs of a world.
func (c *comparison) compare(conditions, values []string, w *world) {
	c.t.Helper()
	b := plan.New()
	var wanted []plan.Ref
	var exprs []condition.Expr
	var stated []bool
	for _, text := range conditions {
		x := compile(c.t, c.env, text)
		exprs, stated = append(exprs, x), append(stated, strings.Contains(text, "评审") || strings.Contains(text, "承诺"))
		for _, g := range []plan.Grant{plan.GrantNothing, plan.GrantDeclarations, plan.GrantEverything} {
			wanted = append(wanted, b.AddGranting(x, g))
		}
		wanted = append(wanted, b.AddNear(x, c.can.Attribute, c.can.Tag))
		b.AddItem(x, c.can.Attribute, c.can.Tag)
		for name := range operators(c.t, text) {
			c.operators[name] += len(w.people)
		}
	}
	var amounts []condition.Value
	var refs []plan.ValueRef
	for _, text := range values {
		v, faults := condition.CompileValue(schemas.Text{Text: text}, c.env)
		if len(faults) > 0 {
			c.t.Fatalf("%s\n%v", text, faults)
		}
		amounts, refs = append(amounts, v), append(refs, b.AddValue(v))
		wanted = append(wanted, refs[len(refs)-1].Point())
	}
	in, ev := w.input(c.codes), plan.NewEvaluator(b.Plan())
	e, who := w.reference(c.finest)
	next, truths := 0, make([]string, len(who)) // of the condition at hand; without statements all grants are one
	items := make([][]string, len(exprs))
	err := ev.Eval(in, wanted, func(_ plan.Ref, got bits.Truth) {
		k, part := next/4, next%4
		next++
		for i := range w.people {
			said, want := at(got, i), ""
			var about string
			switch {
			case k >= len(exprs):
				k := next - 1 - 4*len(exprs)
				about, want = "已知 "+values[k], reference.Sure(isPoint(e.Amount(amounts[k], &who[i]))).String()
			case part == 3:
				_, near := e.Near(exprs[k], &who[i], c.can)
				about, want = "near miss of "+conditions[k], reference.Sure(near).String()
				if near {
					c.near++
				}
				items[k] = append(items[k], itemText(truths[i], near))
			default:
				if part == 0 || stated[k] {
					truths[i] = e.Truth(exprs[k], &who[i], reference.Grant(part)).String()
				}
				about, want = conditions[k], truths[i]
				if part == 2 {
					c.pairs++
					c.verdicts[want]++
				}
			}
			switch {
			case said == want:
			case c.seen[about]:
				c.wrong++
			case k >= len(exprs):
				c.seen[about] = true
				c.differ("%s\nis %s, should be %s, for %s", about, said, want, w.people[i])
			case len(c.seen) < manyWrong:
				d := &disagreement{c: c, coverage: w.coverage, expr: exprs[k], who: w.people[i], grant: plan.Grant(part % 3), near: part == 3}
				said, want := d.shrink()
				c.seen[about] = true
				c.differ("%s\nof %s\nis %s, should be %s (granted %d, near %v), for %s", condition.Key(d.expr), about, said, want, d.grant, d.near, d.who)
			default:
				c.wrong++
			}
		}
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.compareItems(in, ev, items, conditions, w)
	c.compareAmounts(in, ev, refs, amounts, values, w, e, who)
}

func (c *comparison) compareAmounts(in *plan.Input, ev *plan.Evaluator, refs []plan.ValueRef, amounts []condition.Value, values []string,
	w *world, e *reference.World, who []reference.Enterprise,
) {
	doors := bits.New(len(w.people))
	doors.Fill(len(w.people))
	for k, v := range amounts {
		err := ev.Amounts(in, refs[k], doors, func(door int, got plan.Amount) {
			want := e.Amount(v, &who[door])
			c.amounts++
			if isPoint(want) {
				c.points++
			}
			same := got.Absent == want.Never && got.Perhaps == (want.Absent && !want.Never) &&
				(want.Never || sameEnd(got.Low, want.Low) && sameEnd(got.High, want.High))
			if !same && c.seen[values[k]] {
				c.wrong++
			} else if !same {
				c.seen[values[k]] = true
				c.differ("%s\nis %s, should be %s, for %s", values[k],
					amountText(got.Low, got.High, got.Absent, got.Perhaps),
					amountText(want.Low, want.High, want.Never, want.Absent), w.people[door])
			}
		})
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func isPoint(a reference.Amount) bool { return !a.Absent && a.Low != nil && sameEnd(a.Low, a.High) }

func sameEnd(a, b *big.Rat) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0
}

func amountText(low, high *big.Rat, absent, perhaps bool) string {
	text := func(x *big.Rat) string {
		if x == nil {
			return ""
		}
		return x.RatString()
	}
	return fmt.Sprintf("[%s, %s] absent %v perhaps %v", text(low), text(high), absent, perhaps)
}

// String shows an enterprise so that a disagreement can be followed by hand.
func (p person) String() string {
	out := "\n"
	for _, dataset := range slices.Sorted(maps.Keys(p.rows)) {
		for _, f := range p.rows[dataset] {
			out += fmt.Sprintf("  %s of %s:", dataset, f.confirmed)
			for _, name := range slices.Sorted(maps.Keys(f.cells)) {
				cell, field := f.cells[name], sets()[dataset].Field(name)
				switch field.Kind() {
				case schemas.KindDate:
					out += fmt.Sprintf(" %s %s", name, schemas.Date(cell.number))
				case schemas.KindNumber, schemas.KindTruth:
					out += fmt.Sprintf(" %s %d%s", name, cell.number, cell.currency)
				default:
					out += fmt.Sprintf(" %s %s", name, cell.text)
				}
			}
			out += "\n"
		}
	}
	return out + fmt.Sprintf("  %q", p.tags)
}

// report checks that what was compared means something.
func (c *comparison) report() {
	if c.wrong > 0 {
		c.t.Errorf("%d disagreements in all", c.wrong)
	}
	c.t.Logf("%d pairs: %v, %d near misses; %d amounts, %d of them points", c.pairs, c.verdicts, c.near, c.amounts, c.points)
	for _, verdict := range []string{"yes", "no", "unknown"} {
		if c.verdicts[verdict]*10 < c.pairs {
			c.t.Errorf("%d of %d pairs are %s: too few to mean anything", c.verdicts[verdict], c.pairs, verdict)
		}
	}
	if c.near*50 < c.pairs || c.points*10 < c.amounts {
		c.t.Errorf("%d near misses among %d pairs, %d points among %d amounts: too few to mean anything", c.near, c.pairs, c.points, c.amounts)
	}
	for _, name := range everyOperator() {
		share := float64(c.operators[name]) / float64(c.pairs)
		c.t.Logf("%5.1f%% %s", 100*share, name)
		if share < 0.01 {
			c.t.Errorf("%s occurs in %.2f%% of the pairs, should be in 1%%", name, 100*share)
		}
	}
	for name := range c.operators {
		if !slices.Contains(everyOperator(), name) {
			c.t.Errorf("%s is no operator anybody knows of", name)
		}
	}
}

// writeUntil writes until the text is good.
func writeUntil(good func(text string) bool, write func() string) string {
	for {
		if text := write(); good(text) {
			return text
		}
	}
}

// acceptable reports whether a text has no fault by chance: a case that is never reached, as the ones before leave nothing
// for it. With any other fault the author is wrong.
func acceptable(_ any, faults schemas.Faults) bool {
	return !slices.ContainsFunc(faults, func(f schemas.Fault) bool { return strings.Contains(f.Message, "轮不到") })
}

func compile(t *testing.T, env *condition.Env, text string) condition.Expr {
	t.Helper()
	x, faults := condition.Compile(schemas.Text{Text: text}, env)
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", text, faults)
	}
	return x
}

func at(t bits.Truth, i int) string {
	switch {
	case t.Yes.Has(i) && t.No.Has(i):
		return "both"
	case t.Yes.Has(i):
		return "yes"
	case t.No.Has(i):
		return "no"
	}
	return "unknown"
}
