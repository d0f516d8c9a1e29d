package plan_test

import (
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestLanguage holds the cases of LANGUAGE.md's table, and those its text implies. The
// business date is 2026-06-15 unless a case has its own.
func TestLanguage(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	for _, c := range append(languageCases(), wholeLanguage()...) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := c.input(codes)
			b := plan.New()
			ref := b.Add(compile(t, environment(codes), c.text))
			err := plan.NewEvaluator(b.Plan()).Eval(in, []plan.Ref{ref}, func(_ plan.Ref, got bits.Truth) {
				if said := at(got, 0); said != c.want {
					t.Errorf("%s\nis %s, should be %s", c.text, said, c.want)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

type languageCase struct {
	name, text, want string
	rows             map[string][]fact // by dataset
	complete         map[string]string // datasets that are complete lists, with the day of their last full delivery
	today            string
}

func (c languageCase) input(codes *schemas.Codes) *plan.Input {
	w := &world{people: []person{{rows: c.rows}}, coverage: map[string][]plan.Coverage{}}
	in := w.input(codes)
	if c.today != "" {
		in.Today = date(c.today)
	}
	for _, name := range lists() {
		d := *in.Datasets[name]
		d.List = schemas.ListOpen
		if full, ok := c.complete[name]; ok {
			d.List = schemas.ListComplete
			in.Coverage[name] = []plan.Coverage{{Full: date(full)}}
		}
		in.Datasets[name] = &d
	}
	return in
}

func date(text string) schemas.Date {
	d, err := schemas.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// row is a row that was confirmed on a day, from pairs of field and value; a text is a date if it can be one.
func row(confirmed string, pairs ...any) fact {
	f := fact{cells: map[string]cell{}, confirmed: date(confirmed)}
	for i := 0; i < len(pairs); i += 2 {
		c := cell{currency: "CNY"}
		switch v := pairs[i+1].(type) {
		case int:
			c.number = int64(v)
		case string:
			c.text = v
			if d, err := schemas.ParseDate(v); err == nil {
				c.number = int64(d)
			}
		}
		f.cells[pairs[i].(string)] = c
	}
	return f
}

func one(dataset string, rows ...fact) map[string][]fact { return map[string][]fact{dataset: rows} }

func languageCases() []languageCase {
	const fresh, stale = "2026-06-10", "2024-06-10"
	centre := `有 资质(类型 = "市级企业技术中心" 且 认定日期 + 1年 <= 今天)`
	valid := "有 资质(有效期至 >= 今天)"
	industry := func(code string) map[string][]fact { return one("registration", row(fresh, "行业", code)) }
	place := func(code string) map[string][]fact { return one("registration", row(fresh, "注册地", code)) }
	founded := func(day string) map[string][]fact { return one("registration", row(fresh, "成立日期", day)) }
	all := map[string]string{"qualification": fresh, "dishonest": fresh, "penalty": fresh}
	return []languageCase{
		{name: "count of at least 0", text: "从业人数 >= 0人", want: "yes"},
		{name: "a known no does not settle 或", text: "发明专利数 >= 1件 或 从业人数 >= 100人", rows: one("park", row(fresh, "发明专利数", 0)), want: "unknown"},
		{name: "a known yes settles 或", text: "发明专利数 >= 1件 或 从业人数 >= 100人", rows: one("park", row(fresh, "发明专利数", 1)), want: "yes"},
		{name: "range decides the upper end", text: "发明专利数 <= 50件", want: "yes"},
		{
			name: "recognised less than a year ago", text: centre, complete: all, want: "no",
			rows: one("qualification", row(fresh, "类型", "市级企业技术中心", "认定日期", "2025-07-01")),
		},
		{
			name: "recognised a year ago today", text: centre, want: "yes",
			rows: one("qualification", row(fresh, "类型", "市级企业技术中心", "认定日期", "2025-06-15")),
		},
		{name: "capital unknown, rest met", text: "注册资本 <= 1000万元 且 从业人数 >= 0人", want: "unknown"},
		{name: "A or not A", text: "标签 高新技术企业 或 非 标签 高新技术企业", want: "unknown"},
		{name: "A and not A", text: "是否上市 且 非 是否上市", want: "unknown"},
		{name: "not C39, known as C", text: "行业 不属于 C39", rows: industry("C"), want: "unknown"},
		{name: "not C39, known as C38", text: "行业 不属于 C39", rows: industry("C38"), want: "yes"},
		{name: "in C, known as C39", text: "行业 属于 C", rows: industry("C39"), want: "yes"},
		{name: "only child of a group", text: "行业 属于 C3940", rows: industry("C394"), want: "yes"},
		{name: "all children of a group", text: "行业 属于 [C3951, C3952, C3953]", rows: industry("C395"), want: "yes"},
		{name: "taken out again", text: "行业 属于 C 除 C39", rows: industry("C391"), want: "no"},
		{name: "partly taken out", text: "行业 属于 C 除 C39", rows: industry("C"), want: "unknown"},
		{name: "county, known as city", text: "注册地 属于 510703", rows: place("5107"), want: "unknown"},
		{name: "city, known as city", text: "注册地 属于 510700", rows: place("5107"), want: "yes"},
		{name: "county elsewhere, known as city", text: "注册地 属于 510104", rows: place("5107"), want: "no"},
		{name: "closed list, all of it", text: "规模 属于 [大型, 中型, 小型, 微型]", want: "yes"},
		{name: "closed list, some of it", text: "规模 属于 [大型, 中型]", want: "unknown"},
		{name: "certificate expired, complete list", text: valid, rows: one("qualification", row(fresh, "有效期至", "2026-06-14")), complete: all, want: "no"},
		{name: "certificate expired, open list", text: valid, rows: one("qualification", row(fresh, "有效期至", "2026-06-14")), want: "unknown"},
		{name: "certificate's last day", text: valid, rows: one("qualification", row(fresh, "有效期至", "2026-06-15")), want: "yes"},
		{name: "no row, complete and fresh", text: "非 有 失信", complete: all, want: "yes"},
		{name: "no row, open", text: "非 有 失信", want: "unknown"},
		{name: "no row, complete but stale", text: "非 有 失信", complete: map[string]string{"dishonest": "2026-05-14"}, want: "unknown"},
		{name: "no row, last day of the list", text: "非 有 失信", complete: map[string]string{"dishonest": "2026-05-15"}, want: "yes"},
		{name: "每 of no row, complete", text: "每 失信(金额 < 1元)", complete: all, want: "yes"},
		{name: "每 of no row, open", text: "每 失信(金额 < 1元)", want: "unknown"},
		{name: "每, one row no, open", text: "每 失信(金额 < 1元)", rows: one("dishonest", row(fresh, "金额", 200)), want: "no"},
		{name: "每, one row unknown, one yes", text: "每 失信(金额 < 1元)", rows: one("dishonest", row(fresh, "金额", 20), row(fresh)), complete: all, want: "unknown"},
		{name: "row beyond its shelf life", text: "有 失信", rows: one("dishonest", row(stale)), complete: all, want: "unknown"},
		{
			name: "foreign currency in a row", text: "有 失信(金额 > 1元)", want: "unknown", complete: all,
			rows: one("dishonest", fact{cells: map[string]cell{"金额": {number: 500, currency: "USD"}}, confirmed: date(fresh)}),
		},
		{name: "beyond shelf life", text: "从业人数 >= 10人", rows: one("tax", row("2024-12-14", "从业人数", 50)), want: "unknown"},
		{name: "on the last day of shelf life", text: "从业人数 >= 10人", rows: one("tax", row("2024-12-15", "从业人数", 50)), want: "yes"},
		{
			name: "second source knows", text: "从业人数 >= 10人", want: "no",
			rows: map[string][]fact{"tax": {row("2024-12-14", "从业人数", 50)}, "statistics": {row(stale, "从业人数", 5)}},
		},
		{name: "month end clamps", text: "成立日期 + 1年 <= 今天", rows: founded("2024-02-29"), today: "2025-02-28", want: "yes"},
		{name: "month end clamps, a day early", text: "成立日期 + 1年 <= 今天", rows: founded("2024-02-29"), today: "2025-02-27", want: "no"},
		{name: "three days move to one", text: "成立日期 + 1月 = 今天", rows: founded("2025-01-30"), today: "2025-02-28", want: "yes"},
		{name: "age", text: "成立年限 >= 1年", rows: founded("2025-06-15"), want: "yes"},
		{name: "age, a day short", text: "成立年限 >= 1年", rows: founded("2025-06-16"), want: "no"},
		{name: "date in a year", text: "成立日期 在 2025年", rows: founded("2025-12-31"), want: "yes"},
		{name: "known", text: "已知(营业收入)", rows: one("tax", row(fresh, "营业收入", 1)), want: "yes"},
		{name: "known no more", text: "已知(营业收入)", rows: one("tax", row(stale, "营业收入", 1)), want: "no"},
		{name: "threshold with more decimals", text: "营业收入 >= 1.005元", rows: one("tax", row(fresh, "营业收入", 100)), want: "no"},
		{name: "threshold with more decimals, met", text: "营业收入 >= 1.005元", rows: one("tax", row(fresh, "营业收入", 101)), want: "yes"},
		{name: "threshold beyond what is stored", text: "营业收入 < 9999999999999999亿元", rows: one("tax", row(fresh, "营业收入", 101)), want: "yes"},
		{name: "two scales", text: "指数甲 = 指数乙", rows: one("park", row(fresh, "指数甲", 15, "指数乙", 15000)), want: "yes"},
		{name: "range against a known column", text: "指数甲 < 指数乙", rows: one("park", row(fresh, "指数甲", -1)), want: "yes"},
	}
}
