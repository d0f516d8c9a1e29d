package matchtest_test

import (
	"testing"

	"zhida/matcher"
	"zhida/matcher/condition"
	"zhida/matcher/matchtest"
	"zhida/schemas"
)

// site is the small workspace that the scripts of testdata are written for.
func site(tb testing.TB) *matchtest.Definitions {
	tb.Helper()
	d := &matchtest.Definitions{
		Env: &condition.Env{
			Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{}, Datasets: map[string]*schemas.Dataset{},
			Codes: schemas.NewCodes(),
		},
		Datasets: map[string]*schemas.Dataset{}, Tags: map[string]condition.Expr{}, Items: map[string]*matchtest.Item{}, Region: "注册地",
	}
	for _, ds := range datasets() {
		ds.Role = schemas.RoleFacts
		if ds.List == "" {
			ds.List = schemas.ListOpen
		}
		d.Datasets[ds.Name] = ds
		d.Env.Datasets[ds.Name], d.Env.Datasets[ds.Title] = ds, ds
		d.Attributes = append(d.Attributes, attributesOf(ds)...)
	}
	for i := range d.Attributes {
		d.Env.Attributes[d.Attributes[i].Name] = &d.Attributes[i]
	}
	derived(d)
	for name := range tagRules() {
		d.Env.Tags[name] = true
	}
	for name, rule := range tagRules() {
		d.Tags[name] = compile(tb, rule, d.Env)
	}
	items(tb, d)
	return d
}

func compile(tb testing.TB, text string, env *condition.Env) condition.Expr {
	tb.Helper()
	expr, faults := condition.Compile(schemas.Text{Text: text}, env)
	if len(faults) > 0 {
		tb.Fatalf("%s\n%v", text, faults)
	}
	return expr
}

func datasets() []*schemas.Dataset {
	zero := new(int64)
	money := func(name string) schemas.Field {
		return schemas.Field{Name: name, Type: schemas.FieldMoney, Unit: "元", Min: zero}
	}
	count := func(name string, unit schemas.Unit) schemas.Field {
		return schemas.Field{Name: name, Type: schemas.FieldNumber, Unit: unit, Min: zero}
	}
	words := func(name string, values ...string) schemas.Field {
		f := schemas.Field{Name: name, Type: schemas.FieldText}
		for _, v := range values {
			f.Values = append(f.Values, schemas.Value{Name: v})
		}
		return f
	}
	date := func(name string) schemas.Field { return schemas.Field{Name: name, Type: schemas.FieldDate} }
	centres := []string{"高新技术企业", "市级企业技术中心", "省级企业技术中心", "科技型中小企业"}
	return []*schemas.Dataset{
		{Name: "registration", Title: "登记", Owner: "市场监管局", Fields: []schemas.Field{
			{Name: "注册地", Type: schemas.FieldRegion},
			{Name: "行业", Type: schemas.FieldIndustry},
			date("成立日期"), money("注册资本"), words("规模", "大型", "中型", "小型", "微型"),
			{Name: "名称", Type: schemas.FieldText},
			{Name: "是否上市", Type: schemas.FieldTruth},
		}},
		{Name: "staff", Title: "社保", Owner: "人社局", Shelf: schemas.Span{Months: 6}, Fields: []schemas.Field{
			count("从业人数", "人"), count("研发机构人数", "人"),
		}},
		{Name: "patents", Title: "知识产权", Owner: "知识产权局", Fields: []schemas.Field{
			count("发明专利数", "件"), count("实用新型专利数", "件"), count("外观设计专利数", "件"), count("软件著作权数", "件"), count("集成电路布图设计数", "件"),
		}},
		{Name: "qualification", Title: "资质", Owner: "科技局", Key: []string{"类型"}, Fields: []schemas.Field{
			words("类型", centres...), date("认定日期"), date("有效期至"),
		}},
		{Name: "dishonest", Title: "失信", Owner: "法院", List: schemas.ListComplete, Shelf: schemas.Span{Months: 1}, Key: []string{"案号"}, Fields: []schemas.Field{
			words("案号"), date("立案日期"), money("金额"),
		}},
		{Name: "tax", Title: "税务", Owner: "税务局", Shelf: schemas.Span{Years: 2}, Key: []string{"年度"}, Year: "年度", Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber}, money("营业收入"), money("研发费用"),
		}},
		{Name: "certificate", Title: "证书", List: schemas.ListComplete, Key: []string{"编号"}, Fields: []schemas.Field{words("编号"), date("有效期至")}},
		{Name: "loan", Title: "贷款", List: schemas.ListComplete, Key: []string{"合同"}, Fields: []schemas.Field{words("合同"), money("金额"), date("放款日期")}},
		{Name: "payments", Title: "兑付", List: schemas.ListComplete, Key: []string{"事项", "日期"}, Fields: []schemas.Field{
			words("事项"), date("日期"),
		}},
		{Name: "penalty", Title: "处罚", Key: []string{"文号"}, Fields: []schemas.Field{words("文号"), date("处罚日期"), money("罚款")}},
	}
}

