package explain

import (
	"fmt"
	"slices"
	"strings"
)

// FactKind says in what way a fact is missing.
type FactKind string

// The kinds of missing facts.
const (
	FactUnknown   FactKind = "unknown"   // nobody has said it
	FactStale     FactKind = "stale"     // it was said too long ago: Known is what was said, Confirmed when
	FactCoarse    FactKind = "coarse"    // Known is a code, Need what must be known beyond it
	FactList      FactKind = "list"      // whether there are further rows: the dataset does not vouch for being complete
	FactRow       FactKind = "row"       // a row that is beyond its shelf life
	FactTag       FactKind = "tag"       // a tag without a rule
	FactUndefined FactKind = "undefined" // all is known, but there is no result: a division by zero
)

// Supplier is a department that can supply a fact, and the dataset it delivers it in.
type Supplier struct {
	Dataset string `json:"dataset"`         // the title
	Owner   string `json:"owner,omitempty"` // the department
}

// Fact is a fact that is not known and keeps a verdict open.
type Fact struct {
	Kind      FactKind   `json:"kind"`
	Name      string     `json:"name"`                // an attribute, a tag, a dataset's title, or 数据类.字段 of a row
	Year      int        `json:"year,omitempty"`      // of a yearly attribute
	Known     string     `json:"known,omitempty"`     // what is known, or was
	Confirmed string     `json:"confirmed,omitempty"` // when it was last confirmed
	Need      string     `json:"need,omitempty"`      // what more must be known
	Dataset   string     `json:"dataset,omitempty"`   // the title of the first source
	Owner     string     `json:"owner,omitempty"`     // the department that delivers it
	Others    []Supplier `json:"others,omitempty"`    // further sources, in order
	Only      bool       `json:"only,omitempty"`      // it is the only missing fact of its verdict
}

// Title names the fact: 营业收入@2025年.
func (f Fact) Title() string { return titleOf(f.Name, f.Year) }

func titleOf(name string, year int) string {
	if year == 0 {
		return name
	}
	return fmt.Sprintf("%s@%d年", name, year)
}

// line is the fact as an officer reads it, without who can supply it.
func (f Fact) line() string {
	text := f.Title()
	switch f.Kind {
	case FactStale:
		return fmt.Sprintf("%s：已过保存期（%s 核实时为 %s）", text, f.Confirmed, f.Known)
	case FactCoarse:
		text += "：现为 " + f.Known
		if f.Need != "" {
			return text + "，须知道" + f.Need
		}
		return text + "，须更具体"
	case FactList:
		return text + "：" + f.Need
	case FactRow:
		return text + "：记录已过保存期（" + f.Confirmed + " 核实）"
	case FactUndefined:
		if f.Known == "" {
			return text + "：算不出"
		}
		return text + "：算不出（现为 " + f.Known + "）"
	}
	if f.Known != "" {
		return text + "：" + f.Known
	}
	return text
}

// short is the fact in a word or two.
func (f Fact) short() string {
	switch f.Kind {
	case FactStale, FactRow:
		return f.Title() + "（过期）"
	case FactCoarse:
		return f.Title() + "（不够具体）"
	case FactList:
		return f.Title() + "（名单不完整）"
	case FactUndefined:
		return f.Title() + "（算不出）"
	}
	return f.Title()
}

// supply says who can supply the fact.
func (f Fact) supply() string {
	if f.Dataset == "" {
		return ""
	}
	var who []string
	for _, s := range append([]Supplier{{f.Dataset, f.Owner}}, f.Others...) {
		if s.Owner == "" {
			who = append(who, s.Dataset)
		} else {
			who = append(who, s.Owner+"（"+s.Dataset+"）")
		}
	}
	text := "由 " + who[0] + " 提供"
	if len(who) > 1 {
		text += "，或 " + strings.Join(who[1:], "、")
	}
	return text
}

// Missing lists the facts that keep the verdict of an explained condition open, each once, in the order of the text.
// It is empty if, and only if, the verdict is known.
//
// They are the unknown things that the unknown parts of the condition read; a part that is decided keeps nothing open,
// and neither does anything within it.
func Missing(n *Node) []Fact {
	var out []Fact
	seen := map[*Node]bool{}
	var walk func(n *Node)
	walk = func(n *Node) {
		if n == nil || n.Verdict != Unknown || seen[n] {
			return
		}
		seen[n] = true
		out = append(out, n.missing()...)
		walk(n.rule)
		if n.Kind != KindTag {
			for _, p := range n.Parts {
				walk(p)
			}
		}
	}
	walk(n)
	return distinct(out)
}

// distinct keeps each fact once, and says of an only one that it is.
func distinct(facts []Fact) []Fact {
	type key struct {
		name, dataset string
		year          int
		list          bool
	}
	seen := map[key]int{}
	var out []Fact
	for _, f := range facts {
		k := key{f.Name, f.Dataset, f.Year, f.Kind == FactList || f.Kind == FactRow}
		if at, ok := seen[k]; ok {
			if out[at].Need != f.Need && f.Need != "" && !strings.Contains(out[at].Need, f.Need) {
				out[at].Need = strings.TrimPrefix(out[at].Need+"、"+f.Need, "、")
			}
			continue
		}
		seen[k] = len(out)
		out = append(out, f)
	}
	for i := range out { // within a test they may have been called so
		out[i].Only = len(out) == 1
	}
	return slices.Clip(out)
}

// missing are the facts that a node's own test lacks, not those of its parts.
func (n *Node) missing() []Fact {
	var out []Fact
	switch n.Kind {
	case KindTag:
		if n.rule == nil || n.rule.Verdict != Unknown {
			return []Fact{{Kind: FactTag, Name: n.Text}}
		}
	case KindRows:
		return n.List.facts
	case KindTest:
		for _, v := range n.Values {
			out = append(out, v.missing(n.finer)...)
		}
		if len(out) == 0 {
			for _, v := range n.Values {
				out = append(out, v.undefined()...)
			}
		}
		if len(out) == 0 {
			out = []Fact{{Kind: FactUndefined, Name: n.Text}}
		}
	}
	return out
}
