package condition

import (
	"fmt"
	"testing"

	"zhida/schemas"
)

// BenchmarkCompile compiles 10,000 conditions like those of a province's items.
func BenchmarkCompile(b *testing.B) {
	env := environment()
	texts := make([]schemas.Text, 10_000)
	for i := range texts {
		texts[i].Text = fmt.Sprintf(`注册地 属于 [5107%02d, 510100] 且 行业 属于 [C, I65] 且 规模 属于 [小型, 微型]
  且 (标签 高新技术企业 或 标签 专精特新中小企业)
  且 营业收入 >= %d万 且 研发费用 >= %d万元 且 收入增长率 >= 10%% 且 成立年限 >= 1年
  且 有 资质(类型 = "市级企业技术中心" 且 认定日期 + 1年 <= 今天) 且 非 标签 失信被执行人`, 3+i%3, i%3000, i%100)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			if _, faults := Compile(text, env); len(faults) > 0 {
				b.Fatal(faults.Error())
			}
		}
	}
}
