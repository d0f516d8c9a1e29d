package plan_test

import (
	"fmt"
	"maps"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// sets are the datasets of the tests: those that feed attributes, two of them by year, and lists. Between them the fields
// have ranges open on both sides, on one and on none.
func sets() map[string]*schemas.Dataset {
	months := func(n int) schemas.Span { return schemas.Span{Months: n} }
	words := func(names ...string) []schemas.Value {
		var out []schemas.Value
		for _, n := range names {
			out = append(out, schemas.Value{Name: n})
		}
		return out
	}
	zero, one, hundred, tenThousand := int64(0), int64(1), int64(100), int64(10000)
	out := map[string]*schemas.Dataset{}
	for _, d := range []*schemas.Dataset{
		{Name: "registration", Title: "登记", List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "注册资本", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "成立日期", Type: schemas.FieldDate},
			{Name: "核准日期", Type: schemas.FieldDate},
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "行业", Type: schemas.FieldIndustry},
			{Name: "规模", Type: schemas.FieldText, Values: words("大型", "中型", "小型", "微型")},
			{Name: "名称", Type: schemas.FieldText},
			{Name: "经营范围", Type: schemas.FieldText},
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
			{Name: "总人数", Type: schemas.FieldNumber, Unit: "人"},
			{Name: "实用新型专利数", Type: schemas.FieldNumber, Unit: "件"},
			{Name: "外观设计专利数", Type: schemas.FieldNumber, Unit: "件"},
			{Name: "研发机构人数", Type: schemas.FieldNumber, Unit: "人"},
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "是否外资", Type: schemas.FieldTruth},
		}},
		{Name: "report", Title: "年报", List: schemas.ListOpen, Shelf: schemas.Span{Years: 3}, Year: "年度", Key: []string{"年度"}, Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber},
			{Name: "年营收", Type: schemas.FieldMoney, Unit: "元", Min: &zero},
			{Name: "年利润", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "研发投入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "销售收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "年人数", Type: schemas.FieldNumber, Unit: "人", Min: &zero},
			{Name: "年评级", Type: schemas.FieldText, Values: words("甲级", "乙级", "丙级")},
			{Name: "年达标", Type: schemas.FieldTruth},
			{Name: "年检日", Type: schemas.FieldDate},
		}},
		{Name: "audit", Title: "审计", List: schemas.ListOpen, Year: "年度", Key: []string{"年度"}, Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber},
			{Name: "年营收", Type: schemas.FieldMoney, Unit: "元", Min: &zero},
		}},
		{Name: "qualification", Title: "资质", List: schemas.ListOpen, Shelf: months(24), Fields: []schemas.Field{
			{Name: "类型", Type: schemas.FieldText, Values: words("市级企业技术中心", "省级企业技术中心", "孵化器")},
			{Name: "认定日期", Type: schemas.FieldDate},
			{Name: "有效期至", Type: schemas.FieldDate},
			{Name: "奖励金额", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "得分", Type: schemas.FieldNumber, Scale: 1, Unit: "分", Min: &zero, Max: &hundred},
			{Name: "地区", Type: schemas.FieldRegion},
			{Name: "有效", Type: schemas.FieldTruth},
		}},
		{Name: "loan", Title: "贷款", List: schemas.ListComplete, Shelf: months(12), Fields: []schemas.Field{
			{Name: "贷款额", Type: schemas.FieldMoney, Unit: "元", Min: &zero},
			{Name: "损益", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "利率", Type: schemas.FieldNumber, Scale: 4, Min: &zero, Max: &tenThousand},
			{Name: "期数", Type: schemas.FieldNumber, Unit: "个", Min: &one},
			{Name: "放款日", Type: schemas.FieldDate},
			{Name: "用途", Type: schemas.FieldText, Values: words("研发", "设备", "周转")},
			{Name: "银行", Type: schemas.FieldText},
			{Name: "投向", Type: schemas.FieldIndustry},
			{Name: "合格", Type: schemas.FieldTruth},
		}},
		{Name: "dishonest", Title: "失信", List: schemas.ListComplete, Shelf: months(1), Fields: []schemas.Field{
			{Name: "立案日期", Type: schemas.FieldDate},
			{Name: "金额", Type: schemas.FieldMoney, Unit: "元"},
		}},
		{Name: "penalty", Title: "处罚", List: schemas.ListComplete, Fields: []schemas.Field{
			{Name: "处罚日期", Type: schemas.FieldDate},
			{Name: "类别", Type: schemas.FieldText, Values: words("环保", "安全")},
		}},
	} {
		d.Role = schemas.RoleFacts
		out[d.Name] = d
	}
	return out
}

// lists are the datasets that may have several rows of an enterprise and of which conditions ask.
func lists() []string { return []string{"qualification", "loan", "dishonest", "penalty"} }

