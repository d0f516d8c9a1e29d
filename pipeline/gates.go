package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"zhida/pipeline/gate"
	"zhida/pipeline/ledger"
	"zhida/schemas"
)

// gates asks the gates of the datasets about what a night has become, before anybody sees it. It returns why the night must
// not go on, apart from what a person has released, and what is only told.
func (n *Night) gates(ctx context.Context, m *Manifest, b *beginning, deliveries []DeliveryUse, reduced []ReduceOutput) (reasons, warnings []string, err error) {
	found, warnings, err := n.asked(ctx, m, b, deliveries, reduced)
	if err != nil {
		return nil, nil, err
	}
	if err := n.Ledger.HoldAtGates(ctx, m.Night, found); err != nil {
		return nil, nil, err
	}
	reasons, released, err := n.noted(ctx, m.Night)
	return reasons, append(warnings, released...), err
}

// asked is what the gates find: what must be looked at, and what is only told.
func (n *Night) asked(ctx context.Context, m *Manifest, b *beginning, deliveries []DeliveryUse, reduced []ReduceOutput) (found []ledger.Gate, warnings []string, err error) {
	newest, err := n.newest(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range n.findings(m, b, deliveries, reduced, newest) {
		if f.Level == schemas.GateWarn {
			warnings = append(warnings, f.Text)
			continue
		}
		found = append(found, ledger.Gate{Night: m.Night, Gate: f.Gate, Subject: f.Subject, Finding: f.Text})
	}
	return found, warnings, nil
}

// noted is what the ledger knows of what gates found on a night: what waits for a person, and what was released.
func (n *Night) noted(ctx context.Context, night string) (reasons, released []string, err error) {
	noted, err := n.Ledger.Gates(ctx, night)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range noted {
		if g.Released() {
			released = append(released, fmt.Sprintf("%s (released by %s: %s)", g.Finding, g.Who, g.Why))
			continue
		}
		reasons = append(reasons, fmt.Sprintf("gate %s: %s; if it is right: zhida release %s %s --why REASON, and run the night again",
			g.Key(), g.Finding, night, g.Key()))
	}
	return reasons, released, nil
}

// findings are those of all gates: dataset by dataset, then of the items. It notes the figures of tonight's deliveries for the
// next night.
func (n *Night) findings(m *Manifest, b *beginning, deliveries []DeliveryUse, reduced []ReduceOutput, newest map[string]schemas.Date) []*gate.Finding {
	before, _ := rowsHeld(b.before.Homes)
	now, waiting := rowsHeld(m.Homes)
	m.Delivered = map[string][]gate.Figures{}
	maps.Copy(m.Delivered, b.before.Delivered)
	var out []*gate.Finding
	for _, ds := range n.Workspace.Datasets {
		if ds.Role == schemas.RoleCrosswalk {
			continue
		}
		came := standing(ds, deliveries)
		pairs, last := gate.Follow(m.Delivered[ds.Name], deliveredFigures(came, reduced))
		if len(last) > 0 {
			m.Delivered[ds.Name] = last
		}
		read, rejected, reasons := rejects(came)
		out = append(out,
			gate.CompareRows(ds, before[ds.Name], now[ds.Name]),
			gate.CountRejects(ds, read, rejected, reasons),
			gate.CountUnknown(ds, waiting[ds.Name], now[ds.Name]),
			gate.CheckAge(ds, newest[ds.Name], m.Date),
			gate.CountEmpty(ds, pairs),
			gate.CountRepeated(ds, pairs),
			gate.CompareColumns(ds, pairs),
			gate.CountStrange(ds, pairs))
	}
	out = append(out, gate.CompareItems(n.Workspace.ItemsGate, n.itemsMoved(reduced)))
	return slices.DeleteFunc(out, func(f *gate.Finding) bool { return f == nil })
}

// rejects adds up the rows that deliveries had rejected, and for which reasons.
func rejects(deliveries []*DeliveryUse) (read, rejected int64, reasons map[string]int64) {
	reasons = map[string]int64{}
	for _, d := range deliveries {
		read += d.Map.Report.Read
		rejected += d.Map.Report.Rejected
		for reason, rows := range d.Map.Report.Reasons {
			reasons[reason] += rows
		}
	}
	return read, rejected, reasons
}

// itemsMoved are the items in the order of the library, with who has come and gone since the last night.
func (n *Night) itemsMoved(reduced []ReduceOutput) []gate.Item {
	counts := map[string]ItemCount{}
	for i := range reduced {
		for id, c := range reduced[i].Items {
			counts[id] = counts[id].Add(c)
		}
	}
	var out []gate.Item
	for i := range n.Library.Items {
		id := n.Library.Items[i].ID
		c := counts[id]
		out = append(out, gate.Item{ID: id, Before: c.Sure - c.Entered + c.Left, Entered: c.Entered, Left: c.Left})
	}
	return out
}

// rowsHeld counts the rows of homes by dataset: those that hold, and those that wait for their enterprise.
func rowsHeld(homes []HomeState) (held, waiting map[string]int64) {
	held, waiting = map[string]int64{}, map[string]int64{}
	for i := range homes {
		for dataset, refs := range homes[i].Current {
			held[dataset] += int64(refs.Held)
		}
		for dataset, refs := range homes[i].Waiting {
			waiting[dataset] += int64(refs.Held)
		}
	}
	return held, waiting
}

// newest is the business date of each dataset's newest delivery that can be read, up to the night's date, of those it saw.
func (n *Night) newest(ctx context.Context, m *Manifest) (map[string]schemas.Date, error) {
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{Until: m.Date, State: ledger.DeliveryLanded})
	if err != nil {
		return nil, err
	}
	out := map[string]schemas.Date{}
	for i := range all {
		if all[i].Seq > m.Horizon {
			break // a backfill reads what had arrived by then
		}
		out[all[i].Dataset] = max(out[all[i].Dataset], all[i].Date)
	}
	return out, nil
}
