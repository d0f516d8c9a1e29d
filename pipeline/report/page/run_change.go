package page

import (
	"fmt"
	"html/template"

	"zhida/pipeline/report"
	"zhida/pipeline/report/chart"
	"zhida/schemas"
)

// changeRow is the changes of one cause.
type changeRow struct {
	report.Change
	Words    string
	EnterBar template.HTML
	LeaveBar template.HTML
}

// appliedRow is what tonight's rows did to a dataset.
type appliedRow struct {
	report.Dataset
	Title string
	Bar   template.HTML
}

func (v *runView) changes() {
	most := int64(0)
	for _, c := range v.S.Changes {
		most = max(most, c.Entered, c.Left)
	}
	for _, cause := range schemas.Causes() {
		for _, c := range v.S.Changes {
			if c.Cause != cause || c.Entered+c.Left == 0 {
				continue
			}
			v.Changes = append(v.Changes, changeRow{
				Change: c, Words: causeWord(cause),
				EnterBar: chart.Stack(fmt.Sprintf("%s：新符合 %s", cause, Group(c.Entered)), most, chart.Part{Colour: chart.Good, N: c.Entered}),
				LeaveBar: chart.Stack(fmt.Sprintf("%s：不再符合 %s", cause, Group(c.Left)), most, chart.Part{Colour: chart.Bad, N: c.Left}),
			})
		}
	}
	for _, d := range v.S.Datasets {
		if d.Inserted+d.Updated+d.Deleted+d.Confirmed+d.Superseded+d.Waiting+d.Placed+d.Duplicates == 0 {
			continue
		}
		v.Applied = append(v.Applied, appliedRow{d, v.title(d.Name), chart.Stack(
			fmt.Sprintf("%s：新增 %s，更新 %s，删除 %s", v.title(d.Name), Group(d.Inserted), Group(d.Updated), Group(d.Deleted)),
			d.Inserted+d.Updated+d.Deleted,
			chart.Part{Colour: chart.Good, N: d.Inserted}, chart.Part{Colour: chart.Other, N: d.Updated}, chart.Part{Colour: chart.Bad, N: d.Deleted})})
	}
	if last := v.last(); last != nil {
		born := v.S.Enterprises - last.Enterprises
		net := v.S.Living - last.Living
		v.Born = fmt.Sprintf("新登记 %s 户，存续净变化 %s 户，即有 %s 户注销、吊销或不再存续（恢复的已抵减）", Group(born), signed(net), Group(max(0, born-net)))
	}
}
