package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/profile"
	"zhida/pipeline/ledger"
	"zhida/pipeline/push"
	"zhida/pipeline/report"
	"zhida/pipeline/store"
)

// commit checks that every unit is there, plans the pushes, writes manifest and summary, and publishes the night in
// the ledger: only then does anybody see it.
func (n *Night) commit(ctx context.Context, b *beginning, deliveries []DeliveryUse, sealed SealOutput, reduced []ReduceOutput, started time.Time) (Manifest, error) {
	m := Manifest{
		Format: ManifestFormat, Night: b.plan.Night, Date: b.plan.Date, Predecessor: b.plan.Predecessor,
		Definitions: b.plan.Definitions, Wards: n.Workspace.Wards, Horizon: b.plan.Horizon, Deferred: b.plan.Deferred, Deliveries: deliveries,
		Datasets: sealed.Datasets, Crosswalk: sealed.Crosswalk, Pending: sealed.Pending, NextBlock: sealed.NextBlock,
	}
	for _, out := range reduced {
		m.Homes = append(m.Homes, out.Homes...)
	}
	if err := n.complete(&m, sealed); err != nil {
		return m, err
	}
	pushes, err := n.planPushes(ctx, &m)
	if err != nil {
		return m, err
	}
	n.reached("pushes planned")
	m.Summary = n.summary(&m, b, reduced)
	if err := n.Store.WriteManifest(manifestName(m.Night), &m); err != nil {
		return m, err
	}
	m.Summary.Seconds = n.Clock().Sub(started).Seconds()
	if err := n.Store.WriteManifest(summaryName(m.Night), &m.Summary); err != nil {
		return m, err
	}
	n.reached("manifest written")
	if err := n.publish(ctx, &m, pushes); err != nil {
		return m, err
	}
	n.reached("published")
	return m, n.show(ctx, &m)
}

func summaryName(night string) string { return "nights/" + night + "/summary.json" }

// show puts what a published night hands out where people look for it: its push lists beside its manifest, and the
// last night's summary at the top of the store. A night killed before this is shown by its next run.
func (n *Night) show(ctx context.Context, m *Manifest) error {
	for name, ref := range map[string]*store.Ref{"sms.csv": m.Pushes.SMS, "portal.jsonl": m.Pushes.Portal} {
		if ref == nil {
			continue
		}
		if err := n.Store.Show(*ref, "nights/"+m.Night+"/"+name); err != nil {
			return err
		}
	}
	if err := n.Store.ReadManifest(summaryName(m.Night), &m.Summary); err != nil {
		return err
	}
	last, _, err := n.Ledger.LastPublished(ctx, 0)
	if err != nil || last.ID != m.Night {
		return err
	}
	return n.Store.WriteManifest("summary.json", &m.Summary)
}

// complete refuses a night from which a home is missing or whose artefacts are not all there.
func (n *Night) complete(m *Manifest, sealed SealOutput) error {
	expected := 0
	for _, group := range sealed.Groups {
		expected += len(group)
	}
	if len(m.Homes) != expected {
		return fmt.Errorf("commit night %s: %d of %d homes are there", m.Night, len(m.Homes), expected)
	}
	for i := range m.Homes {
		for _, ref := range m.Homes[i].refs() {
			if !n.Store.Has(ref) {
				return fmt.Errorf("commit night %s: home %s: %s is missing: run the night again", m.Night, m.Homes[i].Home, ref.Name)
			}
		}
	}
	return nil
}

func (h *HomeState) refs() []store.Ref {
	var out []store.Ref
	for _, ref := range []*store.Ref{h.Directory, h.Profile, h.Tags, h.Verdicts} {
		if ref != nil {
			out = append(out, *ref)
		}
	}
	for _, states := range []map[string]StateRefs{h.Current, h.Waiting} {
		for _, s := range states {
			out = append(out, s.Rows)
			if s.Sealed != nil {
				out = append(out, *s.Sealed)
			}
		}
	}
	return out
}

func (n *Night) publish(ctx context.Context, m *Manifest, pushes []ledger.Push) error {
	var seqs []int64
	for _, d := range m.Deliveries {
		seqs = append(seqs, d.Seq)
	}
	if err := n.Ledger.Assign(ctx, m.Night, seqs); err != nil {
		return err
	}
	var baselines []ledger.Baseline
	if m.Pushes.Baselined != nil {
		for policy, item := range n.Workspace.Items() {
			if ok, _ := push.Pushable(policy, item, m.Date); ok {
				baselines = append(baselines, ledger.Baseline{
					Item: item.ID, Revision: item.Revision, Ref: *m.Pushes.Baselined, Entry: item.ID,
				})
			}
		}
	}
	night := ledger.Night{ID: m.Night, Manifest: manifestName(m.Night), Finished: n.Clock()}
	return n.Ledger.PublishNight(ctx, night, func(yield func(ledger.Push, error) bool) {
		for _, p := range pushes {
			if !yield(p, nil) {
				return
			}
		}
	}, baselines)
}

