package condition

import "zhida/schemas"

// Visit goes through a condition and everything in it, conditions (Expr) and values (Value) alike, in the order of the
// text. do says whether to go into a part.
func Visit(e Expr, do func(part any) bool) {
	if e == nil || !do(e) {
		return
	}
	switch x := e.(type) {
	case And:
		visitAll(x.Parts, do)
	case Or:
		visitAll(x.Parts, do)
	case AtLeast:
		visitAll(x.Parts, do)
	case Not:
		Visit(x.X, do)
	case Decided:
		Visit(x.X, do)
	case Exists:
		Visit(x.Where, do)
	case Compare:
		VisitValue(x.Left, do)
		VisitValue(x.Right, do)
	case Member:
		VisitValue(x.X, do)
	case Contains:
		VisitValue(x.X, do)
	case Known:
		VisitValue(x.X, do)
	}
}

func visitAll(parts []Expr, do func(part any) bool) {
	for _, p := range parts {
		Visit(p, do)
	}
}

// VisitValue is Visit for a value.
func VisitValue(v Value, do func(part any) bool) {
	if v == nil || !do(v) {
		return
	}
	switch x := v.(type) {
	case Shift:
		VisitValue(x.X, do)
	case Named:
		VisitValue(x.X, do)
	case Arithmetic:
		VisitValue(x.Left, do)
		VisitValue(x.Right, do)
	case Extreme:
		for _, p := range x.Parts {
			VisitValue(p, do)
		}
	case Tiers:
		visitCases(x.Cases, do)
		VisitValue(x.Else, do)
	case Score:
		visitCases(x.Cases, do)
	case Bands:
		VisitValue(x.X, do)
	case Fold:
		Visit(x.Where, do)
		VisitValue(x.Of, do)
	}
}

func visitCases(cases []Case, do func(part any) bool) {
	for _, c := range cases {
		Visit(c.When, do)
		VisitValue(c.Then, do)
	}
}

// DatasetsRead lists the datasets whose rows a condition or a value (an Expr or a Value) goes over, each once. Tags and
// attributes are not followed.
func DatasetsRead(part any) []*schemas.Dataset {
	var out []*schemas.Dataset
	seen := map[string]bool{}
	visitPart(part, func(p any) bool {
		var d *schemas.Dataset
		switch x := p.(type) {
		case Exists:
			d = x.Dataset
		case Fold:
			d = x.Dataset
		}
		if d != nil && !seen[d.Name] {
			seen[d.Name] = true
			out = append(out, d)
		}
		return true
	})
	return out
}

// AttributesRead lists the attributes that a condition or a value (an Expr or a Value) reads, rows aside, each once. A
// derived attribute is listed as what it reads.
func AttributesRead(part any) []string {
	var out []string
	seen := map[string]bool{}
	visitPart(part, func(p any) bool {
		if c, ok := p.(Column); ok && c.Dataset == nil && !seen[c.Name] {
			seen[c.Name] = true
			out = append(out, c.Name)
		}
		return true
	})
	return out
}

// TagsRead lists the tags that a condition or a value (an Expr or a Value) reads, in the order in which they stand in
// it; one that stands there twice is listed twice. Rules of tags are put in order by it.
func TagsRead(part any) []string {
	var out []string
	visitPart(part, func(p any) bool {
		if t, ok := p.(Tag); ok {
			out = append(out, t.Name)
		}
		return true
	})
	return out
}

// Statements lists what data cannot decide in a condition, each once, in the order of the text.
func Statements(e Expr) []Stated {
	var out []Stated
	seen := map[Stated]bool{}
	Visit(e, func(p any) bool {
		if s, ok := p.(Stated); ok {
			if what := (Stated{Declared: s.Declared, Text: s.Text}); !seen[what] {
				seen[what] = true
				out = append(out, s)
			}
		}
		return true
	})
	return out
}

func visitPart(part any, do func(part any) bool) {
	switch p := part.(type) {
	case Expr:
		Visit(p, do)
	case Value:
		VisitValue(p, do)
	}
}
