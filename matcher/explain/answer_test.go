package explain_test

import (
	"encoding/json"
	"testing"

	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/schemas"
)

// TestAnswers compares whole answers on an item of every form with golden files, as text and as JSON.
func TestAnswers(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	in, env := richBlock(codes), richEnvironment(codes)
	item, faults := condition.Compile(schemas.Text{Text: richItem}, env)
	benefit, more := condition.CompileValue(schemas.Text{Text: richBenefit}, env)
	if faults = append(faults, more...); len(faults) > 0 {
		t.Fatal(faults)
	}
	for door, want := range []struct{ name, verdict, reason string }{
		{"rich_sure", "符合（须评审）", `须 评审 "技术水平国内领先"、承诺 "三年内不迁出"`},
		{"rich_needs", "待补充", "缺 行业（不够具体）、标签 高新技术企业、发明专利数（过期） 等 8 项"},
		{"rich_near", "差一项", "差 注册资本 <= 1000万元（超出 200万元）"},
		{"rich_no", "不符合", "不满足 注册地 属于 510700（不可改变）、行业 属于 [C, I65] 除 C16（不可改变）、" +
			`以下 3 项中的 2 项：标签 高新技术企业；发明专利数 + 实用新型专利数 >= 3件（差 2件）；有 资质(名称 含 ["瞪羚", "独角兽"]) 等 8 项`},
	} {
		t.Run(want.name, func(t *testing.T) {
			t.Parallel()
			a, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: item, Benefit: benefit})
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict() != want.verdict {
				t.Errorf("is %s, should be %s", a.Verdict(), want.verdict)
			}
			if a.Reason() != want.reason {
				t.Errorf("because %s", a.Reason())
			}
			golden(t, want.name+".txt", explain.RenderAnswer(a))
			data, err := json.MarshalIndent(a, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, want.name+".json", string(data)+"\n")
		})
	}
}
