package plan_test

import "fmt"

// atomOf writes tests of some facts, about which no other test of the condition may be.
type atomOf struct {
	about string
	write func(o *once) string
}

func (o *once) op() string    { return pick(o.r, ">=", "<=", ">", "<", "=", "!=") }
func (o *once) order() string { return pick(o.r, ">=", "<=", ">", "<") }

// atoms are all of them.
func atoms() []atomOf { return append(factAtoms(), rowAtoms()...) }

func factAtoms() []atomOf {
	return []atomOf{
		{"从业人数", func(o *once) string {
			o.value("tax", "从业人数", 0, 9, 10, 11, 100000)
			return "从业人数 " + o.op() + " 10人"
		}},
		{"注册资本", func(o *once) string {
			o.value("registration", "注册资本", 0, 499, 500, 501, 1<<60)
			return pick(o.r, "注册资本 "+o.op()+" 5元", "注册资本 在 4.99元..5元", "注册资本 >= 0元", "2 * 注册资本 - 1元 "+o.order()+" 9元")
		}},
		{"发明专利数", func(o *once) string {
			o.value("park", "发明专利数", 0, 1, 49, 50)
			return pick(o.r, "发明专利数 "+o.op()+" 1件", "发明专利数 <= 50件", "50件 - 发明专利数 "+o.order()+" 1件", "发明专利数 保底 3件 "+o.order()+" 3件")
		}},
		{"实用新型专利数", func(o *once) string {
			o.value("park", "实用新型专利数", 0, 1, 2, 3, 4, 5000)
			o.value("park", "外观设计专利数", 0, 1, 2, 3, 4, 5000)
			return pick(o.r, "实用新型专利数 + 外观设计专利数 "+o.order()+" 4件", "实用新型专利数 "+o.op()+" 外观设计专利数",
				"实用新型专利数 - 2 * 外观设计专利数 "+o.order()+" 0件", "最大(实用新型专利数, 外观设计专利数) "+o.op()+" 2件",
				"计分(实用新型专利数 >= 2件: 5分; 外观设计专利数 >= 1件: 3分) "+o.order()+" "+pick(o.r, "0分", "3分", "4分", "8分"))
		}},
		{"研发费用", func(o *once) string {
			o.value("tax", "研发费用", -1<<60, -1, 0, 29, 30, 31, 1<<60)
			o.value("tax", "营业收入", 0, 1, 1000, 1<<60)
			return "研发费用 " + o.order() + " 营业收入 * 3%"
		}},
		{"成立日期", func(o *once) string {
			o.value("registration", "成立日期", "1900-01-01", "2025-06-14", "2025-06-15", "2025-06-16", "2024-12-31", "2025-12-31", "2100-01-01")
			return pick(o.r, "成立日期 + 1年 "+o.op()+" 今天", "成立日期 在 2025年", "成立日期 在 上年", "成立年限 >= 1年")
		}},
		{"注册地", func(o *once) string {
			o.code("registration", "注册地", []string{"", "51", "5107"}, "510703", "510704", "510725", "510104", "500101")
			return "注册地 " + pick(o.r, "属于", "不属于") + pick(o.r, " 510703", " 510700", " 510000", " 510700 除 510703", " 目录 主城区")
		}},
		{"行业", func(o *once) string {
			o.code("registration", "行业", []string{"", "C", "C39", "C394"}, "C3911", "C3940", "C3811", "I6510")
			return "行业 " + pick(o.r, "属于", "不属于") + pick(o.r, " C39", " C", " C3940", " [C38, I65]", " C 除 C39")
		}},
		{"规模", func(o *once) string {
			o.value("registration", "规模", "大型", "中型", "小型", "微型")
			return pick(o.r, `规模 = "大型"`, "规模 属于 [大型, 小型]", "规模 属于 [大型, 中型, 小型, 微型]")
		}},
		{"名称", func(o *once) string {
			o.value("registration", "名称", "甲", "乙", "软件开发")
			return pick(o.r, `名称 = "甲"`, `名称 含 "软件"`, `名称 属于 ["甲", "丁"]`)
		}},
		{"是否上市", func(o *once) string {
			o.value("registration", "是否上市", 0, 1)
			return pick(o.r, "是否上市", "是否上市 = 否", "分档(是否上市: 3分; 其他: 5分) "+o.order()+" 4分", "分档(是否上市: 3分; 其他: 5分) >= 3分")
		}},
		{"总人数", func(o *once) string {
			o.value("park", "总人数", 1, 3, 4, 1<<50)
			return pick(o.r, "分档 总人数 (<= 3人: 10分; 其他: 20分) "+o.order()+" 15分", "6元 / 总人数 "+o.order()+" 2元", "6元 / 总人数 <= 6元")
		}},
		{"高新技术企业", func(o *once) string {
			o.slots = append(o.slots, slot{
				func(p *person) { p.tags["专精特新中小企业"] = '1' }, func(p *person) { p.tags["专精特新中小企业"] = '0' },
			})
			o.base.tags["专精特新中小企业"] = '?'
			return "标签 专精特新中小企业"
		}},
	}
}

