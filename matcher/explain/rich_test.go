package explain_test

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// The rich world has yearly attributes, lists and derived attributes; its item uses every form of the language.
const (
	richItem = `注册地 属于 510700 且 行业 属于 [C, I65] 除 C16
		且 至少 2 项 (标签 高新技术企业, 发明专利数 + 实用新型专利数 >= 3件, 有 资质(名称 含 ["瞪羚", "独角兽"]))
		且 研发强度 >= 分档 营业收入 (<= 5000万元: 5%; <= 2亿元: 4%; 其他: 3%)
		且 每 近3年度(营业收入 >= 1000万元)
		且 求和 近3年度.研发费用 >= 200万元
		且 计数 处罚(日期 + 3年 >= 今天) <= 1次
		且 最新 资质(类型 = "高新技术企业").有效期至 >= 今天
		且 计分(标签 高新技术企业: 20分; 发明专利数 >= 5件: 15分; 营业收入 / 营业收入@前年 - 1 >= 10%: 10分) >= 30分
		且 注册资本 <= 1000万元
		且 评审 "技术水平国内领先" 且 承诺 "三年内不迁出"`
	richBenefit = `累进 研发费用 (100万元: 10%; 500万元: 5%; 以上: 2%) + 求和 贷款(到期日 >= 今天).(金额 * 3% 封顶 6万元) 封顶 40万元`
)

func richDatasets() map[string]*schemas.Dataset {
	out := map[string]*schemas.Dataset{}
	zero := int64(0)
	money := func(name string) schemas.Field {
		return schemas.Field{Name: name, Type: schemas.FieldMoney, Unit: "元", Min: &zero}
	}
	text := func(name string) schemas.Field { return schemas.Field{Name: name, Type: schemas.FieldText} }
	day := func(name string) schemas.Field { return schemas.Field{Name: name, Type: schemas.FieldDate} }
	count := func(name string) schemas.Field {
		return schemas.Field{Name: name, Type: schemas.FieldNumber, Unit: "件", Min: &zero}
	}
	year := schemas.Field{Name: "年度", Type: schemas.FieldNumber}
	for _, d := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", Owner: "市市场监管局", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "注册地", Type: schemas.FieldRegion}, {Name: "行业", Type: schemas.FieldIndustry}, money("注册资本"),
		}},
		{
			Name: "tax", Title: "税务", Owner: "市税务局", List: schemas.ListOpen, Year: "年度", Key: []string{"年度"}, Shelf: schemas.Span{Months: 36},
			Fields: []schemas.Field{year, money("营业收入"), money("研发费用")},
		},
		{
			Name: "statistics", Title: "统计", Owner: "市统计局", List: schemas.ListOpen, Year: "年度", Key: []string{"年度"},
			Fields: []schemas.Field{year, money("营业收入"), money("研发费用")},
		},
		{
			Name: "patent", Title: "知识产权", Owner: "市知识产权局", List: schemas.ListOpen, Shelf: schemas.Span{Months: 12},
			Fields: []schemas.Field{count("发明专利数"), count("实用新型专利数")},
		},
		{
			Name: "qualification", Title: "资质", Owner: "市科技局", List: schemas.ListComplete, Key: []string{"类型"},
			Fields: []schemas.Field{text("类型"), text("名称"), day("有效期至")},
		},
		{Name: "penalty", Title: "处罚", Owner: "市司法局", List: schemas.ListComplete, Key: []string{"日期"}, Fields: []schemas.Field{day("日期")}},
		{Name: "loan", Title: "贷款", Owner: "人民银行", List: schemas.ListComplete, Key: []string{"到期日"}, Fields: []schemas.Field{money("金额"), day("到期日")}},
	} {
		d.Role = schemas.RoleFacts
		out[d.Name] = d
	}
	return out
}

func richAttributes() []schemas.Attribute {
	zero := int64(0)
	above := schemas.Range{Low: &zero}
	money := schemas.Type{Kind: schemas.KindNumber, Unit: "元", Scale: 2}
	pieces := schemas.Type{Kind: schemas.KindNumber, Unit: "件"}
	from := func(field string, names ...string) []schemas.Source {
		var out []schemas.Source
		for _, n := range names {
			out = append(out, schemas.Source{Dataset: n, Field: field})
		}
		return out
	}
	return []schemas.Attribute{
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}, Sources: from("注册地", "registration")},
		{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}, Sources: from("行业", "registration")},
		{Name: "注册资本", Type: money, Range: above, Sources: from("注册资本", "registration")},
		{Name: "营业收入", Type: money, Range: above, Yearly: true, Sources: from("营业收入", "tax", "statistics")},
		{Name: "研发费用", Type: money, Range: above, Yearly: true, Sources: from("研发费用", "tax", "statistics")},
		{Name: "发明专利数", Type: pieces, Range: above, Sources: from("发明专利数", "patent")},
		{Name: "实用新型专利数", Type: pieces, Range: above, Sources: from("实用新型专利数", "patent")},
		{Name: "研发强度", Type: schemas.Type{Kind: schemas.KindNumber}, Yearly: true, Rule: schemas.Text{Text: "研发费用 / 营业收入"}},
	}
}

