package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"zhida/pipeline/report"
	"zhida/pipeline/report/chart"
)

// itemRow is an item.
type itemRow struct {
	report.Item
	State  string
	Guide  string // its guide's address; "": none
	Anchor string
	N      int64 // what a top list is ordered by
	Bar    template.HTML
}

// topList is the first items in one order.
type topList struct {
	Title string
	Of    string
	Rows  []itemRow
}

// How many rows the lists of items have; the table below has them all.
const (
	topLength = 8
	mostIdle  = 40
)

func (v *runView) items() {
	for _, it := range v.S.ByItem {
		row := itemRow{Item: it, State: whyWord(it.Why), Anchor: anchor(it.ID)}
		if v.Guides && !it.Gone {
			row.Guide = "guides/" + GuideFile(it.ID)
		}
		v.Items = append(v.Items, row)
		if it.Pushed && it.Sure == 0 {
			v.Idle = append(v.Idle, row)
		}
	}
	v.IdleAll, v.Idle = len(v.Idle), v.Idle[:min(len(v.Idle), mostIdle)]
	v.top("符合最多", "sure", func(it *report.Item) int64 { return it.Sure })
	v.top("今晚新符合最多", "entered", func(it *report.Item) int64 { return it.Entered })
	v.top("待补充最多", "needs_facts", func(it *report.Item) int64 { return it.NeedsFacts })
}

func (v *runView) top(title, of string, by func(*report.Item) int64) {
	var rows []itemRow
	for _, row := range v.Items {
		if row.N = by(&row.Item); row.N > 0 {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b itemRow) int { return cmp.Compare(b.N, a.N) })
	rows = rows[:min(len(rows), topLength)]
	for i := range rows {
		rows[i].Bar = chart.Bar(fmt.Sprintf("%s：%s", rows[i].Title, Group(rows[i].N)), rows[i].N, rows[0].N)
	}
	v.Tops = append(v.Tops, topList{title, of, rows})
}
