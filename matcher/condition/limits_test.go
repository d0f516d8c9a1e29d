package condition

import (
	"fmt"
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
		{"products", "营业收入" + many(300, " * 2") + " >= 1", deep},
		{"caps", "营业收入" + many(300, " 封顶 2") + " >= 1", deep},
		{"years", "营业收入@" + many(300, "(") + "上年" + many(300, ")") + " > 1", deep},
		{"heads", many(300, "累进 ") + "营业收入 > 1", deep},
		{"tiers", many(300, "分档(是否上市: ") + "1" + many(300, "; 其他: 2)") + " > 1", deep},
		{"parts", many(300, "至多 0 项 (") + "是否上市" + many(300, ")"), deep},
		{"entries", "至少 1 项 (是否上市" + many(300, ", 是否上市") + ")", "括号里的项太多，最多 200 项"},
		{"cases", "1 > 分档 营业收入 (" + many(300, "> 1: 1; ") + "其他: 2)", "档太多，最多 200 档"},
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
		"求和 贷款.(", "求和 贷款.金额 > 1 且 ", "至少 1 项(", "至少 1 项(是否上市, ", "分档(", "分档 营业收入(<= 1: ", "分档(是否上市: 1; 其他: 2) > 1 且 ", "计分(是否上市: 1; ",
		"累进 营业收入(1: 1%; ", "1 + ", "营业收入 * ", "2 * ", "营业收入 封顶 ", "知识产权 + ", "混合 > 1 且 ", "绕一 > 1 且 ", "参数 门槛 * ", "参数 门坎 > 1 且 ", "最大(1, ",
		"行业 属于 目录 重点产业 且 ", "行业 属于 目录 重点行业 且 ", "名称 含 [\"甲\", ", "评审 \"甲\" 且 ", "销售收入@2024 > 1 且 ", "已知(营业收入 > ", "99999999 * ",
		"求和 贷款(", "分档 (", "分档 ", "累进 ", "累进 (a) (", "计分(a: ", "至少 2 项 (", "最大(", "a@", "(a)@(",
		"a * ", "a 封顶 ", "分档 a (> 1: 1; ", "> 1: ", "a: 1; ", "分档(a 甲 乙; ", "至少 2 项 (a 甲, ", "含 [", "\"词\", ", "名称 含 \"词\" 且 ",
		"近3年度.", "近三年 ", "至少两项 (", "分档 (分档 (a) (> 1: 1; ", "2000万元以上 ", "2000 以上 ", "求和 近三年的研发费用 且 ", "a 封顶100万元 且 ", "目录 ", "评审 ",
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

// TestDerivedAreBounded: derived attributes that stand for one another double with each, and stop at the limit.
func TestDerivedAreBounded(t *testing.T) {
	t.Parallel()
	env := environment()
	define := func(name, rule string) {
		env.Derived[name] = parse(schemas.Text{Text: rule})
		env.Attributes[name] = &schemas.Attribute{Name: name}
	}
	define("甲0", "营业收入")
	for i := 1; i <= maxNested+2; i++ {
		define(fmt.Sprintf("甲%d", i), fmt.Sprintf("甲%d + 甲%d", i-1, i-1))
	}
	define("宽", "营业收入"+strings.Repeat(" + 营业收入 * 2", 150))
	define("更宽", "宽"+strings.Repeat(" + 宽", 150))
	for _, test := range []struct{ text, want string }{
		{"甲10 > 1", ""},
		{"甲18 > 1", "条件展开后太大，最多 262144 部分"},
		{"甲19 > 1", "条件展开后太大，最多 262144 部分"},
		{"甲22 > 1", "指标“甲22”的定义有错：指标套指标，超过 20 层"},
		{"更宽 > 1", ""},
		{"更宽 > 1" + strings.Repeat(" 且 更宽 > 1", 20), "条件展开后太大，最多 262144 部分"},
	} {
		_, faults := Compile(schemas.Text{Text: test.text}, env)
		got := ""
		if len(faults) > 0 {
			got = faults[0].Message
		}
		if !strings.HasSuffix(got, test.want) || (got == "") != (test.want == "") || len(faults) > 1 {
			t.Errorf("%s: %d faults, the first %q", test.text, len(faults), got)
		}
	}
}

// TestNumbersAreBounded: what is computed from literals does not grow without end.
func TestNumbersAreBounded(t *testing.T) {
	t.Parallel()
	text := "营业收入 >= 1" + strings.Repeat(" * "+strings.Repeat("9", 30), 60)
	_, faults := Compile(schemas.Text{Text: text}, environment())
	if len(faults) != 1 || faults[0].Message != "这个数太大了" {
		t.Errorf("%v", faults)
	}
}
