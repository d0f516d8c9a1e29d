package page

import (
	"cmp"
	"io"
	"strings"
	"unicode"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Guide is what an item's clear card and guide are made from.
type Guide struct {
	Site      string
	Policy    *schemas.Policy
	Item      *schemas.Item
	Condition condition.Expr // the whole of it, checked; nil: what must be declared is not listed
	Codes     *schemas.Codes
	Day       schemas.Date // the business date
	Alike     []string     // titles of the other items of its exclusive group
}

// Write writes the page: the card on its upper half, the guide below.
func (g *Guide) Write(w io.Writer) error { return render(w, "guide.html", g.view()) }

// GuideFile is the name of an item's guide. Ids are made of letters, digits, dots, lines and Chinese characters; whatever
// else there may be is written as its bytes, so that no two ids share a file and none leaves its folder.
func GuideFile(id string) string { return anchor(id) + ".html" }

// anchor is an id as a part of addresses and file names.
func anchor(id string) string {
	var b strings.Builder
	for i, r := range id {
		switch {
		case r == '-', unicode.IsLetter(r), unicode.IsDigit(r), r == '.' && i > 0:
			b.WriteRune(r)
		default:
			for _, c := range []byte(string(r)) {
				b.WriteByte('_')
				b.WriteByte("0123456789ABCDEF"[c>>4])
				b.WriteByte("0123456789ABCDEF"[c&15])
			}
		}
	}
	if b.String() == "index" {
		return "_69ndex"
	}
	return b.String()
}

// missing stands where an officer has left a field empty.
const missing = "未填写"

// field is a line of the guide.
type field struct {
	Name    string
	Text    string
	Missing bool
}

func fieldOf(name, text string) field {
	text = strings.TrimSpace(text)
	return field{name, cmp.Or(text, missing), text == ""}
}

// guideView is a guide as the template shows it.
type guideView struct {
	*Guide
	Department string
	Gives      field // 能得到什么
	Who        field // 谁能享受
	Mode       string
	How        string // 怎么办
	Window     string
	Open       bool
	State      string
	Formula    string
	Scope      []string
	Clauses    []clause
	Declared   []string
	Judged     []string
	Limits     []string
	Prefers    []string
	Process    field
	Materials  field
	TimeLimit  field
	Address    field
	Phone      field
	Basis      []field
	Missing    []string
}

func (g *Guide) view() *guideView {
	it, p := g.Item, g.Policy
	v := &guideView{
		Guide: g, Department: cmp.Or(it.Department, p.Department), Mode: string(it.Mode), How: modeMeans(it.Mode),
		Gives: fieldOf("兑现标准", it.Guide.Standard), Who: fieldOf("惠及对象", it.Guide.Beneficiaries),
		Window: windowWords(it.Window), Formula: value(it.Benefit), Scope: requirements(p.Scope, g.Codes), Clauses: clauses(it, g.Codes),
		Process: fieldOf("办理流程", it.Guide.Process), Materials: fieldOf("申报材料", it.Guide.Materials),
		TimeLimit: fieldOf("兑现时限", it.Guide.TimeLimit), Address: fieldOf("受理地址", it.Guide.Address), Phone: fieldOf("咨询电话", it.Guide.Phone),
	}
	v.State, v.Open = g.state()
	v.statements()
	v.limits()
	for _, pref := range it.Prefer {
		v.Prefers = append(v.Prefers, value(pref.By)+" "+string(pref.Order))
	}
	valid := windowWords(schemas.Window{From: p.From, To: p.To})
	v.Basis = []field{
		fieldOf("政策名称", p.Title), fieldOf("文号", p.Number), fieldOf("发文部门", p.Department), fieldOf("政策层级", string(p.Level)),
		fieldOf("政策主题", p.Theme), fieldOf("政策有效期", valid),
	}
	for _, f := range append([]field{v.Gives, v.Who, v.Process, v.Materials, v.TimeLimit, v.Address, v.Phone}, v.Basis...) {
		if f.Missing {
			v.Missing = append(v.Missing, f.Name)
		}
	}
	return v
}

// state says whether one can apply on the business date.
func (g *Guide) state() (string, bool) {
	it, p := g.Item, g.Policy
	switch {
	case p.Status != schemas.StatusEffective:
		return "政策" + string(p.Status), false
	case !(schemas.Window{From: p.From, To: p.To}).Contains(g.Day):
		return "不在政策有效期", false
	case it.Status != schemas.StatusEffective:
		return "事项" + string(it.Status), false
	case !it.Window.From.IsZero() && g.Day < it.Window.From:
		return "尚未开始", false
	case !it.Window.Contains(g.Day):
		return "申报期已过", false
	}
	return "在办", true
}

func windowWords(w schemas.Window) string {
	switch {
	case w.From.IsZero() && w.To.IsZero():
		return "长期"
	case w.From.IsZero():
		return w.To.String() + " 截止"
	case w.To.IsZero():
		return w.From.String() + " 起"
	}
	return w.From.String() + " 至 " + w.To.String()
}

// modeMeans says what the enterprise has to do.
func modeMeans(m schemas.ItemMode) string {
	switch m {
	case schemas.ModeNoApplication:
		return "不用申请。部门比对数据后直接兑现，核对收款信息即可"
	case schemas.ModeLightApplication:
		return "简单确认。系统预填信息，核对、承诺后提交，不重复交材料"
	case schemas.ModeOrdinary:
		return "按通知申报，由部门受理、审核后兑现"
	}
	return ""
}

// statements lists what data cannot decide.
func (v *guideView) statements() {
	if v.Condition != nil {
		for _, s := range condition.Statements(v.Condition) {
			if s.Declared {
				v.Declared = append(v.Declared, s.Text)
			} else {
				v.Judged = append(v.Judged, s.Text)
			}
		}
	}
}

func (v *guideView) limits() {
	switch v.Item.Once {
	case schemas.OncePerYear:
		v.Limits = append(v.Limits, "每年只能享受一次")
	case schemas.OnceEver:
		v.Limits = append(v.Limits, "只能享受一次")
	}
	if e := v.Item.Exclusive; e != nil {
		within := "同一年内"
		if e.Within == schemas.PeriodEver {
			within = "任何时候"
		}
		keep := "按政策顺序取前一项"
		if e.Keep == schemas.KeepBetter {
			keep = "取金额高的一项"
		}
		text := within + "，“" + e.Group + "”类事项只能享受一项，" + keep
		if len(v.Alike) > 0 {
			text += "。同类事项：" + strings.Join(v.Alike, "、")
		}
		v.Limits = append(v.Limits, text)
	}
}
