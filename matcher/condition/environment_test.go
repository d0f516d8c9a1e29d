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
	zero := int64(0)
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
		env.Attributes[name] = &schemas.Attribute{Name: name, Type: t, Range: schemas.Range{Low: &zero}}
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
		{Name: "dishonest", Title: "失信", Role: schemas.RoleFacts, Fields: []schemas.Field{{Name: "立案日期", Type: schemas.FieldDate}}},
		{Name: "contacts", Title: "联系人", Role: schemas.RoleContacts, Fields: []schemas.Field{{Name: "手机", Type: schemas.FieldPhone}}},
	} {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	return env
}
