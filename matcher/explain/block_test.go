package explain_test

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

func datasets() map[string]*schemas.Dataset {
	out := map[string]*schemas.Dataset{}
	for _, d := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "成立日期", Type: schemas.FieldDate},
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "行业", Type: schemas.FieldIndustry},
			{Name: "规模", Type: schemas.FieldText, Values: sizes()},
		}},
		{Name: "tax", Title: "税务", List: schemas.ListOpen, Shelf: schemas.Span{Months: 18}, Fields: []schemas.Field{
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "研发费用", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "税负率", Type: schemas.FieldNumber, Unit: "%", Scale: 4},
		}},
		{Name: "statistics", Title: "统计", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
		}},
		{Name: "qualification", Title: "资质", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "类型", Type: schemas.FieldText}, {Name: "有效期至", Type: schemas.FieldDate},
		}},
		{Name: "dishonest", Title: "失信", List: schemas.ListComplete, Shelf: schemas.Span{Months: 1}, Fields: []schemas.Field{
			{Name: "金额", Type: schemas.FieldMoney, Unit: "元"},
		}},
	} {
		d.Role = schemas.RoleFacts
		out[d.Name] = d
	}
	return out
}

func sizes() []schemas.Value {
	return []schemas.Value{{Name: "大型"}, {Name: "中型"}, {Name: "小型"}, {Name: "微型"}}
}

func attributes() []schemas.Attribute {
	money := schemas.Type{Kind: schemas.KindNumber, Unit: "元", Scale: 2}
	from := func(field string, names ...string) []schemas.Source {
		var out []schemas.Source
		for _, n := range names {
			out = append(out, schemas.Source{Dataset: n, Field: field})
		}
		return out
	}
	return []schemas.Attribute{
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("成立日期", "registration")},
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("注册地", "registration")},
		{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, Sources: from("行业", "registration")},
		{Name: "规模", Type: schemas.Type{Kind: schemas.KindText, Values: []string{"大型", "中型", "小型", "微型"}}, Sources: from("规模", "registration")},
		{Name: "营业收入", Type: money, Sources: from("营业收入", "tax", "statistics")},
		{Name: "研发费用", Type: money, Sources: from("研发费用", "tax")},
		{Name: "税负率", Type: schemas.Type{Kind: schemas.KindNumber, Unit: "%", Scale: 4}, Sources: from("税负率", "tax")},
	}
}

func environment(codes *schemas.Codes) *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{"高新技术企业": true, "科技型企业": true, "瞪羚企业": true},
		Datasets: map[string]*schemas.Dataset{}, Codes: codes,
	}
	defs := attributes()
	for i := range defs {
		env.Attributes[defs[i].Name] = &defs[i]
	}
	for _, d := range datasets() {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	return env
}

// stored is a row of a dataset: its door, the days and the delivery behind it, and texts by column. Numbers and dates
// are read from their texts.
type stored struct {
	door      uint16
	confirmed string
	origin    int64
	values    map[string]string
}

// block has three enterprises: one that meets the item of the tests, one of which too little is known, one that fails.
func block(codes *schemas.Codes) *plan.Input {
	type v = map[string]string
	rows := map[string][]stored{
		"registration": {
			{0, "2026-06-01", 12, v{"成立日期": "2024-02-29", "注册地": "510703", "行业": "I6510", "规模": "小型"}},
			{1, "2026-06-01", 12, v{"成立日期": "2024-05-20", "注册地": "5107", "行业": "C"}},
			{2, "2026-06-01", 13, v{"成立日期": "2026-01-05", "注册地": "510104", "行业": "C3911", "规模": "大型"}},
		},
		"tax": {
			{0, "2026-05-20", 31, v{"营业收入": "2500000000", "研发费用": "120000050", "税负率": "285"}},
			{1, "2024-03-01", 7, v{"营业收入": "9900000000", "税负率": "300"}},
			{2, "2026-05-20", 31, v{"营业收入": "1999999999", "研发费用": "1", "税负率": "301"}},
		},
		"statistics": {{0, "2025-03-01", 9, v{"营业收入": "2400000000"}}},
		"qualification": {
			{0, "2026-06-01", 40, v{"类型": "高新技术企业", "有效期至": "2027-12-31"}},
			{1, "2026-06-01", 40, v{"类型": "高新技术企业"}},
			{2, "2026-06-01", 41, v{"类型": "专精特新中小企业", "有效期至": "2026-06-14"}},
			{2, "2026-06-01", 41, v{"类型": "高新技术企业", "有效期至": "2026-06-15"}},
		},
		"dishonest": {
			{1, "2026-04-01", 50, v{"金额": "2000000"}},
			{2, "2026-06-10", 51, v{"金额": "100"}},
			{2, "2026-06-10", 51, v{"金额": "5000000"}},
			{2, "2026-06-10", 51, v{"金额": "200"}},
			{2, "2026-06-10", 51, v{"金额": "300"}},
			{2, "2026-06-10", 51, v{}},
			{2, "2026-06-10", 51, v{"金额": "400"}},
		},
	}
	built := map[string]*profile.Rows{}
	for name, d := range datasets() {
		built[name] = build(d, rows[name])
	}
	living := bits.New(3)
	living.Fill(3)
	b := profile.Build(0, 3, living, built, attributes(), datasets())
	for _, tag := range []string{"高新技术企业", "科技型企业", "瞪羚企业"} {
		truth := bits.NewTruth(3)
		truth.Yes.Add(0)
		truth.Yes.Put(2, tag != "瞪羚企业")
		truth.No.Put(2, tag == "瞪羚企业")
		b.Tags[tag] = truth
	}
	return &plan.Input{
		Block: b, Today: schemas.NewDate(2026, 6, 15), Datasets: datasets(), RegionOf: "注册地", Codes: codes,
		Attributes: environment(codes).Attributes,
		Coverage:   map[string][]plan.Coverage{"dishonest": {{Scope: "51", Full: schemas.NewDate(2026, 6, 10)}}},
	}
}

func build(d *schemas.Dataset, rows []stored) *profile.Rows {
	var fields []table.Field
	for _, p := range d.Physical() {
		kind := table.Text
		switch p.Kind {
		case schemas.KindNumber:
			kind = table.Decimal
		case schemas.KindDate:
			kind = table.Date
		}
		fields = append(fields, table.Field{Name: p.Name, Kind: kind, Scale: p.Scale})
	}
	b := table.NewBuilder(fields)
	var door []uint16
	var confirmed, origin []int64
	for _, r := range rows {
		for i, f := range fields {
			text, known := r.values[f.Name]
			switch {
			case f.Kind == table.Text && known:
				b.Text(i, text)
			case f.Kind == table.Text && d.Field(f.Name) == nil: // a currency
				b.Text(i, "CNY")
			case known && f.Kind == table.Date:
				b.Int(i, int64(day(text)))
			case known:
				n, _, err := schemas.ParseDecimal(text, 0)
				if err != nil {
					panic(err)
				}
				b.Int(i, n)
			}
		}
		b.End()
		door, confirmed, origin = append(door, r.door), append(confirmed, int64(day(r.confirmed))), append(origin, r.origin)
	}
	return profile.NewRows(b.Table(), door, confirmed, origin)
}

func day(text string) schemas.Date {
	d, err := schemas.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}