func richEnvironment(codes *schemas.Codes) *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{"高新技术企业": true},
		Datasets: map[string]*schemas.Dataset{}, Derived: map[string]*condition.Tree{}, Codes: codes, Item: true,
	}
	defs := richAttributes()
	for i := range defs {
		env.Attributes[defs[i].Name] = &defs[i]
		if defs[i].Rule.Text != "" {
			tree, faults := condition.Parse(defs[i].Rule)
			if len(faults) > 0 {
				panic(faults.Error())
			}
			env.Derived[defs[i].Name] = tree
		}
	}
	for _, d := range richDatasets() {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	return env
}

// richBlock has four enterprises: one that meets the item, one of which something is not known, one that misses it by
// one test, and one that fails.
func richBlock(codes *schemas.Codes) *plan.Input {
	type v = map[string]string
	tax := func(door uint16, year, revenue, research string) stored {
		out := stored{door, "2026-05-20", 31, v{"年度": year}}
		if revenue != "" {
			out.values["营业收入"] = revenue + "0000" + "00"
		}
		if research != "" {
			out.values["研发费用"] = research + "0000" + "00"
		}
		return out
	}
	rows := map[string][]stored{
		"registration": {
			{0, "2026-06-01", 12, v{"注册地": "510703", "行业": "I6510", "注册资本": "80000000"}},
			{1, "2026-06-01", 12, v{"注册地": "5107", "行业": "C", "注册资本": "80000000"}},
			{2, "2026-06-01", 13, v{"注册地": "510704", "行业": "C3911", "注册资本": "1200000000"}},
			{3, "2026-06-01", 13, v{"注册地": "510104", "行业": "C1620", "注册资本": "90000000"}},
		},
		"tax": {
			tax(0, "2023", "2800", "110"), tax(0, "2024", "3000", "120"), tax(0, "2025", "3600", "185"),
			tax(1, "2023", "2100", "90"), tax(1, "2024", "2400", ""),
			tax(2, "2023", "5100", "260"), tax(2, "2024", "5200", "270"), tax(2, "2025", "6000", "280"),
			tax(3, "2023", "900", "10"), tax(3, "2024", "5200", "20"), tax(3, "2025", "0", "30"),
		},
		"statistics": {
			{0, "2026-03-01", 9, v{"年度": "2025", "营业收入": "3550000000"}},
			{1, "2026-03-01", 9, v{"年度": "2025", "营业收入": "2600000000"}},
		},
		"patent": {
			{0, "2026-04-01", 17, v{"发明专利数": "2", "实用新型专利数": "4"}},
			{1, "2024-04-01", 3, v{"发明专利数": "6", "实用新型专利数": "1"}},
			{2, "2026-04-01", 17, v{"发明专利数": "5"}},
			{3, "2026-04-01", 17, v{"发明专利数": "0", "实用新型专利数": "1"}},
		},
		"qualification": {
			{0, "2026-06-10", 40, v{"类型": "高新技术企业", "名称": "高企", "有效期至": "2027-12-31"}},
			{1, "2026-06-10", 40, v{"类型": "高新技术企业", "名称": "高企"}},
			{2, "2026-06-10", 40, v{"类型": "高新技术企业", "名称": "高企", "有效期至": "2026-12-31"}},
			{2, "2026-06-10", 40, v{"类型": "市级", "名称": "绵阳瞪羚企业"}},
			{3, "2026-06-10", 40, v{"类型": "高新技术企业", "名称": "高企", "有效期至": "2026-06-03"}},
		},
		"penalty": {
			{1, "2026-06-01", 44, v{"日期": "2025-02-01"}},
			{3, "2026-06-01", 44, v{"日期": "2025-02-01"}},
			{3, "2026-06-01", 44, v{"日期": "2025-03-01"}},
			{3, "2026-06-01", 44, v{"日期": "2019-03-01"}},
		},
		"loan": {
			{0, "2026-06-01", 52, v{"金额": "100000000", "到期日": "2027-01-01"}},
			{0, "2026-06-01", 52, v{"金额": "500000000", "到期日": "2028-01-01"}},
			{0, "2026-06-01", 52, v{"金额": "900000000", "到期日": "2025-01-01"}},
			{1, "2026-06-01", 52, v{"到期日": "2028-01-01"}},
		},
	}
	built := map[string]*profile.Rows{}
	for name, d := range richDatasets() {
		built[name] = build(d, rows[name])
	}
	living := bits.New(4)
	living.Fill(4)
	b := profile.Build(0, 4, living, built, richAttributes(), richDatasets())
	truth := bits.NewTruth(4)
	for door := range 4 {
		truth.Yes.Put(door, door == 0 || door == 2)
		truth.No.Put(door, door == 3)
	}
	b.Tags["高新技术企业"] = truth
	today := schemas.NewDate(2026, 6, 15)
	return &plan.Input{
		Block: b, Today: today, Datasets: richDatasets(), RegionOf: "注册地", Codes: codes,
		Attributes: richEnvironment(codes).Attributes,
		Coverage: map[string][]plan.Coverage{
			"qualification": {{Scope: "51", Full: today}}, "loan": {{Scope: "", Full: today}},
			"penalty": {{Scope: "510703", Full: today}, {Scope: "510704", Full: today}, {Scope: "510104", Full: today}},
		},
	}
}
