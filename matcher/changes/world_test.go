package changes_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"zhida/matcher"
	"zhida/matcher/changes"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/reference"
	"zhida/matcher/table"
	"zhida/schemas"
)

// definitions are rules as text and figures, so that one part of them can be swapped at a time.
type definitions struct {
	tags  map[string]string
	items map[string]string
	list  schemas.List   // of 资质
	shelf map[string]int // months, by dataset; 0: for ever
}

// site is definitions compiled, for those who are tested and for the reference.
type site struct {
	rules    *changes.Rules
	tags     []matcher.Rule // in the order in which they read each other
	items    map[string]condition.Expr
	datasets map[string]*schemas.Dataset
	attrs    map[string]*schemas.Attribute
}

func tagNames() []string  { return []string{"大户", "持证", "优选"} }
func itemNames() []string { return []string{"甲", "乙", "丙", "丁", "戊", "己"} }

// datasetNames are in the order in which details name them.
func datasetNames() []string { return []string{"certificate", "registration", "report"} }

func (d *definitions) datasets() map[string]*schemas.Dataset {
	out := map[string]*schemas.Dataset{}
	for _, ds := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "资本", Type: schemas.FieldNumber, Unit: "元"},
			{Name: "成立日期", Type: schemas.FieldDate},
			{Name: "注册地", Type: schemas.FieldRegion},
		}},
		{Name: "certificate", Title: "资质", List: d.list, Key: []string{"编号"}, Fields: []schemas.Field{
			{Name: "编号", Type: schemas.FieldNumber},
			{Name: "类型", Type: schemas.FieldText, Values: []schemas.Value{{Name: "高企"}, {Name: "绿色"}}},
			{Name: "有效期至", Type: schemas.FieldDate},
		}},
		{Name: "report", Title: "年报", List: schemas.ListOpen, Key: []string{"年度"}, Year: "年度", Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber},
			{Name: "人数", Type: schemas.FieldNumber, Unit: "人"},
		}},
	} {
		ds.Role = schemas.RoleFacts
		ds.Shelf = schemas.Span{Months: d.shelf[ds.Name]}
		out[ds.Name] = ds
	}
	return out
}

func attributes() []schemas.Attribute {
	zero := int64(0)
	from := func(dataset, field string) []schemas.Source {
		return []schemas.Source{{Dataset: dataset, Field: field}}
	}
	return []schemas.Attribute{
		{Name: "资本", Type: schemas.Type{Kind: schemas.KindNumber, Unit: "元"}, Sources: from("registration", "资本")},
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("registration", "成立日期")},
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("registration", "注册地")},
		{
			Name: "人数", Type: schemas.Type{Kind: schemas.KindNumber, Unit: "人"}, Range: schemas.Range{Low: &zero}, Yearly: true,
			Sources: from("report", "人数"),
		},
	}
}

func (d *definitions) compile(t testing.TB, codes *schemas.Codes) *site {
	t.Helper()
	s := &site{items: map[string]condition.Expr{}, datasets: d.datasets(), attrs: map[string]*schemas.Attribute{}}
	defs := attributes()
	env := &condition.Env{Attributes: s.attrs, Datasets: map[string]*schemas.Dataset{}, Tags: map[string]bool{}, Codes: codes}
	for i := range defs {
		s.attrs[defs[i].Name] = &defs[i]
	}
	var sorted []*schemas.Dataset
	for _, name := range datasetNames() {
		ds := s.datasets[name]
		env.Datasets[ds.Name], env.Datasets[ds.Title] = ds, ds
		sorted = append(sorted, ds)
	}
	for _, name := range tagNames() {
		env.Tags[name] = true
	}
	compile := func(text string) condition.Expr {
		x, faults := condition.Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatalf("%s: %v", text, faults)
		}
		return x
	}
	for _, name := range tagNames() {
		s.tags = append(s.tags, matcher.Rule{ID: name, Expr: compile(d.tags[name])})
	}
	made := matcher.Definitions{Tags: s.tags, Attributes: s.attrs}
	for _, name := range itemNames() {
		if text, ok := d.items[name]; ok {
			s.items[name] = compile(text)
			made.Items = append(made.Items, matcher.Item{Rule: matcher.Rule{ID: name, Expr: s.items[name]}})
		}
	}
	lib, err := matcher.Compile(made)
	if err != nil {
		t.Fatal(err)
	}
	s.rules = &changes.Rules{Library: lib, Attributes: defs, Datasets: sorted, RegionOf: "注册地", Codes: codes}
	return s
}

// row is a row of a dataset as plain Go values.
type row struct {
	key       int64 // of a list: the value of its key
	origin    int64
	confirmed schemas.Date
	cells     map[string]reference.Cell
}

// night is what one night knew of some enterprises.
type night struct {
	date     schemas.Date
	people   []map[string][]row // by dataset
	coverage map[string][]plan.Coverage
}

