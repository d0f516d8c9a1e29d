package page

import (
	"regexp"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// clause is one requirement as a person reads it: the words of the document if there are any, and what is checked.
type clause struct {
	Words string
	Tests []string // in the condition language, joined by 且
	Open  bool     // nobody has encoded it: people judge it
}

// requirements lays a condition out: one line for each part of its outermost 且. A text that does not parse stands as
// it is.
func requirements(text schemas.Text, codes *schemas.Codes) []string {
	if strings.TrimSpace(text.Text) == "" {
		return nil
	}
	tree, faults := condition.Parse(text)
	if len(faults) > 0 {
		return []string{strings.TrimSpace(text.Text)}
	}
	parts := []condition.Node{tree.Root}
	if c, ok := tree.Root.(*condition.Chain); ok && c.Join == "且" {
		parts = c.Parts
	}
	var out []string
	for _, part := range parts {
		out = append(out, named(condition.Format(part), codes))
	}
	return out
}

// value is a formula in canonical form.
func value(text schemas.Text) string {
	if strings.TrimSpace(text.Text) == "" {
		return ""
	}
	tree, faults := condition.Parse(text)
	if len(faults) > 0 {
		return strings.TrimSpace(text.Text)
	}
	return condition.Format(tree.Root)
}

// clauses lists what an item asks for: its gates, or its condition.
func clauses(item *schemas.Item, codes *schemas.Codes) []clause {
	if len(item.Gates) == 0 {
		var out []clause
		for _, test := range requirements(item.Condition, codes) {
			out = append(out, clause{Tests: []string{test}})
		}
		return out
	}
	var out []clause
	for _, g := range item.Gates {
		tests := requirements(g.Condition, codes)
		out = append(out, clause{Words: g.Clause, Tests: tests, Open: len(tests) == 0})
	}
	return out
}

// membership is a set of codes after 属于 or 除, and code is one of its codes. Neither stands in a string: those are
// cut out first.
var (
	quoted     = regexp.MustCompile(`"[^"]*"`)
	membership = regexp.MustCompile(`(属于|除)\s*(\[[^\]]*\]|[A-Z0-9]+(\.\.[A-Z0-9]+)?)`)
	code       = regexp.MustCompile(`\b([A-T]\d{0,4}|\d{6})\b`)
)

// named adds the names of regions and industries to the codes that stand in sets: 属于 510700（绵阳市）.
func named(text string, codes *schemas.Codes) string {
	if codes == nil {
		return text
	}
	var b strings.Builder
	from := 0
	for _, at := range append(quoted.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		b.WriteString(membership.ReplaceAllStringFunc(text[from:at[0]], func(set string) string {
			return code.ReplaceAllStringFunc(set, func(c string) string { return c + name(c, codes) })
		}))
		b.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	return b.String()
}

// name is a code's name in brackets, "" if it has none.
func name(c string, codes *schemas.Codes) string {
	if c[0] >= 'A' {
		if info, ok := codes.Industry(c); ok {
			return "（" + info.Name + "）"
		}
		return ""
	}
	if info, ok := codes.Region(c); ok {
		return "（" + info.Name + "）"
	}
	return ""
}
