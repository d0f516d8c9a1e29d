package simulate

import (
	"zhida/matcher/condition"
	"zhida/schemas"
)

// Question is a condition and what is to be found out about it.
type Question struct {
	Expr       condition.Expr
	Benefit    condition.Value // the amount; nil: none is stated
	Attainable map[string]bool // attributes that the item holds attainable, or not, against what they say themselves
	Against    condition.Expr  // another condition to compare with; nil: none

	Region   string  // the attribute that says where an enterprise is; "": nobody asks
	Industry string  // the attribute that says what it does; "": nobody asks
	Classes  []Class // of size, in the order in which they are told

	// Attributes and Rules are all of the workspace, by name: what stands behind a tag decides who narrowly misses.
	Attributes map[string]*schemas.Attribute
	Rules      map[string]condition.Expr
}

// Class is a class of enterprises by a condition.
type Class struct {
	Name string
	Expr condition.Expr
}

// Parts are the conditions and values that the question asks of a block.
func (q *Question) Parts() []any {
	out := []any{q.Expr}
	if q.Benefit != nil {
		out = append(out, q.Benefit)
	}
	if q.Against != nil {
		out = append(out, q.Against)
	}
	for _, c := range q.Classes {
		out = append(out, c.Expr)
	}
	return out
}

// gates are the parts of a condition that are joined by 且, in the order written; a part that is itself a 且 (the scope
// of a policy, the requirements of an item) is several.
func gates(e condition.Expr) []condition.Expr {
	and, ok := e.(condition.And)
	if !ok {
		return []condition.Expr{e}
	}
	var out []condition.Expr
	for _, p := range and.Parts {
		if isInterval(p) {
			out = append(out, p)
			continue
		}
		out = append(out, gates(p)...)
	}
	return out
}

// isInterval reports a 在 low..high: two comparisons, but one part to whoever wrote it.
func isInterval(e condition.Expr) bool {
	_, during := e.Node().(*condition.During)
	return during
}

// Classes are the names of Result.Classes, the last of which is "".
func (s *Simulation) Classes() []string {
	var out []string
	for _, c := range s.question.Classes {
		out = append(out, c.Name)
	}
	return append(out, "")
}
