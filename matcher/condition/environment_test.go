package condition

import (
	"sync"

	"zhida/schemas"
)

// codes reads the tables of codes once; nobody writes to them.
var codes = sync.OnceValue(schemas.NewCodes)

// environment is the workspace that the tests of this package write conditions for.
func environment() *Env {
	number := func(unit schemas.Unit, scale int) schemas.Type {
		return schemas.Type{Kind: schemas.KindNumber, Unit: unit, Scale: scale}
	}
	env := &Env{
		Attributes: map[string]*schemas.Attribute{},
		Tags:       map[string]bool{"高新技术企业": true, "专精特新中小企业": true, "失信被执行人": true, "A级纳税人": true},
		Datasets:   map[string]*schemas.Dataset{},
		Codes:      codes(),
	}
	one := schemas.Range{Low: new(int64)}
	for name, t := range map[string]schemas.Type{
		"注册地":   {Kind: schemas.KindCode, System: schemas.SystemRegion},
		"行业":    {Kind: schemas.KindCode, System: schemas.SystemIndustry},
		"规模":    {Kind: schemas.KindText, Values: []string{"大型", "中型", "小型", "微型", "其他（未定）"}},
		"名称":    {Kind: schemas.KindText},
		"登记机关":  {Kind: schemas.KindText},
		"营业收入":  number("元", 2),
		"研发费用":  number("元", 2),
		"注册资本":  number("元", 2),
		"外方资本":  number("美元", 2),
		"总资产":   number("万元", 2),
		"从业人数":  number("人", 0),
		"发明专利数": number("件", 0),
		"用地面积":  number("平方米", 2),
		"收入增长率": number("", 4),
		"税负率":   number("%", 4),
		"成立日期":  {Kind: schemas.KindDate},
		"核准日期":  {Kind: schemas.KindDate},
		"是否上市":  {Kind: schemas.KindTruth},
		"工龄年限":  number("", 0),
	} {
		env.Attributes[name] = &schemas.Attribute{Name: name, Type: t, Range: one}
	}
	for name, t := range map[string]schemas.Type{
		"销售收入": number("元", 2),
		"研发投入": number("元", 2),
		"缴税":   number("万元", 2),
		"职工人数": number("人", 0),
		"亏损":   {Kind: schemas.KindTruth},
	} {
		env.Attributes[name] = &schemas.Attribute{Name: name, Type: t, Range: one, Yearly: true}
	}
	for _, d := range []*schemas.Dataset{
		{Name: "qualification", Title: "资质", Role: schemas.RoleFacts, Fields: []schemas.Field{
			{Name: "类型", Type: schemas.FieldText, Values: []schemas.Value{{Name: "市级企业技术中心"}, {Name: "省级企业技术中心"}}},
			{Name: "证书编号", Type: schemas.FieldText},
			{Name: "认定日期", Type: schemas.FieldDate},
			{Name: "有效期至", Type: schemas.FieldDate},
			{Name: "奖励金额", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "得分", Type: schemas.FieldNumber, Unit: "分", Scale: 1},
			{Name: "地区", Type: schemas.FieldRegion},
			{Name: "有效", Type: schemas.FieldTruth},
			{Name: "经办人", Type: schemas.FieldText, Personal: schemas.PersonalAlways},
		}},
		{Name: "loan", Title: "贷款", Role: schemas.RoleFacts, List: schemas.ListComplete, Key: []string{"合同"}, Fields: []schemas.Field{
			{Name: "合同", Type: schemas.FieldText},
			{Name: "金额", Type: schemas.FieldMoney, Unit: "元", Min: new(int64)},
			{Name: "利率", Type: schemas.FieldNumber, Scale: 4},
			{Name: "发放日期", Type: schemas.FieldDate},
		}},
		{Name: "tax", Title: "纳税", Role: schemas.RoleFacts, Key: []string{"年度"}, Year: "年度", Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber},
			{Name: "税额", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "税种", Type: schemas.FieldText},
		}},
		{Name: "dishonest", Title: "失信", Role: schemas.RoleFacts, List: schemas.ListComplete, Fields: []schemas.Field{{Name: "立案日期", Type: schemas.FieldDate}}},
		{Name: "contacts", Title: "联系人", Role: schemas.RoleContacts, Fields: []schemas.Field{{Name: "手机", Type: schemas.FieldPhone}}},
	} {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	define(env)
	return env
}

// itemEnvironment is the environment of an item that may be applied for from March to May.
func itemEnvironment() *Env {
	env := environment()
	env.Item = true
	env.Window = schemas.Window{From: schemas.NewDate(2026, 3, 1), To: schemas.NewDate(2026, 5, 31)}
	return env
}

// define adds what texts define: derived attributes, parameters and catalogs.
func define(env *Env) {
	env.Derived, env.Params = map[string]*Tree{}, map[string]*Tree{}
	for name, rule := range map[string]string{
		"研发强度": "研发投入 / 销售收入",
		"销售增长": "销售收入 / 销售收入@前年 - 1",
		"强度变化": "研发强度 - 研发强度@(上年-1)",
		"知识产权": "5 * 发明专利数 + 发明专利数",
		"产业类别": `分档(行业 属于 C: "制造业"; 行业 属于 [I63..I65]: "软件业"; 其他: "其他")`,
		"三年研发": "求和 近3年度.研发投入",
		"主行业":  "行业",
		"挂牌":   "是否上市",
		"绕一":   "绕二 + 1",
		"绕二":   "绕一 * 2",
		"写错":   "营业收人 * 2",
		"最近认定": "最新 资质.认定日期",
		"企业得分": "计分(挂牌: 10; 销售收入 >= 1亿: 5)",
		"混合":   "研发投入 + 三年研发",
		"当年新设": `分档(成立日期 在 本年: 1; 其他: 0)`,
	} {
		env.Derived[name] = parse(schemas.Text{Text: rule})
		env.Attributes[name] = &schemas.Attribute{Name: name, Rule: schemas.Text{Text: rule}}
	}
	for name, value := range map[string]string{
		"补助上限": "100万元", "门槛": "2000万", "最低年限": "1年", "起算日": "2024-01-01", "中心": `"市级企业技术中心"`, "试点": "是", "下限": "-5%",
		"算式": "营业收入 * 2",
	} {
		env.Params[name] = parse(schemas.Text{Text: value})
	}
	env.Catalogs = map[string]*schemas.Catalog{}
	for _, c := range []*schemas.Catalog{
		{Name: "重点产业", System: schemas.SystemIndustry, Members: []string{"C38", "C39", "I65"}, Except: []string{"C391"}},
		{Name: "试点县", System: schemas.SystemRegion, Members: []string{"510703", "510705"}},
		{Name: "中小微", Members: []string{"中型", "小型", "微型"}},
		{Name: "技术中心", Members: []string{"市级企业技术中心", "省级企业技术中心"}},
	} {
		env.Catalogs[c.Name] = c
	}
}
