package explain

import "strings"

// RenderAnswer writes an answer for an officer: what follows, then the tree that it follows from, then how the amount was
// computed.
func RenderAnswer(a *Answer) string {
	p := newPage()
	p.subject(a)
	if a.Amount != "" {
		p.line(0, "金额：%s", a.Amount)
	}
	p.readiness(a.Readiness)
	p.missing(a.Missing)
	p.changes(a)
	p.line(0, "条件：")
	p.node(a.Tree, 1)
	if a.Amount != "" {
		p.line(0, "金额的计算：")
		p.value(a.Benefit, 1)
	}
	return p.String()
}

func (p *page) subject(a *Answer) {
	if len(a.Statements) > 0 {
		p.line(0, "尚须：%s", strings.Join(a.Statements, "；"))
	}
}

func (p *page) readiness(r *Readiness) {
	switch {
	case r == nil:
	case r.Ready:
		p.line(0, "%s：就绪", r.Mode)
	default:
		p.line(0, "%s：未就绪（%s）", r.Mode, strings.Join(r.Reasons, "；"))
	}
}

// missing lists the facts with who can supply them.
func (p *page) missing(facts []Fact) {
	switch {
	case len(facts) == 0:
		return
	case facts[0].Only:
		p.line(0, "只缺一项事实：")
	default:
		p.line(0, "缺少的事实（%d 项）：", len(facts))
	}
	for _, f := range facts {
		p.line(1, "%s　%s", f.line(), f.supply())
	}
}

// changes lists what would have to change.
func (p *page) changes(a *Answer) {
	if len(a.Near) > 0 {
		p.line(0, "%s", either(len(a.Near) == 1, "只差一项：", "只差一项，满足其一即可："))
		for _, l := range a.Near {
			p.line(1, "%s", l.Line())
		}
		return
	}
	if len(a.Changes) == 0 {
		return
	}
	p.line(0, "要符合，至少须改变：")
	for _, c := range a.Changes {
		p.line(1, "%s", c.line())
	}
}
