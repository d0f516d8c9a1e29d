package workbook

import "zhida/schemas"

// itemRow is a row of the sheet 事项.
type itemRow struct {
	policy string
	schemas.Item
	exclusive   schemas.Exclusive // Group "": none
	preferLines []int             // of each preference: its first line in the cell, from 1
}

// Defaults of an item that says nothing else.
const (
	defaultStatus = schemas.StatusDraft
	defaultMode   = schemas.ModeOrdinary
	defaultKind   = schemas.BenefitReward
)

// itemSheet is the sheet 事项.
func itemSheet() sheet[itemRow] {
	policy := idColumn("政策编号", "", 18, func(r *itemRow) *string { return &r.policy })
	policy.aliases, policy.need, policy.note = []string{"所属政策", "所属政策编号", "政策ID"}, true, "工作表“政策”里的编号"
	id := idColumn("事项编号", "id", 20, func(r *itemRow) *string { return &r.ID })
	id.aliases = []string{"编号", "事项ID", "ID", "id"}
	id.note = "整个工作区里不重复；空着由系统编为“政策编号-0001”，以后用导出的工作簿接着填，编号就不再变"
	title := textColumn("标题", "title", 36, func(r *itemRow) *string { return &r.Title })
	title.aliases, title.need = []string{"事项标题", "事项名称", "名称", "兑现事项"}, true
	department := textColumn("受理部门", "department", 22, func(r *itemRow) *string { return &r.Department })
	department.aliases, department.note = []string{"受理单位", "兑现部门", "责任部门"}, "空着是政策的发文部门"
	columns := append([]column[itemRow]{policy, id, title, department}, itemStates()...)
	columns = append(columns, itemRules()...)
	return sheet[itemRow]{name: itemName, frozen: 3, columns: append(columns, itemGuide()...)}
}

// itemStates are the columns with closed lists, and the window.
func itemStates() []column[itemRow] {
	modes := same(schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary)
	modes[2].others = []string{"普通申报", "申报兑现"}
	mode := choiceColumn("兑现方式", "mode", modes, func(r *itemRow) *schemas.ItemMode { return &r.Mode })
	mode.note = "空着是普通"
	kind := choiceColumn("惠及方式", "kind", same(schemas.BenefitRelief, schemas.BenefitReward, schemas.BenefitRight, schemas.BenefitTitle),
		func(r *itemRow) *schemas.BenefitKind { return &r.Kind })
	kind.note = "空着先按奖补"
	status := choiceColumn("状态", "status", statuses(), func(r *itemRow) *schemas.Status { return &r.Status })
	status.aliases, status.note = []string{"事项状态"}, "空着是草案；只有“有效”的会推送"
	revision := countColumn("修订号", "revision", func(r *itemRow) *int { return &r.Revision })
	revision.aliases, revision.note = []string{"修订"}, "空着是 1；条件或标准有实质变化时加一，已经通知过的企业会再通知"
	from := dateColumn("申报期起", "window", func(r *itemRow) *schemas.Date { return &r.Window.From })
	from.aliases = []string{"申报开始", "申报开始日期", "申报起始日期", "兑现期起"}
	to := dateColumn("申报期止", "window", func(r *itemRow) *schemas.Date { return &r.Window.To })
	to.aliases = []string{"申报截止", "申报截止日期", "申报结束日期", "兑现期止"}
	return []column[itemRow]{mode, kind, status, revision, from, to}
}

// itemRules are the columns in the condition language, and what goes with them.
func itemRules() []column[itemRow] {
	condition := expressionColumn("申报条件", "condition", 50, func(r *itemRow) *schemas.Text { return &r.Condition })
	condition.aliases, condition.note = []string{"条件"}, "整个条件；逐条写在工作表“条件”里的，这里空着"
	benefit := expressionColumn("兑现金额", "benefit", 32, func(r *itemRow) *schemas.Text { return &r.Benefit })
	benefit.aliases, benefit.note = []string{"金额"}, "算式，如：研发费用 * 10% 封顶 100万元"
	prefer := column[itemRow]{
		title: "择优", field: "prefer", width: 22, note: "一行一个，如：研发费用 降序", text: preferText, read: readPrefer,
	}
	group := textColumn("互斥组", "exclusive.group", 14, func(r *itemRow) *string { return &r.exclusive.Group })
	group.note = "同一组的事项，一家企业只享受一个"
	within := choiceColumn("互斥期间", "exclusive.within", []word{
		{"本年", string(schemas.PeriodYear), []string{"当年", "年度", "一年"}}, {"永久", string(schemas.PeriodEver), []string{"长期"}},
	}, func(r *itemRow) *schemas.Period { return &r.exclusive.Within })
	within.note = "有互斥组时要写"
	keep := choiceColumn("互斥取舍", "exclusive.keep", []word{
		{"金额高的", string(schemas.KeepBetter), []string{"就高", "从高"}}, {"排在前的", string(schemas.KeepFirst), []string{"排在前面的", "先者"}},
	}, func(r *itemRow) *schemas.Keeping { return &r.exclusive.Keep })
	keep.note = "有互斥组时要写"
	once := choiceColumn("次数限制", "once", []word{
		{"每年一次", string(schemas.OncePerYear), []string{"一年一次"}}, {"只一次", string(schemas.OnceEver), []string{"仅一次", "一次"}},
	}, func(r *itemRow) *schemas.Once { return &r.Once })
	once.note = "空着是不限"
	attainable := column[itemRow]{
		title: "可达成", field: "attainable", width: 16, note: "一行一个指标，如：注册地：否", text: attainableText, read: readAttainable,
	}
	review := choiceColumn("评审推送", "review", same(schemas.ReviewHold, schemas.ReviewPush), func(r *itemRow) *schemas.Review { return &r.Review })
	review.note = "只差评审的企业推送不推送；空着是不推送"
	return []column[itemRow]{condition, benefit, prefer, group, within, keep, once, attainable, review}
}

// itemGuide are the columns of the service guide.
func itemGuide() []column[itemRow] {
	text := func(title, field string, width float64, at func(*schemas.Guide) *string) column[itemRow] {
		return textColumn(title, "guide."+field, width, func(r *itemRow) *string { return at(&r.Guide) })
	}
	return []column[itemRow]{
		text("惠及对象", "beneficiaries", 28, func(g *schemas.Guide) *string { return &g.Beneficiaries }),
		text("兑现标准", "standard", 28, func(g *schemas.Guide) *string { return &g.Standard }),
		text("申报材料", "materials", 32, func(g *schemas.Guide) *string { return &g.Materials }),
		text("办理流程", "process", 32, func(g *schemas.Guide) *string { return &g.Process }),
		text("兑现时限", "time_limit", 18, func(g *schemas.Guide) *string { return &g.TimeLimit }),
		text("受理地址", "address", 24, func(g *schemas.Guide) *string { return &g.Address }),
		text("咨询电话", "phone", 16, func(g *schemas.Guide) *string { return &g.Phone }),
	}
}
