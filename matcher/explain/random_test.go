package explain_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// leaves are tests of every form, in the rich world.
var leaves = []string{
	"注册地 属于 510703", "行业 不属于 [C39, I]", "行业 属于 C 除 [C16, C39]", "标签 高新技术企业", "非 标签 高新技术企业",
	"发明专利数 + 实用新型专利数 >= 5件", "发明专利数 * 2 - 实用新型专利数 < 3件", "研发费用 / 营业收入 >= 5%", "研发强度 >= 4%", "研发强度@前年 < 4%",
	"营业收入 > 营业收入@前年", "营业收入 在 1000万元..3600万元", "已知(营业收入)", "已知(研发强度)", "注册资本 <= 1000万元",
	"有 资质(名称 含 [\"瞪羚\", \"高企\"] 且 有效期至 >= 今天)", "每 资质(有效期至 >= 今天)", "有 处罚", "非 有 处罚(日期 + 1年 >= 今天)",
	"有 近3年度(营业收入 >= 5000万元)", "每 近2年度(研发费用 / 营业收入 >= 3%)", "求和 近3年度.研发费用 >= 300万元", "平均 近3年度.营业收入 >= 3000万元",
	"计数 处罚(日期 + 3年 >= 今天) <= 1次", "求和 贷款.金额 > 500万元", "最大 贷款.金额 >= 500万元", "最新 资质.有效期至 >= 今天", "种数 资质.类型 >= 2种",
	"研发强度 >= 分档 营业收入 (<= 3000万元: 5%; <= 1亿元: 4%; 其他: 3%)",
	"计分(标签 高新技术企业: 20分; 发明专利数 >= 5件: 15分) >= 30分", "累进 营业收入 (1000万元: 1%; 以上: 2%) >= 50万元",
	"营业收入 * 3% 封顶 100万元 >= 90万元", "最大(发明专利数, 实用新型专利数) >= 4件", "评审 \"领先\"", "承诺 \"不迁\"",
}

// someText is a random condition over the leaves. Statements stand only where yes is the better answer.
func someText(r *rand.Rand, depth int, positive bool) string {
	if depth == 0 || r.IntN(4) == 0 {
		for {
			leaf := leaves[r.IntN(len(leaves))]
			if positive || !strings.HasPrefix(leaf, "评审") && !strings.HasPrefix(leaf, "承诺") {
				return leaf
			}
		}
	}
	parts := func(positive bool) []string {
		out := make([]string, 2+r.IntN(3))
		for i := range out {
			out[i] = "(" + someText(r, depth-1, positive) + ")"
		}
		return out
	}
	switch r.IntN(6) {
	case 0, 1:
		return strings.Join(parts(positive), " 且 ")
	case 2, 3:
		return strings.Join(parts(positive), " 或 ")
	case 4:
		return fmt.Sprintf("非 (%s)", someText(r, depth-1, false))
	}
	word := []string{"至少", "至多"}[r.IntN(2)]
	of := parts(positive && word == "至少")
	return fmt.Sprintf("%s %d 项 (%s)", word, r.IntN(len(of)-1)+1, strings.Join(of, ", "))
}

// TestRandom: what an explanation says at its root is what the night says, and what follows from it follows whenever it
// should.
func TestRandom(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	in, env := richBlock(codes), richEnvironment(codes)
	env.Unsought = map[string]bool{"高新技术企业": true}
	r := rand.New(rand.NewPCG(1, 2))
	for range 250 {
		text := someText(r, 3, true)
		x, faults := condition.Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatalf("%s\n%v", text, faults)
		}
		verdicts, near := night(t, in, env, x)
		for door := range in.Block.N {
			a, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: x})
			if err != nil {
				t.Fatal(err)
			}
			groups(t, a.Tree)
			if a.Tree.Verdict != verdicts[door] {
				t.Errorf("door %d: %s is %s, at night %s", door, text, a.Tree.Verdict, verdicts[door])
			}
			if (len(a.Missing) > 0) != (verdicts[door] == explain.Unknown) {
				t.Errorf("door %d: %s is %s and lacks %v", door, text, verdicts[door], a.Missing)
			}
			if (len(a.Near) > 0) != near[door] {
				t.Errorf("door %d: %s is near: %v, and names %v", door, text, near[door], a.Near)
			}
			if (len(a.Changes) > 0) != (verdicts[door] == explain.No) {
				t.Errorf("door %d: %s is %s and would change with %v", door, text, verdicts[door], a.Changes)
			}
		}
	}
}

// night is what the plan says of all enterprises at once.
func night(t *testing.T, in *plan.Input, env *condition.Env, x condition.Expr) (verdicts []explain.Verdict, near []bool) {
	t.Helper()
	b := plan.New()
	granted := b.AddGranting(x, plan.GrantEverything)
	one := b.AddNear(x, func(name string) bool { return env.Attributes[name].IsAttainable() }, func(string) bool { return true })
	verdicts, near = make([]explain.Verdict, in.Block.N), make([]bool, in.Block.N)
	err := plan.NewEvaluator(b.Plan()).Eval(in, []plan.Ref{granted, one}, func(ref plan.Ref, truth bits.Truth) {
		for door := range in.Block.N {
			switch {
			case ref == one:
				near[door] = truth.Yes.Has(door)
			case truth.Yes.Has(door):
				verdicts[door] = explain.Yes
			case truth.No.Has(door):
				verdicts[door] = explain.No
			default:
				verdicts[door] = explain.Unknown
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return verdicts, near
}
