package matcher_test

import (
	"testing"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// site has the definitions of a small workspace.
type site struct {
	tb    testing.TB
	codes *schemas.Codes
	env   *condition.Env
}

func newSite(tb testing.TB) *site {
	tb.Helper()
	s := &site{tb: tb, codes: schemas.NewCodes()}
	s.env = &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Datasets: map[string]*schemas.Dataset{}, Codes: s.codes,
		Tags: map[string]bool{"大企业": true, "高收入": true, "高新技术企业": true},
	}
	defs := definitions()
	for i := range defs {
		s.env.Attributes[defs[i].Name] = &defs[i]
	}
	for _, d := range datasets() {
		s.env.Datasets[d.Name], s.env.Datasets[d.Title] = d, d
	}
	return s
}

func (s *site) rule(id, text string) matcher.Rule {
	s.tb.Helper()
	x, faults := condition.Compile(schemas.Text{Text: text}, s.env)
	if len(faults) > 0 {
		s.tb.Fatalf("%s\n%v", text, faults)
	}
	return matcher.Rule{ID: id, Expr: x}
}

func datasets() map[string]*schemas.Dataset {
	out := map[string]*schemas.Dataset{}
	for _, d := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "注册地", Type: schemas.FieldRegion}, {Name: "行业", Type: schemas.FieldIndustry}, {Name: "成立日期", Type: schemas.FieldDate},
		}},
		{Name: "tax", Title: "税务", List: schemas.ListOpen, Shelf: schemas.Span{Months: 18}, Fields: []schemas.Field{
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "研发费用", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人"},
		}},
		{Name: "qualification", Title: "资质", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "类型", Type: schemas.FieldText}, {Name: "有效期至", Type: schemas.FieldDate},
		}},
		{Name: "dishonest", Title: "失信", List: schemas.ListComplete, Shelf: schemas.Span{Months: 1}, Fields: []schemas.Field{
			{Name: "立案日期", Type: schemas.FieldDate},
		}},
	} {
		d.Role = schemas.RoleFacts
		out[d.Name] = d
	}
	return out
}

func definitions() []schemas.Attribute {
	zero := int64(0)
	money := schemas.Type{Kind: schemas.KindNumber, Unit: "元", Scale: 2}
	from := func(dataset, field string) []schemas.Source {
		return []schemas.Source{{Dataset: dataset, Field: field}}
	}
	return []schemas.Attribute{
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("registration", "注册地")},
		{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, Sources: from("registration", "行业")},
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Sources: from("registration", "成立日期")},
		{Name: "营业收入", Type: money, Range: schemas.Range{Low: &zero}, Sources: from("tax", "营业收入")},
		{Name: "研发费用", Type: money, Range: schemas.Range{Low: &zero}, Sources: from("tax", "研发费用")},
		{Name: "从业人数", Type: schemas.Type{Kind: schemas.KindNumber, Unit: "人"}, Range: schemas.Range{Low: &zero}, Sources: from("tax", "从业人数")},
	}
}

// none is a number that is not known.
const none = -1

// enterprise is what a test says of one enterprise. Revenue and research are whole 元; "" and none are not known.
type enterprise struct {
	revenue, research, people int64
	region, industry, founded string
	qualifications            map[string]string // type -> last day
	dishonest                 bool
	closed                    bool
}

// block makes the input of a block of the enterprises.
func (s *site) block(list ...enterprise) *plan.Input {
	living := bits.New(len(list))
	b := map[string]*rowBuilder{}
	for name, d := range datasets() {
		b[name] = newRowBuilder(d)
	}
	for i, e := range list {
		living.Put(i, !e.closed)
		b["registration"].add(i, e.region, e.industry, e.founded)
		b["tax"].add(i, e.revenue*100, "CNY", e.research*100, "CNY", e.people)
		for _, name := range []string{"高新技术企业", "孵化器"} {
			if day, ok := e.qualifications[name]; ok {
				b["qualification"].add(i, name, day)
			}
		}
		if e.dishonest {
			b["dishonest"].add(i, "2026-01-01")
		}
	}
	rows := map[string]*profile.Rows{}
	for name := range b {
		rows[name] = b[name].rows()
	}
	return &plan.Input{
		Block: profile.Build(0, len(list), living, rows, definitions(), datasets()),
		Today: schemas.NewDate(2026, 6, 15), Datasets: datasets(), RegionOf: "注册地", Codes: s.codes,
		Coverage: map[string][]plan.Coverage{"dishonest": {{Full: schemas.NewDate(2026, 6, 10)}}},
	}
}

// rowBuilder collects the rows of a dataset, all confirmed lately.
type rowBuilder struct {
	table     *table.Builder
	fields    []table.Field
	door      []uint16
	confirmed []int64
}

func newRowBuilder(d *schemas.Dataset) *rowBuilder {
	kinds := map[schemas.Kind]table.Kind{
		schemas.KindNumber: table.Decimal, schemas.KindDate: table.Date, schemas.KindCode: table.Text, schemas.KindText: table.Text,
		schemas.KindTruth: table.Bool,
	}
	b := &rowBuilder{}
	for _, p := range d.Physical() {
		b.fields = append(b.fields, table.Field{Name: p.Name, Kind: kinds[p.Kind], Scale: p.Scale})
	}
	b.table = table.NewBuilder(b.fields)
	return b
}

// add adds a row with a value per column; negative numbers and empty texts are not known.
func (b *rowBuilder) add(door int, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case int64:
			if v >= 0 {
				b.table.Int(i, v)
			}
		case string:
			switch {
			case v == "":
			case b.fields[i].Kind == table.Date:
				day, err := schemas.ParseDate(v)
				if err != nil {
					panic(err)
				}
				b.table.Int(i, int64(day))
			default:
				b.table.Text(i, v)
			}
		}
	}
	b.table.End()
	b.door = append(b.door, uint16(door))
	b.confirmed = append(b.confirmed, int64(schemas.NewDate(2026, 6, 10)))
}

func (b *rowBuilder) rows() *profile.Rows {
	return profile.NewRows(b.table.Table(), b.door, b.confirmed, nil)
}
