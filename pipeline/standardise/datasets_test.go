package standardise

import "zhida/schemas"

func limit(n int64) *int64 { return &n }

// registrationData is shaped like the real registrations, with the fields they lack.
func registrationData() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "registration", Title: "登记", Role: schemas.RoleRegistration, Scope: "注册地",
		Code: schemas.Code{Columns: []string{"统一社会信用代码", "注册号"}},
		Op:   &schemas.Operation{Columns: []string{"操作"}, Delete: []string{"删除", "D"}},
		Fields: []schemas.Field{
			{Name: "企业名称", Type: schemas.FieldText, Personal: schemas.PersonalSoleTrader, Required: true, Column: schemas.ColumnRequired},
			{
				Name: "成立日期", Columns: []string{"注册日期"}, Type: schemas.FieldDate,
				Min: limit(int64(schemas.NewDate(1900, 1, 1))), Max: limit(int64(schemas.NewDate(2030, 1, 1))),
			},
			{Name: "企业类型", Type: schemas.FieldText, Values: []schemas.Value{
				{Name: "个体工商户", Spellings: []string{"个体", "个体户"}}, {Name: "有限责任公司", Spellings: []string{"有限责任公司 国有企业"}},
			}},
			{Name: "法定代表人", Columns: []string{"法人代表"}, Type: schemas.FieldText, Personal: schemas.PersonalAlways},
			{Name: "注册资本", Columns: []string{"注册资金"}, Type: schemas.FieldMoney, Unit: "万元", Min: limit(0)},
			{Name: "行业", Columns: []string{"行业代码"}, Type: schemas.FieldIndustry},
			{Name: "注册地", Columns: []string{"所在省份", "地区"}, Type: schemas.FieldRegion, Address: []string{"注册地址"}},
			{Name: "注册地址", Type: schemas.FieldText, Personal: schemas.PersonalSoleTrader},
		},
	}
}

// contactData has phones and a key that is personal.
func contactData() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "contacts", Title: "联系", Role: schemas.RoleContacts,
		Code: schemas.Code{Columns: []string{"统一社会信用代码"}}, Key: []string{"联系人"},
		Op: &schemas.Operation{Columns: []string{"操作"}, Delete: []string{"D"}},
		Fields: []schemas.Field{
			{Name: "联系人", Type: schemas.FieldText, Personal: schemas.PersonalAlways},
			{Name: "电话", Columns: []string{"手机", "固定电话"}, Type: schemas.FieldPhone, Required: true},
			{Name: "同意短信", Type: schemas.FieldTruth},
		},
	}
}

// crosswalkData names a code's successor.
func crosswalkData() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "crosswalk", Title: "身份", Role: schemas.RoleCrosswalk, NewCode: "新代码",
		Code: schemas.Code{Columns: []string{"旧代码"}},
		Fields: []schemas.Field{
			{Name: "新代码", Type: schemas.FieldText, Required: true},
			{Name: "变更日期", Type: schemas.FieldDate},
		},
	}
}

// taxData has numbers of every kind, by year.
func taxData() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "tax", Title: "纳税", Role: schemas.RoleFacts,
		Code: schemas.Code{Columns: []string{"统一社会信用代码"}}, Key: []string{"年度"},
		Fields: []schemas.Field{
			{Name: "年度", Type: schemas.FieldNumber, Min: limit(1990), Max: limit(2100)},
			{Name: "营业收入", Type: schemas.FieldMoney, Unit: "元"},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人", Min: limit(0)},
			{Name: "税负率", Type: schemas.FieldNumber, Unit: "%", Scale: 4},
			{Name: "用地", Type: schemas.FieldNumber, Unit: "亩", Scale: 2},
			{Name: "纳税信用", Type: schemas.FieldText, Pattern: "^[ABCDM]$"},
		},
	}
}
