package plan_test

import (
	"maps"
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/reference"
)

// disagreement is a condition on which engine and reference differ about one enterprise.
type disagreement struct {
	c        *comparison
	coverage map[string][]plan.Coverage
	expr     condition.Expr
	who      person
	grant    plan.Grant
	near     bool // about the near miss, not the verdict
}

// verdicts asks both.
func (d *disagreement) verdicts(x condition.Expr, who person) (said, want string) {
	w := &world{people: []person{who}, coverage: d.coverage}
	b := plan.New()
	ref := b.AddGranting(x, d.grant)
	if d.near {
		ref = b.AddNear(x, d.c.can.Attribute, d.c.can.Tag)
	}
	err := plan.NewEvaluator(b.Plan()).Eval(w.input(d.c.codes), []plan.Ref{ref}, func(_ plan.Ref, got bits.Truth) { said = at(got, 0) })
	if err != nil {
		d.c.t.Fatal(err)
	}
	e, all := w.reference(d.c.finest)
	if d.near {
		_, near := e.Near(x, &all[0], d.c.can)
		return said, reference.Sure(near).String()
	}
	return said, e.Truth(x, &all[0], reference.Grant(d.grant)).String()
}

// shrink looks for the smallest part of the condition, and the fewest facts, about which the two still differ.
func (d *disagreement) shrink() (said, want string) {
	var parts []condition.Expr
	condition.Visit(d.expr, func(part any) bool {
		switch x := part.(type) {
		case condition.Exists:
			parts = append(parts, x)
			return false
		case condition.Fold:
			return false
		case condition.Expr:
			parts = append(parts, x)
		}
		return true
	})
	slices.SortStableFunc(parts, func(x, y condition.Expr) int { return len(condition.Key(x)) - len(condition.Key(y)) })
	for _, x := range parts {
		if said, want := d.verdicts(x, d.who); said != want {
			d.expr = x
			break
		}
	}
	for _, dataset := range slices.Sorted(maps.Keys(d.who.rows)) {
		for i := len(d.who.rows[dataset]) - 1; i >= 0; i-- {
			d.try(func(p *person) { p.rows[dataset] = slices.Delete(slices.Clone(p.rows[dataset]), i, i+1) })
		}
		for i := range d.who.rows[dataset] {
			for field := range d.who.rows[dataset][i].cells {
				d.try(func(p *person) {
					row := &p.rows[dataset][i]
					row.cells = maps.Clone(row.cells)
					delete(row.cells, field)
				})
			}
		}
	}
	return d.verdicts(d.expr, d.who)
}

// try keeps a change if the two still differ after it.
func (d *disagreement) try(change func(*person)) {
	p := d.who
	p.rows = map[string][]fact{}
	for dataset, rows := range d.who.rows {
		p.rows[dataset] = slices.Clone(rows)
	}
	change(&p)
	if said, want := d.verdicts(d.expr, p); said != want {
		d.who = p
	}
}
