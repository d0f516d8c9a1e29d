package duckdb

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// truth is the column of a condition. 评审 and 承诺 are taken as yes, as verdicts do.
func (s *sheet) truth(x condition.Expr) string {
	switch x := x.(type) {
	case condition.And:
		return s.joined(x.Parts, " AND ")
	case condition.Or:
		return s.joined(x.Parts, " OR ")
	case condition.Not:
		return s.column("NOT %s", s.truth(x.X))
	case condition.AtLeast:
		var yes, may []string
		for _, p := range x.Parts {
			t := s.truth(p)
			yes = append(yes, fmt.Sprintf("(%s IS TRUE)::INT", t))
			may = append(may, fmt.Sprintf("(%s IS NOT FALSE)::INT", t))
		}
		return s.column("CASE WHEN %s >= %d THEN TRUE WHEN %s < %d THEN FALSE END", strings.Join(yes, " + "), x.N, strings.Join(may, " + "), x.N)
	case condition.Stated:
		return s.column("TRUE")
	}
	return s.seen(s.test(x))
}

// seen is unknown on a row of which nothing is known.
func (s *sheet) seen(t string) string {
	if s.over == nil || s.over.Dataset == nil {
		return t
	}
	return s.column("CASE WHEN blind THEN NULL ELSE %s END", t)
}

func (s *sheet) joined(parts []condition.Expr, word string) string {
	var out []string
	for _, p := range parts {
		out = append(out, s.truth(p))
	}
	return s.column("(%s)", strings.Join(out, word))
}

// test is an elementary test.
func (s *sheet) test(x condition.Expr) string {
	switch x := x.(type) {
	case condition.Compare:
		return s.compare(x)
	case condition.Member:
		code := x.X.Type().Kind == schemas.KindCode
		return s.each(x.X, func(word string) string { return within(x.Set, code, word) })
	case condition.Contains:
		return s.each(x.X, func(word string) string {
			var found []string
			for _, w := range x.Words {
				found = append(found, fmt.Sprintf("contains(%s, %s)", word, text(w)))
			}
			return strings.Join(found, " OR ")
		})
	case condition.Tag:
		table, ok := s.oracle.tags[x.Name]
		if !ok {
			refuse("tag %s before its rule", x.Name)
		}
		return s.base(s.join(table, "$.id = e.id") + ".t")
	case condition.Known:
		return s.known(x.X)
	case condition.Decided:
		return s.column("%s IS NOT NULL", s.truth(x.X))
	case condition.Exists:
		return s.exists(x)
	}
	refuse("condition %T", x)
	return ""
}

// within is membership of a word in a set; a code is within a coarser one.
func within(set condition.Set, code bool, word string) string {
	in := func(members []string) string {
		if !code {
			return fmt.Sprintf("%s IN (%s)", word, texts(members))
		}
		var found []string
		for _, m := range members {
			found = append(found, fmt.Sprintf("starts_with(%s, %s)", word, text(m)))
		}
		return "(" + strings.Join(found, " OR ") + ")"
	}
	if len(set.Except) == 0 {
		return in(set.Members)
	}
	return in(set.Members) + " AND NOT " + in(set.Except)
}

// branch is a value that 分档 can come to, where reach is not FALSE.
type branch struct {
	reach string
	value condition.Value
}

// branches are all values that 分档 can come to; any other value is its only one.
func (s *sheet) branches(v condition.Value) []branch {
	if named, ok := v.(condition.Named); ok && s.over == nil {
		return s.namedBranches(named)
	}
	return s.branchesUnder(v, "TRUE")
}

// parted is a derived attribute worked out once: a table of the truths whether each of its values can be reached.
type parted struct {
	table  string
	values []condition.Value
}

