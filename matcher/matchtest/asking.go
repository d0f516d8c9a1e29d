package matchtest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// asking is a question whose names have been looked up.
type asking struct {
	*question
	env   *condition.Env
	expr  condition.Expr  // of all but 指标
	value condition.Value // of 指标, or the benefit of an item
	item  *Item           // of 事项
	wants []want          // one per expectation
}

// want is an expectation whose names have been looked up.
type want struct {
	*expectation
	missing []string // titles of facts
	near    []string // canonical texts
	low     *big.Rat // nil: open
	high    *big.Rat
	day     schemas.Date // of dates
	word    string       // of texts and truth values
	literal literalKind
}

// literalKind is what kind of value is expected.
type literalKind uint8

const (
	literalNumber literalKind = iota + 1
	literalDay
	literalWord
	literalUnknown // 未知
	literalNone    // 无: there is no value
)

// resolver looks up the names of questions.
type resolver struct {
	script *Script
	defs   *Definitions
	names  map[string]bool
	faults schemas.Faults
}

func newResolver(s *Script, defs *Definitions) *resolver {
	r := &resolver{script: s, defs: defs, names: map[string]bool{}}
	for i := range s.enterprises {
		r.names[s.enterprises[i].name.text] = true
	}
	return r
}

func (r *resolver) fault(at piece, suggestion, format string, args ...any) {
	r.faults = append(r.faults, at.fault(r.script.File, suggestion, format, args...))
}

// ask looks up what a question is about.
func (r *resolver) ask(q *question) asking {
	a := asking{question: q, env: r.defs.Env}
	if len(q.subject) == 0 {
		return a
	}
	switch q.kind {
	case kindCondition:
		env := *r.defs.Env
		env.Item = true
		a.env = &env
		a.expr = r.compile(joined(r.script.File, q.subject...), a.env)
	case kindItem:
		r.item(&a)
	case kindTag:
		if name := q.subject[0]; !r.defs.Env.Tags[name.text] {
			r.fault(name, schemas.Near(name.text, sortedKeys(r.defs.Env.Tags)), "没有名为“%s”的标签", name.text)
		} else {
			a.expr = r.compile(joined(r.script.File, glue(wordTag, name), name), a.env)
		}
	case kindValue:
		value, faults := condition.CompileValue(joined(r.script.File, q.subject...), a.env)
		r.faults = append(r.faults, faults...)
		a.value = value
	}
	if len(q.subject) > 1 && (q.kind == kindItem || q.kind == kindTag) {
		r.fault(q.subject[1], "写成 甲厂: 符合；主体要在前面用“主体”写明", "看不出这一行说的是哪个主体")
	}
	for i := range q.expects {
		a.wants = append(a.wants, r.want(&a, &q.expects[i]))
	}
	return a
}

func (r *resolver) compile(text schemas.Text, env *condition.Env) condition.Expr {
	expr, faults := condition.Compile(text, env)
	r.faults = append(r.faults, faults...)
	return expr
}

