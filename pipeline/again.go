package pipeline

import (
	"path"

	"zhida/pipeline/store"
)

// again finds the deliveries that bring what one of the last night brought, byte for byte and read by the same rules: what
// the map made of that is taken over, by arrival number. Departments deliver whole lists again and again.
func (n *Night) again(b *beginning) map[int64]*MapOutput {
	out := map[int64]*MapOutput{}
	if b.plan.Afresh || b.before.Definitions != b.plan.Definitions || !n.routedAlike(b) {
		return out
	}
	for _, d := range b.plan.Deliveries {
		for _, last := range b.before.Deliveries {
			if last.brings(&d.Delivery) && n.formatOf(&d) == n.Options(last.Source, last.Name) && n.holdsRuns(&last.Map) {
				made := last.Map
				made.Report.Seq, made.Report.File = d.Seq, d.Name
				out[d.Seq] = &made
			}
		}
	}
	return out
}

// brings reports whether two deliveries are the same rows of the same scope. The year is compared as codes of regions are
// read as of it.
func (d *Delivery) brings(o *Delivery) bool {
	year, _, _ := d.Date.YMD()
	other, _, _ := o.Date.YMD()
	return d.Sum == o.Sum && d.Dataset == o.Dataset && d.Source == o.Source && d.Mode == o.Mode && d.Scope == o.Scope && year == other &&
		path.Ext(d.Name) == path.Ext(o.Name)
}

// routedAlike reports whether tonight's maps sort rows by the crosswalk that the last night's sorted by.
func (n *Night) routedAlike(b *beginning) bool {
	var before *store.Ref
	if b.before.Predecessor != "" {
		m, err := n.LoadManifest(b.before.Predecessor)
		if err != nil {
			return false // it is gone: nothing is known of it
		}
		before = m.Crosswalk
	}
	return before == nil && b.before.Crosswalk == nil || before != nil && b.before.Crosswalk != nil && *before == *b.before.Crosswalk
}

// holdsRuns reports whether all that a map made is still there.
func (n *Night) holdsRuns(m *MapOutput) bool {
	refs := []*store.Ref{m.Rejects, m.Doubts}
	for i := range m.Runs {
		refs = append(refs, &m.Runs[i].Rows, m.Runs[i].Sealed)
	}
	for _, ref := range refs {
		if ref != nil && !n.Store.Has(*ref) {
			return false
		}
	}
	return true
}
