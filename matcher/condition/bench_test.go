package condition

import (
	"fmt"
	"testing"

	"zhida/schemas"
)

// provincialItems is how many items the platform of a province lists.
const provincialItems = 10_488

// realistic writes the condition of an item as officers would: sizes and words follow the 72 rule sets that the language
// was tried on.
func realistic(i int) string {
	region := fmt.Sprintf("5107%02d", 3+i%3)
	common := fmt.Sprintf(`注册地 属于 [%s, 510100] 且 规模 属于 [小型, 微型] 且 成立年限 >= %d年 且 非 标签 失信被执行人`, region, 1+i%5)
	switch i % 6 {
	case 0:
		return common + fmt.Sprintf(` 且 行业 属于 [C, I65] 且 (标签 高新技术企业 或 标签 专精特新中小企业) 且 销售收入 >= %d万
  且 研发投入 / 销售收入 >= 分档 销售收入 (<= 3000万: 5%%; <= 1亿: 4%%; 其他: 3%%) 且 销售增长 >= %d%%`, i%9000, i%30)
	case 1:
		return common + fmt.Sprintf(` 且 有 资质(类型 = "市级企业技术中心" 且 认定日期 + %d年 <= 今天 且 有效期至 >= 今天)
  且 求和 近3年度.研发投入 >= %d万 且 每 近2年度(非 亏损)`, 1+i%3, i%2000)
	case 2:
		return common + fmt.Sprintf(` 且 5 * 发明专利数 + 知识产权 >= %d分 且 至少 2 项 (是否上市, 从业人数 >= %d人, 研发费用 >= 100万元)`, i%100, i%300)
	case 3:
		return common + fmt.Sprintf(` 且 行业 属于 [目录 重点产业, C2%d] 且 求和 贷款(发放日期 在 上年).金额 >= %d万 且 最早 贷款.发放日期 在 前年..今天`, i%9, i%5000)
	case 4:
		return common + fmt.Sprintf(` 且 计分(标签 高新技术企业: 20; 研发强度 >= 5%%: 15; 产业类别 = "软件业": 10; 已知(职工人数): 1) >= %d
  且 营业收入 / 用地面积 >= %d万元/亩 且 评审 "技术先进"`, i%60, i%40)
	}
	return common + fmt.Sprintf(` 且 累进 销售收入@2024年 (1亿: 1%%; 以上: 0.5%%) >= %d万 且 名称 含 ["科技", "软件"]
  且 注册资本 >= 参数 门槛 且 计数 失信(立案日期 + 3年 >= 今天) < 2 且 承诺 "近三年无重大事故"`, i%300)
}

// BenchmarkCompile compiles the conditions of a province's items.
func BenchmarkCompile(b *testing.B) {
	env := itemEnvironment()
	texts := make([]schemas.Text, provincialItems)
	for i := range texts {
		texts[i].Text = realistic(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			if _, faults := Compile(text, env); len(faults) > 0 {
				b.Fatal(faults.Error())
			}
		}
	}
	b.ReportMetric(float64(provincialItems*b.N)/b.Elapsed().Seconds(), "items/s")
}
