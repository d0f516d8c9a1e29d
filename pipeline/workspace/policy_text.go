package workspace

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhida/schemas"
)

// PolicyText is a policy file in its canonical form: keys in one order, what is the default left out, one line where
// one line holds it. Reading it gives the policy again.
type PolicyText struct {
	Data  []byte
	marks []mark // by line
}

// PolicyField is a part of a policy as its file names it.
type PolicyField struct {
	Item  int    // index in Policy.Items; -1: the policy itself
	Key   string // "title", "window", "condition", "gates.condition", "params.value"
	Index int    // of the gate, the preference or the parameter
}

// mark says where the text of a field begins.
type mark struct {
	line, column int // of the first character, from 1
	field        PolicyField
	block        bool // one line of text per line of the file, all indented alike
}

// Field finds the field that stands at a place in the text, and the place within the field's own text.
func (t *PolicyText) Field(line, column int) (f PolicyField, textLine, textColumn int) {
	i, found := slices.BinarySearchFunc(t.marks, line, func(m mark, line int) int { return cmp.Compare(m.line, line) })
	if !found {
		i--
	}
	if i < 0 {
		return PolicyField{Item: -1, Key: "id"}, 1, 1
	}
	m := t.marks[i]
	if !m.block {
		return m.field, 1, max(1, column-m.column+1)
	}
	return m.field, line - m.line + 1, max(1, column-m.column+1)
}

// WritePolicy writes the policy's file. Texts lose white space around them, and conditions around each line; both have
// none when they come from a file.
func WritePolicy(p *schemas.Policy) *PolicyText {
	w := &policyWriter{line: 1, field: PolicyField{Item: -1}}
	w.text("id", p.ID)
	w.text("title", p.Title)
	w.text("number", p.Number)
	w.text("level", string(p.Level))
	w.text("department", p.Department)
	w.text("status", string(p.Status))
	w.interval("valid", schemas.Window{From: p.From, To: p.To})
	w.text("theme", p.Theme)
	w.expression("scope", p.Scope.Text)
	w.params(p.Params)
	w.nest("items", 2, func() {
		for i := range p.Items {
			if i > 0 {
				w.raw("\n")
			}
			w.field, w.dash, w.prefix = PolicyField{Item: i}, true, ""
			w.item(&p.Items[i], p.Department)
		}
	})
	return &PolicyText{Data: []byte(w.b.String()), marks: w.marks}
}

func (w *policyWriter) item(it *schemas.Item, department string) {
	w.text("id", it.ID)
	w.text("title", it.Title)
	if it.Department != department {
		w.text("department", it.Department)
	}
	w.text("mode", string(it.Mode))
	w.text("kind", string(it.Kind))
	w.text("status", string(it.Status))
	if it.Revision > 1 {
		w.pair("revision", strconv.Itoa(it.Revision))
	}
	w.interval("window", it.Window)
	w.expression("condition", it.Condition.Text)
	w.gates(it.Gates)
	w.expression("benefit", it.Benefit.Text)
	w.preferences(it.Prefer)
	if e := it.Exclusive; e != nil {
		w.nest("exclusive", 1, func() {
			w.text("group", e.Group)
			w.text("within", string(e.Within))
			w.text("keep", string(e.Keep))
		})
	}
	w.text("once", string(it.Once))
	if len(it.Attainable) > 0 {
		w.nest("attainable", 1, func() {
			for _, name := range slices.Sorted(maps.Keys(it.Attainable)) {
				w.text(name, yesNo(it.Attainable[name]))
			}
		})
	}
	if it.Review != schemas.ReviewHold {
		w.text("review", string(it.Review))
	}
	w.guide(&it.Guide)
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func (w *policyWriter) guide(g *schemas.Guide) {
	if *g == (schemas.Guide{}) {
		return
	}
	w.nest("guide", 1, func() {
		w.text("beneficiaries", g.Beneficiaries)
		w.text("standard", g.Standard)
		w.text("materials", g.Materials)
		w.text("process", g.Process)
		w.text("time_limit", g.TimeLimit)
		w.text("address", g.Address)
		w.text("phone", g.Phone)
	})
}

func (w *policyWriter) params(params []schemas.Param) {
	w.entries("params", len(params), func(i int) {
		w.text("name", params[i].Name)
		w.expression("value", params[i].Value.Text)
		w.text("note", params[i].Note)
	})
}

func (w *policyWriter) gates(gates []schemas.Gate) {
	w.entries("gates", len(gates), func(i int) {
		w.text("clause", gates[i].Clause)
		w.expression("condition", gates[i].Condition.Text)
	})
}

// preferences writes a list of texts: 研发费用 降序.
func (w *policyWriter) preferences(prefer []schemas.Preference) {
	w.entries("prefer", len(prefer), func(i int) {
		w.expression("", strings.TrimSpace(prefer[i].By.Text)+" "+string(prefer[i].Order))
	})
}