func (s *sheet) namedBranches(v condition.Named) []branch {
	key := condition.ValueKey(v)
	made, ok := s.oracle.parted[key]
	if !ok {
		once, columns := s.oracle.newSheet(nil), "id"
		for i, b := range once.branchesUnder(v.X, "TRUE") {
			made.values = append(made.values, b.value)
			columns += fmt.Sprintf(", %s AS r%d", b.reach, i)
		}
		if len(made.values) > 1 {
			made.table = s.oracle.table(once.query(columns))
		}
		s.oracle.parted[key] = made
	}
	if len(made.values) == 1 {
		return []branch{{"TRUE", made.values[0]}}
	}
	var out []branch
	alias := s.join(made.table, "$.id = e.id")
	for i, value := range made.values {
		out = append(out, branch{s.base(fmt.Sprintf("%s.r%d", alias, i)), value})
	}
	return out
}

func (s *sheet) branchesUnder(v condition.Value, reach string) []branch {
	switch v := v.(type) {
	case condition.Named:
		return s.branchesUnder(v.X, reach)
	case condition.Tiers:
		var out []branch
		for _, c := range v.Cases {
			t := s.truth(c.When)
			out = append(out, s.branchesUnder(c.Then, s.column("(%s AND %s IS NOT FALSE)", reach, t))...)
			reach = s.column("(%s AND %s IS NOT TRUE)", reach, t)
		}
		return append(out, s.branchesUnder(v.Else, reach)...)
	}
	return []branch{{reach, v}}
}

// either is the truth of what is one of some truths, nobody knows which: reach says which can be.
func (s *sheet) either(reach, truths []string) string {
	if len(truths) == 1 {
		return truths[0]
	}
	var yes, no []string
	for i, t := range truths {
		yes = append(yes, fmt.Sprintf("(%s AND %s IS NOT FALSE)", reach[i], t))
		no = append(no, fmt.Sprintf("(%s AND %s IS NOT TRUE)", reach[i], t))
	}
	y, n := s.column("(%s)", strings.Join(yes, " OR ")), s.column("(%s)", strings.Join(no, " OR "))
	return s.column("CASE WHEN NOT %s THEN TRUE WHEN NOT %s THEN FALSE END", n, y)
}

// compare relates what the left side can come to, branch by branch, to what the right side can.
func (s *sheet) compare(x condition.Compare) string {
	var reach, truths []string
	kind := x.Left.Type().Kind
	for _, l := range s.branches(x.Left) {
		for _, r := range s.branches(x.Right) {
			reach = append(reach, s.column("(%s AND %s)", l.reach, r.reach))
			if kind == schemas.KindNumber || kind == schemas.KindDate {
				truths = append(truths, s.order(x.Op, s.number(l.value), s.number(r.value)))
			} else {
				truths = append(truths, s.equal(s.words(l.value), s.words(r.value)))
			}
		}
	}
	return s.either(reach, truths)
}

// order is yes if every pair of numbers satisfies the relation, no if none does.
func (s *sheet) order(op condition.Op, l, r operand) string {
	var yes, no string // certainly so, certainly not
	switch op {
	case condition.Less:
		yes, no = fmt.Sprintf("flt(%s, %s)", l.hi, r.lo), fmt.Sprintf("fle(%s, %s)", r.hi, l.lo)
	case condition.LessOrEqual:
		yes, no = fmt.Sprintf("fle(%s, %s)", l.hi, r.lo), fmt.Sprintf("flt(%s, %s)", r.hi, l.lo)
	case condition.Greater:
		yes, no = fmt.Sprintf("flt(%s, %s)", r.hi, l.lo), fmt.Sprintf("fle(%s, %s)", l.hi, r.lo)
	case condition.GreaterOrEqual:
		yes, no = fmt.Sprintf("fle(%s, %s)", r.hi, l.lo), fmt.Sprintf("flt(%s, %s)", l.hi, r.lo)
	case condition.Equal:
		yes = fmt.Sprintf("fle(%s, %s) AND fle(%s, %s)", l.hi, r.lo, r.hi, l.lo)
		no = fmt.Sprintf("(flt(%s, %s) OR flt(%s, %s))", l.hi, r.lo, r.hi, l.lo)
	default:
		refuse("relation %d", op)
	}
	absent := s.absent(l, r)
	return s.column("CASE WHEN %[1]s = 2 OR %[3]s THEN FALSE WHEN %[1]s = 0 AND %[2]s THEN TRUE END", absent, yes, no)
}
