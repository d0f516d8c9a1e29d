package plan_test

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// today is the business date of the tests, as in LANGUAGE's table.
func today() schemas.Date { return schemas.NewDate(2026, 6, 15) }

// cell is a known value of a row: a number at its field's scale, a date or a truth value in number, else text.
type cell struct {
	number   int64
	text     string
	currency string
}

// fact is a row of a dataset in the naive world.
type fact struct {
	cells     map[string]cell // by field; what is missing is unknown
	confirmed schemas.Date
}

// person is an enterprise of the naive world.
type person struct {
	closed bool
	rows   map[string][]fact // by dataset
	tags   map[string]byte   // '1' yes, '0' no, '?' unknown
}

// world is a block as plain Go values.
type world struct {
	people   []person
	coverage map[string][]plan.Coverage
}

// sets are the datasets of the tests: four that feed attributes and three lists.
func sets() map[string]*schemas.Dataset {
	months := func(n int) schemas.Span { return schemas.Span{Months: n} }
	sizes := []schemas.Value{{Name: "大型"}, {Name: "中型"}, {Name: "小型"}, {Name: "微型"}}
	centres := []schemas.Value{{Name: "市级企业技术中心"}, {Name: "省级企业技术中心"}, {Name: "孵化器"}}
	out := map[string]*schemas.Dataset{}
	for _, d := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "注册资本", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "成立日期", Type: schemas.FieldDate},
			{Name: "核准日期", Type: schemas.FieldDate},
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "行业", Type: schemas.FieldIndustry},
			{Name: "规模", Type: schemas.FieldText, Values: sizes},
			{Name: "名称", Type: schemas.FieldText},
			{Name: "是否上市", Type: schemas.FieldTruth},
		}},
		{Name: "tax", Title: "税务", List: schemas.ListOpen, Shelf: months(18), Fields: []schemas.Field{
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "研发费用", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人"},
		}},
		{Name: "statistics", Title: "统计", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人"},
		}},
		{Name: "park", Title: "园区", List: schemas.ListOpen, Shelf: schemas.Span{Years: 1}, Fields: []schemas.Field{
			{Name: "指数甲", Type: schemas.FieldNumber, Scale: 1},
			{Name: "指数乙", Type: schemas.FieldNumber, Scale: 4},
			{Name: "发明专利数", Type: schemas.FieldNumber, Unit: "件"},
			{Name: "实用新型专利数", Type: schemas.FieldNumber, Unit: "件"},
			{Name: "外观设计专利数", Type: schemas.FieldNumber, Unit: "件"},
			{Name: "研发机构人数", Type: schemas.FieldNumber, Unit: "人"},
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "是否外资", Type: schemas.FieldTruth},
		}},
		{Name: "report", Title: "年报", List: schemas.ListOpen, Year: "年度", Key: []string{"年度"}, Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber},
			{Name: "研发投入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "销售收入", Type: schemas.FieldMoney, Unit: "元"},
		}},
		{Name: "qualification", Title: "资质", List: schemas.ListOpen, Shelf: months(24), Fields: []schemas.Field{
			{Name: "类型", Type: schemas.FieldText, Values: centres},
			{Name: "认定日期", Type: schemas.FieldDate},
			{Name: "有效期至", Type: schemas.FieldDate},
			{Name: "奖励金额", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "得分", Type: schemas.FieldNumber, Scale: 1, Unit: "分"},
			{Name: "地区", Type: schemas.FieldRegion},
			{Name: "有效", Type: schemas.FieldTruth},
		}},
		{Name: "dishonest", Title: "失信", List: schemas.ListComplete, Shelf: months(1), Fields: []schemas.Field{
			{Name: "立案日期", Type: schemas.FieldDate},
			{Name: "金额", Type: schemas.FieldMoney, Unit: "元"},
		}},
		{Name: "penalty", Title: "处罚", List: schemas.ListComplete, Fields: []schemas.Field{
			{Name: "处罚日期", Type: schemas.FieldDate},
			{Name: "类别", Type: schemas.FieldText, Values: []schemas.Value{{Name: "环保"}, {Name: "安全"}}},
		}},
	} {
		d.Role = schemas.RoleFacts
		out[d.Name] = d
	}
	return out
}

// lists are the datasets that conditions ask for rows.
func lists() []string { return []string{"qualification", "dishonest", "penalty"} }