// bitmaps opens a file of bitmaps.
func (n *Night) bitmaps(ref store.Ref) (*profile.Bitmaps, func() error, error) {
	file, size, err := n.Store.Open(ref)
	if err != nil {
		return nil, nil, err
	}
	b, err := profile.OpenBitmaps(file, size)
	if err != nil {
		_ = file.Close()
		return nil, nil, fmt.Errorf("read %s: %w", ref.Name, err)
	}
	return b, file.Close, nil
}

// bitmap reads one bitmap of a file.
func (n *Night) bitmap(ref store.Ref, name, kind string) (*roaring.Bitmap, error) {
	b, closeFile, err := n.bitmaps(ref)
	if err != nil {
		return nil, err
	}
	set, err := bitmapOf(b, name, kind)
	return set, firstError(err, closeFile())
}

// bitmapOf reads a bitmap; one that the file does not have is empty.
func bitmapOf(b *profile.Bitmaps, name, kind string) (*roaring.Bitmap, error) {
	set, err := b.Get(name, kind)
	if set == nil && err == nil {
		set = roaring.New()
	}
	return set, err
}

// summary adds the night up. It holds nothing that another run of the same night would not.
func (n *Night) summary(m *Manifest, b *beginning, reduced []ReduceOutput) report.Summary {
	s := report.Summary{
		Night: m.Night, Date: m.Date, Last: m.Predecessor, Baseline: m.Pushes.Baseline,
		Tags: len(n.Workspace.Tags), PolicyTags: n.Library.Size().Distinct,
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
			s.RowsWaiting += int64(w.Count)
			if h.Home == unplaced {
				s.RowsUnplaced += int64(w.Count)
			}
		}
	}
	n.sumDeliveries(&s, m, total)
	n.sumVerdicts(&s, m, total)
	for _, p := range m.Pending {
		s.Problems = append(slices.Clip(s.Problems), fmt.Sprintf("crosswalk %s -> %s is pending: %s", p.Old, p.New, p.Reason))
	}
	return s
}

// sumDeliveries counts rows. A row that turns out to be a duplicate when its home is reduced was counted as accepted
// by standardise and moves to flagged.
func (n *Night) sumDeliveries(s *report.Summary, m *Manifest, total ReduceOutput) {
	newly := map[int64]map[string]int64{}
	flagged := map[int64]int64{}
	for _, ds := range slices.Sorted(maps.Keys(total.Applied)) {
		a := total.Applied[ds]
		s.Datasets = append(s.Datasets, report.Dataset{
			Name: ds, Rows: a.Rows, Inserted: a.Inserted, Updated: a.Updated, Confirmed: a.Confirmed, Deleted: a.Deleted,
			Superseded: a.Superseded, Waiting: a.Waiting, Placed: a.Placed, Duplicates: int64(len(a.Duplicates)),
		})
		for _, d := range a.Duplicates {
			kind := "row.repeated"
			if d.Differs != "" {
				kind = "row.duplicate." + d.Differs
			}
			if newly[d.Seq] == nil {
				newly[d.Seq] = map[string]int64{}
			}
			newly[d.Seq][kind]++
			flagged[d.Seq] += d.Newly
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
			Reasons: r.Reasons, Flags: flags,
		}
		for _, f := range r.Fields {
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

func (n *Night) sumVerdicts(s *report.Summary, m *Manifest, total ReduceOutput) {
	for policy, item := range n.Workspace.Items() {
		c := total.Items[item.ID]
		line := report.Item{ID: item.ID, Title: item.Title, Sure: c.Sure, NeedsFacts: c.Needs, Entered: c.Entered, Left: c.Left}
		line.Pushed, line.Why = push.Pushable(policy, item, m.Date)
		s.ByItem = append(s.ByItem, line)
		s.Items++
		s.Sure += c.Sure
		s.NeedsFacts += c.Needs
		s.Entered += c.Entered
		s.Left += c.Left
	}
	for _, t := range n.Workspace.Tags {
		c := total.Tags[t.Name]
		s.ByTag = append(s.ByTag, report.Tag{Name: t.Name, Yes: c.Yes, Unknown: c.Unknown})
	}
}

func (o *ReduceOutput) add(p ReduceOutput) {
	for ds, r := range p.Applied {
		sum := o.Applied[ds]
		sum.Add(r)
		o.Applied[ds] = sum
	}
	for item, c := range p.Items {
		o.Items[item] = o.Items[item].Add(c)
	}
	for tag, c := range p.Tags {
		sum := o.Tags[tag]
		o.Tags[tag] = TagCount{sum.Yes + c.Yes, sum.Unknown + c.Unknown}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
