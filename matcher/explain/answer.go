package explain

import (
	"fmt"
	"strings"
)

// Outcome is a verdict in the words of the lists it puts an enterprise on.
type Outcome string

// The outcomes.
const (
	OutcomeSure  Outcome = "符合"
	OutcomeNeeds Outcome = "待补充" // a fact is missing
	OutcomeNear  Outcome = "差一项" // one attainable test would settle it
	OutcomeNo    Outcome = "不符合"
)

// Answer is a condition explained for one enterprise, with what follows.
type Answer struct {
	Outcome    Outcome    `json:"outcome"`
	Subject    Subject    `json:"subject,omitempty"`    // what 符合 is still subject to
	Statements []string   `json:"statements,omitempty"` // the 评审 and 承诺 that are still open
	Missing    []Fact     `json:"missing,omitempty"`    // 待补充: what is not known
	Near       []Leaf     `json:"near,omitempty"`       // 差一项: the tests of which one would settle it
	Changes    []Change   `json:"changes,omitempty"`    // 差一项 and 不符合: the least that would have to change
	Amount     string     `json:"amount,omitempty"`     // the benefit: 20万元, 最高 100万元, 未定
	Readiness  *Readiness `json:"readiness,omitempty"`  // left to the caller, who knows payments and other items
	Tree       *Node      `json:"tree"`
	Benefit    *Value     `json:"benefit,omitempty"` // how the amount was computed
}

// Readiness says whether the benefit can go out without an application, or with a light one.
type Readiness struct {
	Mode    string   `json:"mode"` // 免申即享 or 易申快享
	Ready   bool     `json:"ready"`
	Reasons []string `json:"reasons,omitempty"` // why not
}

// conclude says what follows from the tree.
func (a *Answer) conclude() {
	switch a.Tree.Verdict {
	case Yes:
		a.Outcome, a.Subject = OutcomeSure, a.Tree.Subject
		a.Statements = Statements(a.Tree)
	case Unknown:
		a.Outcome, a.Missing = OutcomeNeeds, Missing(a.Tree)
	default:
		a.Outcome, a.Changes = OutcomeNo, Changes(a.Tree)
		if a.Near = Near(a.Tree); len(a.Near) > 0 {
			a.Outcome = OutcomeNear
		}
	}
	if a.Benefit != nil && a.Outcome != OutcomeNo {
		a.Amount = a.Benefit.most()
	}
}

// most is the amount as it is promised: the greatest it can be.
func (v *Value) most() string {
	switch high := v.asked.high; {
	case v.State == StateKnown:
		return v.Text
	case v.State == StateRange && high != nil:
		return "最高 " + amount(high, unitFor(v.unit, v.units))
	}
	return "未定"
}

// Statements lists the 评审 and 承诺 that a condition which is met is still subject to, each once, in the order of the text.
func Statements(n *Node) []string {
	var out []string
	seen := map[string]bool{}
	var walk func(n *Node)
	walk = func(n *Node) {
		if n.Subject == SubjectNothing {
			return
		}
		if n.Kind == KindStated && !seen[n.Text] {
			seen[n.Text] = true
			out = append(out, n.Text)
		}
		for _, p := range n.Parts {
			walk(p)
		}
	}
	walk(n)
	return out
}

// Verdict is the outcome in one line: 符合（须评审）.
func (a *Answer) Verdict() string {
	if a.Subject == SubjectNothing {
		return string(a.Outcome)
	}
	return string(a.Outcome) + "（" + string(a.Subject) + "）"
}

// maxReasons is the number of facts or tests that Reason names.
const maxReasons = 3

// Reason is the shortest answer to why: 缺 营业收入@2025年, 差 注册资本 <= 1000万元（超出 200万元）.
func (a *Answer) Reason() string {
	var what []string
	lead, join := "", "、"
	switch a.Outcome {
	case OutcomeSure:
		lead, what = "须", a.Statements
	case OutcomeNeeds:
		lead = "缺"
		for _, f := range a.Missing {
			what = append(what, f.short())
		}
	case OutcomeNear:
		lead, join = "差", " 或 "
		for _, l := range a.Near {
			what = append(what, l.Line())
		}
	case OutcomeNo:
		lead = "不满足"
		for _, c := range a.Changes {
			what = append(what, c.line())
		}
	}
	if len(what) == 0 {
		return ""
	}
	more := ""
	if len(what) > maxReasons {
		more = fmt.Sprintf(" 等 %d 项", len(what))
		what = what[:maxReasons]
	}
	return lead + " " + strings.Join(what, join) + more
}

// line is a requirement in one line.
func (c Change) line() string {
	texts := make([]string, len(c.Leaves))
	for i, l := range c.Leaves {
		texts[i] = l.Line()
		if !l.Attainable {
			texts[i] += "（不可改变）"
		}
	}
	switch {
	case len(texts) == 1:
		return texts[0]
	case c.Need == 1:
		return strings.Join(texts, " 或 ")
	}
	return fmt.Sprintf("以下 %d 项中的 %d 项：%s", len(texts), c.Need, strings.Join(texts, "；"))
}
