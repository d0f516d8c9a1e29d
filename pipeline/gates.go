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

// answers are what gates say to a night.
type answers struct {
	reasons  []string                  // why it must not go on
	warnings []string                  // what is only told
	keep     map[string][]gate.Finding // datasets that are held and without whose deliveries it goes on
}

// gates asks the gates of the datasets about what a night has become, before anybody sees it, apart from what a person has
// released. What holds it is noted in the ledger.
func (n *Night) gates(ctx context.Context, m *Manifest, b *beginning, reduced []ReduceOutput) (answers, error) {
	found, warnings, err := n.asked(ctx, m, b, reduced)
	if err != nil {
		return answers{}, err
	}
	if b.released == nil {
		if b.released, err = n.releases(ctx, b); err != nil {
			return answers{}, err
		}
	}
	var rows []ledger.Gate
	for _, f := range found {
		g := ledger.Gate{Night: m.Night, Gate: f.Gate, Subject: f.Subject, Finding: f.Text}
		for _, r := range b.released {
			if r.Key() == g.Key() && r.Finding == g.Finding {
				g.Who, g.Why, g.At = r.Who, r.Why, r.At
			}
		}
		rows = append(rows, g)
	}
	if err := n.Ledger.HoldAtGates(ctx, m.Night, rows); err != nil {
		return answers{}, err
	}
	return n.noted(ctx, b, found, warnings)
}

// asked is what the gates find: what must be looked at, and what is only told.
func (n *Night) asked(ctx context.Context, m *Manifest, b *beginning, reduced []ReduceOutput) (found []gate.Finding, warnings []string, err error) {
	newest, err := n.newest(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range sortedKeys(b.plan.Kept) {
		found = append(found, b.plan.Kept[name].Findings...)
	}
	for _, f := range n.findings(m, b, reduced, newest) {
		if f.Level == schemas.GateWarn {
			warnings = append(warnings, f.Text)
			continue
		}
		found = append(found, *f)
	}
	return found, warnings, nil
}

// noted is what follows from what gates found on a night, and from what the ledger knows of it.
func (n *Night) noted(ctx context.Context, b *beginning, found []gate.Finding, warnings []string) (answers, error) {
	out := answers{warnings: warnings}
	noted, err := n.Ledger.Gates(ctx, b.plan.Night)
	if err != nil {
		return out, err
	}
	for _, g := range noted {
		switch kept := b.plan.Kept[g.Subject] != nil && g.Gate != gate.Items; {
		case kept: // see keptProblems
		case g.Released():
			out.warnings = append(out.warnings, fmt.Sprintf("%s (released by %s: %s)", g.Finding, g.Who, g.Why))
		case g.Gate != gate.Items && n.keeps(b, g.Subject):
			if out.keep == nil {
				out.keep = map[string][]gate.Finding{}
			}
			out.keep[g.Subject] = slices.DeleteFunc(slices.Clone(found), func(f gate.Finding) bool { return f.Subject != g.Subject || f.Gate == gate.Items })
		default:
			out.reasons = append(out.reasons, fmt.Sprintf("gate %s: %s; if it is right: zhida release %s %s --why REASON, and run the night again",
				g.Key(), g.Finding, b.plan.Night, g.Key()))
		}
	}
	return out, nil
}

// findings are those of all gates: dataset by dataset, then of the items. It notes the figures of tonight's deliveries for the
// next night.
func (n *Night) findings(m *Manifest, b *beginning, reduced []ReduceOutput, newest map[string]schemas.Date) []*gate.Finding {
	before, _ := rowsHeld(b.before.Homes)
	now, waiting := rowsHeld(m.Homes)
	m.Delivered = map[string][]gate.Figures{}
	maps.Copy(m.Delivered, b.before.Delivered)
	var out []*gate.Finding
	for _, ds := range n.Workspace.Datasets {
		if b.plan.Kept[ds.Name] != nil {
			continue
		}
		if ds.Role == schemas.RoleCrosswalk { // one that is cut short takes mergers back
			out = append(out, gate.CompareRows(ds, int64(len(mergers(b.before.Pending))), int64(len(mergers(m.Pending)))))
			continue
		}
		came := standing(ds, m.Deliveries)
		pairs, last := gate.Follow(m.Delivered[ds.Name], deliveredFigures(came, reduced))
		if len(last) > 0 {
			m.Delivered[ds.Name] = last
		}
		read, rejected, reasons := rejects(came)
		rows := gate.CompareRows(ds, before[ds.Name], now[ds.Name])
		if rows == nil {
			rows = gate.CompareScopes(ds, pairs)
		}
		out = append(out,
			rows,
			gate.CountRejects(ds, read, rejected, reasons),
			gate.CountUnknown(ds, waiting[ds.Name], now[ds.Name]),
			gate.CheckAge(ds, newest[ds.Name], m.Date),
			gate.CountEmpty(ds, pairs),
			gate.CountRepeated(ds, pairs),
			gate.CompareColumns(ds, pairs),
			gate.CountStrange(ds, pairs))
	}
	out = append(out, gate.CompareItems(n.Workspace.ItemsGate, n.itemsMoved(b, reduced)))
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

// itemsMoved are the items in the order of the library, with who has come and gone since the last night. Who is unsure because a
// list is held and so not complete has not gone, and who is sure again when it is no longer held has not come.
func (n *Night) itemsMoved(b *beginning, reduced []ReduceOutput) []gate.Item {
	counts := map[string]ItemCount{}
	for i := range reduced {
		for id, c := range reduced[i].Items {
			counts[id] = counts[id].Add(c)
		}
	}
	unsure, sureAgain := n.readHeld(b.states()), n.readHeld(b.before.Datasets)
	var out []gate.Item
	for i := range n.Library.Items {
		id := n.Library.Items[i].ID
		c := counts[id]
		item := gate.Item{ID: id, Before: c.Sure - c.Entered + c.Left, Entered: c.Entered, Left: c.Left}
		if unsure[id] {
			item.Left = 0
		}
		if sureAgain[id] {
			item.Entered = 0
		}
		out = append(out, item)
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
