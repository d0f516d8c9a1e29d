package page_test

import (
	"regexp"
	"strings"
	"testing"

	"zhida/pipeline/report/page"
	"zhida/schemas"
)

func guide() *page.Guide {
	return &page.Guide{
		Site: "样例", Codes: schemas.NewCodes(), Day: schemas.NewDate(2026, 6, 16),
		Policy: &schemas.Policy{
			ID: "P", Title: "若干措施", Number: "绵示发〔2026〕12号", Level: schemas.LevelCity, Department: "市经济和信息化局",
			Status: schemas.StatusEffective, Theme: "产业发展", Scope: schemas.Text{Text: "注册地 属于 [510703,510700] 且 标签 存续"},
		},
		Item: &schemas.Item{
			ID: "P-1", Title: "技术改造补助", Mode: schemas.ModeOrdinary, Kind: schemas.BenefitReward, Status: schemas.StatusEffective,
			Condition: schemas.Text{Text: `行业 属于 C39 且 (营业收入 > 500000元 或 名称 含 "属于 510700") 且 评审 "好"`},
			Guide:     schemas.Guide{Beneficiaries: "制造业企业", Standard: "最高 200 万元"},
		},
	}
}

func card(t *testing.T, g *page.Guide) string {
	t.Helper()
	var b strings.Builder
	if err := g.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGuide checks that a guide says what its item says, and what it does not.
func TestGuide(t *testing.T) {
	t.Parallel()
	text := card(t, guide())
	for _, want := range []string{
		"<h1>技术改造补助</h1>", "若干措施（绵示发〔2026〕12号）", "最高 200 万元", "制造业企业", "市经济和信息化局", "在办",
		"<li><pre>注册地 属于 [510703（涪城区）, 510700（绵阳市）]</pre></li>", "<li><pre>行业 属于 C39（计算机、通信和其他电子设备制造业）</pre></li>",
		"500000元 或", "属于 510700&#34;", // an amount and a quoted text are no codes
		"请受理部门补填：办理流程、申报材料、兑现时限、受理地址、咨询电话。",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, body(text))
		}
	}
	if n := strings.Count(text, "未填写"); n != 8 {
		t.Errorf("%d times 未填写, want 8: three on the card, five in the guide", n)
	}
}

func body(text string) string {
	_, rest, _ := strings.Cut(text, "<main>")
	return rest
}

// TestGuideState checks when an item can be applied for.
func TestGuideState(t *testing.T) {
	t.Parallel()
	day := guide().Day
	for want, change := range map[string]func(*page.Guide){
		"在办":      func(g *page.Guide) { g.Item.Window = schemas.Window{From: day, To: day} },
		"申报期已过":   func(g *page.Guide) { g.Item.Window.To = day - 1 },
		"尚未开始":    func(g *page.Guide) { g.Item.Window.From = day + 1 },
		"不在政策有效期": func(g *page.Guide) { g.Policy.To = day - 1 },
		"政策废止":    func(g *page.Guide) { g.Policy.Status = schemas.StatusRevoked },
		"事项暂停":    func(g *page.Guide) { g.Item.Status = schemas.StatusSuspended },
	} {
		g := guide()
		change(g)
		if text := card(t, g); !strings.Contains(text, `">`+want+"</span></div>") {
			t.Errorf("%s is not said", want)
		}
	}
}

// TestGuideFilesAreApart: no two ids share a file, none leaves the folder, none is the index.
func TestGuideFilesAreApart(t *testing.T) {
	t.Parallel()
	plain := regexp.MustCompile(`^[\p{L}\p{N}_-][\p{L}\p{N}._-]*\.html$`)
	seen := map[string]string{}
	for _, id := range []string{
		"MY-1", "my_1", "my-1", "绵阳-1", "..", ".", "../a", "a/b", `a\b`, "a b", "a_20b", "index", "_69ndex", "CON:", "a%2Fb", "a.b", "a?b#c", "",
	} {
		name := page.GuideFile(id)
		if id != "" && !plain.MatchString(name) || name == "index.html" {
			t.Errorf("%q is written to %q", id, name)
		}
		if other, twice := seen[name]; twice {
			t.Errorf("%q and %q share %q", id, other, name)
		}
		seen[name] = id
	}
}

// TestIndex checks that each item stands in the index with a link to its guide.
func TestIndex(t *testing.T) {
	t.Parallel()
	a, b := guide(), guide()
	b.Item.ID, b.Item.Title, b.Item.Department = "绵阳 2", "展会<补助>", "市商务局"
	var out strings.Builder
	if err := (&page.Index{Site: "样例", Night: "2026-06-16", Guides: []*page.Guide{a, b}}).Write(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"市级（2）", `href="P-1.html"`, "展会&lt;补助&gt;", "市商务局 1", "2 个事项，今天在办 2 个；2 个的指南还有未填写的项"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in the index", want)
		}
	}
}
