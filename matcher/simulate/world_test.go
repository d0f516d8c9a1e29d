package simulate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/reference"
	"zhida/matcher/table"
	"zhida/schemas"
)

// world is a small made-up place, for the simulation and for the reference.
type world struct {
	*rand.Rand
	codes    *schemas.Codes
	defs     []schemas.Attribute
	attrs    map[string]*schemas.Attribute
	datasets map[string]*schemas.Dataset
	env      *condition.Env
	judge    *reference.World
	people   []*reference.Enterprise
	living   []bool
	today    schemas.Date
}

func tagNames() []string { return []string{"持证", "受罚"} }

func newWorld(seed uint64, n int, codes *schemas.Codes) *world {
	zero := int64(0)
	from := func(field string) []schemas.Source { return []schemas.Source{{Dataset: "登记", Field: field}} }
	number := func(unit schemas.Unit, scale int) schemas.Type {
		return schemas.Type{Kind: schemas.KindNumber, Unit: unit, Scale: scale}
	}
	w := &world{
		Rand: rand.New(rand.NewPCG(seed, 3)), codes: codes, today: schemas.NewDate(2026, 6, 15),
		attrs: map[string]*schemas.Attribute{}, datasets: map[string]*schemas.Dataset{},
		defs: []schemas.Attribute{
			{Name: "资本", Type: number("元", 2), Sources: from("资本")},
			{Name: "人数", Type: number("个", 0), Range: schemas.Range{Low: &zero}, Sources: from("人数")},
			{Name: "增长", Type: number("", 4), Sources: from("增长")},
			{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("成立日期")},
			{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("注册地")},
			{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, Sources: from("行业")},
		},
	}
	w.datasets["登记"] = &schemas.Dataset{Name: "登记", Role: schemas.RoleRegistration, List: schemas.ListOpen, Fields: []schemas.Field{
		{Name: "资本", Type: schemas.FieldMoney, Unit: "元"},
		{Name: "人数", Type: schemas.FieldNumber, Unit: "人"},
		{Name: "增长", Type: schemas.FieldNumber, Scale: 4},
		{Name: "成立日期", Type: schemas.FieldDate},
		{Name: "注册地", Type: schemas.FieldRegion},
		{Name: "行业", Type: schemas.FieldIndustry},
	}}
	w.env = &condition.Env{Attributes: w.attrs, Datasets: w.datasets, Tags: map[string]bool{}, Unsought: map[string]bool{"受罚": true}, Codes: codes, Item: true}
	for i := range w.defs {
		w.attrs[w.defs[i].Name] = &w.defs[i]
	}
	for _, tag := range tagNames() {
		w.env.Tags[tag] = true
	}
	w.judge = &reference.World{Today: w.today, Datasets: w.datasets, Attributes: w.attrs, RegionOf: "注册地", Codes: finest()}
	for range n {
		w.people = append(w.people, w.person())
		w.living = append(w.living, w.IntN(8) > 0)
	}
	return w
}

// finest are codes without any below them: enough of each that the worlds name.
func finest() map[string][]string {
	return map[string][]string{
		schemas.SystemRegion:   {"510703", "510704", "510722", "510104", "510105"},
		schemas.SystemIndustry: {"C3911", "C3912", "C3921", "C1310", "I6510"},
	}
}

func (w *world) person() *reference.Enterprise {
	cells := map[string]reference.Cell{}
	put := func(name string, c reference.Cell) {
		if w.IntN(6) > 0 {
			cells[name] = c
		}
	}
	put("资本", reference.Cell{Number: int64(w.IntN(6000)) - 500, Currency: "CNY"})
	put("人数", reference.Cell{Number: int64(w.IntN(40))})
	put("增长", reference.Cell{Number: int64(w.IntN(8000)) - 3000})
	put("成立日期", reference.Cell{Number: int64(schemas.NewDate(2010+w.IntN(17), 1+w.IntN(12), 1+w.IntN(28)))})
	put("注册地", reference.Cell{Text: w.pick("510703", "510704", "5107", "510104", "5101")})
	put("行业", reference.Cell{Text: w.pick("C3911", "C391", "C39", "C", "C1310", "I6510")})
	who := &reference.Enterprise{Rows: map[string][]reference.Row{"登记": {{Cells: cells}}}, Tags: map[string]reference.Truth{}}
	for _, tag := range tagNames() {
		who.Tags[tag] = []reference.Truth{reference.Sure(true), reference.Sure(false), reference.Unknown()}[w.IntN(3)]
	}
	return who
}

func (w *world) pick(words ...string) string { return words[w.IntN(len(words))] }

