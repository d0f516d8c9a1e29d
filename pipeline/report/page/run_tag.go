package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"zhida/pipeline/report"
	"zhida/pipeline/report/chart"
)

// tagClass is the tags of one class, the least known first.
type tagClass struct {
	Class   string
	Tags    []tagRow
	Yes     int64
	Unknown int64
	Share   string
}

type tagRow struct {
	report.Tag
	No    int64
	Share string // known
	Bar   template.HTML
}

// worstSource is a dataset by what the tags that read it do not know.
type worstSource struct {
	Title   string
	Owner   string
	Tags    int
	Unknown int64
	Share   string
	Bar     template.HTML
}

func (v *runView) tags() {
	living := v.S.Living
	for _, t := range v.S.ByTag {
		i := slices.IndexFunc(v.Classes, func(c tagClass) bool { return c.Class == t.Class })
		if i < 0 {
			i = len(v.Classes)
			v.Classes = append(v.Classes, tagClass{Class: t.Class})
		}
		no := max(0, living-t.Yes-t.Unknown)
		c := &v.Classes[i]
		c.Tags = append(c.Tags, tagRow{t, no, percent(living-t.Unknown, living), chart.Stack(
			fmt.Sprintf("%s：是 %s，否 %s，不知道 %s", t.Name, Group(t.Yes), Group(no), Group(t.Unknown)), living,
			chart.Part{Colour: chart.Good, N: t.Yes}, chart.Part{Colour: chart.Soft, N: no}, chart.Part{Colour: chart.Blank, N: t.Unknown})})
		c.Yes += t.Yes
		c.Unknown += t.Unknown
	}
	for i := range v.Classes {
		c := &v.Classes[i]
		c.Share = percent(living*int64(len(c.Tags))-c.Unknown, living*int64(len(c.Tags)))
		slices.SortStableFunc(c.Tags, func(a, b tagRow) int { return cmp.Or(cmp.Compare(b.Unknown, a.Unknown), cmp.Compare(b.Yes, a.Yes)) })
	}
	v.worst()
}

// worst names the datasets whose absence leaves most tags unknown, at most six.
func (v *runView) worst() {
	unknown, tags := map[string]int64{}, map[string]int{}
	for _, t := range v.S.ByTag {
		for _, source := range v.Sources[t.Name] {
			unknown[source] += t.Unknown
			tags[source]++
		}
	}
	most := int64(0)
	for _, d := range v.Datasets {
		if unknown[d.Name] == 0 {
			continue
		}
		all := v.S.Living * int64(tags[d.Name])
		most = max(most, unknown[d.Name])
		v.Worst = append(v.Worst, worstSource{Title: d.Title, Owner: d.Owner, Tags: tags[d.Name], Unknown: unknown[d.Name], Share: percent(unknown[d.Name], all)})
	}
	slices.SortStableFunc(v.Worst, func(a, b worstSource) int { return cmp.Compare(b.Unknown, a.Unknown) })
	v.Worst = v.Worst[:min(len(v.Worst), 6)]
	for i := range v.Worst {
		w := &v.Worst[i]
		w.Bar = chart.Stack(fmt.Sprintf("%s：%s 个判定不知道", w.Title, Group(w.Unknown)), most, chart.Part{Colour: chart.Blank, N: w.Unknown})
	}
}
