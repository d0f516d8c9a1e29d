package explain

import (
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/table"
	"zhida/schemas"
)

// ValueText writes a stored value of a type, a number or else a text, as an officer does: 2300万元, 510703（涪城区）. The unit is
// what its source counts in: 人 where the type has 个.
func ValueText(codes *schemas.Codes, t schemas.Type, unit string, number int64, text string) string {
	t.Unit = unitFor(t.Unit, []string{unit})
	w := &walker{in: &plan.Input{Codes: codes}}
	c := &table.Column{Ints: []int64{number}, Texts: []string{text}, Known: bits.Of(1, 0)}
	var v Value
	w.know(&v, c, 0, t)
	return v.Text
}
