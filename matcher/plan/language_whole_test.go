package plan_test

// wholeLanguage holds the cases of LANGUAGE.md's table that the core language could not say, and those its text implies.
func wholeLanguage() []languageCase {
	const fresh, stale = "2026-06-10", "2024-06-10"
	all := map[string]string{"qualification": fresh, "dishonest": fresh, "penalty": fresh}
	patents := "发明专利数 + 实用新型专利数 + 外观设计专利数 >= 1件"
	tiers := "研发费用 / 营业收入 >= 分档 营业收入(<= 3000万元: 5%; <= 1亿元: 4%; 其他: 3%)"
	staff := "研发机构人数 >= 分档(行业 属于 I65: 30人; 其他: 15人)"
	score := "5 * 发明专利数 + 2 * 实用新型专利数 + 外观设计专利数 >= 20分"
	spent := "求和 近3年度.研发投入 >= 200万元"
	latest := "最新 资质().有效期至 < 今天"
	first := "最早 资质().认定日期 在 2025年"
	park := func(pairs ...any) map[string][]fact { return one("park", row(fresh, pairs...)) }
	tax := func(pairs ...any) map[string][]fact { return one("tax", row(fresh, pairs...)) }
	research := func(years ...int) map[string][]fact {
		var rows []fact
		for i, n := range years {
			if n >= 0 {
				rows = append(rows, row(fresh, "年度", 2025-i, "研发投入", n*1_000_000))
			}
		}
		return one("report", rows...)
	}
	penalties := func(n int) map[string][]fact {
		var rows []fact
		for range n {
			rows = append(rows, row(fresh, "类别", "环保"))
		}
		return one("penalty", rows...)
	}
	return []languageCase{
		{name: "one known patent", text: patents, rows: park("发明专利数", 1), want: "yes"},
		{name: "no known patent", text: patents, want: "unknown"},
		{name: "tiers, the first", text: tiers, rows: tax("营业收入", 3000_0000_00, "研发费用", 135_0000_00), want: "no"},
		{name: "tiers, a yuan beyond", text: tiers, rows: tax("营业收入", 3000_0001_00, "研发费用", 135_0001_00), want: "yes"},
		{name: "three years, one unknown", text: spent, rows: research(150, 80, -1), want: "yes"},
		{name: "three years, too little known", text: spent, rows: research(150, 40, -1), want: "unknown"},
		{name: "three years, too little", text: spent, rows: research(150, 40, 9), want: "no"},
		{name: "a year not among the three", text: spent, rows: research(10, 40, 9, 900), want: "no"},
		{name: "years are always three", text: "计数 近3年度(研发投入 >= 0元) = 3", want: "yes"},
		{name: "each year", text: "每 近2年度(研发投入 >= 40万元)", rows: research(150, 40), want: "yes"},
		{name: "alone means last year", text: "研发投入 >= 100万元", rows: research(150, 40), want: "yes"},
		{name: "year before last", text: "研发投入@前年 >= 100万元", rows: research(150, 40), want: "no"},
		{name: "growth", text: "研发投入 / 研发投入@前年 - 1 >= 10%", rows: research(44, 40), want: "yes"},
		{name: "growth, a little short", text: "研发投入 / 研发投入@前年 - 1 > 10%", rows: research(44, 40), want: "no"},
		{name: "staff, industry unknown, 40", text: staff, rows: park("研发机构人数", 40), want: "yes"},
		{name: "staff, industry unknown, 20", text: staff, rows: park("研发机构人数", 20), want: "unknown"},
		{name: "staff, industry unknown, 10", text: staff, rows: park("研发机构人数", 10), want: "no"},
		{name: "points, one unknown", text: score, rows: park("发明专利数", 3, "实用新型专利数", 2), want: "unknown"},
		{name: "points", text: score, rows: park("发明专利数", 3, "实用新型专利数", 2, "外观设计专利数", 1), want: "yes"},
		{name: "points enough without", text: score, rows: park("发明专利数", 4), want: "yes"},
		{name: "two of three", text: "至少 2 项 (3 > 2, 营业收入 >= 1元, 3 > 5)", want: "unknown"},
		{name: "at most one", text: "至多 1 项 (3 > 2, 4 > 2, 营业收入 >= 1元)", want: "no"},
		{name: "ratio of nothing", text: "研发费用 / 营业收入 >= 3%", rows: tax("营业收入", 0, "研发费用", 5), want: "unknown"},
		{name: "share of nothing", text: "研发费用 >= 营业收入 * 3%", rows: tax("营业收入", 0, "研发费用", 0), want: "yes"},
		{name: "penalties, open, two", text: "计数 处罚() < 2", rows: penalties(2), want: "no"},
		{name: "penalties, open, one", text: "计数 处罚() < 2", rows: penalties(1), want: "unknown"},
		{name: "penalties, complete, one", text: "计数 处罚() < 2", rows: penalties(1), complete: all, want: "yes"},
		{name: "penalties, complete, none", text: "计数 处罚() = 0", complete: all, want: "yes"},
		{name: "first recognised in 2025, open", text: first, rows: one("qualification", row(fresh, "认定日期", "2025-03-01")), want: "unknown"},
		{name: "first recognised in 2025, older", text: first, rows: one("qualification", row(fresh, "认定日期", "2025-03-01"), row(fresh, "认定日期", "2024-03-01")), want: "no"},
		{name: "first recognised in 2025, complete", text: first, rows: one("qualification", row(fresh, "认定日期", "2025-03-01")), complete: all, want: "yes"},
		{name: "latest of nothing", text: latest, complete: all, want: "no"},
		{name: "not latest of nothing", text: "非 (" + latest + ")", complete: all, want: "yes"},
		{name: "latest of nothing, open", text: latest, want: "unknown"},
		{name: "latest, stale", text: latest, rows: one("qualification", row(stale, "有效期至", "2027-01-01")), want: "unknown"},
		{name: "known sum", text: "已知(发明专利数 + 实用新型专利数)", rows: park("发明专利数", 4), want: "no"},
		{name: "known condition", text: "已知(发明专利数 >= 1件)", rows: park("发明专利数", 4), want: "yes"},
		{name: "contains", text: `名称 含 ["科技", "生物"]`, rows: one("registration", row(fresh, "名称", "绵阳某生物有限公司")), want: "yes"},
		{name: "contains not", text: `名称 含 "科技"`, rows: one("registration", row(fresh, "名称", "绵阳某生物有限公司")), want: "no"},
		{name: "contains, unknown", text: `名称 含 "科技"`, want: "unknown"},
		{name: "capped", text: "研发费用 * 10% 封顶 100万元 = 100万元", rows: tax("研发费用", 1001_0000_00), want: "yes"},
	}
}
