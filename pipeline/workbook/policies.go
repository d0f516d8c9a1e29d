package workbook

import "zhida/schemas"

// policySheet is the sheet 政策.
func policySheet() sheet[schemas.Policy] {
	type policy = schemas.Policy
	id := idColumn("编号", "id", 18, func(p *policy) *string { return &p.ID })
	id.aliases = []string{"政策编号", "政策ID", "ID", "id"}
	id.need, id.note = true, "整个工作区里不重复；汉字、字母、数字、点、横线和下划线"
	title := textColumn("标题", "title", 40, func(p *policy) *string { return &p.Title })
	title.aliases, title.need = []string{"政策标题", "政策名称", "名称", "文件名称"}, true
	number := textColumn("文号", "number", 22, func(p *policy) *string { return &p.Number })
	number.aliases = []string{"发文字号", "发文文号", "政策文号"}
	level := choiceColumn("层级", "level", levels(), func(p *policy) *schemas.Level { return &p.Level })
	level.aliases, level.need = []string{"级别", "政策层级", "政策级别"}, true
	department := textColumn("发文部门", "department", 24, func(p *policy) *string { return &p.Department })
	department.aliases, department.need = []string{"发文单位", "发文机关", "发布部门", "部门"}, true
	status := choiceColumn("状态", "status", statuses(), func(p *policy) *schemas.Status { return &p.Status })
	status.aliases, status.note = []string{"政策状态"}, "空着是草案"
	from := dateColumn("有效期起", "valid", func(p *policy) *schemas.Date { return &p.From })
	from.aliases = []string{"生效日期", "有效期开始", "施行日期"}
	to := dateColumn("有效期止", "valid", func(p *policy) *schemas.Date { return &p.To })
	to.aliases = []string{"失效日期", "有效期截止", "有效期至"}
	theme := textColumn("主题", "theme", 16, func(p *policy) *string { return &p.Theme })
	theme.aliases = []string{"政策主题", "主题分类"}
	scope := expressionColumn("适用范围", "scope", 44, func(p *policy) *schemas.Text { return &p.Scope })
	scope.note = "条件；与它的每个事项的条件用“且”连起来"
	return sheet[policy]{name: policyName, frozen: 2, columns: []column[policy]{
		id, title, number, level, department, status, from, to, theme, scope,
	}}
}

func levels() []word {
	w := same(schemas.LevelNation, schemas.LevelProvince, schemas.LevelCity, schemas.LevelCounty)
	w[0].others = []string{"国家级", "中央"}
	w[1].others = []string{"省级", "自治区", "直辖市"}
	w[2].others = []string{"市级", "地市", "州"}
	w[3].others = []string{"县级", "区", "区县", "区级", "县区"}
	return w
}

func statuses() []word {
	return same(schemas.StatusDraft, schemas.StatusPending, schemas.StatusEffective,
		schemas.StatusSuspended, schemas.StatusExpired, schemas.StatusRevoked)
}
