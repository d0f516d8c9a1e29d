package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/pipeline/gate"
	"zhida/pipeline/ledger"
	"zhida/schemas"
)

// Kept says of a dataset that it is held and the night went on: its rows are those of an earlier night, and no complete list.
type Kept struct {
	Since      schemas.Date   `json:"since"`                // of the night whose rows they are
	Deliveries []int64        `json:"deliveries,omitempty"` // that wait for the next night
	Hold       string         `json:"hold,omitempty"`       // what the operator says who holds it
	Findings   []gate.Finding `json:"findings,omitempty"`   // what gates found
}

// age says how old the rows are.
func (k *Kept) age(today schemas.Date) string {
	if days := today - k.Since; days != 1 {
		return fmt.Sprintf("%d days old", days)
	}
	return "1 day old"
}

// keeps reports whether a night goes on without a dataset that is held: its document says so, and there are rows to keep.
func (n *Night) keeps(b *beginning, dataset string) bool {
	ds := n.datasets[dataset]
	_, known := b.before.Datasets[dataset]
	return ds != nil && ds.Gates.Held == schemas.HeldKeep && known
}

// holds are the datasets that operators hold, and what they say.
func (n *Night) holds(ctx context.Context) (map[string]string, error) {
	all, err := n.Ledger.Holds(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for i := range all {
		if h := &all[i]; h.Stands() && n.datasets[h.Dataset] != nil {
			out[h.Dataset] = fmt.Sprintf("held by %s: %s", h.Who, h.Why)
		}
	}
	return out, nil
}

// heldLate are the datasets that operators have held since the night began: it has read what they hold.
func (n *Night) heldLate(ctx context.Context, b *beginning) ([]string, error) {
	holds, err := n.holds(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, dataset := range sortedKeys(holds) {
		if b.plan.Holds[dataset] == "" {
			out = append(out, fmt.Sprintf("dataset %s is %s, since this night began: run the night again", dataset, holds[dataset]))
		}
	}
	return out, nil
}

// keepHolds leaves out what operators hold, as far as the night goes on without it.
func (n *Night) keepHolds(b *beginning) {
	for dataset, hold := range b.plan.Holds {
		if n.keeps(b, dataset) {
			b.keep(dataset, nil)
			b.plan.Kept[dataset].Hold = hold
		}
	}
}

// stopped is why the night must not begin: operators hold datasets that it does not go on without.
func (b *beginning) stopped() []string {
	var out []string
	for _, dataset := range sortedKeys(b.plan.Holds) {
		if b.plan.Kept[dataset] == nil {
			out = append(out, fmt.Sprintf("dataset %s is %s; to let it go: zhida release %s --why REASON, and run the night again", dataset, b.plan.Holds[dataset], dataset))
		}
	}
	return out
}

// heldAlike reports whether the night went on without exactly what operators hold now.
func (m *Manifest) heldAlike(p *Plan) bool {
	for name, st := range m.Datasets {
		if st.Kept != nil && st.Kept.Hold != "" && p.Kept[name] == nil {
			return false
		}
	}
	for name, k := range p.Kept {
		if kept := m.Datasets[name].Kept; kept == nil || kept.Hold != k.Hold {
			return false
		}
	}
	return true
}

// keep leaves a dataset's deliveries to the next night.
func (b *beginning) keep(dataset string, findings []gate.Finding) {
	k := &Kept{Since: b.before.Date, Findings: findings}
	if before := b.before.Datasets[dataset].Kept; before != nil {
		k.Since = before.Since
	}
	for _, d := range b.plan.Deliveries {
		if d.Dataset == dataset {
			k.Deliveries = append(k.Deliveries, d.Seq)
		}
	}
	if b.plan.Kept == nil {
		b.plan.Kept = map[string]*Kept{}
	}
	b.plan.Kept[dataset] = k
}

// taken are the deliveries that the night applies.
func (p *Plan) taken(deliveries []DeliveryUse) []DeliveryUse {
	var out []DeliveryUse
	for _, d := range deliveries {
		if p.Kept[d.Dataset] == nil {
			out = append(out, d)
		}
	}
	return out
}

// deferred are the deliveries that the next night has to look at again.
func (p *Plan) deferred() []int64 {
	out := slices.Clone(p.Deferred)
	for _, k := range p.Kept {
		out = append(out, k.Deliveries...)
	}
	slices.Sort(out)
	return out
}

// states are what is known of the datasets before tonight's deliveries, and which are held tonight.
func (b *beginning) states() map[string]DatasetState {
	out := maps.Clone(b.before.Datasets)
	for name, st := range out {
		st.Kept = b.plan.Kept[name]
		out[name] = st
	}
	return out
}

// waited reports whether exactly the deliveries of held datasets among the planned are those that the night left out.
func (m *Manifest) waited(planned []PlannedDelivery) bool {
	waiting := map[string][]int64{}
	for _, d := range planned {
		if m.Datasets[d.Dataset].Kept != nil {
			waiting[d.Dataset] = append(waiting[d.Dataset], d.Seq)
		}
	}
	for name, st := range m.Datasets {
		if st.Kept != nil && !slices.Equal(st.Kept.Deliveries, waiting[name]) {
			return false
		}
	}
	return true
}

// letGo reports whether a person has since released all that held a dataset on a published night.
func (n *Night) letGo(ctx context.Context, m *Manifest) (bool, error) {
	gates, err := n.Ledger.Gates(ctx, m.Night)
	if err != nil {
		return false, err
	}
	for name, st := range m.Datasets {
		held := func(g ledger.Gate) bool { return g.Subject == name && !g.Released() }
		if st.Kept != nil && len(st.Kept.Findings) > 0 && !slices.ContainsFunc(gates, held) {
			return true, nil
		}
	}
	return false, nil
}

// releases are what people have released tonight, and on the nights whose held deliveries tonight's plan has again: the published
// revision that it replaces, and the night before.
func (n *Night) releases(ctx context.Context, b *beginning) ([]ledger.Gate, error) {
	var out []ledger.Gate
	for _, night := range []string{b.plan.Night, b.plan.Replaces, b.plan.Predecessor} {
		if night == "" {
			continue
		}
		gates, err := n.Ledger.Gates(ctx, night)
		if err != nil {
			return nil, err
		}
		for _, g := range gates {
			if g.Released() && (night != b.plan.Predecessor || b.before.Datasets[g.Subject].Kept != nil) {
				out = append(out, g)
			}
		}
	}
	return out, nil
}

// keptProblems say which datasets are held tonight, how old their rows are, and what can be done.
func (n *Night) keptProblems(b *beginning) []string {
	var out []string
	for _, name := range sortedKeys(b.plan.Kept) {
		k := b.plan.Kept[name]
		var why []string
		if k.Hold != "" {
			why = append(why, fmt.Sprintf("%s; to let it go: zhida release %s --why REASON", k.Hold, name))
		}
		for i := range k.Findings {
			f := &k.Findings[i]
			why = append(why, fmt.Sprintf("gate %s: %s; if it is right: zhida release %s %s --why REASON", f.Key(), f.Text, b.plan.Night, f.Key()))
		}
		out = append(out, fmt.Sprintf("%s is held: its rows are those of %s, %s, and no complete list: %s",
			name, k.Since, k.age(b.plan.Date), strings.Join(why, "; ")))
	}
	return out
}

// heldAny reports whether the night went on without a dataset that is held.
func (m *Manifest) heldAny() bool {
	for _, st := range m.Datasets {
		if st.Kept != nil {
			return true
		}
	}
	return false
}
