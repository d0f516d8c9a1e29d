package page

import (
	"io"
	"strings"
)

// Held is what the page of a night says that published nothing.
type Held struct {
	Site    string
	Night   string
	Date    string
	Failed  bool     // it ended with an error; else it was held before it did harm
	Reasons []string // as the command line says them
	Last    string   // the last published night; "": none
}

// Write writes the page.
func (h *Held) Write(w io.Writer) error { return render(w, "held.html", h) }

// Advice is what to do about a reason, as far as its kind is known by its words.
func (h *Held) Advice(reason string) string {
	switch {
	case strings.HasPrefix(reason, "delivery ") && strings.Contains(reason, "full delivery without a row"):
		return "全量文件一行都没有，照做会清空整个数据类。请交付部门核实：文件导错了就更正后重新放入；名单真的空了，用增量逐行删除。"
	case strings.HasPrefix(reason, "delivery "):
		return "这份文件读不了或与数据类的定义不符。请交付部门更正后，用同名文件替换（或先撤走），再运行同一命令。其他文件不受影响，不用重交。"
	case strings.HasPrefix(reason, "dataset ") && strings.Contains(reason, "is held by"):
		return "有人手工扣住了这类数据，它又没有写 held: keep。交付换好以后，按原文里的 zhida release 放开，再运行同一命令。"
	case strings.HasPrefix(reason, "gate "):
		return "交付的数字不对劲，照用会出错的名单。请交付部门核实：交错了就重新交付；确实如此的，按原文里的 zhida release 放行。然后运行同一命令。"
	case strings.HasPrefix(reason, "the status of no enterprise"):
		return "没有一户的登记状态能识别，照做会把注销的也当作存续。核对登记数据的状态列和 datasets 里的取值写法。"
	case strings.HasPrefix(reason, "the first night is the baseline, and some sources failed"):
		return "首夜是基线，缺了数据的基线会让以后误推。先恢复数据源，再运行首夜。"
	case strings.HasPrefix(reason, "the first night is the baseline, and no enterprise"):
		return "首夜没有一户登记数据。先确认登记文件已放入数据源、文件名符合 zhida.yaml 里的写法。"
	case strings.Contains(reason, "damaged"), strings.Contains(reason, "is missing"):
		return "存储中的文件损坏或缺失。按提示从最早的批次起重新运行，各批次会补回自己的文件；反复出现请检查磁盘。"
	case strings.Contains(reason, "no space left"):
		return "磁盘满了。腾出空间后运行同一命令，从中断处继续。"
	}
	return "按原文处理后运行同一命令；看不明白时把这一页和日志一起转给技术支持。"
}
