package nation

import (
	"iter"
	"strconv"

	"zhida/schemas"
)

// request is what an item of the library says, before a region enacts it.
type request struct {
	region                       string // normal form, "" the nation
	theme, title, whom, standard string
	mode                         schemas.ItemMode
	kind                         schemas.BenefitKind
	condition, benefit           string
}

func (g *generator) library() iter.Seq[request] {
	return func(yield func(request) bool) {
		for i := range g.Items {
			d := stream(g.seed, uint64(i), matterPolicy)
			p := &g.provinces[d.below(len(g.provinces))]
			h := &p.homes[d.below(len(p.homes))]
			n := strconv.Itoa((1 + d.below(30)) * 100)
			conditions := []string{
				"行业 属于 C 且 营业收入@上年 >= " + n + "万元 且 标签 小微企业 且 非 标签 失信被执行人",
				"标签 高新技术企业 且 研发强度@上年 >= 3% 且 研发费用@上年 >= " + strconv.Itoa(1+d.below(50)) + "0万元",
				"参保人数@上年 >= " + strconv.Itoa(1+d.below(40)) + "人 且 标签 不裁员少裁员 且 标签 信用良好",
				"至少 2 项 (发明专利数 >= 1件, 标签 科技型中小企业, 营业收入增长率@上年 >= 10%) 且 标签 企业",
				"标签 限上商贸 且 营业收入增长率@上年 >= " + strconv.Itoa(d.below(30)) + "%",
				"标签 个体工商户 且 有 许可(类型 = \"食品经营许可\" 且 状态 = \"有效\")",
			}
			r := request{
				region: schemas.NormalRegion(h.code), theme: "产业发展", title: "成长奖励" + strconv.Itoa(i), whom: "符合条件的企业", standard: "5 万元",
				mode: schemas.ModeNoApplication, kind: schemas.BenefitReward, condition: one(&d, conditions), benefit: "5万元",
			}
			if !yield(r) {
				return
			}
		}
	}
}
