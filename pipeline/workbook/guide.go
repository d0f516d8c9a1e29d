package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// prose are the instructions, a line a row.
func prose() []string {
	return []string{
		"一个工作簿可以有任意多项政策。“政策”一行一项政策，“事项”一行一个事项，“条件”一行一条硬条件，“参数”一行一个参数。",
		"深色表头的列必须填，浅色的可以空着。列的顺序可以换，可以加自己的列（不会读）；列名不要改。",
		"只有标题也可以开始：在“政策”里写一行，在“事项”里填政策编号和标题两列，就能导入。",
		"这时编号自动编，状态是草案，兑现方式是普通，惠及方式先按奖补；标题作为一条还没有写成条件的条款，由人评审。",
		"条件有两种写法，不能同时用：整个写在“事项”的“申报条件”里；",
		"或者在“条件”里一行一条，写条款原文，旁边写条件，还没有写成条件的空着。",
		"条件的例子：行业 属于 C 且 注册资本 <= 1000万元 且 成立日期 + 5年 >= 今天。“且”和“或”混用时要加括号。",
		"导入：zhida import 文件.xlsx。所有的错一次列出，写明工作表和单元格；有一处错就什么也不写。",
		"导出：zhida export policies -o 文件.xlsx。以后在导出的工作簿上接着改，不会丢东西。",
	}
}

// guide writes the sheet 说明: the instructions, then every column with its words.
func (w *writer) guide() error {
	if _, err := w.file.NewSheet(guideName); err != nil {
		return err
	}
	if err := w.forPrint(guideName); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(guideName)
	if err != nil {
		return err
	}
	for i, width := range []float64{10, 14, 8, 62, 44} {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	row := 1
	write := func(height float64, style int, texts ...string) error {
		cells := make([]any, len(texts))
		for i, text := range texts {
			cells[i] = excelize.Cell{StyleID: style, Value: text}
		}
		at := fmt.Sprintf("A%d", row)
		row++
		return stream.SetRow(at, cells, excelize.RowOpts{Height: height})
	}
	if err := write(24, w.style.heading, "政策工作簿填写说明"); err != nil {
		return err
	}
	for _, text := range prose() {
		if err := write(lineHeight+4, w.style.prose, text); err != nil {
			return err
		}
	}
	row++
	if err := write(24, w.style.required, "工作表", "列", "必填", "写什么", "可选的词"); err != nil {
		return err
	}
	for _, line := range columnLines() {
		tall := float64(lineHeight * (1 + letters(line[3])/62))
		if err := write(tall, w.style.text, line...); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// columnLines describe all columns of all sheets.
func columnLines() [][]string {
	out := describe(policySheet())
	out = append(out, describe(itemSheet())...)
	out = append(out, describe(gateSheet())...)
	return append(out, describe(paramSheet())...)
}

func describe[T any](s sheet[T]) [][]string {
	var out [][]string
	for _, c := range s.columns {
		need := ""
		if c.need {
			need = "必填"
		}
		out = append(out, []string{s.name, c.title, need, c.note, strings.Join(c.shown(), " · ")})
	}
	return out
}
