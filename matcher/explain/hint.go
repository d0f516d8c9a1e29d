package explain

import "zhida/matcher/condition"

// hints are the units that a text writes its numbers in, in the order of the text: what is compared with 5% is to be
// read as a percentage.
func hints(n condition.Node) []string {
	var out []string
	var walk func(n condition.Node)
	walk = func(n condition.Node) {
		switch n := n.(type) {
		case *condition.Quantity:
			if n.Unit != "" && n.Per == "" {
				out = append(out, n.Unit)
			}
		case *condition.ParamName:
			if n.Unit != "" {
				out = append(out, n.Unit)
			}
		case *condition.Relation:
			walk(n.Left)
			walk(n.Right)
		case *condition.During:
			walk(n.Low)
			walk(n.High)
		case *condition.Sum:
			walk(n.Left)
			walk(n.Right)
		case *condition.Cap:
			walk(n.Left)
			walk(n.Right)
		case *condition.Minus:
			walk(n.X)
		case *condition.Utmost:
			for _, p := range n.Parts {
				walk(p)
			}
		case *condition.Tiering:
			for _, b := range n.Branches {
				walk(b.Then)
			}
			walk(n.Else)
		case *condition.Scoring:
			for _, b := range n.Branches {
				walk(b.Then)
			}
		}
	}
	walk(n)
	return out
}