// attributes are the attributes of the tests that have sources.
func attributes() []schemas.Attribute {
	zero, one, fifty := int64(0), int64(1), int64(50)
	natural := schemas.Range{Low: &zero}
	number := func(unit schemas.Unit, scale int) schemas.Type {
		return schemas.Type{Kind: schemas.KindNumber, Unit: unit, Scale: scale}
	}
	text := func(values ...string) schemas.Type { return schemas.Type{Kind: schemas.KindText, Values: values} }
	day, truth := schemas.Type{Kind: schemas.KindDate}, schemas.Type{Kind: schemas.KindTruth}
	code := func(system string) schemas.Type { return schemas.Type{Kind: schemas.KindCode, System: system} }
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
		{Name: "总人数", Type: number("人", 0), Range: schemas.Range{Low: &one}, Sources: from("总人数", "park"), Attainable: schemas.AttainableNo},
		{Name: "发明专利数", Type: number("件", 0), Range: schemas.Range{Low: &zero, High: &fifty}, Sources: from("发明专利数", "park")},
		{Name: "指数甲", Type: number("", 1), Sources: from("指数甲", "park"), Attainable: schemas.AttainableNo},
		{Name: "指数乙", Type: number("", 4), Range: natural, Sources: from("指数乙", "park")},
		{Name: "成立日期", Type: day, Sources: from("成立日期", "registration"), Attainable: schemas.AttainableNo},
		{Name: "核准日期", Type: day, Sources: from("核准日期", "registration")},
		{Name: "注册地", Type: code(schemas.SystemRegion), Sources: from("注册地", "park", "registration"), Attainable: schemas.AttainableYes},
		{Name: "行业", Type: code(schemas.SystemIndustry), Sources: from("行业", "registration")},
		{Name: "规模", Type: text("大型", "中型", "小型", "微型"), Sources: from("规模", "registration")},
		{Name: "名称", Type: text(), Sources: from("名称", "registration")},
		{Name: "经营范围", Type: text(), Sources: from("经营范围", "registration")},
		{Name: "是否上市", Type: truth, Sources: from("是否上市", "registration")},
		{Name: "是否外资", Type: truth, Sources: from("是否外资", "park")},
		{Name: "实用新型专利数", Type: number("件", 0), Range: natural, Sources: from("实用新型专利数", "park")},
		{Name: "外观设计专利数", Type: number("件", 0), Range: natural, Sources: from("外观设计专利数", "park")},
		{Name: "研发机构人数", Type: number("人", 0), Range: natural, Sources: from("研发机构人数", "park")},
		{Name: "研发投入", Yearly: true, Type: number("元", 2), Range: natural, Sources: from("研发投入", "report")},
		{Name: "销售收入", Yearly: true, Type: number("元", 2), Range: natural, Sources: from("销售收入", "report")},
		{Name: "年营收", Yearly: true, Type: number("元", 2), Range: natural, Sources: from("年营收", "report", "audit")},
		{Name: "年利润", Yearly: true, Type: number("元", 2), Sources: from("年利润", "report")},
		{Name: "年人数", Yearly: true, Type: number("人", 0), Range: natural, Sources: from("年人数", "report")},
		{Name: "年评级", Yearly: true, Type: text("甲级", "乙级", "丙级"), Sources: from("年评级", "report"), Attainable: schemas.AttainableNo},
		{Name: "年达标", Yearly: true, Type: truth, Sources: from("年达标", "report")},
		{Name: "年检日", Yearly: true, Type: day, Sources: from("年检日", "report")},
	}
}

// derived are attributes by rule.
func derived() map[string]string {
	return map[string]string{
		"研发强度":   "研发费用 / 营业收入",
		"知识产权数":  "发明专利数 + 从业人数",
		"年利润率":   "年利润 / 年营收",
		"年营收增加":  "年营收 - 年营收@前年",
		"规模档":    `分档(从业人数 >= 50人: "大"; 从业人数 >= 3人: "中"; 其他: "小")`,
		"最近放款日":  "最新 贷款.放款日",
		"首次认定":   "最早 资质(有效).认定日期",
		"累计贷款额":  "求和 贷款.贷款额",
		"收入分段费率": "分档 营业收入 (<= 3元: 50%; <= 10元: 20%; 其他: 10%)",
	}
}

// tagNames are the tags of the tests.
func tagNames() []string {
	return []string{"高新技术企业", "专精特新中小企业", "受过处罚"}
}

// environment is what the conditions of the tests may name.
func environment(codes *schemas.Codes) *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{}, Unsought: map[string]bool{},
		Datasets: map[string]*schemas.Dataset{}, Codes: codes, On: today(), Item: true,
		Derived: map[string]*condition.Tree{}, Params: map[string]*condition.Tree{},
		Catalogs: map[string]*schemas.Catalog{
			"重点产业": {Name: "重点产业", System: schemas.SystemIndustry, Members: []string{"C39", "I65"}, Except: []string{"C391"}},
			"主城区":  {Name: "主城区", System: schemas.SystemRegion, Members: []string{"510703", "510704", "5106"}},
			"合作银行": {Name: "合作银行", Members: []string{"工行", "农行"}},
		},
		Window: schemas.Window{From: schemas.NewDate(2026, 3, 1), To: schemas.NewDate(2026, 6, 30)},
	}
	defs := attributes()
	for i := range defs {
		env.Attributes[defs[i].Name] = &defs[i]
	}
	for _, t := range tagNames() {
		env.Tags[t] = true
		env.Unsought[t] = t == "受过处罚"
	}
	for _, d := range sets() {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	parse := func(text string) *condition.Tree {
		tree, faults := condition.Parse(schemas.Text{Text: text})
		if len(faults) > 0 {
			panic(fmt.Sprintf("%s\n%v", text, faults))
		}
		return tree
	}
	for name, text := range map[string]string{"门槛": "5元", "人数线": "3人", "比例线": "20%", "起算日": "2025-06-15", "机构": `"孵化器"`} {
		env.Params[name] = parse(text)
	}
	for _, name := range slices.Sorted(maps.Keys(derived())) {
		rule := schemas.Text{Text: derived()[name]}
		v, faults := condition.CompileValue(rule, env)
		if len(faults) > 0 {
			panic(fmt.Sprintf("%s\n%v", rule.Text, faults))
		}
		env.Derived[name] = parse(rule.Text)
		a := &schemas.Attribute{Name: name, Type: v.Type(), Rule: rule, Yearly: name == "年利润率" || name == "年营收增加"}
		if name == "知识产权数" { // although what it reads is attainable
			a.Attainable = schemas.AttainableNo
		}
		env.Attributes[name] = a
	}
	return env
}
