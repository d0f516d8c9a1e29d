package condition

// wholeLeaf writes a test with the words of values, counts and rows.
func (w *writer) wholeLeaf(depth int) {
	switch w.pick(9, "whole") {
	case 0:
		w.money(depth)
		w.relator()
		w.money(depth)
	case 1:
		w.add("研发投入")
		w.year()
		w.add("/")
		w.add("销售收入")
		w.year()
		w.relator()
		w.tiers(depth, "3%", "0.5", "1")
	case 2:
		w.tokens = append(w.tokens, []spelled{{"至少", "atleast"}, {"至多", "atmost"}}[w.pick(2, "count")])
		w.add("1", "１")
		w.add("项")
		w.add("(", "（")
		w.condition(depth)
		w.add(",", "，")
		w.condition(depth)
		w.add(")", "）")
	case 3:
		w.add("计数", "count")
		w.source()
		w.relator()
		w.oneOf("2", "3")
	case 4:
		w.tokens = append(w.tokens, []spelled{{"最早", "first"}, {"最新", "latest"}}[w.pick(2, "fold")])
		w.source()
		w.add(".")
		w.add("发放日期")
		w.add("在", "between")
		w.tokens = append(w.tokens, []spelled{{"上年", "last_year"}, {"2024年"}, {"前年", "year_before"}}[w.pick(3, "year")])
	case 5:
		w.oneOf("名称", "登记机关")
		w.add("含", "contains")
		w.add("[", "［")
		w.add(`"科技"`, `“科技”`)
		w.add(",", "，", "、")
		w.add(`"软件"`)
		w.add("]", "］")
	case 6:
		w.add("计分", "score")
		w.add("(", "（")
		w.condition(0)
		w.add(":", "：")
		w.add("10")
		w.add(";", "；")
		w.condition(0)
		w.add(":", "：")
		w.oneOf("5", "-5")
		w.add(")", "）")
		w.relator()
		w.oneOf("5", "参数 门槛")
	case 7:
		w.add("已知", "known")
		w.add("(", "（")
		w.condition(0)
		w.add(")", "）")
	default:
		w.add("行业")
		w.add("属于", "in")
		w.add("目录", "catalog")
		w.add("重点产业")
	}
}

// money writes a number of 元.
func (w *writer) money(depth int) {
	if depth == 0 {
		w.oneOf("营业收入", "研发费用", "注册资本", "三年研发", "20万元", "5000元")
		return
	}
	w.add("(", "（")
	w.money(depth - 1)
	switch w.pick(6, "value") {
	case 0:
		w.oneOf("+", "-")
		w.money(depth - 1)
	case 1:
		w.add("*")
		w.oneOf("30%", "2", "收入增长率")
	case 2:
		w.tokens = append(w.tokens, []spelled{{"封顶", "cap"}, {"保底", "floor"}}[w.pick(2, "cap")])
		w.oneOf("100万", "参数 补助上限")
	case 3:
		w.add("/")
		w.oneOf("从业人数", "3")
	case 4:
		w.add("+")
		w.add("求和", "sum")
		w.source()
		w.add(".")
		w.oneOf("金额", "(金额 * 30% 封顶 100万)")
	default:
		w.add("+")
		w.tokens = append(w.tokens, []spelled{{"最大", "max"}, {"最小", "min"}}[w.pick(2, "utmost")])
		w.add("(", "（")
		w.money(depth - 1)
		w.add(",", "，")
		w.money(depth - 1)
		w.add(")", "）")
	}
	w.add(")", "）")
}

// year writes a year behind a yearly attribute, which is the last one if there is none.
func (w *writer) year() {
	switch w.pick(3, "year") {
	case 0:
		w.add("@上年", "", "@last_year", "@ 上年")
	case 1:
		w.add("@2024年", "@2024", "@ 2024年")
	default:
		w.add("@(上年-2)", "@(上年 - 2)", "@（上年-2）")
	}
}

// source writes loans, all or some.
func (w *writer) source() {
	w.add("贷款", "loan")
	if w.pick(2, "where") == 0 {
		w.add("(", "（")
		w.add("利率")
		w.oneOf("<=", ">")
		w.oneOf("4%", "0.05")
		w.add(")", "）")
	}
}

// tiers writes 分档 of the values given.
func (w *writer) tiers(depth int, values ...string) {
	w.add("分档", "tiers")
	w.add("(", "（")
	w.condition(depth)
	w.add(":", "：")
	w.oneOf(values...)
	w.add(";", "；")
	w.add("其他", "else")
	w.add(":", "：")
	w.oneOf(values...)
	w.add(")", "）")
}
