package condition

import (
	"fmt"

	"zhida/schemas"
)

// broken reports what no checked condition or value may be made of, "" if there is nothing: what plan and explain rely on.
func broken(part any) string {
	found := ""
	visitPart(part, func(p any) bool {
		problem := ""
		switch x := p.(type) {
		case Compare:
			problem = brokenCompare(x)
		case Member:
			if kind := x.X.Type().Kind; kind != schemas.KindCode && kind != schemas.KindText || len(x.Set.Members) == 0 {
				problem = "a set of what has none"
			}
		case Contains:
			if t := x.X.Type(); t.Kind != schemas.KindText || len(x.Words) == 0 {
				problem = "words in no text"
			}
		case AtLeast:
			if x.N < 1 || x.N > len(x.Parts) {
				problem = "a count that is always or never reached"
			}
		case Fold:
			if (x.Of == nil) != (x.Op == FoldCount) {
				problem = "a fold of nothing"
			}
		case Extreme:
			if len(x.Parts) < 2 {
				problem = "an extreme of one"
			}
		case Arithmetic:
			if x.Left.Type().Kind != schemas.KindNumber || x.Right.Type().Kind != schemas.KindNumber {
				problem = "arithmetic of no numbers"
			}
		case Bands:
			for i := range x.Steps {
				if x.Steps[i].Rate == nil || i > 0 && x.Steps[i].UpTo.Cmp(x.Steps[i-1].UpTo) <= 0 {
					problem = "bands that do not rise"
				}
			}
		case nil:
			problem = "nothing"
		}
		if v, ok := p.(Value); ok && isBare(v) {
			problem = "a number that waits for a unit"
		}
		if problem != "" && found == "" {
			found = fmt.Sprintf("%s: %#v", problem, p)
		}
		return problem == ""
	})
	return found
}

func brokenCompare(x Compare) string {
	left, right := x.Left.Type(), x.Right.Type()
	switch {
	case left.Kind != right.Kind || left.Kind == schemas.KindCode:
		return "a comparison of kinds"
	case left.Kind == schemas.KindNumber && !base(left.Unit).Comparable(base(right.Unit)):
		return "a comparison of units"
	case (left.Kind == schemas.KindText || left.Kind == schemas.KindTruth) && x.Op != Equal:
		return "an order of what has none"
	}
	return ""
}
