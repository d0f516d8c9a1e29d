package explain_test

import (
	"testing"

	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/schemas"
)

func answer(t *testing.T, text string, door int, today schemas.Date) *explain.Answer {
	t.Helper()
	codes := schemas.NewCodes()
	in := richBlock(codes)
	in.Today = today
	x, faults := condition.Compile(schemas.Text{Text: text}, richEnvironment(codes))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	a, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: x})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestGaps: how far a test is from what is asked of it.
func TestGaps(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"注册资本 >= 100万元", "差 20万元"},
		{"注册资本 < 80万元", "正好在界上"},
		{"注册资本 = 81万元", ""},
		{"发明专利数 > 5件", "差 3件"},
		{"1000万元 <= 注册资本", "超出 920万元"},
		{"研发费用 / 营业收入 < 5%", "超出 约 0.138889个百分点"},
		{"营业收入 / 营业收入@前年 - 1 >= 25%", "差 5个百分点"},
		{"计数 贷款(到期日 >= 今天) >= 4笔", "差 2笔"},
		{"最早 贷款.到期日 >= 今天", "已过 530天"},
		{"最新 贷款.到期日 <= 今天", "还差 565天"},
		{"最新 贷款.到期日 <= 2027-12-31", "晚 1天"},
		{"最早 贷款.到期日 >= 2025-01-03", "早 2天"},
		{"求和 近3年度.研发费用 >= 500万元", "差 85万元"},
		{"最大 贷款(到期日 < 2020-01-01).金额 >= 1万元", ""},
		{"非 发明专利数 + 实用新型专利数 >= 4件", ""},
		{"非 有 贷款", ""},
		{"研发费用 * 10% 封顶 10万元 >= 分档(有 处罚: 1万元; 其他: 12万元)", "差 2万元"},
	} {
		text, want := c[0], c[1]
		a := answer(t, text, 0, schemas.NewDate(2026, 6, 15))
		if a.Tree.Verdict != explain.No || a.Tree.Gap != want {
			t.Errorf("%s: %s, %q, should be %q", text, a.Tree.Verdict, a.Tree.Gap, want)
		}
	}
	a := answer(t, "非 发明专利数 + 实用新型专利数 >= 4件", 0, schemas.NewDate(2026, 6, 15))
	if got := a.Changes[0].Leaves[0].Line(); got != "非 发明专利数 + 实用新型专利数 >= 4件（超出 2件）" {
		t.Errorf("would change with %s", got)
	}
}

// TestSources: a source past its shelf life gives way to the next, and the value says so.
func TestSources(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		today     schemas.Date
		text, why string
	}{
		{schemas.NewDate(2026, 6, 15), "3600万元", "按先后次序采用 税务"},
		{schemas.NewDate(2030, 1, 1), "3550万元", "税务 已过保存期，采用 统计"},
	} {
		v := answer(t, "营业收入@2025年 >= 1亿元", 0, c.today).Tree.Values[0]
		if v.Text != c.text || v.Why != c.why || len(v.Others) != 1 || !v.Others[0].Differs {
			t.Errorf("%s: %s, %s, %v", c.today, v.Text, v.Why, v.Others)
		}
	}
}

// TestOnly: a verdict that one fact keeps open says so.
func TestOnly(t *testing.T) {
	t.Parallel()
	a := answer(t, "研发费用 >= 100万元 且 注册资本 >= 1万元 且 (研发费用 >= 50万元 或 有 贷款)", 1, schemas.NewDate(2026, 6, 15))
	if len(a.Missing) != 1 || !a.Missing[0].Only || a.Missing[0].Title() != "研发费用@2025年" || a.Missing[0].Owner != "市税务局" {
		t.Errorf("lacks %v", a.Missing)
	}
}
