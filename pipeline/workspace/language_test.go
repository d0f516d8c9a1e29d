package workspace

import (
	"slices"
	"testing"

	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// TestLanguage looks at what the whole language's keys become.
func TestLanguage(t *testing.T) {
	t.Parallel()
	w, err := load(overlay(base(t), archives(t, "testdata/good/language.txtar")["language"]), builtin())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		yearly, stored bool
		kind           schemas.Type
	}{
		"注册地":     {false, true, schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}},
		"营业收入":    {true, false, schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitYuan}},
		"研发强度":    {true, false, schemas.Type{Kind: schemas.KindNumber}},
		"营业收入增长率": {true, false, schemas.Type{Kind: schemas.KindNumber}},
		"三年研发":    {false, false, schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitYuan}},
		"首次认定日期":  {false, false, schemas.Type{Kind: schemas.KindDate}},
	} {
		a := w.Env.Attributes[name]
		if a.Yearly != want.yearly || profile.IsStored(a) != want.stored || a.Type.Kind != want.kind.Kind || a.Type.Unit != want.kind.Unit {
			t.Errorf("%s is yearly %v, stored %v, of type %+v; want %+v", name, a.Yearly, profile.IsStored(a), a.Type, want)
		}
	}
	if got := w.Env.Catalogs["装备制造"].Members; slices.Contains(got, "C391") || !slices.Contains(got, "C3912") || slices.Contains(got, "C37") || !slices.Contains(got, "C371") {
		t.Errorf("装备制造 has the members %q", got)
	}
	if got := w.Env.Catalogs["好词"].Members; !slices.Equal(got, []string{"节能", "环保"}) {
		t.Errorf("好词 has the members %q", got)
	}
	checkItems(t, w)
}

func checkItems(t *testing.T, w *Workspace) {
	t.Helper()
	want := `注册地 属于 目录 主城 且 标签 存续 且 研发强度@上年 >= 3%
  且 行业 属于 目录 装备制造 且 成立日期 <= 申报截止
  且 评审 "技术水平达到\"国内领先\"，有完整的研发团队" 且 承诺 "三年内不迁出"`
	if got := condition.Format(w.Conditions["P2-1"].Node()); got != want {
		t.Errorf("the condition of P2-1 is\n%s\nwant\n%s", got, want)
	}
	if clauses, items := w.Uncoded(); clauses != 2 || items != 1 {
		t.Errorf("%d clauses, %d items are not encoded; want 2, 1", clauses, items)
	}
	if len(w.Benefits) != 2 || w.Benefits["P1-1"] != nil {
		t.Errorf("%d benefits", len(w.Benefits))
	}
	if n := len(w.Preferences["P2-1"]); n != 3 {
		t.Errorf("P2-1 has %d preferences, want 3", n)
	}
	for _, item := range w.Items() {
		if item.ID != "P2-1" {
			continue
		}
		var orders []schemas.Order
		for _, p := range item.Prefer {
			orders = append(orders, p.Order)
		}
		if !slices.Equal(orders, []schemas.Order{schemas.Descending, schemas.Ascending, schemas.Ascending}) {
			t.Errorf("preferences in the orders %q", orders)
		}
		if item.Once != schemas.OncePerYear || item.Review != schemas.ReviewPush || item.Exclusive.Group != "研发" || item.Attainable["注册地"] {
			t.Errorf("item %+v", item)
		}
		if env := w.Envs[item.ID]; env.Window != item.Window || !env.Item {
			t.Errorf("its environment has the window %v", env.Window)
		}
	}
	if got := condition.ValueKey(w.Benefits["P2-1"]); got == "" || w.Envs["P2-1"].Params["上限"] == w.Env.Params["上限"] {
		t.Errorf("the policy's 上限 does not hide the site's: %s", got)
	}
}
