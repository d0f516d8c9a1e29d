package page

import (
	"cmp"
	"html/template"
	"maps"
	"slices"

	"zhida/pipeline/report/chart"
)

// faultRow is one reason for which rows of a delivery were rejected or flagged.
type faultRow struct {
	Seq      int64
	File     string
	Title    string
	Rejected bool
	Kind     string // reasons or flags, as in summary.json
	Key      string
	Words    string
	N, Of    int64
	Bar      template.HTML
}

// faults lists reasons and flags, rejected ones first, the most frequent first.
func (v *runView) faults() {
	for _, d := range v.S.Deliveries {
		for _, part := range []struct {
			kind   string
			counts map[string]int64
		}{{"reasons", d.Reasons}, {"flags", d.Flags}} {
			for _, key := range slices.Sorted(maps.Keys(part.counts)) {
				n := part.counts[key]
				colour := chart.Warn
				if part.kind == "reasons" {
					colour = chart.Bad
				}
				words := key
				if v.Explain != nil {
					words = v.Explain(key)
				}
				v.Faults = append(v.Faults, faultRow{
					Seq: d.Seq, File: d.File, Title: v.title(d.Dataset), Rejected: part.kind == "reasons", Kind: part.kind, Key: key,
					Words: words, N: n, Of: d.Read,
					Bar: chart.Stack(words+"占本文件 "+percent(n, d.Read), d.Read, chart.Part{Colour: colour, N: n}),
				})
			}
		}
	}
	slices.SortStableFunc(v.Faults, func(a, b faultRow) int {
		return cmp.Or(compareBool(b.Rejected, a.Rejected), cmp.Compare(b.N, a.N), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Key, b.Key))
	})
}
