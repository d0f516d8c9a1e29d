package schemas

import (
	"errors"
	"fmt"
	"testing"
)

func TestFaultString(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		fault Fault
		want  string
	}{
		{
			"in a Chinese line",
			Fault{File: "policies/a.yaml", Line: 12, Column: 5, Width: 2, Source: "规模 且营收 >= 2000万", Message: "没有名为“营收”的指标", Suggestion: "营业收入"},
			"policies/a.yaml:12:5: 没有名为“营收”的指标\n" +
				"  规模 且营收 >= 2000万\n" +
				"         ^^^^\n" +
				"  建议：营业收入",
		},
		{
			"narrow and wide under the caret",
			Fault{File: "tags.yaml", Line: 3, Column: 3, Width: 4, Source: "\t a万元b", Message: "x"},
			"tags.yaml:3:3: x\n    a万元b\n    ^^^^^^",
		},
		{
			"at the end of the line",
			Fault{Line: 1, Column: 4, Width: 1, Source: "行业 ", Message: "条件没有写完"},
			"1:4: 条件没有写完\n  行业\n       ^",
		},
		{
			"no width",
			Fault{Line: 1, Column: 1, Source: "abc", Message: "m"},
			"1:1: m\n  abc\n  ^",
		},
		{"whole file", Fault{File: "zhida.yaml", Message: "找不到文件", Suggestion: "运行 zhida init"}, "zhida.yaml: 找不到文件\n  建议：运行 zhida init"},
		{
			"in a cell",
			Fault{
				File: "高新.xlsx", Cell: Cell{Sheet: "事项", Row: 12, Column: 29}, Line: 2, Column: 3, Width: 2,
				Source: "且 营收 >= 2000万", Message: "没有名为“营收”的指标", Suggestion: "营业收入",
			},
			"高新.xlsx 工作表“事项”单元格 AC12: 没有名为“营收”的指标\n  且 营收 >= 2000万\n     ^^^^\n  建议：营业收入",
		},
		{"a row", Fault{File: "a.xlsx", Cell: Cell{Sheet: "事项", Row: 3}, Message: "m"}, "a.xlsx 工作表“事项”第 3 行: m"},
		{"a sheet", Fault{File: "a.xlsx", Cell: Cell{Sheet: "事项"}, Message: "m"}, "a.xlsx 工作表“事项”: m"},
		{"no place", Fault{Message: "条件为空"}, "条件为空"},
	} {
		if got := tc.fault.String(); got != tc.want {
			t.Errorf("%s:\n%s\nwant:\n%s", tc.name, got, tc.want)
		}
	}
}

func TestFaultsAreAnError(t *testing.T) {
	t.Parallel()
	if err := (Faults{}).Err(); err != nil {
		t.Errorf("no faults are an error: %v", err)
	}
	err := fmt.Errorf("check workspace: %w", Faults{{Message: "a"}, {Message: "b"}}.Err())
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 2 {
		t.Errorf("the faults are lost in %v", err)
	}
	if got, want := err.Error(), "check workspace: a\nb"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFaultsSort(t *testing.T) {
	t.Parallel()
	fs := Faults{{File: "b", Line: 1}, {File: "a", Line: 2, Column: 3, Message: "2"}, {File: "a", Line: 2, Column: 1}, {File: "a"}, {File: "a", Line: 2, Column: 3, Message: "1"}}
	fs.Sort()
	got := ""
	for _, f := range fs {
		got += fmt.Sprintf("%s%d.%d%s ", f.File, f.Line, f.Column, f.Message)
	}
	if want := "a0.0 a2.1 a2.31 a2.32 b1.0 "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	names := []string{"注册地", "注册资本", "营业收入", "营业收入增长率", "研发费用", "从业人数", "成立日期", "registration", "qualification"}
	for _, tc := range []struct{ word, want string }{
		{"营收", "营业收入"},
		{"营业收人", "营业收入"},
		{"营业收入", "营业收入"},
		{"从业人员数", "从业人数"},
		{"研发经费", "研发费用"},
		{"注册地址", "注册地"},
		{"成立日", "成立日期"},
		{"registraton", "registration"},
		{"regsitration", "registration"},
		{"发明专利数", ""},
		{"x", ""},
		{"", ""},
	} {
		if got := Near(tc.word, names); got != tc.want {
			t.Errorf("Near(%q) = %q, want %q", tc.word, got, tc.want)
		}
	}
}
