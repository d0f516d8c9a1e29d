package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// ladder is an input with tags 0 to n-1, the rule of each reading the one before it twice, and the first a fact.
func ladder(t *testing.T, n int) (*plan.Input, map[string]condition.Expr) {
	t.Helper()
	codes := schemas.NewCodes()
	in, env := block(codes), environment(codes)
	rules := map[string]condition.Expr{}
	for i := range n {
		text := "已知(营业收入)"
		if i > 0 {
			text = fmt.Sprintf("标签 级%d 且 标签 级%d", i-1, i-1)
		}
		x, faults := condition.Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		name := fmt.Sprintf("级%d", i)
		env.Tags[name], rules[name] = true, x
		truth := bits.NewTruth(in.Block.N)
		truth.FillYes(in.Block.N)
		in.Block.Tags[name] = truth
	}
	return in, rules
}

// TestTagsToTheGround: rules are shown within rules down to the facts, each once however often it is read.
func TestTagsToTheGround(t *testing.T) {
	t.Parallel()
	in, rules := ladder(t, explain.MaxRules+1)
	answer, err := explain.Explain(&explain.Question{In: in, Door: 0, Expr: rules["级4"], Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	const want = `【符合】以下各项须全部符合
  【符合】标签 级3，其规则为
    【符合】以下各项须全部符合
      【符合】标签 级2，其规则为
        【符合】以下各项须全部符合
          【符合】标签 级1，其规则为
            【符合】以下各项须全部符合
              【符合】标签 级0，其规则为
                【符合】已知(营业收入)
                  营业收入：2500万元　来自 税务，2026-05-20 核实，交付批次 31
                    另据营业收入：2400万元　来自 统计，2025-03-01 核实，交付批次 9（不一致，按先后次序采用 税务）
              【符合】标签 级0（规则见上）
          【符合】标签 级1（规则见上）
      【符合】标签 级2（规则见上）
  【符合】标签 级3（规则见上）
`
	if got := explain.Render(answer.Tree); got != want {
		t.Errorf("got:\n%s", got)
	}
}

// TestTagsTooDeep: at most MaxRules rules are shown within each other.
func TestTagsTooDeep(t *testing.T) {
	t.Parallel()
	for _, deep := range []int{explain.MaxRules, explain.MaxRules + 1, 200} {
		in, rules := ladder(t, deep+1)
		answer, err := explain.Explain(&explain.Question{In: in, Door: 0, Expr: rules[fmt.Sprintf("级%d", deep)], Rules: rules})
		if err != nil {
			t.Fatal(err)
		}
		text := explain.Render(answer.Tree)
		if got := strings.Count(text, "其规则为"); got != explain.MaxRules {
			t.Errorf("%d tags: %d rules", deep, got)
		}
		if ground := strings.Contains(text, "营业收入：2500万元"); ground != (deep == explain.MaxRules) {
			t.Errorf("%d tags: the fact is shown: %v", deep, ground)
		}
	}
}
