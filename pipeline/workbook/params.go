package workbook

import "zhida/schemas"

// paramRow is a row of the sheet 参数.
type paramRow struct {
	policy string
	schemas.Param
}

// paramSheet is the sheet 参数.
func paramSheet() sheet[paramRow] {
	policy := idColumn("政策编号", "", 18, func(r *paramRow) *string { return &r.policy })
	policy.aliases, policy.need, policy.note = []string{"所属政策", "所属政策编号"}, true, "工作表“政策”里的编号"
	name := textColumn("名称", "params.name", 20, func(r *paramRow) *string { return &r.Name })
	name.aliases, name.need, name.note = []string{"参数", "参数名称", "参数名"}, true, "条件里写作：参数 名称"
	value := expressionColumn("值", "params.value", 20, func(r *paramRow) *schemas.Text { return &r.Value })
	value.aliases, value.need, value.note = []string{"参数值", "取值"}, true, "如 500万元、3年、5%"
	note := textColumn("说明", "params.note", 40, func(r *paramRow) *string { return &r.Note })
	note.aliases = []string{"备注"}
	return sheet[paramRow]{name: paramName, frozen: 2, columns: []column[paramRow]{policy, name, value, note}}
}
