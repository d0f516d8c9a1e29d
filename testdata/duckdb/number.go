package duckdb

import (
	"fmt"
	"math/big"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// operand is all that a number or a date can be, from lo to hi, both fractions. absent is 1 where it may be absent, as the
// latest of no rows is, and 2 where it is.
type operand struct{ lo, hi, absent string }

const (
	noLow  = "fr(-1, 0)"
	noHigh = "fr(1, 0)"
)

func point(x *big.Rat) operand {
	f := fraction(x)
	return operand{f, f, "0"}
}

func fraction(x *big.Rat) string { return fmt.Sprintf("fr(%s, %s)", x.Num(), x.Denom()) }

func days(d schemas.Date) operand { return point(big.NewRat(int64(d-schemas.UnixEpoch), 1)) }

// absent is that of a value made of some.
func (s *sheet) absent(parts ...operand) string {
	out := "0"
	for _, p := range parts {
		switch {
		case p.absent == "0" || p.absent == out:
		case out == "0":
			out = p.absent
		default:
			out = s.column("greatest(%s, %s)", out, p.absent)
		}
	}
	return out
}

// number is a number or a date.
func (s *sheet) number(v condition.Value) operand {
	switch v := v.(type) {
	case condition.Column:
		return s.stored(v)
	case condition.Number:
		return point(v.Value)
	case condition.Day:
		return days(v.Date)
	case condition.Today:
		return days(s.oracle.today)
	case condition.YearNumber:
		return point(big.NewRat(int64(v.Year.On(s.oracle.today)), 1))
	case condition.YearDay:
		return days(schemas.NewDate(v.Year.On(s.oracle.today), v.Month, v.Day))
	case condition.Shift:
		x, months := s.number(v.X), 12*v.Span.Years+v.Span.Months
		move := func(end string) string { return s.column("shifted(%s, %d, %d)", end, months, v.Span.Days) }
		return operand{move(x.lo), move(x.hi), x.absent}
	case condition.Arithmetic:
		return s.calculate(v.Op, s.number(v.Left), s.number(v.Right))
	case condition.Extreme:
		out := s.number(v.Parts[0])
		for _, p := range v.Parts[1:] {
			out = s.extreme(v.Most, out, s.number(p))
		}
		return out
	case condition.Tiers:
		return s.tiers(v)
	case condition.Score:
		return s.score(v)
	case condition.Bands:
		return s.bands(v)
	case condition.Fold:
		return s.fold(v)
	case condition.Named:
		if s.over == nil {
			return s.named(v)
		}
		return s.number(v.X)
	}
	refuse("number %T", v)
	return operand{}
}

// named is a derived attribute of the enterprise, worked out once.
func (s *sheet) named(v condition.Named) operand {
	key := condition.ValueKey(v)
	if s.oracle.folds[key] == "" {
		once := s.oracle.newSheet(nil)
		x := once.number(v.X)
		s.oracle.folds[key] = s.oracle.table(once.query(fmt.Sprintf("id, %s AS lo, %s AS hi, %s AS absent", x.lo, x.hi, x.absent)))
	}
	return s.kept(s.oracle.folds[key])
}

// kept is an operand from a table with id, lo, hi and absent.
func (s *sheet) kept(table string) operand {
	alias := s.join(table, "$.id = e.id")
	return operand{s.base(alias + ".lo"), s.base(alias + ".hi"), s.base(alias + ".absent")}
}

// stored is a column: its value, or where that is unknown all that its range allows.
func (s *sheet) stored(c condition.Column) operand {
	raw, low, high := s.raw(c), noLow, noHigh
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Kind.Scale)), nil)
	if c.Range.Low != nil {
		low = fraction(new(big.Rat).SetFrac(big.NewInt(*c.Range.Low), scale))
	}
	if c.Range.High != nil {
		high = fraction(new(big.Rat).SetFrac(big.NewInt(*c.Range.High), scale))
	}
	n := fmt.Sprintf("(%s::DECIMAL(38, %d) * %s)::HUGEINT", raw, c.Kind.Scale, scale)
	if c.Kind.Kind == schemas.KindDate {
		n = fmt.Sprintf("(%s - DATE '1970-01-01')::HUGEINT", raw)
	}
	return operand{
		s.base(fmt.Sprintf("CASE WHEN %s IS NULL THEN %s ELSE fr(%s, %s) END", raw, low, n, scale)),
		s.base(fmt.Sprintf("CASE WHEN %s IS NULL THEN %s ELSE fr(%s, %s) END", raw, high, n, scale)), "0",
	}
}