func rowAtoms() []atomOf {
	count := func(o *once) string { return fmt.Sprintf("%d个", o.r.IntN(2)) } // two further rows can pass it
	return []atomOf{
		{"资质", func(o *once) string {
			o.list("qualification", "得分", 0, 49, 50, 51, 100)
			return pick(o.r, "有 资质(得分 >= 5分)", "每 资质(得分 >= 5分)", "有 资质", "计数 资质(得分 >= 5分) "+o.order()+" "+count(o),
				"计数 资质() "+o.order()+" "+count(o), "最大 资质().得分 "+o.order()+" 5分", "最小 资质().得分 "+o.order()+" 5分", "求和 资质().得分 "+o.order()+" 10分",
				"最大 资质().得分 <= 10分", "最小 资质(得分 > 5分).得分 "+o.order()+" 10分")
		}},
		{"贷款", func(o *once) string {
			o.list("loan", "放款日", "1990-01-01", "2025-06-14", "2025-06-15", "2099-01-01")
			return pick(o.r, "最新 贷款().放款日 "+o.op()+" 2025-06-15", "最早 贷款().放款日 "+o.op()+" 2025-06-15", "最早 贷款().放款日 在 2025年",
				"有 贷款(放款日 + 1年 >= 今天)", "计数 贷款(放款日 >= 2025-06-15) "+o.order()+" "+count(o))
		}},
		{"失信", func(o *once) string {
			o.list("dishonest", "金额", -1<<50, 0, 500, 1<<50)
			return pick(o.r, "求和 失信().金额 "+o.order()+" 5元", "最大 失信().金额 "+o.op()+" 5元", "有 失信(金额 > 0元)", "每 失信(金额 < 5元)", "最小 失信().(金额 / 2) "+o.order()+" 0元")
		}},
		{"处罚", func(o *once) string {
			o.list("penalty", "类别", "环保", "安全")
			return pick(o.r, `有 处罚(类别 = "环保")`, `每 处罚(类别 属于 安全)`, "种数 处罚().类别 "+o.order()+" "+count(o), `计数 处罚(类别 != "环保") `+o.order()+" "+count(o))
		}},
		{"年人数", func(o *once) string {
			for _, year := range []int{2024, 2025} {
				var s slot
				for _, n := range []int{0, 2, 3, 1000} {
					s = append(s, func(p *person) {
						p.rows["report"] = append(p.rows["report"], row("2026-06-10", "年度", year, "年人数", n))
					})
				}
				if o.r.IntN(3) == 0 {
					pick(o.r, s[1:3]...)(&o.base)
				} else {
					o.slots = append(o.slots, s)
				}
			}
			return pick(o.r, "有 近2年度(年人数 >= 3人)", "每 近2年度(年人数 >= 3人)", "求和 近2年度().年人数 "+o.order()+" 5人", "平均 近2年度().年人数 "+o.order()+" 2.5人",
				"年人数 "+o.order()+" 年人数@前年", "计数 近2年度(年人数 > 2人) "+o.order()+" "+count(o))
		}},
	}
}
