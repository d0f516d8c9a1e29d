package nation

import "zhida/schemas"

func credit() department {
	return department{
		name: "credit", columns: texts(code, "类型", "文号", "列入日期", "移出日期"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if d.below(1000) < 32 {
				return 1
			}
			return 0
		},
		write: (*clerk).blacklist,
	}
}

// blacklist is an entry of a list; some were taken off again, and what changes is that.
func (c *clerk) blacklist(b *batch, e *enterprise, r *row) {
	from := max(e.founded+5, c.dates[0]-schemas.Date(r.between(10, 1100)))
	kind := one(&r.dice, []string{"失信被执行人", "失信被执行人", "失信被执行人", "经营异常名录", "经营异常名录", "经营异常名录", "经营异常名录", "严重违法失信", "拖欠农民工工资", "重大税收违法"})
	b.bytes(e.delivered)
	b.text(kind)
	b.data = appendPadded(append(b.data, "（"...), yearOf(from), 4)
	if kind == "失信被执行人" {
		b.data = append(append(append(b.data, "）示"...), e.county.code...), "执"...)
	} else {
		b.data = append(b.data, "）示"...)
	}
	b.data = appendInt(b.data, 100+r.below(99_900))
	b.text("号")
	b.date(from)
	switch {
	case r.since > 0:
		b.date(c.dates[r.since])
	case r.percent(25):
		b.date(from + schemas.Date(r.between(1, max(1, int(c.dates[0]-from)))))
	default:
		b.text("")
	}
}

func penalty() department {
	return department{
		name: "penalty", operated: true, columns: texts(code, "文号", "类别", "程度", "处罚日期", "罚款金额", "修复日期"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if d.below(1000) < 15+25*min(1, e.size)+10*min(1, int(limitedTo(e))) {
				return d.skewed(1, 3)
			}
			return 0
		},
		write: (*clerk).punish,
	}
}

// limitedTo is 1 for companies, which are punished more often.
func limitedTo(e *enterprise) int {
	if e.isCompany() {
		return 1
	}
	return 0
}

func (c *clerk) punish(b *batch, e *enterprise, r *row) {
	on := min(max(c.dates[0]-schemas.Date(r.between(5, 1700)), e.founded+20), c.dates[0]-1)
	grave, fine := "一般", r.between(1, 50)*200
	switch n := r.below(100); {
	case n < 10:
		grave, fine = "严重", r.between(5, 80)*10000
	case n < 35:
		grave, fine = "较重", r.between(10, 100)*1000
	}
	b.bytes(e.delivered)
	b.data = appendPadded(append(b.data, "示罚〔"...), yearOf(on), 4)
	b.data = append(b.data, "〕"...)
	b.data = append(appendInt(b.data, int(e.number&(1<<40-1))), '-')
	b.data = appendInt(b.data, r.index+1)
	b.text("号")
	kinds := []string{"税务", "市场监管", "市场监管", "劳动保障", "消防", "环保", "环保", "安全生产", "安全生产"}
	if !e.isIn("C", "E", "G") {
		kinds = kinds[:5]
	}
	b.text(one(&r.dice, kinds))
	b.text(grave)
	writtenDate(b, &r.dice, on)
	at := len(b.data)
	b.data = appendInt(b.data, fine)
	if r.percent(15) {
		group(b, at)
		b.data = append(b.data, ".00"...)
	}
	b.end()
	switch {
	case r.since > 0:
		b.date(c.dates[r.since])
	case on < c.dates[0]-120 && r.percent(45):
		b.date(on + schemas.Date(r.between(60, 119)))
	default:
		b.text("")
	}
}

// environment rates industry, and some others that pollute.
func environment() department {
	return department{
		name: "environment", columns: texts(code, "环境信用等级", "重污染天气绩效分级", "是否通过清洁生产审核", "评定日期"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if e.isCompany() && !e.closed && (e.isIn("C", "D") && d.percent(30+15*e.size) || e.isIn("B", "E", "G", "H") && d.percent(4)) {
				return 1
			}
			return 0
		},
		write: (*clerk).rate,
	}
}

func (c *clerk) rate(b *batch, e *enterprise, r *row) {
	b.bytes(e.delivered)
	grades, at := [...][]string{{"诚信", "绿牌"}, {"良好", "蓝牌", "环保良好"}, {"警示", "黄牌"}, {"不良", "红牌"}}, 3
	switch n := r.below(100); {
	case n < 22:
		at = 0
	case n < 76:
		at = 1
	case n < 93:
		at = 2
	}
	b.text(one(&r.dice, grades[r.turned(at, len(grades))]))
	b.text(one(&r.dice, []string{"A", "B", "B", "C", "C", "D", ""}))
	b.text(one(&r.dice, []string{"是", "是", "否", "否", "否", ""}))
	on := c.dates[0] - schemas.Date(r.between(5, 300))
	if r.since > 0 {
		on = c.dates[r.since] - 1
	}
	if r.percent(12) {
		writtenDate(b, &r.dice, on)
		return
	}
	b.date(on)
}

// safety is what the emergency bureau knows of those it inspects.
func safety() department {
	return department{
		name: "safety", columns: texts(code, "标准化等级", "有效期至", "最近事故日期", "未整改隐患"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if e.isCompany() && !e.closed && (e.isIn("B", "C", "D", "E", "G") && d.percent(30+15*e.size) || d.percent(2)) {
				return 1
			}
			return 0
		},
		write: (*clerk).inspect,
	}
}

func (c *clerk) inspect(b *batch, e *enterprise, r *row) {
	b.bytes(e.delivered)
	grade := "未达标"
	switch n := r.news.below(100) - 8*e.size; {
	case n < 3:
		grade = "一级"
	case n < 28:
		grade = "二级"
	case n < 75:
		grade = "三级"
	}
	b.text(grade)
	until := c.dates[0] + schemas.Date(r.between(-200, 1000))
	if r.since > 0 {
		until = c.dates[r.since] + schemas.Date(r.news.between(1010, 1090))
	}
	if grade != "未达标" {
		writtenDate(b, &r.dice, until)
	} else {
		b.text("")
	}
	if r.below(1000) < 35 {
		writtenDate(b, &r.dice, c.dates[0]-schemas.Date(r.between(20, 1500)))
	} else {
		b.text("无")
	}
	b.text(one(&r.news, []string{"0", "0", "0", "0", "1", "2", "3", "5"}))
	b.blank(&r.dice, 4)
}