// calculate is all results.
func (s *sheet) calculate(op condition.Operator, x, y operand) operand {
	absent := s.absent(x, y)
	switch op {
	case condition.Add:
		return operand{s.column("fadd(%s, %s)", x.lo, y.lo), s.column("fadd(%s, %s)", x.hi, y.hi), absent}
	case condition.Subtract:
		return operand{
			s.column("fadd(%s, %s)", x.lo, s.column("fneg(%s)", y.hi)),
			s.column("fadd(%s, %s)", x.hi, s.column("fneg(%s)", y.lo)), absent,
		}
	case condition.Multiply:
		out := s.multiply(x, y)
		out.absent = absent
		return out
	case condition.Divide:
		zero := s.column("(fle(%s, fr(0, 1)) AND fle(fr(0, 1), %s))", y.lo, y.hi)
		q := s.multiply(x, operand{s.column("finv(%s)", y.hi), s.column("finv(%s)", y.lo), ""})
		return operand{
			s.column("CASE WHEN %s THEN %s ELSE %s END", zero, noLow, q.lo),
			s.column("CASE WHEN %s THEN %s ELSE %s END", zero, noHigh, q.hi), absent,
		}
	}
	refuse("operator %d", op)
	return operand{}
}

// multiply takes the least and the greatest of the products of ends.
func (s *sheet) multiply(x, y operand) operand {
	var products []string
	for _, a := range []string{x.lo, x.hi} {
		for _, b := range []string{y.lo, y.hi} {
			products = append(products, s.column("fmul(%s, %s)", a, b))
		}
	}
	utmost := func(macro string) string {
		return s.column("%s(%s, %s)", macro,
			s.column("%s(%s, %s)", macro, products[0], products[1]), s.column("%s(%s, %s)", macro, products[2], products[3]))
	}
	return operand{utmost("fmin"), utmost("fmax"), "0"}
}

func (s *sheet) extreme(most bool, x, y operand) operand {
	macro := "fmin"
	if most {
		macro = "fmax"
	}
	return operand{s.column("%s(%s, %s)", macro, x.lo, y.lo), s.column("%s(%s, %s)", macro, x.hi, y.hi), s.absent(x, y)}
}

// tiers is 分档 within a calculation: anything between what its reachable branches can be. A branch that is absent has no
// part in that, but the whole may be absent then.
func (s *sheet) tiers(v condition.Tiers) operand {
	var lo, hi, absent, perhaps string
	for _, b := range s.branches(v) {
		x := s.number(b.value)
		there := s.column("(%s AND %s < 2)", b.reach, x.absent)
		if lo == "" {
			lo, hi = s.column("CASE WHEN %s THEN %s END", there, x.lo), s.column("CASE WHEN %s THEN %s END", there, x.hi)
			absent, perhaps = s.column("NOT %s", there), s.column("(%s AND %s > 0)", b.reach, x.absent)
			continue
		}
		lo = s.column("CASE WHEN NOT %[1]s THEN %[2]s WHEN %[2]s IS NULL THEN %[3]s ELSE fmin(%[2]s, %[3]s) END", there, lo, x.lo)
		hi = s.column("CASE WHEN NOT %[1]s THEN %[2]s WHEN %[2]s IS NULL THEN %[3]s ELSE fmax(%[2]s, %[3]s) END", there, hi, x.hi)
		absent = s.column("(%s AND NOT %s)", absent, there)
		perhaps = s.column("(%s OR %s AND %s > 0)", perhaps, b.reach, x.absent)
	}
	return operand{
		s.column("coalesce(%s, %s)", lo, noLow), s.column("coalesce(%s, %s)", hi, noHigh),
		s.column("CASE WHEN %s THEN 2 WHEN %s THEN 1 ELSE 0 END", absent, perhaps),
	}
}

// score is 计分: what holds counts, what may hold counts or not.
func (s *sheet) score(v condition.Score) operand {
	total := point(new(big.Rat))
	for _, c := range v.Cases {
		t, p := s.truth(c.When), s.number(c.Then)
		part := func(macro, end string) string {
			return s.column("CASE WHEN %[1]s IS TRUE THEN %[2]s WHEN %[1]s IS FALSE THEN fr(0, 1) ELSE %[3]s(%[2]s, fr(0, 1)) END", t, end, macro)
		}
		q := operand{part("fmin", p.lo), part("fmax", p.hi), "0"}
		if p.absent != "0" {
			q.absent = s.column("CASE WHEN %[1]s IS TRUE THEN %[2]s WHEN %[1]s IS FALSE THEN 0 ELSE least(%[2]s, 1) END", t, p.absent)
		}
		total = s.calculate(condition.Add, total, q)
	}
	return total
}

// bands adds up the bands: of each the part of X that lies in it, at its rate.
func (s *sheet) bands(v condition.Bands) operand {
	x, total, from := s.number(v.X), point(new(big.Rat)), new(big.Rat)
	add := func(part operand, rate *big.Rat) {
		beyond := s.calculate(condition.Subtract, part, point(from))
		total = s.calculate(condition.Add, total, s.calculate(condition.Multiply, beyond, point(rate)))
	}
	for _, step := range v.Steps {
		add(s.extreme(false, s.extreme(true, x, point(from)), point(step.UpTo)), step.Rate)
		from = step.UpTo
	}
	if v.Above != nil {
		add(s.extreme(true, x, point(from)), v.Above)
	}
	return total
}
