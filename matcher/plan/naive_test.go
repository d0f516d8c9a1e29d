package plan_test

import (
	"math/big"
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// naive evaluates a checked condition for one enterprise at a time, straight from the words of LANGUAGE.md. It shares
// nothing with the plan but the types of the checked condition.
type naive struct {
	datasets map[string]*schemas.Dataset
	defs     map[string]*schemas.Attribute
	coverage map[string][]plan.Coverage
	leaves   map[string][]string // the finest codes of each system
	finest   map[string][]string // those below a code, remembered
	powers   []*big.Rat
}

func newNaive(codes *schemas.Codes, coverage map[string][]plan.Coverage) *naive {
	e := &naive{datasets: sets(), defs: map[string]*schemas.Attribute{}, coverage: coverage, finest: map[string][]string{}}
	defs := attributes()
	for i := range defs {
		e.defs[defs[i].Name] = &defs[i]
	}
	e.leaves = map[string][]string{
		schemas.SystemRegion:   leavesOf(regionCodes(codes)),
		schemas.SystemIndustry: leavesOf(industryCodes(codes)),
	}
	one := big.NewRat(1, 1)
	for range 20 {
		e.powers = append(e.powers, one)
		one = new(big.Rat).Mul(one, big.NewRat(10, 1))
	}
	return e
}

// truth is the set of what a condition can still turn out to be.
type truth struct{ canYes, canNo bool }

func (t truth) String() string {
	switch {
	case !t.canNo:
		return "yes"
	case !t.canYes:
		return "no"
	}
	return "unknown"
}

// point is the truth of something known.
func point(yes bool) truth { return truth{yes, !yes} }

var open = truth{true, true}

// of evaluates for an enterprise, or for a row of it.
func (e *naive) of(x condition.Expr, p *person, row *fact) truth {
	switch x := x.(type) {
	case condition.And:
		all := point(true)
		for _, part := range x.Parts {
			t := e.of(part, p, row)
			all = truth{all.canYes && t.canYes, all.canNo || t.canNo}
		}
		return all
	case condition.Or:
		some := point(false)
		for _, part := range x.Parts {
			t := e.of(part, p, row)
			some = truth{some.canYes || t.canYes, some.canNo && t.canNo}
		}
		return some
	case condition.Not:
		t := e.of(x.X, p, row)
		return truth{t.canNo, t.canYes}
	case condition.Compare:
		return e.compare(x, p, row)
	case condition.Member:
		return e.member(x, p, row)
	case condition.Tag:
		return map[byte]truth{'1': point(true), '0': point(false), '?': open}[p.tags[x.Name]]
	case condition.Known:
		v := x.X
		if s, ok := v.(condition.Shift); ok {
			v = s.X
		}
		_, known := e.cell(v.(condition.Column), p, row)
		return point(known)
	case condition.Exists:
		return e.exists(x, p)
	}
	panic("no such expression")
}

func (e *naive) compare(x condition.Compare, p *person, row *fact) truth {
	switch x.Left.Type().Kind {
	case schemas.KindNumber:
		return relate(x.Op, e.number(x.Left, p, row), e.number(x.Right, p, row))
	case schemas.KindDate:
		l, lok := e.day(x.Left, p, row)
		r, rok := e.day(x.Right, p, row)
		if !lok || !rok {
			return open
		}
		switch x.Op {
		case condition.Less:
			return point(l.Before(r))
		case condition.LessOrEqual:
			return point(!l.After(r))
		case condition.Greater:
			return point(l.After(r))
		case condition.GreaterOrEqual:
			return point(!l.Before(r))
		}
		return point(l.Equal(r))
	}
	l, r := e.plain(x.Left, p, row), e.plain(x.Right, p, row)
	_, left := x.Left.(condition.Column)
	_, right := x.Right.(condition.Column)
	if left && right && (len(l) != 1 || len(r) != 1) {
		return open // two columns of which one is not known
	}
	return anyPair(l, r)
}

// anyPair says whether two values can be equal and can differ.
func anyPair(l, r []string) truth {
	if len(l) == 0 || len(r) == 0 {
		return open
	}
	var t truth
	for _, a := range l {
		for _, b := range r {
			t.canYes = t.canYes || a == b
			t.canNo = t.canNo || a != b
		}
	}
	return t
}

// relate asks for each relation whether some pair of numbers satisfies it, and some pair does not.
func relate(op condition.Op, x, y span) truth {
	above := func(high, low *big.Rat) bool { return high == nil || low == nil || high.Cmp(low) > 0 } // some pair with >
	reach := func(high, low *big.Rat) bool { return high == nil || low == nil || high.Cmp(low) >= 0 }
	canGreater, canLess := above(x.high, y.low), above(y.high, x.low)
	canGreaterEqual, canLessEqual := reach(x.high, y.low), reach(y.high, x.low)
	switch op {
	case condition.Greater:
		return truth{canGreater, canLessEqual}
	case condition.GreaterOrEqual:
		return truth{canGreaterEqual, canLess}
	case condition.Less:
		return truth{canLess, canGreaterEqual}
	case condition.LessOrEqual:
		return truth{canLessEqual, canGreater}
	}
	return truth{canGreaterEqual && canLessEqual, canGreater || canLess}
}

// member lists everything the value can be and asks for each whether it lies in the set.
func (e *naive) member(x condition.Member, p *person, row *fact) truth {
	column := x.X.(condition.Column)
	c, ok := e.cell(column, p, row)
	code := column.Kind.Kind == schemas.KindCode
	can := []string{c.text}
	switch {
	case !ok && code:
		return open
	case !ok:
		can = column.Kind.Values
		if len(can) == 0 {
			return open
		}
	case code:
		can = e.below(column.Kind.System, c.text)
	}
	has := func(set []string, v string) bool {
		for _, s := range set {
			if s == v || code && strings.HasPrefix(v, s) {
				return true
			}
		}
		return false
	}
	var t truth
	for _, v := range can {
		inside := has(x.Set.Members, v) && !has(x.Set.Except, v)
		t.canYes = t.canYes || inside
		t.canNo = t.canNo || !inside
	}
	return t
}

// exists goes through the rows of the enterprise.
func (e *naive) exists(x condition.Exists, p *person) truth {
	someYes, someOpen := false, false
	for i := range p.rows[x.Dataset.Name] {
		row := &p.rows[x.Dataset.Name][i]
		t := point(true)
		if x.Where != nil {
			t = e.of(x.Where, p, row)
		}
		if x.Every {
			t = truth{t.canNo, t.canYes} // looked for is a row that does not meet it
		}
		if !e.inDate(x.Dataset.Name, row.confirmed) {
			t = open
		}
		someYes = someYes || !t.canNo
		someOpen = someOpen || t.canYes && t.canNo
	}
	found := point(false)
	switch {
	case someYes:
		found = point(true)
	case someOpen || !e.complete(x.Dataset, p):
		found = open
	}
	if x.Every {
		return truth{found.canNo, found.canYes}
	}
	return found
}

// complete reports whether the list vouches for the enterprise's rows.
func (e *naive) complete(d *schemas.Dataset, p *person) bool {
	if d.List != schemas.ListComplete {
		return false
	}
	region, known := e.cell(condition.Column{Name: "注册地", Kind: schemas.Type{Kind: schemas.KindCode}}, p, nil)
	for _, c := range e.coverage[d.Name] {
		if e.inDate(d.Name, c.Full) && (c.Scope == "" || known && strings.HasPrefix(region.text, c.Scope)) {
			return true
		}
	}
	return false
}
