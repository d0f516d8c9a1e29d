package matchtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// facts is what a script says of an enterprise, as rows of datasets.
type facts struct {
	rows map[string][]*row // by Dataset.Name, in the order of the script
	tags map[string]string // 标签 X: 是, 否 or 未知 against its rule
	list map[string]state  // 名单, by Dataset.Name
}

// row is a row being collected.
type row struct {
	key       string // rows of one key are one row; "" never
	cells     map[string]cell
	confirmed schemas.Date // zero: on the business date
}

// cell is a value in stored form: number for numbers, dates and truth values, else text.
type cell struct {
	number   int64
	text     string
	currency string // of money
}

// gatherer makes facts of an enterprise's lines. What a line says goes through the checker as a comparison with its value,
// so that units, codes and dates mean what they mean in conditions, and faults read alike.
type gatherer struct {
	file   string
	defs   *Definitions
	today  schemas.Date
	faults schemas.Faults
	facts  *facts
}

// gather makes the facts of an enterprise on a business date.
func gather(s *Script, e *enterprise, defs *Definitions, today schemas.Date) (*facts, schemas.Faults) {
	g := &gatherer{file: s.File, defs: defs, today: today, facts: &facts{
		rows: map[string][]*row{}, tags: map[string]string{}, list: map[string]state{},
	}}
	g.lists(s.lists)
	g.enterprise(e, map[string]bool{})
	return g.facts, g.faults
}

// enterprise takes the facts of an enterprise, and those of the one it is like but for what is said already.
func (g *gatherer) enterprise(e *enterprise, said map[string]bool) {
	saying := map[string]bool{}
	for i := range e.facts {
		f := &e.facts[i]
		saying[g.about(f)] = true
		if !said[g.about(f)] {
			g.fact(f)
		}
	}
	if e.like != nil {
		maps.Copy(saying, said)
		g.enterprise(e.like, saying)
	}
	g.lists(e.lists) // after those of the one it is like
}

// about is what a fact is about: all rows of a dataset are one thing.
func (g *gatherer) about(f *fact) string {
	if f.tag {
		return wordTag + " " + f.name.text
	}
	base, year, _ := strings.Cut(strings.ReplaceAll(f.name.text, "＠", "@"), "@")
	this, _, _ := g.today.YMD()
	if n, ok := yearOf(strings.TrimFunc(year, isSpace), this); ok {
		return fmt.Sprintf("%s@%d", base, n)
	}
	if a := g.defs.Env.Attributes[base]; a != nil && a.Yearly {
		return fmt.Sprintf("%s@%d", base, this-1)
	}
	return base
}

func (g *gatherer) fault(at piece, suggestion, format string, args ...any) {
	g.faults = append(g.faults, at.fault(g.file, suggestion, format, args...))
}

// lists notes states of lists; each dataset once. What is noted later holds.
func (g *gatherer) lists(all []listing) {
	said := map[string]bool{}
	for _, l := range all {
		d := g.dataset(l.dataset)
		switch {
		case d == nil:
		case said[d.Name]:
			g.fault(l.dataset, "只留一行", "“%s”的名单说了两次", l.dataset.text)
		default:
			said[d.Name] = true
			g.facts.list[d.Name] = l.state
		}
	}
}

// dataset finds a dataset by its title or name, and says so if there is none.
func (g *gatherer) dataset(name piece) *schemas.Dataset {
	if d := g.defs.Env.Datasets[name.text]; d != nil {
		return d
	}
	g.fault(name, schemas.Near(name.text, g.titles()), "没有名为“%s”的数据类", name.text)
	return nil
}

func (g *gatherer) titles() []string {
	titles := map[string]bool{}
	for _, d := range g.defs.Env.Datasets {
		if d.Role != schemas.RoleContacts && d.Role != schemas.RoleCrosswalk {
			titles[d.Title] = true
		}
	}
	return slices.Sorted(maps.Keys(titles))
}

// fact takes one line.
func (g *gatherer) fact(f *fact) {
	base, _, _ := strings.Cut(strings.ReplaceAll(f.name.text, "＠", "@"), "@")
	base = strings.TrimFunc(base, isSpace)
	attribute := g.defs.Env.Attributes[base]
	switch {
	case f.tag:
		g.tag(f)
	case attribute != nil:
		g.attribute(f, attribute)
	case g.defs.Env.Datasets[base] != nil:
		g.row(f, g.defs.Env.Datasets[base])
	case g.defs.Env.Tags[base]:
		g.fault(f.name, "标签 "+base+": "+f.value.text, "“%s”是标签，前面要写“标签”", base)
	default:
		names := slices.Concat(slices.Sorted(maps.Keys(g.defs.Env.Attributes)), g.titles(), slices.Sorted(maps.Keys(g.defs.Env.Tags)))
		suggestion := schemas.Near(base, names)
		if g.defs.Env.Tags[suggestion] {
			suggestion = "标签 " + suggestion
		}
		g.fault(f.name, suggestion, "没有名为“%s”的指标或数据类", base)
	}
}

