package plan_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"

	"zhida/schemas"
)

// author writes random conditions and amounts as text, over the whole grammar, and notes the values at which they turn.
type author struct {
	r      *rand.Rand
	pools  *pools
	within scenery // what can be named here
	stated bool    // 评审 and 承诺 may stand here
	deep   int     // how many values inside values
	blunt  bool    // do not ask what is known
}

func newAuthor(r *rand.Rand) *author {
	p := &pools{numbers: map[string][]int64{}, texts: map[string][]string{
		"注册地":  {"51", "5107", "510703", "510704", "510725", "5106", "5101", "510104", "50", "500101"},
		"地区":   {"51", "5107", "510703", "510704", "510104"},
		"行业":   {"C", "C39", "C394", "C3940", "C391", "C3911", "C38", "I65", "I6510", "I", "A01", "A", "B06"},
		"投向":   {"C", "C39", "C391", "C3911", "I65", "A"},
		"规模":   {"大型", "中型", "小型", "微型"},
		"名称":   {"甲", "乙", "丙", "大型"},
		"经营范围": {"软件开发;芯片设计", "餐饮", "软件", "芯片销售"},
		"类型":   {"市级企业技术中心", "省级企业技术中心", "孵化器"},
		"类别":   {"环保", "安全"},
		"年评级":  {"甲级", "乙级", "丙级"},
		"用途":   {"研发", "设备", "周转"},
		"银行":   {"工行", "农行", "城商行"},
	}}
	for _, d := range sets() {
		for _, f := range d.Fields {
			switch f.Kind() {
			case schemas.KindNumber:
				p.numbers[f.Name] = []int64{0, 1, -1, 500, 20_000_000_00, math.MaxInt64, math.MinInt64}
			case schemas.KindDate:
				for _, day := range []string{"2024-02-29", "2024-02-28", "2025-03-31", "2025-12-31", "2026-06-15", "2023-06-15"} {
					p.numbers[f.Name] = append(p.numbers[f.Name], int64(date(day)))
				}
			}
		}
	}
	return &author{r: r, pools: p, within: outdoors()}
}

// scenery is what can be named in a place: of an enterprise, of a row of a dataset, or of a year.
type scenery struct {
	rows    bool                // these are rows; names of tags, other rows and years are outside
	numbers map[string][]string // by unit: 元, 个 or "" for plain ones
	dates   []string
	closed  []string // texts of closed lists
	texts   []string
	regions []string
	trades  []string
	truths  []string
}

// outdoors is what can be named of an enterprise.
func outdoors() scenery {
	return scenery{
		numbers: map[string][]string{
			"元": {"营业收入", "研发费用", "注册资本", "年营收", "年营收@前年", "年利润@2024年", "年利润@(上年-2)", "年营收增加", "累计贷款额", "参数 门槛", "年营收@本年"},
			"个": {"从业人数", "发明专利数", "总人数", "年人数", "年人数@(前年+1)", "知识产权数", "参数 人数线"},
			"":  {"指数甲", "指数乙", "研发强度", "年利润率", "年利润率@前年", "收入分段费率", "参数 比例线"},
		},
		dates:   []string{"成立日期", "核准日期", "年检日", "年检日@前年", "最近放款日", "首次认定"},
		closed:  []string{"规模", "年评级", "年评级@前年", "规模档"},
		texts:   []string{"名称", "经营范围"},
		regions: []string{"注册地"},
		trades:  []string{"行业"},
		truths:  []string{"是否上市", "是否外资", "年达标", "年达标@前年"},
	}
}

