package workbook

import (
	"strconv"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// gateRow is a row of the sheet 条件.
type gateRow struct {
	item   string
	number int // 0: not stated
	schemas.Gate
}

// gateSheet is the sheet 条件.
func gateSheet() sheet[gateRow] {
	item := idColumn("事项编号", "", 20, func(r *gateRow) *string { return &r.item })
	item.aliases, item.need, item.note = []string{"所属事项", "事项ID"}, true, "工作表“事项”里的编号"
	number := countColumn("序号", "", func(r *gateRow) *int { return &r.number })
	number.aliases, number.note = []string{"顺序", "排序"}, "在事项里的顺序；都空着就按行的顺序"
	number.text = func(r *gateRow) string { return strconv.Itoa(r.number) }
	clause := textColumn("条款原文", "gates.clause", 60, func(r *gateRow) *string { return &r.Clause })
	clause.read = func(c *cell, r *gateRow) { r.Clause = workspace.OneLine(c.text) }
	clause.aliases, clause.note = []string{"条款", "原文", "硬条件"}, "文件里的原话"
	condition := expressionColumn("条件", "gates.condition", 60, func(r *gateRow) *schemas.Text { return &r.Condition })
	condition.aliases = []string{"申报条件", "条件表达式"}
	condition.note = "空着是还没有写成条件：由人评审，并计入未编码的条款"
	return sheet[gateRow]{name: gateName, frozen: 2, columns: []column[gateRow]{item, number, clause, condition}}
}