func (g *gatherer) tag(f *fact) {
	name := f.name.text
	if !g.defs.Env.Tags[name] {
		g.fault(f.name, schemas.Near(name, slices.Sorted(maps.Keys(g.defs.Env.Tags))), "没有名为“%s”的标签", name)
		return
	}
	if _, ok := g.facts.tags[name]; ok {
		g.fault(f.name, "只留一行", "标签“%s”说了两次", name)
	}
	switch f.value.text {
	case wordTrue, wordFalse, wordUnknown:
		g.facts.tags[name] = f.value.text
	default:
		g.fault(f.value, "写 是、否 或 未知", "标签的值是“是”“否”“未知”之一")
	}
}

// attribute puts a value into the row of the first source.
func (g *gatherer) attribute(f *fact, a *schemas.Attribute) {
	if len(a.Sources) == 0 {
		g.fault(f.name, "改写它的算式用到的指标", "指标“%s”是算出来的，不能直接给值", a.Name)
		return
	}
	source := a.Sources[0]
	d := g.defs.Datasets[source.Dataset]
	if f.value.text == wordUnknown || d == nil {
		return
	}
	text, ok := literal(f.value, a.Type)
	if !ok {
		g.fault(f.value, "写一个值", "“%s”要写一个值", a.Name)
		return
	}
	expr := g.compile(f.value, text, f.name, glue(equals(a.Type), f.value), text)
	if expr == nil {
		return
	}
	column, c, ok := g.cell(expr, a.Type)
	if !ok {
		g.unstorable(f.value, a.Name, a.Type)
		return
	}
	key := "one"
	if column.Yearly {
		year := column.Year.On(g.today)
		key = fmt.Sprint(year)
	}
	r := g.rowOf(d, key)
	if column.Yearly {
		r.cells[d.Year] = cell{number: int64(column.Year.On(g.today))}
	}
	g.set(r, f, f.name, source.Field, c)
}

// row takes a whole row of a dataset.
func (g *gatherer) row(f *fact, d *schemas.Dataset) {
	switch f.value.text {
	case wordNone, wordUnknown, "没有":
		return // nothing is said; 名单 says what that means
	}
	cells := map[string]cell{}
	for _, part := range f.value.split(commas) {
		if part.text == "" || part.text == "有" {
			continue
		}
		if name, c, ok := g.field(d, part); ok {
			if _, twice := cells[name.text]; twice {
				g.fault(name, "只留一个", "“%s”说了两次", name.text)
			}
			cells[name.text] = c
		}
	}
	r := g.rowOf(d, rowKey(d, cells))
	for name, c := range cells {
		g.set(r, f, f.value, name, c)
	}
	g.confirm(r, f)
}

// rowKey says which row a line is about: the only one, that of a year, or one more.
func rowKey(d *schemas.Dataset, cells map[string]cell) string {
	switch {
	case len(d.Key) == 0:
		return "one"
	case d.Year != "" && len(d.Key) == 1:
		if year, ok := cells[d.Year]; ok {
			return fmt.Sprint(year.number)
		}
	}
	return ""
}

// rowOf is the row of that key, made if need be.
func (g *gatherer) rowOf(d *schemas.Dataset, key string) *row {
	for _, r := range g.facts.rows[d.Name] {
		if key != "" && r.key == key {
			return r
		}
	}
	r := &row{key: key, cells: map[string]cell{}}
	g.facts.rows[d.Name] = append(g.facts.rows[d.Name], r)
	return r
}

// set puts a value into a row.
func (g *gatherer) set(r *row, f *fact, at piece, field string, c cell) {
	if before, ok := r.cells[field]; ok && before != c {
		g.fault(at, "只留一个", "“%s”已经给过另一个值", field)
	}
	r.cells[field] = c
	g.confirm(r, f)
}

// confirm notes when a row was confirmed: all of it at once.
func (g *gatherer) confirm(r *row, f *fact) {
	if f.confirmed.IsZero() {
		return
	}
	if !r.confirmed.IsZero() && r.confirmed != f.confirmed {
		g.fault(f.value, "写同一个核实日期", "它和前面写明 %s 核实的指标同在一条记录里，一条记录只有一个核实日期", r.confirmed)
	}
	r.confirmed = f.confirmed
}

// field reads 认定日期 = 2025-07-01 of a row.
func (g *gatherer) field(d *schemas.Dataset, part piece) (name piece, c cell, ok bool) {
	name, value, found := part.cut("=＝" + colons)
	if !found || value.text == "" {
		g.fault(part, "写成 字段 = 值，例如 认定日期 = 2025-07-01；几个字段之间用逗号隔开", "“%s”的一条记录要写明每个字段的值", d.Title)
		return name, c, false
	}
	if value.text == wordUnknown {
		return name, c, false
	}
	t := schemas.Type{Kind: schemas.KindText}
	if f := d.Field(name.text); f != nil {
		t = schemas.Type{Kind: f.Kind(), Scale: f.Scale, Unit: f.Unit}
		if f.Type == schemas.FieldMoney {
			t.Scale = schemas.MoneyScale
		}
	}
	text, ok := literal(value, t)
	if !ok {
		g.fault(value, "写一个值", "“%s”要写一个值", name.text)
		return name, c, false
	}
	open, shut := glue("有 "+d.Title+"(", name), glue(")", value)
	expr := g.compile(value, text, open, name, glue(equals(t), value), text, shut)
	if expr == nil {
		return name, c, false
	}
	if rows, isRows := expr.(condition.Exists); isRows {
		_, c, ok = g.cell(rows.Where, t)
	}
	if !ok {
		g.unstorable(value, name.text, t)
	}
	return name, c, ok
}