// attributes are the attributes of the tests, with intervals open on both sides, on one, and on none.
func attributes() []schemas.Attribute {
	zero, fifty := int64(0), int64(50)
	natural := schemas.Range{Low: &zero}
	number := func(unit schemas.Unit, scale int) schemas.Type {
		return schemas.Type{Kind: schemas.KindNumber, Unit: unit, Scale: scale}
	}
	from := func(field string, datasets ...string) []schemas.Source {
		var out []schemas.Source
		for _, d := range datasets {
			out = append(out, schemas.Source{Dataset: d, Field: field})
		}
		return out
	}
	return []schemas.Attribute{
		{Name: "营业收入", Type: number("元", 2), Range: natural, Sources: from("营业收入", "tax", "statistics")},
		{Name: "研发费用", Type: number("元", 2), Sources: from("研发费用", "tax")},
		{Name: "注册资本", Type: number("元", 2), Range: natural, Sources: from("注册资本", "registration")},
		{Name: "从业人数", Type: number("人", 0), Range: natural, Sources: from("从业人数", "tax", "statistics")},
		{Name: "发明专利数", Type: number("件", 0), Range: schemas.Range{Low: &zero, High: &fifty}, Sources: from("发明专利数", "park")},
		{Name: "指数甲", Type: number("", 1), Sources: from("指数甲", "park")},
		{Name: "指数乙", Type: number("", 4), Range: natural, Sources: from("指数乙", "park")},
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("成立日期", "registration")},
		{Name: "核准日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("核准日期", "registration")},
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("注册地", "park", "registration")},
		{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, Sources: from("行业", "registration")},
		{Name: "规模", Type: schemas.Type{Kind: schemas.KindText, Values: []string{"大型", "中型", "小型", "微型"}}, Sources: from("规模", "registration")},
		{Name: "名称", Type: schemas.Type{Kind: schemas.KindText}, Sources: from("名称", "registration")},
		{Name: "是否上市", Type: schemas.Type{Kind: schemas.KindTruth}, Sources: from("是否上市", "registration")},
		{Name: "实用新型专利数", Type: number("件", 0), Range: natural, Sources: from("实用新型专利数", "park")},
		{Name: "外观设计专利数", Type: number("件", 0), Range: natural, Sources: from("外观设计专利数", "park")},
		{Name: "研发机构人数", Type: number("人", 0), Range: natural, Sources: from("研发机构人数", "park")},
		{Name: "研发投入", Type: number("元", 2), Range: natural, Yearly: true, Sources: from("研发投入", "report")},
		{Name: "销售收入", Type: number("元", 2), Range: natural, Yearly: true, Sources: from("销售收入", "report")},
		{Name: "是否外资", Type: schemas.Type{Kind: schemas.KindTruth}, Sources: from("是否外资", "park")},
	}
}

// tagNames are the tags of the tests.
func tagNames() []string { return []string{"高新技术企业", "专精特新中小企业"} }

// environment is what the conditions of the tests may name.
func environment(codes *schemas.Codes) *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{},
		Datasets: map[string]*schemas.Dataset{}, Codes: codes, On: today(),
	}
	defs := attributes()
	for i := range defs {
		env.Attributes[defs[i].Name] = &defs[i]
	}
	for _, t := range tagNames() {
		env.Tags[t] = true
	}
	for _, d := range sets() {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	return env
}

// input builds the block of a world.
func (w *world) input(codes *schemas.Codes) *plan.Input {
	datasets := sets()
	n := len(w.people)
	living := bits.New(n)
	rows := map[string]*profile.Rows{}
	for name, d := range datasets {
		rows[name] = w.table(d)
	}
	for i, p := range w.people {
		living.Put(i, !p.closed)
	}
	b := profile.Build(7, n, living, rows, attributes(), datasets)
	for _, name := range tagNames() {
		t := bits.NewTruth(n)
		for i, p := range w.people {
			t.Yes.Put(i, p.tags[name] == '1')
			t.No.Put(i, p.tags[name] == '0')
		}
		b.Tags[name] = t
	}
	defs, all := map[string]*schemas.Attribute{}, attributes()
	for i := range all {
		defs[all[i].Name] = &all[i]
	}
	return &plan.Input{
		Block: b, Today: today(), Coverage: w.coverage, Datasets: datasets, RegionOf: "注册地", Codes: codes, Attributes: defs,
	}
}

// table makes the stored rows of a dataset.
func (w *world) table(d *schemas.Dataset) *profile.Rows {
	var fields []table.Field
	for _, p := range d.Physical() {
		kind := map[schemas.Kind]table.Kind{
			schemas.KindNumber: table.Decimal, schemas.KindDate: table.Date, schemas.KindTruth: table.Bool,
		}[p.Kind]
		if kind == 0 {
			kind = table.Text
		}
		fields = append(fields, table.Field{Name: p.Name, Kind: kind, Scale: p.Scale})
	}
	b := table.NewBuilder(fields)
	var door []uint16
	var confirmed []int64
	for i, p := range w.people {
		for _, f := range p.rows[d.Name] {
			for k, column := range fields {
				base, money := trimSuffix(column.Name, schemas.CurrencySuffix)
				c, known := f.cells[base]
				switch {
				case !known:
				case money:
					b.Text(k, c.currency)
				case column.Kind == table.Text:
					b.Text(k, c.text)
				default:
					b.Int(k, c.number)
				}
			}
			b.End()
			door = append(door, uint16(i))
			confirmed = append(confirmed, int64(f.confirmed))
		}
	}
	return profile.NewRows(b.Table(), door, confirmed, nil)
}

func trimSuffix(s, suffix string) (string, bool) {
	if len(s) > len(suffix) && s[len(s)-len(suffix):] == suffix {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}