// attributesOf makes an attribute of each field of a dataset with one row per enterprise, or one per year.
func attributesOf(d *schemas.Dataset) []schemas.Attribute {
	if len(d.Key) > 0 && d.Year == "" {
		return nil
	}
	var out []schemas.Attribute
	for _, f := range d.Fields {
		if f.Name == d.Year {
			continue
		}
		a := schemas.Attribute{
			Name: f.Name, Yearly: d.Year != "", Sources: []schemas.Source{{Dataset: d.Name, Field: f.Name}},
			Type: schemas.Type{Kind: f.Kind(), Unit: f.Unit, Scale: f.Scale}, Range: schemas.Range{Low: f.Min},
		}
		switch f.Type {
		case schemas.FieldMoney:
			a.Type.Scale = schemas.MoneyScale
		case schemas.FieldRegion:
			a.Type.System = schemas.SystemRegion
		case schemas.FieldIndustry:
			a.Type.System = schemas.SystemIndustry
		}
		for _, v := range f.Values {
			a.Type.Values = append(a.Type.Values, v.Name)
		}
		out = append(out, a)
	}
	return out
}

// derived adds the attributes that stand for a value of others.
func derived(d *matchtest.Definitions) {
	d.Env.Derived = map[string]*condition.Tree{}
	for name, text := range map[string]string{
		"知识产权数":   "发明专利数 + 实用新型专利数 + 外观设计专利数 + 软件著作权数",
		"研发强度":    "研发费用 / 营业收入",
		"营业收入增长率": "营业收入 / 营业收入@前年 - 1",
	} {
		tree, _ := condition.Parse(schemas.Text{Text: text})
		d.Env.Derived[name] = tree
		d.Env.Attributes[name] = &schemas.Attribute{Name: name, Rule: schemas.Text{Text: text}}
	}
}

func tagRules() map[string]string {
	return map[string]string{
		"高新技术企业": `有 资质(类型 = "高新技术企业" 且 有效期至 >= 今天)`,
		"失信被执行人": "有 失信",
		"科技企业":   "标签 高新技术企业 或 发明专利数 >= 1件",
		"成立满一年":  "成立日期 + 1年 <= 今天",
	}
}

func items(tb testing.TB, d *matchtest.Definitions) {
	tb.Helper()
	for id, text := range map[string]string{
		"SC-2026-07-1": "注册地 属于 510000 且 标签 科技企业 且 非 标签 失信被执行人",
	} {
		d.Items[id] = &matchtest.Item{Item: matcher.Item{Rule: matcher.Rule{ID: id, Expr: compile(tb, text, d.Env)}}}
	}
	env := *d.Env
	env.Item = true
	for id, texts := range map[string][2]string{
		"研发补助": {`标签 科技企业 且 评审 "成果有推广价值"`, "研发费用 * 10% 封顶 100万元"},
		"稳岗返还": {`从业人数 >= 1人 且 承诺 "一年内不裁员"`, "从业人数 * 500元"},
		"贷款贴息": {"有 贷款", "求和 贷款(放款日期 在 上年).(金额 * 2% 封顶 30万元)"},
		"规模奖励": {"营业收入 >= 1000万元", "分档 营业收入 (>= 1亿元: 50万元; >= 5000万元: 20万元; 其他: 5万元)"},
		"纳税奖励": {"已知(营业收入)", "累进 营业收入 (1000万元: 1%; 5000万元: 2%; 以上: 3%)"},
	} {
		benefit, faults := condition.CompileValue(schemas.Text{Text: texts[1]}, d.Env)
		if len(faults) > 0 {
			tb.Fatalf("%s\n%v", texts[1], faults)
		}
		d.Items[id] = &matchtest.Item{Env: &env, Item: matcher.Item{
			Rule: matcher.Rule{ID: id, Expr: compile(tb, texts[0], &env)}, Benefit: benefit, NeedsSum: true,
			Paid: compile(tb, "有 兑付(事项 = \""+id+"\" 且 日期 在 本年)", d.Env),
		}}
	}
}
