package plan_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"

	"zhida/schemas"
)

// author writes random conditions as text, and notes the values at which they turn.
type author struct {
	r     *rand.Rand
	pools *pools
	rows  *schemas.Dataset // inside 有 and 每
}

func newAuthor(r *rand.Rand) *author {
	p := &pools{numbers: map[string][]int64{}, texts: map[string][]string{
		"注册地": {"51", "5107", "510703", "510704", "510725", "5106", "5101", "510104", "50", "500101"},
		"地区":  {"51", "5107", "510703", "510704", "510104"},
		"行业":  {"C", "C39", "C394", "C3940", "C391", "C3911", "C38", "I65", "I6510", "I", "A01", "A", "B06"},
		"规模":  {"大型", "中型", "小型", "微型"},
		"名称":  {"甲", "乙", "丙"},
		"类型":  {"市级企业技术中心", "省级企业技术中心", "孵化器"},
		"类别":  {"环保", "安全"},
	}}
	for _, d := range sets() {
		for _, f := range d.Fields {
			switch f.Kind() {
			case schemas.KindNumber:
				p.numbers[f.Name] = []int64{0, 1, -1, 500, 20_000_000_00, math.MaxInt64, math.MinInt64}
			case schemas.KindDate:
				for _, day := range []string{"2024-02-29", "2024-02-28", "2025-03-31", "2025-12-31", "2026-06-15", "2023-06-15"} {
					date, _ := schemas.ParseDate(day)
					p.numbers[f.Name] = append(p.numbers[f.Name], int64(date))
				}
			}
		}
	}
	return &author{r: r, pools: p}
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// condition writes a condition of at most the depth.
func (a *author) condition(depth int) string {
	if depth == 0 || a.r.IntN(4) == 0 {
		return a.test()
	}
	switch a.r.IntN(7) {
	case 0:
		return "非 (" + a.condition(depth-1) + ")"
	case 1, 2, 3:
		return a.chain("且", depth)
	default:
		return a.chain("或", depth)
	}
}

func (a *author) chain(join string, depth int) string {
	var parts []string
	for range 2 + a.r.IntN(3) {
		parts = append(parts, "("+a.condition(depth-1)+")")
	}
	return strings.Join(parts, " "+join+" ")
}

// test writes an elementary test about the enterprise, or about the row.
func (a *author) test() string {
	if a.rows != nil {
		return a.rowTest()
	}
	switch a.r.IntN(15) {
	case 0, 1, 2:
		name, unit := a.numberAttribute()
		return a.against(name, unit)
	case 3:
		l := pick(a.r, [][]string{{"营业收入", "研发费用", "注册资本"}, {"指数甲", "指数乙"}, {"从业人数", "发明专利数"}}...)
		return pick(a.r, l...) + " " + a.op() + " " + pick(a.r, l...)
	case 4, 5:
		return a.date(pick(a.r, "成立日期", "核准日期"), "成立日期", "核准日期")
	case 6:
		return fmt.Sprintf("%s 属于 %s", "注册地", a.regions())
	case 7:
		return "行业 " + pick(a.r, "属于", "不属于") + " " + a.industries()
	case 8:
		return pick(a.r, "规模 属于 [小型, 微型]", `规模 = "大型"`, `规模 != "中型"`, "规模 不属于 [大型, 中型, 小型, 微型]", "规模 属于 [大型, 中型, 小型] 除 中型")
	case 9:
		return pick(a.r, `名称 = "甲"`, `名称 属于 ["甲", "丁"]`, `名称 != "乙"`, "名称 = 规模")
	case 10:
		return pick(a.r, "是否上市", "是否上市 = 否", "是否上市 = 是否外资", "非 是否外资", "是否上市 != 是否外资")
	case 11:
		return pick(a.r, "已知(营业收入)", "已知(行业)", "已知(成立年限)", "已知(规模)", "已知(注册资本)", "已知(是否外资)")
	case 12:
		return pick(a.r, "3 > 5", "2元 <= 20万元", `"甲" = "甲"`, "是 = 否", "今天 >= 2026-06-15", "2025-06-15 + 1年 < 今天")
	case 13:
		return "标签 " + pick(a.r, tagNames()...)
	default:
		return a.rowsOf(pick(a.r, lists()...))
	}
}

func (a *author) rowsOf(name string) string {
	a.rows = sets()[name]
	defer func() { a.rows = nil }()
	if a.r.IntN(6) == 0 {
		return "有 " + a.rows.Title
	}
	return pick(a.r, "有", "有", "每") + " " + a.rows.Title + "(" + a.condition(1) + ")"
}

func (a *author) rowTest() string {
	switch a.rows.Name {
	case "dishonest":
		return pick(a.r, func() string { return a.date("立案日期", "立案日期") }, func() string { return a.against("金额", "元") },
			func() string { return "已知(金额)" })()
	case "penalty":
		return pick(a.r, func() string { return a.date("处罚日期", "处罚日期") }, func() string { return `类别 = "环保"` })()
	}
	return pick(a.r,
		func() string { return a.date("认定日期", "认定日期", "有效期至") },
		func() string { return a.date("有效期至", "认定日期") },
		func() string { return a.against("奖励金额", "元") },
		func() string { return a.against("得分", "分") },
		func() string { return "类型 = " + pick(a.r, `"市级企业技术中心"`, `"孵化器"`) },
		func() string { return "类型 属于 [市级企业技术中心, 省级企业技术中心, 孵化器]" },
		func() string { return "地区 属于 " + a.regions() },
		func() string { return pick(a.r, "有效", "有效 = 否", "已知(有效)", "已知(奖励金额)") },
	)()
}

func (a *author) numberAttribute() (name, unit string) {
	names := []string{"营业收入", "研发费用", "注册资本", "从业人数", "发明专利数", "指数甲", "指数乙"}
	units := []string{"元", "元", "元", "人", "件", "", ""}
	i := a.r.IntN(len(names))
	return names[i], units[i]
}

func (a *author) op() string { return pick(a.r, ">=", "<=", ">", "<", "=", "!=") }

// against compares a number with a threshold that may have more decimals than is stored, or lie beyond int64.
func (a *author) against(name, unit string) string {
	digits := pick(a.r, "0", "1", "1.005", "20.5", "49.99", "0.00005", "2000", "1234.56", "50", "3", "99999999999")
	word := ""
	switch {
	case unit == "元":
		word = pick(a.r, "", "元", "万元", "亿元", "万")
	case unit == "" && a.r.IntN(3) == 0:
		word = "%"
	case a.r.IntN(2) == 0:
		word = unit
	}
	if a.r.IntN(8) == 0 {
		digits = "-" + digits
	}
	a.note(name, digits, word)
	text := digits + word
	switch a.r.IntN(10) {
	case 0:
		return text + " " + a.op() + " " + name
	case 1:
		if !strings.HasPrefix(digits, "-") && word != "" { // a bare end beside 亿 is a fault
			a.note(name, "99999999999", "亿")
			return name + " 在 " + text + "..99999999999亿" + strings.TrimLeft(word, "万亿%")
		}
	}
	return name + " " + a.op() + " " + text
}

// note adds the stored values around a threshold to the field's pool.
func (a *author) note(name, digits, word string) {
	x, _ := new(big.Rat).SetString(digits)
	for _, zeros := range []struct {
		word  string
		value *big.Rat
	}{{"万", big.NewRat(10000, 1)}, {"亿", big.NewRat(100000000, 1)}, {"%", big.NewRat(1, 100)}} {
		if strings.Contains(word, zeros.word) {
			x.Mul(x, zeros.value)
		}
	}
	for _, d := range sets() {
		f := d.Field(name)
		if f == nil {
			continue
		}
		scale := f.Scale
		if f.Type == schemas.FieldMoney {
			scale = 2
		}
		scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
		floor := new(big.Int).Div(scaled.Num(), scaled.Denom())
		if floor.IsInt64() && floor.Int64() < 1<<62 {
			for delta := range int64(3) {
				a.pools.numbers[name] = append(a.pools.numbers[name], floor.Int64()+delta-1)
			}
		}
	}
}

// date writes a test of a date, and notes the days around which it turns.
func (a *author) date(name string, others ...string) string {
	shift, back := a.span()
	switch a.r.IntN(6) {
	case 0:
		a.around(name, schemas.NewDate(2025, 1, 1), schemas.NewDate(2025, 12, 31))
		return name + " 在 2025年"
	case 1:
		return name + shift + " " + a.op() + " " + pick(a.r, others...)
	case 2:
		day := schemas.NewDate(2025, 2, 28)
		a.around(name, day.Add(back))
		return "2025-02-28 " + a.op() + " " + name + shift
	case 3:
		a.around(name, today())
		return name + " " + a.op() + " 今天" + shift
	default:
		a.around(name, today().Add(back))
		return name + shift + " " + a.op() + " 今天"
	}
}

func (a *author) span() (text string, back schemas.Span) {
	s := pick(a.r, schemas.Span{}, schemas.Span{Years: 1}, schemas.Span{Months: 6}, schemas.Span{Days: 30}, schemas.Span{Years: 2, Months: 1, Days: 3})
	if s.IsZero() {
		return "", s
	}
	if a.r.IntN(3) == 0 {
		return " - " + s.String(), s
	}
	return " + " + s.String(), s.Negate()
}

func (a *author) around(name string, days ...schemas.Date) {
	for _, d := range days {
		for delta := range int64(5) {
			a.pools.numbers[name] = append(a.pools.numbers[name], int64(d)+delta-2)
		}
	}
}

func (a *author) regions() string {
	return pick(a.r, "510703", "510700", "510000", "[510703, 510704]", "[510700, 510104]", "510700 除 510703", "510000 除 [510700, 510104]",
		"[510703, 510704, 510705, 510722, 510723, 510725, 510726, 510727, 510781]")
}

func (a *author) industries() string {
	return pick(a.r, "C39", "[C, I65]", "C3940", "C 除 C39", "[C39, A] 除 [C391, A01]", "C38..C40", "[C3911, C3912, C3913, C3914, C3915, C3919]", "I")
}