// input is a block of some of the people.
func (w *world) input(number uint16, from, to int) *plan.Input {
	fields := table.Stored(w.datasets["登记"], false)
	b := table.NewBuilder(fields)
	living := bits.New(to - from)
	var doors []uint16
	for i, who := range w.people[from:to] {
		for k, f := range fields {
			name, currency := strings.CutSuffix(f.Name, schemas.CurrencySuffix)
			c, ok := who.Rows["登记"][0].Cells[name]
			switch {
			case !ok:
			case currency:
				b.Text(k, c.Currency)
			case f.Kind == table.Text:
				b.Text(k, c.Text)
			default:
				b.Int(k, c.Number)
			}
		}
		b.End()
		living.Put(i, w.living[from+i])
		doors = append(doors, uint16(i))
	}
	rows := map[string]*profile.Rows{"登记": profile.NewRows(b.Table(), doors, make([]int64, to-from), nil)}
	block := profile.Build(number, to-from, living, rows, w.defs, w.datasets)
	for _, tag := range tagNames() {
		t := bits.NewTruth(to - from)
		for i, who := range w.people[from:to] {
			v := who.Tags[tag]
			t.Yes.Put(i, v == reference.Sure(true))
			t.No.Put(i, v == reference.Sure(false))
		}
		block.Tags[tag] = t
	}
	if w.IntN(2) == 0 { // as a reader with dictionaries makes them
		for _, name := range []string{"注册地", "行业"} {
			values := block.Attributes[name].Layers[0].Values
			values.Coded = values.Encode(block.N)
		}
	}
	return &plan.Input{Block: block, Today: w.today, Datasets: w.datasets, Attributes: w.attrs, RegionOf: "注册地", Codes: w.codes}
}

func (w *world) compile(text string) condition.Expr {
	x, faults := condition.Compile(schemas.Text{Text: text}, w.env)
	if len(faults) > 0 {
		panic(fmt.Sprintf("%s: %v", text, faults))
	}
	return x
}

// draft is a condition with holes for its thresholds: {0}, {1}, … in the order of the text.
type draft struct {
	gates  []string // joined by 且
	values []string // of the holes
	fixed  []string // what stands for a hole's threshold, as a format: %s元
}

func (d *draft) hole(format, value string) string {
	d.values, d.fixed = append(d.values, value), append(d.fixed, format)
	return fmt.Sprintf("{%d}", len(d.values)-1)
}

// text is the condition of some gates, with another value in one hole; -1: none.
func (d *draft) text(gates []string, hole int, value string) string {
	out := strings.Join(gates, " 且 ")
	for i, v := range d.values {
		if i == hole {
			v = value
		}
		out = strings.Replace(out, fmt.Sprintf("{%d}", i), fmt.Sprintf(d.fixed[i], v), 1)
	}
	return out
}

func (w *world) draft() *draft {
	d := &draft{}
	for range 1 + w.IntN(4) {
		d.gates = append(d.gates, w.gate(d))
	}
	return d
}

func (w *world) gate(d *draft) string {
	switch w.IntN(7) {
	case 0:
		return "(" + w.test(d) + " 或 " + w.test(d) + ")"
	case 1:
		return "非 (" + w.test(d) + " 且 " + w.test(d) + ")"
	case 2:
		return "至少 2 项(" + w.test(d) + ", " + w.test(d) + ", " + w.test(d) + ")"
	}
	return w.test(d)
}

func (w *world) test(d *draft) string {
	sign := w.pick(">=", ">", "<=", "<")
	switch w.IntN(14) {
	case 0, 1:
		return "资本 " + sign + " " + d.hole("%s元", fmt.Sprint(w.IntN(5)*10))
	case 2:
		return d.hole("%s元", fmt.Sprint(1+w.IntN(40))) + " " + sign + " 资本"
	case 3, 4:
		return "人数 " + sign + " " + d.hole("%s人", fmt.Sprint(w.IntN(30)))
	case 5:
		return "资本 / 人数 " + sign + " " + d.hole("%s元", fmt.Sprint(1+w.IntN(3)))
	case 6:
		return "增长 " + sign + " " + d.hole("%s", fmt.Sprintf("0.%02d", w.IntN(40)))
	case 7:
		return "成立年限 " + w.pick(">=", "<") + " " + d.hole("%s", fmt.Sprintf("%d年", 1+w.IntN(9)))
	case 8:
		return "成立日期 " + sign + " " + d.hole("%s", fmt.Sprintf("20%02d-03-01", 12+w.IntN(12)))
	case 9:
		return "注册地 属于 " + w.pick("510703", "510700", "510104")
	case 10:
		return "行业 属于 " + w.pick("C39", "C", "[C3911, I65]")
	case 11:
		return "已知(资本)"
	case 12:
		return "标签 " + w.pick(tagNames()...)
	}
	return w.pick(`评审 "好"`, `承诺 "不跑"`, "非 标签 受罚")
}