// rows makes the stored rows of a dataset.
func (n *night) rows(ds *schemas.Dataset) *profile.Rows {
	fields := table.Stored(ds, false)
	b := table.NewBuilder(fields)
	var doors []uint16
	var confirmed, origin []int64
	for door, p := range n.people {
		for _, r := range p[ds.Name] {
			for i, f := range fields {
				c, ok := r.cells[f.Name]
				switch {
				case !ok:
				case f.Kind == table.Text:
					b.Text(i, c.Text)
				default:
					b.Int(i, c.Number)
				}
			}
			b.End()
			doors, confirmed, origin = append(doors, uint16(door)), append(confirmed, int64(r.confirmed)), append(origin, r.origin)
		}
	}
	return profile.NewRows(b.Table(), doors, confirmed, origin)
}

func (n *night) judged(s *site) *changes.Night {
	out := &changes.Night{Rules: s.rules, Rows: map[string]*profile.Rows{}, Coverage: n.coverage, Date: n.date}
	for name, ds := range s.datasets {
		out.Rows[name] = n.rows(ds)
	}
	return out
}

// view is what the reference sees: which night each dataset's rows, their ages and the day those are judged on come from.
type view struct {
	site  *site
	today schemas.Date
	fresh map[string]schemas.Date
	rows  map[string][]row
	lists map[string][]plan.Coverage
}

// sure says whether the enterprise meets the item, one condition after the other.
func (v *view) sure(item string) bool {
	x, ok := v.site.items[item]
	if !ok {
		return false
	}
	w := &reference.World{
		Today: v.today, FreshOn: v.fresh, Datasets: v.site.datasets, Attributes: v.site.attrs, RegionOf: "注册地",
		Coverage: map[string][]reference.Coverage{},
	}
	for name, all := range v.lists {
		for _, c := range all {
			w.Coverage[name] = append(w.Coverage[name], reference.Coverage{Scope: c.Scope, Full: c.Full})
		}
	}
	who := &reference.Enterprise{Rows: map[string][]reference.Row{}, Tags: map[string]reference.Truth{}}
	for name, rows := range v.rows {
		for _, r := range rows {
			who.Rows[name] = append(who.Rows[name], reference.Row{Cells: r.cells, Confirmed: r.confirmed})
		}
	}
	for _, tag := range v.site.tags {
		who.Tags[tag.ID] = w.Truth(tag.Expr, who, reference.GrantAll)
	}
	return w.Truth(x, who, reference.GrantAll) == reference.Sure(true)
}

// maker makes random definitions and nights.
type maker struct{ *rand.Rand }

func (m maker) pick(words ...string) string { return words[m.IntN(len(words))] }

// atom is a condition that often changes its verdict in the days of these tests.
func (m maker) atom(tags ...string) string {
	n := m.IntN(8)
	switch k := m.IntN(9 + len(tags)); k {
	case 0:
		return fmt.Sprintf("资本 >= %d元", n)
	case 1:
		return fmt.Sprintf("成立日期 + %d天 <= 今天", n)
	case 2:
		return "注册地 属于 " + m.pick("510703", "510700", "510704")
	case 3:
		return fmt.Sprintf("有 资质(类型 = %q 且 有效期至 >= 今天)", m.pick("高企", "绿色"))
	case 4:
		return fmt.Sprintf("计数 资质() %s %d", m.pick(">=", "<"), n%3+1)
	case 5:
		return fmt.Sprintf("人数 >= %d人", n)
	case 6:
		return fmt.Sprintf("求和 近2年度.人数 >= %d人", n)
	case 7:
		return "非 有 资质(类型 = " + `"绿色")`
	case 8:
		return "每 资质(有效期至 >= 2026-06-15)"
	default:
		return "标签 " + tags[k-9]
	}
}

func (m maker) condition(tags ...string) string {
	a, b := m.atom(tags...), m.atom(tags...)
	switch m.IntN(4) {
	case 0:
		return a
	case 1:
		return a + " 或 " + b
	default:
		return a + " 且 " + b
	}
}

func (m maker) definitions() *definitions {
	d := &definitions{tags: map[string]string{}, items: map[string]string{}, list: schemas.ListOpen, shelf: map[string]int{}}
	for i, name := range tagNames() {
		d.tags[name] = m.condition(tagNames()[:i]...)
	}
	for _, name := range itemNames() {
		d.items[name] = m.condition(tagNames()...)
	}
	if m.IntN(3) > 0 {
		d.list = schemas.ListComplete
	}
	for _, name := range datasetNames() {
		d.shelf[name] = m.IntN(3)
	}
	return d
}