// indoors is what can be named of a row of a dataset, and of 近N年度 if that is "".
func indoors(dataset string) scenery {
	switch dataset {
	case "qualification":
		return scenery{
			rows: true, numbers: map[string][]string{"元": {"奖励金额"}, "个": {"得分"}}, dates: []string{"认定日期", "有效期至"},
			closed: []string{"类型"}, regions: []string{"地区"}, truths: []string{"有效"},
		}
	case "loan":
		return scenery{
			rows: true, numbers: map[string][]string{"元": {"贷款额", "损益"}, "个": {"期数"}, "": {"利率"}}, dates: []string{"放款日"},
			closed: []string{"用途"}, texts: []string{"银行"}, trades: []string{"投向"}, truths: []string{"合格"},
		}
	case "dishonest":
		return scenery{rows: true, numbers: map[string][]string{"元": {"金额"}}, dates: []string{"立案日期"}}
	case "penalty":
		return scenery{rows: true, dates: []string{"处罚日期"}, closed: []string{"类别"}}
	}
	return scenery{
		rows: true, numbers: map[string][]string{"元": {"年营收", "年利润"}, "个": {"年人数"}}, dates: []string{"年检日"},
		closed: []string{"年评级"}, truths: []string{"年达标"},
	}
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// one writes what one of the ways writes.
func (a *author) one(ways ...func() string) string { return pick(a.r, ways...)() }

// item writes the condition of an item: 评审 and 承诺 may be parts of it.
func (a *author) item(depth int) string {
	a.stated = true
	defer func() { a.stated = false }()
	return a.condition(depth)
}

// condition writes a condition of at most the depth.
func (a *author) condition(depth int) string {
	if depth == 0 || a.r.IntN(5) == 0 {
		return a.test()
	}
	switch a.r.IntN(8) {
	case 0:
		defer a.plain()()
		return "非 (" + a.condition(depth-1) + ")"
	case 1, 2, 3:
		return a.chain("且", depth)
	case 4:
		return a.counting(depth)
	default:
		return a.chain("或", depth)
	}
}

// plain forbids 评审 and 承诺 until what it returns is called.
func (a *author) plain() func() {
	was := a.stated
	a.stated = false
	return func() { a.stated = was }
}

// simple writes a condition for inside a value or a row, where it had better be short.
func (a *author) simple() string {
	defer a.plain()()
	a.deep += 2
	defer func() { a.deep -= 2 }()
	if a.deep > 4 {
		return "(" + a.test() + ")"
	}
	return "(" + a.condition(1) + ")"
}

func (a *author) chain(join string, depth int) string {
	var parts []string
	for range 2 + a.r.IntN(3) {
		parts = append(parts, "("+a.condition(depth-1)+")")
	}
	return strings.Join(parts, " "+join+" ")
}

func (a *author) counting(depth int) string {
	word := pick(a.r, "至少", "至少", "至多")
	if word == "至多" {
		defer a.plain()()
	}
	var parts []string
	for range 2 + a.r.IntN(3) {
		parts = append(parts, "("+a.condition(depth-1)+")")
	}
	most := len(parts)
	if word == "至多" {
		most--
	}
	return fmt.Sprintf("%s %d 项(%s)", word, 1+a.r.IntN(most), strings.Join(parts, ", "))
}

// test writes an elementary test of the enterprise or of the row.
func (a *author) test() string {
	if a.stated && a.r.IntN(10) == 0 {
		return pick(a.r, `评审 "技术先进"`, `承诺 "三年不外迁"`)
	}
	w := a.within
	for {
		switch a.r.IntN(19) {
		case 18:
			if !w.rows {
				return a.decimals()
			}
		case 0, 1:
			if name, unit, ok := a.stored(); ok {
				return a.against(name, unit)
			}
		case 2, 3, 4:
			unit := pick(a.r, "元", "元", "个", "")
			return a.number(unit, max(0, 2-a.deep/2)) + " " + a.op() + " " + a.number(unit, max(0, 1-a.deep/2))
		case 5:
			return a.date(pick(a.r, w.dates...))
		case 6:
			return a.day(max(0, 2-a.deep/2)) + " " + a.op() + " " + a.day(max(0, 1-a.deep/2))
		case 7:
			if len(w.regions) > 0 {
				return pick(a.r, w.regions...) + " " + a.in() + " " + a.regions()
			}
		case 8:
			if len(w.trades) > 0 {
				return pick(a.r, w.trades...) + " " + a.in() + " " + a.industries()
			}
		case 9:
			if len(w.closed)+len(w.texts) > 0 {
				return a.text()
			}
		case 10:
			if len(w.truths) > 0 {
				return a.truth()
			}
		case 11:
			if !a.blunt {
				return a.knowing()
			}
		case 12:
			if len(w.texts) > 0 {
				return pick(a.r, w.texts...) + " 含 " + pick(a.r, `"软件"`, `["芯片", "餐饮"]`, `"行"`, `["甲", "工"]`)
			}
		case 13:
			if !w.rows && a.r.IntN(2) == 0 {
				return pick(a.r, "3 > 5", "2元 <= 20万元", `"甲" = "甲"`, "是 = 否", "今天 >= 2026-06-15", "2025-06-15 + 1年 < 今天")
			}
		case 14:
			if !w.rows {
				return "标签 " + pick(a.r, tagNames()...)
			}
		default:
			if !w.rows {
				return a.exists()
			}
		}
	}
}

// decimals writes a test that is often met exactly, of numbers that floating point does not have.
func (a *author) decimals() string {
	return pick(a.r, "研发费用 / 营业收入 "+a.op()+" 30%", "研发费用 / 营业收入 * 指数乙 "+a.op()+" 指数乙 * 研发费用 / 营业收入",
		"年营收 / 年人数 "+a.op()+" 注册资本 / 总人数", "从业人数 / 总人数 + 年人数 / 总人数 "+a.op()+" (从业人数 + 年人数) / 总人数")
}

func (a *author) in() string { return pick(a.r, "属于", "属于", "不属于") }

func (a *author) op() string { return pick(a.r, ">=", "<=", ">", "<", "=", "!=") }

func (a *author) text() string {
	closed := map[string][2]string{
		"规模": {"大型", "小型"}, "年评级": {"甲级", "丙级"}, "类型": {"孵化器", "省级企业技术中心"}, "类别": {"环保", "安全"}, "用途": {"研发", "设备"}, "规模档": {"大", "小"},
	}
	if w := a.within; len(w.closed) > 0 && (len(w.texts) == 0 || a.r.IntN(2) == 0) {
		name := pick(a.r, w.closed...)
		base, _, _ := strings.Cut(name, "@")
		words := closed[base]
		switch a.r.IntN(5) {
		case 0:
			return fmt.Sprintf(`%s %s "%s"`, name, pick(a.r, "=", "!="), words[0])
		case 1:
			return fmt.Sprintf("%s %s [%s, %s]", name, a.in(), words[0], words[1])
		case 2:
			return fmt.Sprintf("%s %s [%s, %s] 除 %s", name, a.in(), words[0], words[1], words[1])
		case 3:
			return fmt.Sprintf(`分档(%s: "%s"; 其他: "%s") %s "%s"`, a.simple(), words[0], words[1], pick(a.r, "=", "!="), words[a.r.IntN(2)])
		}
		return name + " " + pick(a.r, "=", "!=") + " " + pick(a.r, append(w.closed, w.texts...)...)
	}
	name := pick(a.r, a.within.texts...)
	return a.one(
		func() string { return name + " " + pick(a.r, "=", "!=") + pick(a.r, ` "甲"`, ` "工行"`, ` "大"`) },
		func() string {
			return name + " " + a.in() + pick(a.r, ` ["甲", "大", "农行"]`, " 目录 合作银行", ` ["乙", "农行"]`)
		},
		func() string {
			return fmt.Sprintf(`分档(%s: "甲"; %s: "大"; 其他: "中") %s ["甲", "中"]`, a.simple(), a.simple(), a.in())
		},
	)
}

func (a *author) truth() string {
	x, y := pick(a.r, a.within.truths...), pick(a.r, a.within.truths...)
	return pick(a.r, x, x+" = 否", x+" = 是", x+" = "+y, "非 "+x, x+" != "+y)
}

// knowing asks what is known, of a name or of a whole condition.
func (a *author) knowing() string {
	w := a.within
	var names []string
	for _, n := range [][]string{w.numbers["元"], w.numbers["个"], w.dates, w.closed, w.texts, w.regions, w.trades, w.truths} {
		names = append(names, n...)
	}
	return a.one(
		func() string { return "已知(" + pick(a.r, slices.DeleteFunc(names, isParam)...) + ")" },
		func() string {
			if len(w.numbers["元"]) == 0 {
				return "已知(" + w.dates[0] + " + 1年)"
			}
			return "已知(" + w.numbers["元"][0] + pick(a.r, " + ", " * 2 - ", " 封顶 ") + a.number("元", 1) + ")"
		},
		func() string {
			return "已知(" + a.simple() + pick(a.r, "", "", " 或 "+a.simple(), " 且 "+a.simple()) + ")"
		},
	)
}

func isParam(name string) bool { return strings.HasPrefix(name, "参数") }

// into goes into the rows of a source until what it returns is called.
func (a *author) into() (source, dataset string, out func()) {
	was, leave := a.within, a.plain()
	source = pick(a.r, "资质", "资质", "贷款", "贷款", "失信", "处罚", "近3年度", "近2年度", "年报")
	for _, d := range sets() {
		if d.Title == source {
			dataset = d.Name
		}
	}
	a.within = indoors(dataset)
	if dataset == "report" {
		a.within.numbers[""] = []string{"年度"}
	}
	return source, dataset, func() {
		leave()
		a.within = was
	}
}

// where is a condition on rows, in brackets, or none.
func (a *author) where() string {
	switch a.r.IntN(4) {
	case 0:
		return "()"
	case 1:
		if len(a.within.numbers[""]) == 1 && a.within.numbers[""][0] == "年度" {
			return "(年度 " + a.op() + " " + pick(a.r, "上年", "前年", "本年", "2024") + ")"
		}
	}
	return a.simple()
}

func (a *author) exists() string {
	source, _, out := a.into()
	defer out()
	if a.r.IntN(8) == 0 && !strings.HasPrefix(source, "近") {
		return "有 " + source
	}
	return pick(a.r, "有", "有", "每") + " " + source + a.simple()
}

// stored names a number that is stored, with its unit.
func (a *author) stored() (name, unit string, ok bool) {
	units := map[string]string{"得分": "分", "从业人数": "人", "总人数": "人", "年人数": "人", "发明专利数": "件", "期数": "个"}
	var names []string
	for _, u := range []string{"元", "个", ""} {
		for _, n := range a.within.numbers[u] {
			for _, d := range sets() {
				if d.Field(n) != nil {
					names = append(names, n)
					break
				}
			}
		}
	}
	if len(names) == 0 {
		return "", "", false
	}
	name = pick(a.r, names...)
	unit = units[name]
	for _, n := range a.within.numbers["元"] {
		if n == name {
			unit = "元"
		}
	}
	return name, unit, true
}

// against compares a number with a threshold that may have more decimals than is stored, or lie beyond int64.
func (a *author) against(name, unit string) string {
	digits := pick(a.r, "0", "1", "1.005", "20.5", "49.99", "0.00005", "2000", "1234.56", "50", "3", "99999999999")
	word := ""
	switch {
	case unit == "元":
		word = pick(a.r, "", "元", "万元", "亿元", "万")
	case name == "年度":
		return name + " " + a.op() + " " + pick(a.r, "2024", "2025", "上年")
	case unit == "" && a.r.IntN(3) == 0:
		word = pick(a.r, "%", "‰")
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
	case 1, 2:
		if !strings.HasPrefix(digits, "-") && word != "" { // a bare end beside 亿 is a fault
			a.note(name, "99999999999", "亿")
			return name + " 在 " + text + "..99999999999亿" + strings.TrimLeft(word, "万亿%‰")
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
	}{{"万", big.NewRat(10000, 1)}, {"亿", big.NewRat(100000000, 1)}, {"%", big.NewRat(1, 100)}, {"‰", big.NewRat(1, 1000)}} {
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
			scale = schemas.MoneyScale
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

func (a *author) regions() string {
	return pick(a.r, "510703", "510700", "510000", "[510703, 510704]", "[510700, 510104]", "510700 除 510703", "510000 除 [510700, 510104]",
		"[510703, 510704, 510705, 510722, 510723, 510725, 510726, 510727, 510781]", "目录 主城区", "510700 除 目录 主城区")
}

func (a *author) industries() string {
	return pick(a.r, "C39", "[C, I65]", "C3940", "C 除 C39", "[C39, A] 除 [C391, A01]", "C38..C40", "[C3911, C3912, C3913, C3914, C3915, C3919]", "I",
		"目录 重点产业", "[目录 重点产业, A]")
}
