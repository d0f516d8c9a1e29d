package simulate

import (
	"math/big"
	"strings"

	"zhida/matcher/condition"
)

// place is where a part stands in a condition: the number of the part to go into, from the top.
type place []int

// comparisons calls do for each comparison that stands in a condition as such, not inside 已知, 有 or a value: those are
// about other things than the enterprise, or not ordered.
func comparisons(e condition.Expr, at place, do func(at place, test condition.Compare)) {
	switch x := e.(type) {
	case condition.Compare:
		do(append(place(nil), at...), x)
	case condition.Not:
		comparisons(x.X, append(at, 0), do)
	case condition.And:
		inParts(x.Parts, at, do)
	case condition.Or:
		inParts(x.Parts, at, do)
	case condition.AtLeast:
		inParts(x.Parts, at, do)
	}
}

func inParts(parts []condition.Expr, at place, do func(at place, test condition.Compare)) {
	for i, p := range parts {
		comparisons(p, append(at, i), do)
	}
}

// replaced is a condition with another in one place.
func replaced(e condition.Expr, at place, with condition.Expr) condition.Expr {
	if len(at) == 0 {
		return with
	}
	inside := func(parts []condition.Expr) []condition.Expr {
		out := append([]condition.Expr(nil), parts...)
		out[at[0]] = replaced(out[at[0]], at[1:], with)
		return out
	}
	switch x := e.(type) {
	case condition.Not:
		x.X = replaced(x.X, at[1:], with)
		return x
	case condition.And:
		x.Parts = inside(x.Parts)
		return x
	case condition.Or:
		x.Parts = inside(x.Parts)
		return x
	case condition.AtLeast:
		x.Parts = inside(x.Parts)
		return x
	}
	return e
}

// always is a condition that is yes, or no, for everybody.
func always(yes bool) condition.Expr {
	one, other := big.NewRat(1, 1), big.NewRat(1, 1)
	if !yes {
		other = big.NewRat(2, 1)
	}
	return condition.Compare{Op: condition.Equal, Left: condition.Number{Value: one}, Right: condition.Number{Value: other}}
}

// joined is 且 of any number of parts.
func joined(parts []condition.Expr) condition.Expr {
	switch len(parts) {
	case 0:
		return always(true)
	case 1:
		return parts[0]
	}
	return condition.And{Parts: parts}
}

// Text is a condition in one line of canonical text.
func Text(e condition.Expr) string {
	return strings.Join(strings.Fields(condition.Format(e.Node())), " ")
}
