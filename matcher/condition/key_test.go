package condition

import (
	"testing"

	"zhida/schemas"
)

// TestKey: conditions that ask the same have one key, and others have another.
func TestKey(t *testing.T) {
	t.Parallel()
	env := environment()
	key := func(text string) string {
		x, faults := Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatalf("%s", faults.Error())
		}
		return Key(x)
	}
	same := [][2]string{
		{`是否上市 且 营业收入 >= 1`, `营业收入 >= 1 且 是否上市`},
		{`是否上市 且 是否上市`, `是否上市`},
		{`营业收入 >= 2000万`, `0.2亿元 <= 营业收入`},
		{`营业收入 = 研发费用`, `研发费用 = 营业收入`},
		{`行业 属于 [C, A]`, `行业 属于 [A, C]`},
		{`行业 属于 C13..C15`, `行业 属于 [C15, C14, C13]`},
		{`从业人数 在 1..5 且 是否上市`, `从业人数 >= 1 且 是否上市 且 从业人数 <= 5`},
		{`成立年限 >= 1年`, `成立日期 + 1年 <= 今天`},
		{`成立日期 + 12月 <= 今天 或 是否上市`, `是否上市 = 是 或 成立日期 + 12月 <= 今天`},
	}
	for _, pair := range same {
		if a, b := key(pair[0]), key(pair[1]); a != b {
			t.Errorf("%s: %s\n%s: %s", pair[0], a, pair[1], b)
		}
	}
	different := []string{
		`营业收入 >= 1`, `营业收入 > 1`, `营业收入 <= 1`, `营业收入 = 1`, `营业收入 >= 2`, `研发费用 >= 1`, `营业收入 >= 研发费用`, `研发费用 >= 营业收入`,
		`是否上市 且 营业收入 >= 1`, `是否上市 或 营业收入 >= 1`, `非 是否上市`, `是否上市`, `是否上市 = 否`, `标签 高新技术企业`,
		`已知(营业收入)`, `已知(成立日期)`, `有 资质`, `有 失信`, `有 资质(有效)`, `每 资质(有效)`, `有 资质(认定日期 <= 今天)`, `核准日期 <= 今天`,
		`行业 属于 C`, `行业 属于 C 除 C13`, `行业 属于 C13`, `规模 属于 小型`, `规模 = "小型"`, `名称 = "小型"`, `名称 = "是否上市"`,
		`成立日期 + 12月 <= 今天`, `成立日期 + 1年 <= 今天`, `成立日期 <= 今天 - 1年`, `成立日期 + 365天 <= 今天`,
	}
	seen := map[string]string{}
	for _, text := range different {
		k := key(text)
		if other, ok := seen[k]; ok {
			t.Errorf("%s and %s have the key %s", text, other, k)
		}
		seen[k] = text
	}
}

// TestKeyTellsScopesApart: an attribute and a field may have one name.
func TestKeyTellsScopesApart(t *testing.T) {
	t.Parallel()
	d := &schemas.Dataset{Name: "d"}
	if ValueKey(Column{Name: "甲"}) == ValueKey(Column{Name: "甲", Dataset: d}) {
		t.Error("attribute and field have one key")
	}
}

func TestTests(t *testing.T) {
	t.Parallel()
	x, faults := Compile(schemas.Text{Text: `行业 不属于 C 且 (行业 属于 C 或 规模 != "小型") 且 从业人数 在 1..5 且 非 有 资质(有效 且 得分 > 1)`}, environment())
	if len(faults) > 0 {
		t.Fatal(faults.Error())
	}
	var got []string
	for _, test := range Tests(x) {
		got = append(got, Format(test.Node()))
	}
	want := []string{"行业 属于 C", `规模 = "小型"`, "从业人数 >= 1", "从业人数 <= 5", "有 资质(有效 且 得分 > 1)"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("test %d: %s, want %s", i, got[i], want[i])
		}
	}
	if Tests(nil) != nil {
		t.Error("no condition has tests")
	}
}
