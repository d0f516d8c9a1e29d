package nation

import (
	"iter"
	"strconv"
	"strings"

	"zhida/schemas"
)

// Shares of a library's items by the level that issues them, of 100; the rest are counties'.
const (
	aboveItems = 5 // nation and province
	cityItems  = 25
)

// request is what an item of the library says, before a region enacts it.
type request struct {
	region                       string // normal form, "" the nation
	theme, title, whom, standard string
	mode                         schemas.ItemMode
	kind                         schemas.BenefitKind
	condition, benefit           string
}

// requests are n items of some provinces, in no order of regions. Each has a line of business or a kind of enterprise it is
// for, and two to seven tests more with amounts that officers choose: of each attribute there are a dozen or two
// (thresholds). With rows some ask for certificates themselves and not for the tags that stand for them.
func (g *generator) requests(n int, provinces []province, rows bool) iter.Seq[request] {
	return func(yield func(request) bool) {
		for i := range n {
			d := stream(g.seed, uint64(i), matterPolicy)
			p := &provinces[i%len(provinces)]
			r := enacted(&d, regionOf(&d, p, i/len(provinces)), rows)
			if !yield(r) {
				return
			}
		}
	}
}

// regionOf is the region that issues an item: the province or, of few, the nation; a city; a county.
func regionOf(d *dice, p *province, i int) string {
	switch n := i * 37 % 100; {
	case n == 0:
		return ""
	case n < aboveItems:
		return schemas.NormalRegion(p.code)
	case n < aboveItems+cityItems:
		for range 64 {
			if h := &p.homes[d.below(len(p.homes))]; h.level == 1 {
				return schemas.NormalRegion(h.code)
			}
		}
	}
	for {
		if h := &p.homes[d.below(len(p.homes))]; h.level == 2 || len(p.homes) == 1 {
			return schemas.NormalRegion(h.code)
		}
	}
}

func enacted(d *dice, region string, rows bool) request {
	t := one(d, [][2]string{
		{"科技创新", "研发投入奖励"},
		{"科技创新", "创新平台补助"},
		{"产业发展", "上台阶奖励"},
		{"产业发展", "技术改造补助"},
		{"金融支持", "贷款贴息"},
		{"商贸流通", "扩大销售奖励"},
		{"人才就业", "用工补贴"},
		{"绿色发展", "节能降碳奖励"},
		{"知识产权", "专利资助"},
		{"税费优惠", "地方贡献奖励"},
	})
	parts := []string{whom(d)}
	stock := demands(rows)
	for range 2 + d.below(6) {
		k := d.below(len(stock))
		parts = append(parts, stock[k](d))
		stock = append(stock[:k:k], stock[k+1:]...)
	}
	amount := one(d, []string{"1", "2", "3", "5", "10", "20", "30", "50"})
	r := request{
		region: region, theme: t[0], title: t[1], whom: "符合条件的企业", mode: one(d, []schemas.ItemMode{
			schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary,
		}),
		kind: schemas.BenefitReward, standard: amount + " 万元", benefit: amount + "万元", condition: strings.Join(parts, " 且 "),
	}
	if d.percent(15) {
		r.benefit, r.standard = "min(研发费用 * 5%, "+amount+"0万元)", "研发费用的 5%，不超过 "+amount+"0 万元"
	}
	return r
}

// whom is the first test: the line of business, or the kind of enterprise.
func whom(d *dice) string {
	lines := []string{
		"C", "C13", "C26", "C27", "C34", "C35", "C36", "C38", "C39", "I65", "I64", "E47", "F51", "F52", "G54", "H61", "H62", "L72", "M73", "M75",
		"A01", "A03", "R88", "N77",
	}
	switch n := d.below(100); {
	case n < 30:
		return "行业 属于 " + one(d, lines)
	case n < 50:
		return "行业 属于 [" + one(d, lines[1:10]) + ", " + one(d, lines[10:]) + "]"
	case n < 60:
		return "行业 属于 C 除 C16"
	case n < 85:
		return "标签 " + one(d, []string{"高新技术企业", "科技型中小企业", "专精特新中小企业", "创新型中小企业"})
	}
	return "(标签 高新技术企业 或 标签 专精特新中小企业)"
}

// demands are the tests that items are made of. What an item demands of money is in steps that officers use.
func demands(rows bool) []func(*dice) string {
	money := func(name, unit string, steps ...int) func(*dice) string {
		return func(d *dice) string { return name + " >= " + strconv.Itoa(one(d, steps)) + unit }
	}
	out := []func(*dice) string{
		money("营业收入", "万元", 50, 100, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 8000, 10000, 20000),
		money("研发费用", "万元", 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 500, 1000),
		money("实缴税额", "万元", 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 200, 300, 500, 1000),
		money("从业人数", "人", 3, 5, 8, 10, 15, 20, 30, 50, 100, 200, 300),
		money("参保人数", "人", 1, 2, 3, 5, 8, 10, 20, 30, 50, 100),
		money("注册资本", "万元", 10, 50, 100, 200, 300, 500, 1000, 2000, 3000, 5000),
		money("研发强度", "%", 1, 2, 3, 4, 5, 6, 8, 10),
		money("营业收入增长率", "%", 0, 3, 5, 8, 10, 12, 15, 20, 25, 30),
		money("发明专利数", "件", 1, 2, 3, 5, 10),
		func(d *dice) string {
			return "资产负债率 <= " + strconv.Itoa(one(d, []int{50, 55, 60, 65, 70, 75, 80})) + "%"
		},
		func(d *dice) string {
			return "成立日期 <= " + strconv.Itoa(2008+d.below(17)) + "-12-31"
		},
		func(d *dice) string {
			return "从业人数 < " + strconv.Itoa(one(d, []int{20, 50, 100, 300, 1000})) + "人"
		},
		func(d *dice) string {
			return "非 标签 " + one(d, []string{"失信被执行人", "经营异常", "严重违法失信"})
		},
		func(d *dice) string {
			return "至少 2 项 (发明专利数 >= " + strconv.Itoa(1+d.below(3)) + "件, 标签 科技型中小企业, 研发费用 >= " + strconv.Itoa(50*(1+d.below(4))) + "万元)"
		},
		func(d *dice) string {
			n := 1 + d.below(4)
			return "营业收入 >= 分档(行业 属于 C: " + strconv.Itoa(n*1000) + "万元; 行业 属于 F: " + strconv.Itoa(n*2000) + "万元; 其他: " + strconv.Itoa(n*500) + "万元)"
		},
	}
	if rows {
		out = append(out,
			func(d *dice) string {
				return `有 资质(类型 = "` + one(d, []string{"高新技术企业", "科技型中小企业", "绿色工厂"}) + `" 且 有效期至 >= 今天)`
			},
			func(d *dice) string {
				return `有 许可(类型 = "` + one(d, []string{"食品经营许可", "安全生产许可", "排污许可"}) + `" 且 状态 = "有效")`
			})
	}
	return out
}

// library is the items of the workspace.
func (g *generator) library() iter.Seq[request] { return g.requests(g.Items, g.provinces, true) }
