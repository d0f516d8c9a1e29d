package pipeline

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"zhida/pipeline/push"
	"zhida/pipeline/report"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// keepSummary writes the night's summary as an artefact, without what another run of the same night would say otherwise.
func (n *Night) keepSummary(s report.Summary) (*store.Ref, error) {
	s.Seconds, s.Stages = 0, nil
	ref, err := n.Store.Put("summary", "json", func(w io.Writer) error { return json.NewEncoder(w).Encode(&s) })
	return &ref, err
}

// readSummary reads the summary that a manifest names, once.
func (n *Night) readSummary(m *Manifest) error {
	if m.Told == nil || m.Summary.Night != "" {
		return nil
	}
	file, size, err := n.Store.Open(*m.Told)
	if err != nil {
		return fmt.Errorf("read the summary of night %s: %w", m.Night, err)
	}
	err = json.NewDecoder(io.NewSectionReader(file, 0, size)).Decode(&m.Summary)
	if err := firstError(err, file.Close()); err != nil {
		return fmt.Errorf("read the summary of night %s: %w", m.Night, err)
	}
	m.Summary.Date = m.Date
	return nil
}

// readShown is readSummary from the copy that people read, which also says how long the night took, if it is there.
func (n *Night) readShown(m *Manifest) error {
	err := n.Store.ReadManifest(summaryName(m.Night), &m.Summary)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		m.Summary.Date = m.Date
		return err
	}
	return n.readSummary(m)
}

// summary adds the night up.
func (n *Night) summary(m *Manifest, b *beginning, reduced []ReduceOutput) report.Summary {
	s := report.Summary{
		Night: m.Night, Date: m.Date, Last: m.Predecessor, Backfill: m.Pushes.Backfill, Baseline: m.Pushes.Baseline,
		Tags: len(n.Workspace.Tags), PolicyTags: n.Workspace.PolicyTags(),
		SMSPushes: m.Pushes.SMSCount, PortalPushes: m.Pushes.PortalCount,
		PushPairs: m.Pushes.Pairs, BaselinePairs: m.Pushes.BaselinePairs, Problems: b.plan.Problems,
	}
	total := newReduceOutput()
	for _, out := range reduced {
		total.add(out)
	}
	for _, h := range m.Homes {
		s.Enterprises += int64(h.Enterprises)
		s.Living += int64(h.Living)
		for _, w := range h.Waiting {
			s.RowsWaiting += int64(w.Held)
			if h.Home == unplaced {
				s.RowsUnplaced += int64(w.Held)
			}
		}
	}
	s.Matched, s.Judged = total.Matched, total.Judged
	n.sumDeliveries(&s, m, total)
	n.sumVerdicts(&s, &b.before.Summary, m, total)
	for _, cause := range schemas.Causes() {
		if c := total.Changes[cause]; c.Entered+c.Left > 0 {
			s.Changes = append(s.Changes, report.Change{Cause: cause, Entered: c.Entered, Left: c.Left})
		}
	}
	for _, p := range m.Pending {
		i := slices.IndexFunc(m.Deliveries, func(d DeliveryUse) bool { return d.Seq == p.Seq })
		if i < 0 || p.Merger != nil { // told by the night it came in, or followed
			continue
		}
		s.Problems = append(slices.Clip(s.Problems), fmt.Sprintf("crosswalk %s, row %d: %s -> %s is not followed: %s", m.Deliveries[i].Name, p.Pos, p.Old, p.New, p.Reason))
	}
	return s
}

// isSupplement reports whether a dataset is of facts collected by hand.
func (n *Night) isSupplement(dataset string) bool {
	ds := n.datasets[dataset]
	return ds != nil && ds.Supplement != ""
}

