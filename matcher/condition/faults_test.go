package condition

import (
	"strings"
	"testing"

	"zhida/schemas"
)

// TestPlaces: a fault points into the file the text stands in, whatever line and column the text begins at.
func TestPlaces(t *testing.T) {
	t.Parallel()
	const file = `id: a
condition: |
  营业收人 >= 2000万
    且 标签 高新企业 且 (从业人数
scope: 注册地 = 510700
`
	lines := strings.Split(file, "\n")
	at := func(line, column int) schemas.Position {
		return schemas.Position{Line: line, Column: column, Source: lines[line-1]}
	}
	tests := []struct {
		name string
		text schemas.Text
		want string
	}{
		{"block", schemas.Text{
			Text:  "营业收人 >= 2000万\n  且 标签 高新企业 且 (从业人数\n",
			Place: schemas.Place{File: "a.yaml", Lines: []schemas.Position{at(3, 3), at(4, 3)}},
		}, `a.yaml:3:3: 没有叫“营业收人”的指标
    营业收人 >= 2000万
    ^^^^^^^^
  建议：写成 营业收入
a.yaml:4:10: 没有叫“高新企业”的标签
      且 标签 高新企业 且 (从业人数
              ^^^^^^^^
  建议：写成 标签 高新技术企业
a.yaml:4:17: “(”没有配对的“)”
      且 标签 高新企业 且 (从业人数
                          ^
  建议：在这一部分的末尾补上“)”
a.yaml:4:18: “从业人数”是数值，还要和一个值比较
      且 标签 高新企业 且 (从业人数
                           ^^^^^^^^
  建议：例如 从业人数 >= 100人`},
		{"value", schemas.Text{
			Text:  "注册地 = 510700",
			Place: schemas.Place{File: "a.yaml", Lines: []schemas.Position{at(5, 8)}},
		}, `a.yaml:5:8: “注册地”是代码，要用“属于”或“不属于”，不能用“=”
  scope: 注册地 = 510700
         ^^^^^^^^^^^^^^^
  建议：写成 注册地 属于 510700`},
		{"more lines than the file says", schemas.Text{
			Text:  "营业收入 >= 1\n且 营收 >= 2",
			Place: schemas.Place{File: "a.yaml", Lines: []schemas.Position{at(3, 3)}},
		}, `a.yaml:3:3: 没有叫“营收”的指标
  且 营收 >= 2
     ^^^^
  建议：写成 营业收入`},
		{"no file", schemas.Text{Text: "营业收入 >= 1\r\n且 营收 >= 2\r\n"}, `2:3: 没有叫“营收”的指标
  且 营收 >= 2
     ^^^^
  建议：写成 营业收入`},
		{"over two lines", schemas.Text{Text: "非 (注册地\n  = 510700)"}, `1:4: “注册地”是代码，要用“属于”或“不属于”，不能用“=”
  非 (注册地
      ^^^^^^
  建议：写成 注册地 属于 510700`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, faults := Compile(test.text, environment())
			if got := faults.Error(); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestBrokenBytes: bytes that are no UTF-8 are told where they stand, inside strings too.
func TestBrokenBytes(t *testing.T) {
	t.Parallel()
	_, faults := Compile(schemas.Text{Text: "营业收入 >= \xff\xfe2000万 且 名称 = \"甲\xff\""}, environment())
	if len(faults) != 2 || faults[0].Column != 9 || faults[0].Width != 2 || faults[1].Column != 26 || faults[1].Width != 1 {
		t.Errorf("%+v", faults)
	}
}