// revised are definitions with some parts made anew.
func (m maker) revised(d *definitions) *definitions {
	out := d.clone()
	other := m.definitions()
	for i, name := range tagNames() {
		if m.IntN(5) == 0 {
			out.tags[name] = m.condition(tagNames()[:i]...)
		}
	}
	for _, name := range itemNames() {
		switch m.IntN(8) {
		case 0:
			out.items[name] = other.items[name]
		case 1:
			delete(out.items, name)
		}
	}
	if m.IntN(4) == 0 {
		out.list = other.list
	}
	if name := m.pick(datasetNames()...); m.IntN(3) == 0 {
		out.shelf[name] = other.shelf[name]
	}
	return out
}

// day is a day on which something may begin or end in the nights of these tests.
func (m maker) day(about schemas.Date) schemas.Date { return about + schemas.Date(m.IntN(9)-4) }

// aged is a day of confirmation that a shelf life of none, one or two months may just reach.
func (m maker) aged(about schemas.Date) schemas.Date {
	return m.day(about).Add(schemas.Span{Months: -m.IntN(3)})
}

func (m maker) row(dataset string, about schemas.Date, key, origin int64) row {
	r := row{key: key, origin: origin, confirmed: m.aged(about), cells: map[string]reference.Cell{}}
	put := func(field string, c reference.Cell) {
		if m.IntN(8) > 0 {
			r.cells[field] = c
		}
	}
	switch dataset {
	case "registration":
		put("资本", reference.Cell{Number: int64(m.IntN(9))})
		put("成立日期", reference.Cell{Number: int64(m.day(about) - schemas.Date(m.IntN(8)))})
		put("注册地", reference.Cell{Text: m.pick("510703", "5107", "510704", "51")})
	case "certificate":
		r.cells["编号"] = reference.Cell{Number: key}
		put("类型", reference.Cell{Text: m.pick("高企", "绿色")})
		put("有效期至", reference.Cell{Number: int64(m.day(about))})
	case "report":
		r.cells["年度"] = reference.Cell{Number: key}
		put("人数", reference.Cell{Number: int64(m.IntN(9))})
	}
	return r
}

// first is the last night; today and the first origin of its rows.
func (m maker) first(n int, date schemas.Date) *night {
	out := &night{date: date, coverage: m.lists(date)}
	for range n {
		p := map[string][]row{}
		for _, name := range datasetNames() {
			from, count := int64(0), 1
			switch name {
			case "certificate":
				count = m.IntN(4)
			case "report":
				from, count = 2024, m.IntN(3)
			}
			for k := range count {
				p[name] = append(p[name], m.row(name, date, from+int64(k), int64(m.IntN(2))))
			}
		}
		out.people = append(out.people, p)
	}
	return out
}

// tonight is a night some days later: rows confirmed, changed, deleted, added, and most as they were.
func (m maker) tonight(last *night) *night {
	out := &night{date: last.date + schemas.Date(m.IntN(3)), coverage: last.coverage}
	if m.IntN(2) == 0 {
		out.coverage = m.lists(out.date)
	}
	busy := m.IntN(3) // 0: hardly a row changes
	for _, was := range last.people {
		p := map[string][]row{}
		for _, name := range datasetNames() {
			for _, r := range was[name] {
				switch k := m.IntN(12 + 20*(2-busy)); {
				case k == 0 && name != "registration":
					continue
				case k < 3:
					r = m.row(name, out.date, r.key, 5)
				case k < 5:
					r.confirmed = max(r.confirmed, m.aged(out.date))
				}
				p[name] = append(p[name], r)
			}
			if m.IntN(10) == 0 && name == "certificate" {
				p[name] = append(p[name], m.row(name, out.date, 9, 5))
			}
		}
		out.people = append(out.people, p)
	}
	return out
}

func (m maker) lists(date schemas.Date) map[string][]plan.Coverage {
	var all []plan.Coverage
	for _, scope := range []string{"", "5107", "510703"} {
		if m.IntN(3) == 0 {
			all = append(all, plan.Coverage{Scope: scope, Full: m.aged(date)})
		}
	}
	return map[string][]plan.Coverage{"certificate": all}
}

func (d *definitions) clone() *definitions {
	out := &definitions{tags: map[string]string{}, items: map[string]string{}, list: d.list, shelf: map[string]int{}}
	for k, v := range d.tags {
		out.tags[k] = v
	}
	for k, v := range d.items {
		out.items[k] = v
	}
	for k, v := range d.shelf {
		out.shelf[k] = v
	}
	return out
}

// with are the definitions with one part of others.
func (d *definitions) with(o *definitions, part string) *definitions {
	out := d.clone()
	switch {
	case part == "事项":
		out.items = o.clone().items
	case slices.Contains(tagNames(), part):
		out.tags[part] = o.tags[part]
	default:
		out.shelf[part] = o.shelf[part]
		if part == "certificate" {
			out.list = o.list
		}
	}
	return out
}

// parts are the names of what can be swapped alone.
func parts() []string { return append(append([]string{"事项"}, tagNames()...), datasetNames()...) }