// sumDeliveries counts rows. A row that turns out to be a duplicate when its home is reduced was counted as accepted
// by standardise and moves to flagged.
func (n *Night) sumDeliveries(s *report.Summary, m *Manifest, total ReduceOutput) {
	newly := map[int64]map[string]int64{}
	flagged := map[int64]int64{}
	for _, ds := range slices.Sorted(maps.Keys(total.Applied)) {
		a := total.Applied[ds]
		line := report.Dataset{
			Name: ds, Rows: a.Rows, Inserted: a.Inserted, Updated: a.Updated, Confirmed: a.Confirmed, Deleted: a.Deleted,
			Superseded: a.Superseded, Waiting: a.Waiting, Placed: a.Placed,
		}
		if k := m.Datasets[ds].Kept; k != nil {
			line.Held = k.Since.String()
		}
		s.Datasets = append(s.Datasets, line)
		for _, d := range a.Duplicates {
			kind := "row.repeated"
			if d.Differs != "" {
				kind = "row.duplicate." + d.Differs
			}
			if newly[d.Seq] == nil {
				newly[d.Seq] = map[string]int64{}
			}
			newly[d.Seq][kind] += d.Rows
			flagged[d.Seq] += d.Newly
			s.Datasets[len(s.Datasets)-1].Duplicates += d.Rows
		}
	}
	for _, d := range m.Deliveries {
		r := d.Map.Report
		flags := maps.Clone(r.Flags)
		for kind, count := range newly[d.Seq] {
			if flags == nil {
				flags = map[string]int64{}
			}
			flags[kind] += count
		}
		line := report.Delivery{
			Seq: d.Seq, Dataset: d.Dataset, File: d.Name, Date: d.Date.String(), Mode: d.Mode, Read: r.Read,
			Accepted: r.Accepted - flagged[d.Seq], Flagged: r.Flagged + flagged[d.Seq], Rejected: r.Rejected,
			Reasons: r.Reasons, Flags: flags, Ignored: r.Unknown,
		}
		for _, f := range r.Fields {
			if len(f.Columns) == 0 && !n.isSupplement(d.Dataset) { // of those a sheet has some
				line.Missing = append(line.Missing, f.Name)
			}
			line.Fields = append(line.Fields, report.Field{
				Name: f.Name, Filled: f.Filled, Known: f.Known, Dropped: f.Dropped, Mapped: f.Mapped, FromHome: f.FromHome,
			})
		}
		s.Deliveries = append(s.Deliveries, line)
		s.RowsRead += line.Read
		s.RowsAccepted += line.Accepted
		s.RowsFlagged += line.Flagged
		s.RowsRejected += line.Rejected
	}
}

// sumVerdicts adds the items up. One that was taken out since the last night is known from that night's summary.
func (n *Night) sumVerdicts(s, before *report.Summary, m *Manifest, total ReduceOutput) {
	for policy, item := range n.Workspace.Items() {
		c := total.Items[item.ID]
		line := report.Item{
			ID: item.ID, Title: item.Title, Policy: policy.Title, Department: issuer(policy, item),
			Level: string(policy.Level), Mode: string(item.Mode), Kind: string(item.Kind), Sure: c.Sure, Review: c.Review, Declare: c.Declare, Ready: c.Ready, Light: c.Light,
			NeedsFacts: c.Needs, NearMisses: c.Near, Entered: c.Entered, Left: c.Left,
		}
		line.Tests, line.Decidable = n.Workspace.Decidable(item.ID)
		line.Pushed, line.Why = push.Pushable(policy, item, m.Date)
		s.ByItem = append(s.ByItem, line)
		s.Items++
		s.Sure += c.Sure
		s.Review += c.Review
		s.Declare += c.Declare
		s.Ready += c.Ready
		s.Light += c.Light
		s.NeedsFacts += c.Needs
		s.NearMisses += c.Near
		s.Entered += c.Entered
		s.Left += c.Left
	}
	for _, was := range before.ByItem {
		if _, stays := n.Library.Index(was.ID); stays || total.Items[was.ID].Left == 0 {
			continue
		}
		line := report.Item{
			ID: was.ID, Title: was.Title, Policy: was.Policy, Department: was.Department, Level: was.Level, Mode: was.Mode, Kind: was.Kind,
			Left: total.Items[was.ID].Left, Why: "taken out", Gone: true,
		}
		s.ByItem = append(s.ByItem, line)
		s.Left += line.Left
	}
	for _, t := range n.Workspace.Tags {
		c := total.Tags[t.Name]
		s.ByTag = append(s.ByTag, report.Tag{Name: t.Name, Class: string(t.Class), Yes: c.Yes, Unknown: c.Unknown})
	}
}

// issuer is the department that accepts applications for the item.
func issuer(policy *schemas.Policy, item *schemas.Item) string {
	return cmp.Or(item.Department, policy.Department)
}

func (o *ReduceOutput) add(p ReduceOutput) {
	for ds, r := range p.Applied {
		sum := o.Applied[ds]
		sum.Add(r)
		o.Applied[ds] = sum
	}
	o.Matched += p.Matched
	o.Judged += p.Judged
	for item, c := range p.Items {
		o.Items[item] = o.Items[item].Add(c)
	}
	for cause, c := range p.Changes {
		sum := o.Changes[cause]
		o.Changes[cause] = Changed{sum.Entered + c.Entered, sum.Left + c.Left}
	}
	for tag, c := range p.Tags {
		sum := o.Tags[tag]
		o.Tags[tag] = TagCount{sum.Yes + c.Yes, sum.Unknown + c.Unknown}
	}
}
