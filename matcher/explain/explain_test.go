package explain_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/schemas"
)

var update = flag.Bool("update", false, "write the golden files")

// TestExplain compares the trees of a few enterprises with golden files, as text and as JSON.
func TestExplain(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	in := block(codes)
	rules := map[string]condition.Expr{
		"高新技术企业": compile(t, codes, `有 资质(类型 = "高新技术企业" 且 有效期至 >= 今天)`),
		"科技型企业":  compile(t, codes, "标签 高新技术企业 或 研发费用 >= 100万元"),
		"瞪羚企业":   compile(t, codes, "标签 科技型企业 且 营业收入 >= 2000万元"),
	}
	const item = `注册地 属于 510703 且 行业 不属于 [C39, A] 且 (标签 科技型企业 或 规模 = "小型")
		且 营业收入 >= 2000万元 且 成立年限 >= 1年 且 税负率 <= 3% 且 非 有 失信(金额 > 1万元) 且 (每 失信(金额 <= 100万元) 或 每 资质(有效期至 >= 今天))
		且 成立日期 在 2024年 且 (已知(研发费用) 或 税负率 <= 3%)
		且 (标签 瞪羚企业 或 标签 高新技术企业)`
	for door, verdict := range []string{"符合", "待补充", "不符合"} {
		name := []string{"yes", "unknown", "no"}[door]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, err := explain.Explain(&explain.Question{
				In: in, Door: door, Expr: compile(t, codes, item), Rules: rules,
			})
			if err != nil {
				t.Fatal(err)
			}
			if string(answer.Outcome) != verdict {
				t.Errorf("is %s, should be %s", answer.Outcome, verdict)
			}
			golden(t, name+".txt", explain.RenderAnswer(answer))
			data, err := json.MarshalIndent(answer, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", string(data)+"\n")
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs (run with -update to accept):\n%s", name, got)
	}
}

// TestAgrees checks that each node says what the bulk evaluation of its own text says for that enterprise, and that
// groups follow from their parts.
func TestAgrees(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	in := block(codes)
	for _, text := range []string{
		"注册地 属于 510703 且 (行业 属于 C39 或 非 标签 科技型企业)",
		"营业收入 在 100万元..1亿元 或 非 (研发费用 > 营业收入 且 税负率 != 3%)",
		"有 资质(类型 = \"高新技术企业\" 且 (有效期至 >= 今天 或 非 已知(有效期至)))",
		"每 失信(金额 <= 1万元) 且 有 失信",
		"成立日期 + 1年 <= 今天 且 规模 不属于 [大型, 中型]",
	} {
		for door := range in.Block.N {
			answer, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: compile(t, codes, text)})
			if err != nil {
				t.Fatal(err)
			}
			check(t, in, codes, door, answer.Tree)
		}
	}
}

func check(t *testing.T, in *plan.Input, codes *schemas.Codes, door int, n *explain.Node) {
	t.Helper()
	b := plan.New()
	ref := b.Add(compile(t, codes, n.Text))
	err := plan.NewEvaluator(b.Plan()).Eval(in, []plan.Ref{ref}, func(_ plan.Ref, truth bits.Truth) {
		want := explain.Unknown
		if truth.Yes.Has(door) {
			want = explain.Yes
		} else if truth.No.Has(door) {
			want = explain.No
		}
		if n.Verdict != want {
			t.Errorf("door %d: %s is %s, in bulk %s", door, n.Text, n.Verdict, want)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	groups(t, n)
	for _, p := range n.Parts {
		check(t, in, codes, door, p)
	}
	if n.List == nil {
		return
	}
	for _, r := range n.List.Rows {
		if r.Where != nil {
			groups(t, r.Where)
		}
	}
}

// groups checks Kleene's tables.
func groups(t *testing.T, n *explain.Node) {
	t.Helper()
	order := map[explain.Verdict]int{explain.No: 0, explain.Unknown: 1, explain.Yes: 2}
	low, high := 2, 0
	for _, p := range n.Parts {
		groups(t, p)
		low, high = min(low, order[p.Verdict]), max(high, order[p.Verdict])
	}
	want := order[n.Verdict]
	switch n.Kind {
	case explain.KindAll:
		want = low
	case explain.KindAny:
		want = high
	case explain.KindNot:
		want = 2 - low
	case explain.KindAtLeast:
		want = atLeast(n.Count, n.Count.N)
	case explain.KindAtMost:
		want = 2 - atLeast(n.Count, n.Count.N+1)
	}
	if order[n.Verdict] != want {
		t.Errorf("%s is %s, which does not follow from its parts", n.Text, n.Verdict)
	}
}

// atLeast is 2 for yes, 1 for unknown, 0 for no.
func atLeast(c *explain.Count, n int) int {
	switch {
	case c.Met >= n:
		return 2
	case c.Met+c.Unknown >= n:
		return 1
	}
	return 0
}

func TestNoSuchDoor(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	if _, err := explain.Explain(&explain.Question{In: block(codes), Door: 3, Expr: compile(t, codes, "已知(营业收入)")}); err == nil {
		t.Error("explained an enterprise that is not there")
	}
}

func compile(t *testing.T, codes *schemas.Codes, text string) condition.Expr {
	t.Helper()
	x, faults := condition.Compile(schemas.Text{Text: text}, environment(codes))
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", text, faults)
	}
	return x
}
