package workbook

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

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
			it.Gates = append(it.Gates, schemas.Gate{Clause: filled.Draw(t, "clause"), Condition: maybe.Draw(t, "condition")})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "prefer") {
		it.Prefer = append(it.Prefer, schemas.Preference{By: expression.Draw(t, "by"), Order: rapid.SampledFrom([]schemas.Order{schemas.Descending, schemas.Ascending}).Draw(t, "order")})
	}
	if rapid.Bool().Draw(t, "exclusive") {
		it.Exclusive = &schemas.Exclusive{
			Group: filled.Draw(t, "group"), Within: rapid.SampledFrom([]schemas.Period{schemas.PeriodYear, schemas.PeriodEver}).Draw(t, "within"),
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
			t.Fatalf("read   %#v\nwrote %#v", b.Policies, policies)
		}
	})
}
