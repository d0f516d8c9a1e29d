package workspace

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/schemas"
)

// oddText draws texts with everything that YAML or a spreadsheet could take for something else.
func oddText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune("高新技术企业Aa09 \n\t'\"\\:：#-=+@*&!|>%{}[],`~?　\u200b\u0085\u00a0😀"))),
		rapid.SampledFrom([]string{
			"true", "no", "null", "~", "0510", "2026-01-01", "=1+1", "- a", "a: b", " # c", "---", "...", "_x0041_", "<<", "&a", "*a", "!t",
			"　　第一条", "\n\n", "\n  ", "'", "%", "@", "1.", "1.5e3", "0x1F", ".inf", "{{", "：", ": ", "|\n", "\\n",
		}),
	)
	return rapid.Map(rapid.SliceOfN(piece, 1, 4), func(parts []string) string { return strings.TrimSpace(strings.Join(parts, "")) })
}

func TestWrittenPolicyReadsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := oddText()
		filled := rapid.Map(text, func(s string) string { return strings.TrimSpace("甲" + s) })
		p := schemas.Policy{
			ID: "P-1", Title: filled.Draw(t, "title"), Number: text.Draw(t, "number"), Level: schemas.LevelCity,
			Department: filled.Draw(t, "department"), Status: schemas.StatusDraft, From: schemas.Date(rapid.IntRange(0, 3e6).Draw(t, "from")),
			Theme: text.Draw(t, "theme"), Scope: schemas.Text{Text: rapid.SampledFrom([]string{"", "行业 属于 C", "行业 属于 C\n且 注册地 属于 510700"}).Draw(t, "scope")},
		}
		for i := range rapid.IntRange(1, 3).Draw(t, "items") {
			item := schemas.Item{
				ID: "P-1-" + string(rune('a'+i)), Title: filled.Draw(t, "title"), Department: filled.Draw(t, "department"),
				Mode: schemas.ModeOrdinary, Kind: schemas.BenefitTitle, Status: schemas.StatusEffective, Revision: rapid.IntRange(1, 3).Draw(t, "revision"),
				Window:    schemas.Window{To: schemas.Date(rapid.IntRange(0, 3e6).Draw(t, "to"))},
				Condition: schemas.Text{Text: rapid.SampledFrom([]string{`有 资质(类型 = "a: b #")`, "非 标签 存续", "[x]", "甲 >= 1 且\n乙 = \"c\""}).Draw(t, "condition")},
				Guide: schemas.Guide{
					Beneficiaries: text.Draw(t, "guide"), Standard: text.Draw(t, "guide"), Materials: text.Draw(t, "guide"), Process: text.Draw(t, "guide"),
					TimeLimit: text.Draw(t, "guide"), Address: text.Draw(t, "guide"), Phone: text.Draw(t, "guide"),
				},
			}
			if rapid.Bool().Draw(t, "gates") {
				item.Condition = schemas.Text{}
				item.Gates = []schemas.Gate{
					{Clause: OneLine(filled.Draw(t, "clause"))},
					{Clause: OneLine(filled.Draw(t, "clause")), Condition: schemas.Text{Text: rapid.SampledFrom([]string{"甲 = 1", "[x]\n且 y"}).Draw(t, "gate")}},
				}
				item.Benefit = schemas.Text{Text: rapid.SampledFrom([]string{"10万元", "分档 甲 (>= 1: 2; 其他: 3)"}).Draw(t, "benefit")}
				item.Prefer = []schemas.Preference{{By: schemas.Text{Text: "甲"}, Order: schemas.Ascending}, {By: schemas.Text{Text: "分档 甲 (>= 1: 2;\n其他: 3)"}, Order: schemas.Descending}}
				item.Exclusive = &schemas.Exclusive{Group: filled.Draw(t, "group"), Within: schemas.PeriodEver, Keep: schemas.KeepFirst}
				item.Once, item.Review = schemas.OncePerYear, schemas.ReviewPush
				item.Attainable = map[string]bool{"注册地": true, "no": false}
			}
			p.Items = append(p.Items, item)
		}
		for range rapid.IntRange(0, 2).Draw(t, "params") {
			p.Params = append(p.Params, schemas.Param{Name: "上限", Value: schemas.Text{Text: "3年"}, Note: text.Draw(t, "note")})
		}
		written := WritePolicy(&p)
		f := readPolicy("policies/P-1.yaml", written.Data)
		if len(f.faults) > 0 {
			t.Fatalf("%s\n%s", f.faults.Error(), written.Data)
		}
		if got, want := placeless(f.Policy), placeless(p); !reflect.DeepEqual(got, want) {
			t.Fatalf("%#v\nwant %#v\n%s", got, want, written.Data)
		}
	})
}

// placeless is the policy without the places of its conditions.
func placeless(p schemas.Policy) schemas.Policy {
	bare := func(t *schemas.Text) { t.Place = schemas.Place{} }
	bare(&p.Scope)
	for i := range p.Params {
		bare(&p.Params[i].Value)
	}
	for i := range p.Items {
		it := &p.Items[i]
		bare(&it.Condition)
		bare(&it.Benefit)
		for j := range it.Gates {
			bare(&it.Gates[j].Condition)
		}
		for j := range it.Prefer {
			bare(&it.Prefer[j].By)
		}
	}
	return p
}
