package explain_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/missing"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// ruleTexts are rules of tags that read each other.
func ruleTexts() map[string]string {
	return map[string]string{
		"高新技术企业": `有 资质(类型 = "高新技术企业" 且 有效期至 >= 今天)`,
		"重研发":    `(标签 高新技术企业 且 研发强度 >= 4%) 或 研发费用 >= 100万元`,
		"创新":     `标签 重研发 或 (标签 高新技术企业 且 发明专利数 >= 5件)`,
	}
}

// damaged is the rich world with things forgotten at random: values, confirmations, coverage, rows that fit no year.
func damaged(r *rand.Rand, codes *schemas.Codes, rules map[string]condition.Expr) *plan.Input {
	in := richBlock(codes)
	for _, rows := range in.Block.Rows {
		for i := range rows.Table.Columns {
			for row := range rows.Len() {
				if r.IntN(6) == 0 {
					rows.Table.Columns[i].Known.Remove(row)
				}
			}
		}
		for row := range rows.Len() {
			if r.IntN(8) == 0 {
				rows.Confirmed[row] = int64(schemas.NewDate(2020, 1, 1))
			}
		}
	}
	for name := range in.Datasets {
		if r.IntN(4) == 0 {
			delete(in.Coverage, name)
		}
	}
	in.Datasets["penalty"].Shelf = schemas.Span{Months: 12}
	b := profile.Build(0, in.Block.N, in.Block.Living, in.Block.Rows, richAttributes(), in.Datasets)
	b.Tags = in.Block.Tags
	in.Block = b
	for _, tag := range []string{"高新技术企业", "重研发", "创新"} { // in the order of dependence
		if rule := rules[tag]; rule != nil {
			p := plan.New()
			ref := p.Add(rule)
			if err := plan.NewEvaluator(p.Plan()).Eval(in, []plan.Ref{ref}, func(_ plan.Ref, t bits.Truth) { b.Tags[tag] = t.Clone() }); err != nil {
				panic(err)
			}
		}
	}
	return in
}

// TestMissingInBulk: what package missing finds for a block at once is what explain finds for each enterprise, on
// random conditions in random worlds, with and without rules of tags; and so is whether it is the only thing.
func TestMissingInBulk(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	env := richEnvironment(codes)
	rules := map[string]condition.Expr{}
	for tag := range ruleTexts() {
		env.Tags[tag] = true
	}
	for tag, text := range ruleTexts() {
		rules[tag] = compiled(t, env, text)
	}
	r := rand.New(rand.NewPCG(3, 4))
	lacking := 0
	for round := range 12 {
		with := rules
		if round%3 == 0 {
			with = nil
		}
		in := damaged(r, codes, with)
		var exprs []condition.Expr
		var texts []string
		for range 40 {
			text := someText(r, 3, true)
			if with != nil && r.IntN(2) == 0 {
				text = strings.ReplaceAll(text, "标签 高新技术企业", "标签 "+[]string{"重研发", "创新"}[r.IntN(2)])
			}
			exprs, texts = append(exprs, compiled(t, env, text)), append(texts, text)
		}
		finder := missing.New(exprs, with)
		for i := range exprs {
			needs, want := bits.New(in.Block.N), map[string]bool{}
			for door := range in.Block.N {
				a, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: exprs[i], Rules: with})
				if err != nil {
					t.Fatal(err)
				}
				needs.Put(door, a.Outcome == explain.OutcomeNeeds)
				for _, f := range a.Missing {
					list := f.Kind == explain.FactList || f.Kind == explain.FactRow
					want[fmt.Sprint(door, f.Name, f.Year, f.Dataset, list, f.Only)] = true
					lacking++
				}
			}
			found, err := finder.Item(in, i, needs)
			if err != nil {
				t.Fatal(err)
			}
			if got := said(in, found); !slices.Equal(got, slices.Sorted(keys(want))) {
				t.Fatalf("round %d: %s\nin bulk   %v\nexplained %v", round, texts[i], got, slices.Sorted(keys(want)))
			}
		}
		finder.Release()
	}
	if lacking < 1000 {
		t.Errorf("only %d facts were missing", lacking)
	}
}

func keys(m map[string]bool) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func said(in *plan.Input, found []missing.Found) []string {
	var out []string
	for _, f := range found {
		title := ""
		if d := in.Datasets[f.Dataset]; d != nil {
			title = d.Title
		}
		for door := range f.Doors.All() {
			out = append(out, fmt.Sprint(door, f.Name, f.Year, title, f.List, f.Alone != nil && f.Alone.Has(door)))
		}
	}
	slices.Sort(out)
	return out
}

func compiled(t testing.TB, env *condition.Env, text string) condition.Expr {
	t.Helper()
	x, faults := condition.Compile(schemas.Text{Text: text}, env)
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", text, faults)
	}
	return x
}
