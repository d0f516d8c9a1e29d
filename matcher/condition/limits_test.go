package condition

import (
	"slices"
	"strings"
	"testing"

	"zhida/schemas"
)

// TestLimits: what is too long or too deep is a fault that says so, once.
func TestLimits(t *testing.T) {
	t.Parallel()
	many := func(n int, text string) string { return strings.Repeat(text, n) }
	const deep = "条件套得太深，最多 200 层"
	tests := []struct{ name, text, want string }{
		{"size", many(maxBytes, "x") + "x", "条件太长：65537 字节，最多 65536 字节"},
		{"brackets", many(300, "(") + "是否上市" + many(300, ")"), deep},
		{"not", many(300, "非 ") + "是否上市", deep},
		{"not and brackets", many(150, "非 (") + "是否上市" + many(150, ")"), deep},
		{"minus", "营业收入 >= " + many(300, "-") + "1", deep},
		{"periods", "成立日期" + many(300, " + 1天") + " <= 今天", deep},
		{"rows", many(300, "有 资质(") + many(300, ")"), deep},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, faults := Compile(schemas.Text{Text: test.text}, environment())
			if !slices.ContainsFunc(faults, func(f schemas.Fault) bool { return f.Message == test.want }) || len(faults) > 2 {
				t.Errorf("%d faults, the first %s", len(faults), faults[0].Message)
			}
		})
	}
	shallow := many(90, "非 (") + "是否上市" + many(90, ")")
	if _, faults := Compile(schemas.Text{Text: shallow}, environment()); len(faults) > 0 {
		t.Errorf("90 levels: %v", faults)
	}
}

// TestHostile: the longest texts that repeat one thing are read to the end, and none takes the time of a night.
func TestHostile(t *testing.T) {
	t.Parallel()
	env := environment()
	for _, piece := range []string{
		"(", ")", "[", "]", "非 ", "且 ", "或 ", "甲 ", "甲 且 ", "甲 或 乙 且 ", "(甲 或 乙 且 ", "有 资质(", "标签 ", "营业收入 >= ", "1", "1 ", "1年",
		"2,000", "\"", "“", "+ 1年 ", "-", "行业 属于 [", "C, ", "行业 属于 [C13..C43] 且 ", "行业 属于 3911..3999 且 行业 属于 01..97 且 ", "注册地 属于 510703..510799 且 ", "、", "$", "$ ", "\xff",
		"非标签", "营业收入营业收入 且 ", "..", "求和 ", "求和 ( ", "已知(", "\n", "是否上市\n且 ",
	} {
		t.Run(piece, func(t *testing.T) {
			t.Parallel()
			text := strings.Repeat(piece, maxBytes/len(piece))
			x, faults := Compile(schemas.Text{Text: text}, env)
			if x != nil || len(faults) == 0 {
				t.Errorf("%q is a condition", piece)
			}
		})
	}
}
