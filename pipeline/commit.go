package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"zhida/pipeline/ledger"
	"zhida/pipeline/push"
	"zhida/pipeline/report"
	"zhida/pipeline/store"
)

// commit plans the pushes, writes manifest and summary, and publishes the night in the ledger: only then does anybody see it. A
// night that gates or doubts hold is not published.
func (n *Night) commit(ctx context.Context, b *beginning, m Manifest, asked answers, reduced []ReduceOutput, started time.Time) (Manifest, error) {
	late, err := n.heldLate(ctx, b)
	if err != nil {
		return m, err
	}
	if reasons := slices.Concat(n.doubts(&m, b, reduced), asked.reasons, late); len(reasons) > 0 {
		return Manifest{}, &HeldError{Night: m.Night, Reasons: reasons}
	}
	if err := n.planPushes(ctx, &m, b.plan.Backfill); err != nil {
		return m, err
	}
	b.watch.lap("push")
	n.reached("pushes planned")
	m.Summary = n.summary(&m, b, reduced)
	m.Summary.Problems = slices.Concat(m.Summary.Problems, n.keptProblems(b), asked.warnings)
	if m.Told, err = n.keepSummary(m.Summary); err != nil {
		return m, err
	}
	if err := n.Store.WriteManifest(manifestName(m.Night), &m); err != nil {
		return m, err
	}
	m.Summary.Seconds, m.Summary.Stages = n.Clock().Sub(started).Seconds(), b.watch.stages
	if err := n.Store.WriteManifest(summaryName(m.Night), &m.Summary); err != nil {
		return m, err
	}
	n.reached("manifest written")
	if err := n.publish(ctx, &m); err != nil {
		return m, err
	}
	n.reached("published")
	b.watch.skip()
	if err := n.show(ctx, &m); err != nil {
		return m, err
	}
	b.watch.lap(report.StageReport)
	m.Summary.Stages = b.watch.stages
	return m, firstError(n.Store.WriteManifest(summaryName(m.Night), &m.Summary), n.showSummary(ctx, &m))
}

// assemble is the manifest of what the tasks have put out, if every unit is there; pushes and summary are to come.
func (n *Night) assemble(b *beginning, deliveries []DeliveryUse, sealed SealOutput, reduced []ReduceOutput) (Manifest, error) {
	m := Manifest{
		Format: ManifestFormat, Night: b.plan.Night, Date: b.plan.Date, Predecessor: b.plan.Predecessor,
		Definitions: b.plan.Definitions, Wards: n.Workspace.Wards, Horizon: b.plan.Horizon, Deferred: b.plan.deferred(), Deliveries: deliveries,
		Datasets: sealed.Datasets, Crosswalk: sealed.Crosswalk, Pending: sealed.Pending, NextBlock: sealed.NextBlock,
	}
	for _, out := range reduced {
		m.Homes = append(m.Homes, out.Homes...)
	}
	kept, err := n.keepDefinitions()
	if err != nil {
		return m, err
	}
	m.Workspace = &kept
	return m, n.complete(&m, sealed)
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
	if err := n.readShown(m); err != nil {
		return err
	}
	if !n.Store.HasFile(summaryName(m.Night)) {
		if err := n.Store.WriteManifest(summaryName(m.Night), &m.Summary); err != nil {
			return err
		}
	}
	return firstError(n.showSummary(ctx, m), n.reports(ctx, m))
}

// showSummary puts the summary at the top of the store if it is the last night's.
func (n *Night) showSummary(ctx context.Context, m *Manifest) error {
	last, _, err := n.Ledger.LastPublished(ctx, 0)
	if err == nil && last.ID == m.Night {
		err = n.Store.WriteManifest("summary.json", &m.Summary)
	}
	return err
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
	return n.present(m)
}

// present refuses a night some of whose artefacts are gone.
func (n *Night) present(m *Manifest) error {
	for _, a := range m.artefacts() {
		if !n.Store.Has(a.Ref) {
			return fmt.Errorf("night %s: %s is missing: run the night again", m.Night, a.Ref.Name)
		}
	}
	return nil
}

// doubts are reasons to hold a night that could be made, but not from what a night is made of.
func (n *Night) doubts(m *Manifest, b *beginning, reduced []ReduceOutput) []string {
	var reasons []string
	enterprises, statuses := 0, int64(0)
	for _, h := range m.Homes {
		enterprises += h.Enterprises
	}
	for _, out := range reduced {
		statuses += out.Statuses
	}
	if living := n.registration().Living; living != nil && enterprises > 0 && statuses == 0 {
		reasons = append(reasons, fmt.Sprintf("the status of no enterprise is known (field %s): closed ones would count as living", living.Field))
	}
	if b.plan.Predecessor != "" || b.plan.Backfill {
		return reasons
	}
	// The first night's matches are noted and nobody is told of them; whoever is missing from it is told the next night.
	if b.plan.Failed {
		reasons = append(reasons, "the first night is the baseline, and some sources failed: "+strings.Join(b.plan.Problems, "; "))
	}
	if enterprises == 0 {
		reasons = append(reasons, "the first night is the baseline, and no enterprise is registered: is the registration delivered?")
	}
	return reasons
}

func (n *Night) publish(ctx context.Context, m *Manifest) error {
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
					Item: item.ID, Revision: item.Revision, Window: item.Window.From, Ref: *m.Pushes.Baselined, Entry: item.ID,
				})
			}
		}
	}
	night := ledger.Night{ID: m.Night, Manifest: manifestName(m.Night), Finished: n.Clock()}
	return n.Ledger.PublishNight(ctx, night, n.pushes(ctx, m), baselines)
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
