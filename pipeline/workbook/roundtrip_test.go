package workbook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// oddText draws texts with everything that a spreadsheet could take for something else.
func oddText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune("高新技术企业Aa09 \n\t'\"\\:：#-=+@<>&;!|%{}[],`~?　\u200b\u00a0😀"))),
		rapid.SampledFrom([]string{"=1+1", "+1", "-1", "@SUM(A1)", "'x", "0510", "2026-01-01", "1e5", "TRUE", "_x0041_", "_x005F_", "_x005F_x0041_", "]]>", "&amp;", "  a  ", "\n\n"}),
	)
	return rapid.Map(rapid.SliceOfN(piece, 1, 4), func(parts []string) string { return strings.TrimSpace(strings.Join(parts, "")) })
}

// randomPolicies draws policies as the workspace would read them.
func randomPolicies(t *rapid.T) []schemas.Policy {
	text := oddText()
	filled := rapid.Map(text, func(s string) string { return strings.TrimSpace("甲" + s) })
	day := rapid.Custom(func(t *rapid.T) schemas.Date {
		return schemas.Date(rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 3652059)).Draw(t, "day"))
	})
	window := func(name string) schemas.Window {
		w := schemas.Window{From: day.Draw(t, name+" from"), To: day.Draw(t, name+" to")}
		if !w.To.IsZero() && w.From > w.To {
			w.From, w.To = w.To, w.From
		}
		return w
	}
	expression := rapid.Map(rapid.SampledFrom([]string{"行业 属于 C", "=甲", "甲 >= 1\n  且 乙 = \"c\"", "非 标签 存续", `有 资质(类型 = "a: b #")`}),
		func(s string) schemas.Text { return schemas.Text{Text: s} })
	maybe := rapid.OneOf(rapid.Just(schemas.Text{}), expression)
	id := rapid.StringMatching(`[A-Za-z0-9市][A-Za-z0-9._-]{0,8}`)
	policyIDs := rapid.SliceOfNDistinct(id, 1, 3, rapid.ID[string]).Draw(t, "policies")
	itemIDs := rapid.SliceOfNDistinct(id, 3, 9, rapid.ID[string]).Draw(t, "items")
	var out []schemas.Policy
	for i, pid := range policyIDs {
		valid := window("valid")
		p := schemas.Policy{
			ID: pid, Title: filled.Draw(t, "title"), Number: text.Draw(t, "number"),
			Level:      rapid.SampledFrom([]schemas.Level{schemas.LevelNation, schemas.LevelProvince, schemas.LevelCity, schemas.LevelCounty}).Draw(t, "level"),
			Department: filled.Draw(t, "department"), Status: schemas.Status(rapid.SampledFrom(statuses()).Draw(t, "status").means),
			From: valid.From, To: valid.To, Theme: text.Draw(t, "theme"), Scope: maybe.Draw(t, "scope"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "params") {
			p.Params = append(p.Params, schemas.Param{Name: filled.Draw(t, "name"), Value: expression.Draw(t, "value"), Note: text.Draw(t, "note")})
		}
		for j := i; j < len(itemIDs); j += len(policyIDs) {
			p.Items = append(p.Items, randomItem(t, itemIDs[j], text, filled, expression, maybe, window("window")))
		}
		out = append(out, p)
	}
	return out
}

func randomItem(t *rapid.T, id string, text, filled *rapid.Generator[string], expression, maybe *rapid.Generator[schemas.Text], window schemas.Window) schemas.Item {
	it := schemas.Item{
		ID: id, Title: filled.Draw(t, "title"), Department: filled.Draw(t, "department"),
		Mode:   rapid.SampledFrom([]schemas.ItemMode{schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary}).Draw(t, "mode"),
		Kind:   rapid.SampledFrom([]schemas.BenefitKind{schemas.BenefitRelief, schemas.BenefitReward, schemas.BenefitRight, schemas.BenefitTitle}).Draw(t, "kind"),
		Status: schemas.Status(rapid.SampledFrom(statuses()).Draw(t, "status").means), Revision: rapid.IntRange(1, 9).Draw(t, "revision"), Window: window,
		Benefit: maybe.Draw(t, "benefit"),
		Once:    rapid.SampledFrom([]schemas.Once{schemas.OnceNone, schemas.OncePerYear, schemas.OnceEver}).Draw(t, "once"),
		Review:  rapid.SampledFrom([]schemas.Review{"", schemas.ReviewHold, schemas.ReviewPush}).Draw(t, "review"),
		Guide: schemas.Guide{
			Beneficiaries: text.Draw(t, "guide"), Standard: text.Draw(t, "guide"), Materials: text.Draw(t, "guide"), Process: text.Draw(t, "guide"),
			TimeLimit: text.Draw(t, "guide"), Address: text.Draw(t, "guide"), Phone: text.Draw(t, "guide"),
		},
	}
	if rapid.Bool().Draw(t, "whole") {
		it.Condition = expression.Draw(t, "condition")
	} else {
		for range rapid.IntRange(1, 3).Draw(t, "gates") {
			it.Gates = append(it.Gates, schemas.Gate{Clause: workspace.OneLine(filled.Draw(t, "clause")), Condition: maybe.Draw(t, "condition")})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "prefer") {
		it.Prefer = append(it.Prefer, schemas.Preference{By: expression.Draw(t, "by"), Order: rapid.SampledFrom([]schemas.Order{schemas.Descending, schemas.Ascending}).Draw(t, "order")})
	}
	if rapid.Bool().Draw(t, "exclusive") {
		it.Exclusive = &schemas.Exclusive{
			Group: id + filled.Draw(t, "group"), Within: rapid.SampledFrom([]schemas.Period{schemas.PeriodYear, schemas.PeriodEver}).Draw(t, "within"),
			Keep: rapid.SampledFrom([]schemas.Keeping{schemas.KeepBetter, schemas.KeepFirst}).Draw(t, "keep"),
		}
	}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"注册地", "行业", "营业收入", "是否规上", "企业是"}), 0, 3, rapid.ID[string]).Draw(t, "attainable") {
		if it.Attainable == nil {
			it.Attainable = map[string]bool{}
		}
		it.Attainable[name] = rapid.Bool().Draw(t, "yes")
	}
	return it
}

func TestWorkbookLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		policies := randomPolicies(t)
		var file bytes.Buffer
		if err := Write(&file, policies); err != nil {
			t.Fatal(err)
		}
		b := Read("a.xlsx", file.Bytes())
		if len(b.Faults)+len(b.Warnings) > 0 {
			t.Fatalf("%v\n%v", b.Faults, b.Warnings)
		}
		if !reflect.DeepEqual(b.Policies, policies) {
			t.Fatal(difference(t, b.Policies, policies))
		}
	})
}

// TestImportedPoliciesComeBack goes the whole way round: policies, workbook, files, policies, workbook.
func TestImportedPoliciesComeBack(t *testing.T) {
	t.Parallel()
	drawn := rapid.Custom(func(t *rapid.T) []schemas.Policy {
		policies := randomPolicies(t)
		for i := range policies {
			compilable(t, &policies[i])
		}
		slices.SortFunc(policies, func(a, b schemas.Policy) int { return strings.Compare(a.ID, b.ID) })
		return policies
	})
	for seed := range 20 { // each loads a workspace six times
		dir := starter(t)
		if err := os.Remove(filepath.Join(dir, "policies", "example.yaml")); err != nil {
			t.Fatal(err)
		}
		policies := drawn.Example(seed)
		if changes := imported(t, dir, policies); strings.Trim(changes, "new ") != "" {
			t.Fatal(changes)
		}
		again, err := workspace.CanonicalPolicies(dir)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(again, func(a, b schemas.Policy) int { return strings.Compare(a.ID, b.ID) })
		if !reflect.DeepEqual(again, policies) {
			t.Fatal(seed, difference(t, again, policies))
		}
		if changes := imported(t, dir, again); strings.TrimSpace(changes) != "" {
			t.Fatalf("seed %d: what comes back would change its files: %s", seed, changes)
		}
	}
}

// imported writes policies as a workbook and the workbook into the workspace, and says what changed.
func imported(t *testing.T, dir string, policies []schemas.Policy) string {
	var file bytes.Buffer
	if err := Write(&file, policies); err != nil {
		t.Fatal(err)
	}
	b := Read("a.xlsx", file.Bytes())
	r, found, err := workspace.Revise(dir, b.Policies)
	if faults := append(b.Faults, b.Locate(found)...); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	var changes []string
	for _, f := range r.Files {
		changes = append(changes, string(f.Change))
	}
	return strings.Join(changes, " ")
}

// difference shows the lines in which two lists of policies differ.
func difference(t rapid.TB, got, want []schemas.Policy) string {
	var lines [2][]string
	for i, policies := range [][]schemas.Policy{got, want} {
		data, err := json.MarshalIndent(policies, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		lines[i] = strings.Split(string(data), "\n")
	}
	out := fmt.Sprintf("%d lines, want %d\n", len(lines[0]), len(lines[1]))
	for i := range min(len(lines[0]), len(lines[1])) {
		if lines[0][i] != lines[1][i] {
			out += lines[0][i] + "\n" + lines[1][i] + " (want)\n"
		}
	}
	return out
}

// compilable puts conditions and values that the starter workspace knows, in canonical form, into a policy.
func compilable(t *rapid.T, p *schemas.Policy) {
	condition := func(into *schemas.Text) {
		if into.Text != "" {
			into.Text = rapid.SampledFrom([]string{
				"行业 属于 C 且 注册资本 <= 参数 上限", "标签 存续", `有 资质(类型 = "高新技术企业")`, "承诺 \"a: b #\" 且 承诺 \"不搬走\"",
				"行业 属于 C 且 注册资本 <= 1000万元 且 成立日期 + 5年 >= 今天\n  且 非 标签 失信被执行人 且 评审 \"有成长性的企业，由专家组评定\"",
			}).Draw(t, "condition")
		}
	}
	p.Params = []schemas.Param{{Name: "上限", Value: schemas.Text{Text: "1000万元"}, Note: p.Theme}}
	if p.Scope.Text != "" {
		p.Scope.Text = "注册地 属于 510700 且 标签 存续"
	}
	for i := range p.Items {
		it := &p.Items[i]
		condition(&it.Condition)
		for j := range it.Gates {
			condition(&it.Gates[j].Condition)
		}
		it.Benefit.Text = rapid.SampledFrom([]string{"10万元", "注册资本 * 5% 封顶 100万元"}).Draw(t, "benefit")
		for j := range it.Prefer {
			it.Prefer[j].By.Text = rapid.SampledFrom([]string{"注册资本", "成立日期"}).Draw(t, "by")
		}
		for name := range it.Attainable {
			if name != "注册地" && name != "行业" {
				delete(it.Attainable, name)
			}
		}
		if len(it.Attainable) == 0 {
			it.Attainable = nil
		}
		if it.Review == schemas.ReviewHold {
			it.Review = "" // it is the default, and left out
		}
	}
}