func (r *resolver) item(a *asking) {
	id := a.subject[0]
	item := r.defs.Items[id.text]
	if item == nil {
		r.fault(id, schemas.Near(id.text, sortedKeys(r.defs.Items)), "没有编号为“%s”的事项", id.text)
		return
	}
	a.expr, a.value, a.item = item.Expr, item.Benefit, item
	if item.Env != nil {
		a.env = item.Env
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// want looks up what is expected.
func (r *resolver) want(a *asking, x *expectation) want {
	w := want{expectation: x}
	for _, name := range x.names {
		if !r.names[name.text] {
			suggestion := schemas.Near(name.text, sortedKeys(r.names))
			if suggestion == "" {
				suggestion = "先写一段“主体 " + name.text + "”，下面缩进写它的指标"
			}
			r.fault(name, suggestion, "没有名为“%s”的主体", name.text)
		}
	}
	for _, f := range x.missing {
		w.missing = append(w.missing, r.factName(f, a.today))
	}
	for _, leaf := range x.near {
		if expr := r.compile(joined(r.script.File, leaf), a.env); expr != nil {
			w.near = append(w.near, oneLine(condition.Format(expr.Node())))
		}
	}
	if x.amount != nil {
		r.amount(a, &w)
	}
	if x.ready.text != "" && a.kind != kindItem {
		r.fault(x.ready, "就绪写在“事项 编号”的下面", "条件没有兑现方式")
	}
	return w
}

// factName is a fact as explain names it: 营业收入@2025年, 资质, 资质.认定日期, 标签 高新技术企业.
func (r *resolver) factName(f piece, today schemas.Date) string {
	env := r.defs.Env
	if tag, ok := f.after(wordTag); ok && env.Tags[tag.text] {
		return wordTag + " " + tag.text
	}
	base, year, dated := strings.Cut(strings.ReplaceAll(f.text, "＠", "@"), "@")
	if a := env.Attributes[base]; a != nil {
		this, _, _ := today.YMD()
		switch n, ok := yearOf(year, this); {
		case !a.Yearly && !dated:
			return base
		case a.Yearly && !dated:
			return fmt.Sprintf("%s@%d年", base, this-1)
		case a.Yearly && ok:
			return fmt.Sprintf("%s@%d年", base, n)
		}
		r.fault(f, "", "“%s”的年度不对", base)
		return ""
	}
	title, field, ok := strings.Cut(base, ".")
	if d := env.Datasets[title]; d != nil && (!ok || d.Field(field) != nil) {
		if ok {
			return d.Title + "." + field
		}
		return d.Title
	}
	names := slices.Concat(sortedKeys(env.Attributes), sortedKeys(env.Datasets))
	r.fault(f, schemas.Near(f.text, names), "“缺”后面写指标、数据类或“标签 …”；没有名为“%s”的指标或数据类", f.text)
	return ""
}

// yearOf reads 2024, 2024年, 上年, 前年, 本年 and 当年.
func yearOf(text string, this int) (int, bool) {
	switch text {
	case "上年":
		return this - 1, true
	case "前年":
		return this - 2, true
	case "本年", "当年":
		return this, true
	}
	n, err := strconv.Atoi(strings.TrimSuffix(text, "年"))
	return n, err == nil && n > 0
}

// amount reads the value that is expected.
func (r *resolver) amount(a *asking, w *want) {
	x := w.amount
	if a.value == nil {
		if a.kind == kindItem && a.expr != nil {
			r.fault(x.at, "在事项里写 benefit，或去掉这里的金额", "事项“%s”没有写明金额", a.subject[0].text)
		}
		if a.kind == kindCondition {
			r.fault(x.at, "金额写在“事项 编号”的下面", "条件没有金额")
		}
		return
	}
	if x.point {
		switch x.low.text {
		case wordUnknown:
			w.literal = literalUnknown
			return
		case wordNone, "没有":
			w.literal = literalNone
			return
		}
	}
	t := a.value.Type()
	w.literal = literalNumber
	switch t.Kind {
	case schemas.KindDate:
		w.literal = literalDay
	case schemas.KindText, schemas.KindCode, schemas.KindTruth:
		w.literal = literalWord
	}
	if w.literal != literalNumber {
		r.plain(w, t)
		return
	}
	w.low, w.high = r.number(x.low, t), r.number(x.high, t)
	if x.point {
		w.high = w.low
	}
}

// plain reads a day, a text or a truth value.
func (r *resolver) plain(w *want, t schemas.Type) {
	value := w.amount.low
	if !w.amount.point {
		r.fault(w.amount.at, "写一个值", "只有数值可以写成 从..到")
		return
	}
	if w.literal == literalDay {
		day, err := schemas.ReadDate(value.text)
		if err != nil {
			r.fault(value, "写成 2026-06-15", "要写年月日")
		}
		w.day = day
		return
	}
	if w.word = value.text; t.Kind == schemas.KindText {
		if text, ok := value.unquoted(); ok {
			w.word = text
		}
	}
}

// number reads one end; nil if it is open or at fault.
func (r *resolver) number(value piece, t schemas.Type) *big.Rat {
	if value.text == "" {
		return nil
	}
	v, faults := condition.CompileValue(joined(r.script.File, value), r.defs.Env)
	r.faults = append(r.faults, faults...)
	if v == nil {
		return nil
	}
	x, ok := numberOf(v, 1)
	unit := v.Type().Unit
	switch {
	case !ok:
		r.fault(value, "写一个数，例如 5万元", "要写一个确定的数")
	case unit != t.Unit && unit != schemas.UnitNone && !unit.Comparable(t.Unit):
		r.fault(value, "", "单位不对：这里的单位是“%s”", t.Unit)
	default:
		return x
	}
	return nil
}
