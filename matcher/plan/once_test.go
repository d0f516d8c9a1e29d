package plan_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestEveryCompletion takes conditions that name each fact once, with few facts unknown, and tries every value these can
// have out of a small domain that holds the ends of their ranges and what lies at and beside the thresholds; open lists
// have up to two further rows. A verdict that is sure or no holds in every one of these worlds. And where it is
// unknown, some of them are yes and some no: nothing is asked for that does not matter.
//
// That second half does not hold, and is not asked, where what can be is stated more widely than it is: = and != of sums
// and scores, which lie between their ends with gaps; = with a threshold between two numbers that can be stored; 平均 in
// an open list and quotients by what has no greatest value, whose ends are approached and not reached; 分档 inside a
// calculation, which is taken as anything between its branches; a condition on rows that the range of a field alone
// decides; and 已知, which asks about what is known itself.
func TestEveryCompletion(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	env := environment(codes)
	counts := map[string]int{}
	worlds := 0
	for round := range setting(t, "ZHIDA_ROUNDS", 1000) {
		o := &once{r: rand.New(rand.NewPCG(uint64(round), 5)), open: map[string]bool{}, used: map[string]bool{}}
		text := o.condition()
		people := o.worlds()
		if len(people) > 4096 {
			continue
		}
		x := compile(t, env, text)
		b := plan.New()
		ref := b.Add(x)
		ev := plan.NewEvaluator(b.Plan())
		said, can := "", map[string]int{}
		ask := func(people []person, open map[string]bool, each func(verdict string)) {
			w := &world{people: people, coverage: map[string][]plan.Coverage{}}
			in := w.input(codes)
			for name, d := range in.Datasets {
				listed := *d
				listed.List = schemas.ListComplete
				if open[name] {
					listed.List = schemas.ListOpen
				}
				in.Datasets[name], in.Coverage[name] = &listed, []plan.Coverage{{Full: today()}}
			}
			err := ev.Eval(in, []plan.Ref{ref}, func(_ plan.Ref, got bits.Truth) {
				for i := range people {
					each(at(got, i))
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		ask([]person{o.base}, o.open, func(v string) { said = v })
		ask(people, nil, func(v string) { can[v]++ })
		counts[said]++
		worlds += len(people)
		if can["unknown"]+can["both"] > 0 || said != "unknown" && can[said] != len(people) || said == "unknown" && len(can) != 2 {
			t.Errorf("round %d: %s\nis %s, and may turn out %v, for %s", round, text, said, can, o.base)
		}
	}
	t.Logf("%v, %d worlds", counts, worlds)
	for _, verdict := range []string{"yes", "no", "unknown"} {
		if counts[verdict] < 20 {
			t.Errorf("%d conditions are %s: too few to mean anything", counts[verdict], verdict)
		}
	}
}

// once writes a condition that names each fact once, and knows what the facts can be.
type once struct {
	r     *rand.Rand
	base  person          // what is known
	open  map[string]bool // lists that may have further rows
	slots []slot
	used  map[string]bool
}

// slot is an unknown fact: each of its choices completes the enterprise in one way.
type slot []func(p *person)

// worlds are all completions.
func (o *once) worlds() []person {
	out := []person{o.base}
	for _, s := range o.slots {
		var next []person
		for _, p := range out {
			for _, choose := range s {
				q := p
				q.rows, q.tags = map[string][]fact{}, maps.Clone(p.tags)
				for name, rows := range p.rows {
					q.rows[name] = slices.Clone(rows)
				}
				choose(&q)
				next = append(next, q)
			}
		}
		if out = next; len(out) > 4096 {
			return out
		}
	}
	return out
}

func (o *once) condition() string {
	o.base = person{rows: map[string][]fact{}, tags: map[string]byte{}}
	var parts []string
	for range 1 + o.r.IntN(3) {
		part := o.atom()
		if o.r.IntN(4) == 0 {
			part = "非 (" + part + ")"
		}
		parts = append(parts, "("+part+")")
	}
	switch {
	case len(parts) == 1:
		return parts[0]
	case o.r.IntN(4) == 0:
		return fmt.Sprintf("%s %d 项(%s)", pick(o.r, "至少", "至多"), 1+o.r.IntN(len(parts)-1), strings.Join(parts, ", "))
	case len(parts) == 3 && o.r.IntN(2) == 0:
		return pick(o.r, fmt.Sprintf("%s 且 (%s 或 %s)", parts[0], parts[1], parts[2]), fmt.Sprintf("%s 或 非 (%s 且 %s)", parts[0], parts[1], parts[2]))
	}
	return strings.Join(parts, pick(o.r, " 且 ", " 或 "))
}

// atom writes a test of facts that no other test has named.
func (o *once) atom() string {
	for {
		k := o.r.IntN(len(atoms()))
		name := atoms()[k].about
		if !o.used[name] {
			o.used[name] = true
			return atoms()[k].write(o)
		}
	}
}

// value leaves a field of a dataset with one row unknown, or knows one of what it can be.
func (o *once) value(dataset, field string, domain ...any) {
	set := func(p *person, v any) {
		rows := p.rows[dataset]
		if len(rows) == 0 {
			rows = []fact{row("2026-06-10")}
		}
		rows[0].cells = maps.Clone(rows[0].cells)
		rows[0].cells[field] = row("2026-06-10", field, v).cells[field]
		p.rows[dataset] = rows
	}
	if o.r.IntN(4) == 0 {
		set(&o.base, pick(o.r, inner(domain)...))
		return
	}
	var s slot
	for _, v := range domain {
		s = append(s, func(p *person) { set(p, v) })
	}
	o.slots = append(o.slots, s)
}

// inner leaves the ends of a domain to what is unknown: nothing known is so far off that the unknown cannot pass it.
func inner(domain []any) []any {
	if len(domain) < 4 {
		return domain
	}
	return domain[1 : len(domain)-1]
}

// code is value for a code, which may be known coarsely.
func (o *once) code(dataset, field string, coarse []string, fine ...any) {
	known := pick(o.r, coarse...)
	below := slices.DeleteFunc(slices.Clone(fine), func(c any) bool { return !strings.HasPrefix(c.(string), known) })
	before := len(o.slots)
	o.value(dataset, field, below...)
	if known != "" && len(o.slots) > before {
		o.base.rows[dataset] = []fact{mergeRow(o.base.rows[dataset], field, known)}
	}
}

func mergeRow(rows []fact, field, value string) fact {
	f := row("2026-06-10")
	if len(rows) > 0 {
		f.cells = maps.Clone(rows[0].cells)
	}
	f.cells[field] = cell{text: value}
	return f
}

// list leaves things open about the rows of a list, which say one field: a row with a known value, one without, one that
// is stale, and any number up to two of further ones if the list is open.
func (o *once) list(dataset, field string, domain ...any) {
	add := func(v any) func(*person) {
		return func(p *person) { p.rows[dataset] = append(p.rows[dataset], row("2026-06-10", field, v)) }
	}
	each := slot{}
	for _, v := range domain {
		each = append(each, add(v))
	}
	nothing := func(*person) {}
	var unstored []fact
	if o.r.IntN(2) == 0 {
		add(pick(o.r, inner(domain)...))(&o.base)
	}
	known := len(o.base.rows[dataset])
	if o.r.IntN(3) == 0 {
		unstored = append(unstored, row("2026-06-10"))
		o.slots = append(o.slots, each)
	}
	if !sets()[dataset].Shelf.IsZero() && o.r.IntN(3) == 0 {
		unstored = append(unstored, row("2020-06-10", field, domain[0]))
		o.slots = append(o.slots, append(slot{nothing}, each...))
	}
	if o.open[dataset] = o.r.IntN(2) == 0; o.open[dataset] {
		more := append(slot{nothing}, each...)
		for _, v := range domain {
			more = append(more, func(p *person) {
				add(v)(p)
				add(domain[len(domain)-1])(p)
			})
		}
		o.slots = append(o.slots, more)
	}
	if len(unstored) > 0 { // a completion has the rows in another way
		before := o.base.rows[dataset][:known:known]
		o.base.rows[dataset] = append(before, unstored...)
		o.slots = append([]slot{{func(p *person) { p.rows[dataset] = p.rows[dataset][:known] }}}, o.slots...)
	}
}
