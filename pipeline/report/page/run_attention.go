package page

import (
	"fmt"
	"strings"
)

// attention is something a person has to look at today.
type attention struct {
	Grave bool
	Text  string
	Where string // anchor of the section with the details
}

func (v *runView) attention() {
	s := v.S
	add := func(grave bool, where, text string, args ...any) {
		v.Attention = append(v.Attention, attention{grave, fmt.Sprintf(text, args...), where})
	}
	if n := len(s.Problems); n > 0 {
		add(true, "problems", "有 %d 个问题：数据源没读到、文件没读完或代码变更对不上，原文见“问题”", n)
	}
	var held, over, soon, short []string
	for _, f := range v.Fresh {
		switch {
		case !f.Held.IsZero():
			held = append(held, fmt.Sprintf("%s（%s，%s 的记录）", f.Title, f.Owner, f.Held))
		case f.Level == 2:
			over = append(over, f.Title+"（"+f.Owner+"）")
		case f.Level == 1:
			soon = append(soon, f.Title+"（"+f.Owner+"）")
		}
	}
	for _, d := range s.Deliveries {
		if len(d.Missing) > 0 {
			short = append(short, fmt.Sprintf("%s 没有 %s", d.File, strings.Join(d.Missing, "、")))
		}
	}
	if len(held) > 0 {
		add(true, "fresh", "被扣住、沿用旧记录：%s。原因见“问题”：请部门重交，或核实后用 zhida release 放行", cut(held, 5))
	}
	if len(over) > 0 {
		add(true, "fresh", "数据已过期或还没有全量，相关判定成为“不知道”：%s。请催交付", cut(over, 5))
	}
	if s.RowsRejected > 0 {
		var files []string
		for _, d := range s.Deliveries {
			if d.Rejected > 0 {
				files = append(files, fmt.Sprintf("%s %s 行", d.File, Group(d.Rejected)))
			}
		}
		add(s.RowsRejected*100 > s.RowsRead, "faults", "拒收 %s 行（%s）：%s。用 zhida export rejects 导出，退回部门更正", Group(s.RowsRejected),
			percent(s.RowsRejected, s.RowsRead), cut(files, 5))
	}
	if len(short) > 0 {
		add(false, "arrivals", "有文件缺列，相应指标不知道：%s", cut(short, 4))
	}
	if len(soon) > 0 {
		add(false, "fresh", "快到保鲜期：%s", cut(soon, 5))
	}
	if s.RowsWaiting > 0 {
		add(false, "changes", "%s 行在等待登记，其中 %s 行的代码不是统一社会信用代码", Group(s.RowsWaiting), Group(s.RowsUnplaced))
	}
	if len(v.Idle) > 0 {
		var titles []string
		for _, it := range v.Idle {
			titles = append(titles, it.Title)
		}
		add(false, "idle", "%s 个在办事项没有一户符合：%s", Group(int64(v.IdleAll)), strings.Join(titles[:min(len(titles), 4)], "、"))
	}
	v.Verdict = v.verdict()
}

// verdict is the night in one line.
func (v *runView) verdict() string {
	s, grave := v.S, 0
	for _, a := range v.Attention {
		if a.Grave {
			grave++
		}
	}
	head := "已发布。"
	switch {
	case s.Backfill:
		head = "补跑的批次，已发布，不告知任何企业。"
	case s.Baseline:
		head = "首夜，已发布。现在符合的记为基线，不告知任何企业。"
	}
	switch n := len(v.Attention); {
	case n == 0:
		return head + "没有要处理的事。"
	case grave == 0:
		return head + fmt.Sprintf("没有急事，有 %d 件事可以看看。", n)
	default:
		return head + fmt.Sprintf("今天有 %d 件事要处理，另有 %d 件可以看看。", grave, n-grave)
	}
}
