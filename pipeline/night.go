package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"zhida/connectors/format"
	"zhida/matcher"
	"zhida/pipeline/collect"
	"zhida/pipeline/engine"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// Night runs nights of one workspace. It is made by New and used by one goroutine at a time.
type Night struct {
	Workspace *workspace.Workspace
	Library   *matcher.Library
	Store     *store.Store
	Key       *store.Key
	Ledger    *ledger.Ledger
	Sources   []collect.Source
	Formats   func(name string, file *io.SectionReader, o format.Options) (format.Reader, error)
	Options   func(source, name string) format.Options // what the site says of a delivery's file
	Workers   int
	Observer  Observer
	Clock     func() time.Time
	Wait      func(ctx context.Context, d time.Duration) error // see collect.Night
	Afresh    bool                                             // take nothing over from the last night but rows: for those who compare, the outcome is the same
	Engine    func(record engine.Recorder) engine.Engine       // nil: goroutines of this process

	datasets    map[string]*schemas.Dataset
	transitions *transitions
	matchers    spare[*matcher.Matcher]
	scanners    spare[*scanner]
	clocks      func() (*matcher.Clock, error)
}

// Observer is told how far the night is. Boundary comes between any two steps after which a killed night must go on
// as if nothing had happened.
type Observer = engine.Observer

// Prepare compiles what the workspace says. It is called once, before the first night.
func (n *Night) Prepare() error {
	n.PrepareReading()
	return n.compile()
}

// PrepareReading is Prepare for who reads published nights and matches nothing: Library stays nil.
func (n *Night) PrepareReading() {
	n.datasets, n.transitions = map[string]*schemas.Dataset{}, newTransitions()
	for _, ds := range n.Workspace.Datasets {
		n.datasets[ds.Name] = ds
	}
}

// matching is what the workspace says about matching.
func matching(ws *workspace.Workspace) (matcher.Definitions, error) {
	return matchingSome(ws, func(*schemas.Item) bool { return true })
}

// matchingSome is matching with some of the items.
func matchingSome(ws *workspace.Workspace, keep func(*schemas.Item) bool) (matcher.Definitions, error) {
	d := matcher.Definitions{Attributes: ws.Env.Attributes}
	for _, t := range ws.Tags {
		d.Tags = append(d.Tags, matcher.Rule{ID: t.Name, Expr: ws.TagRules[t.Name]})
	}
	for _, item := range ws.Items() {
		if !keep(item) {
			continue
		}
		paid, err := ws.Paid(item)
		if err != nil {
			return d, err
		}
		d.Items = append(d.Items, matcher.Item{
			Rule:     matcher.Rule{ID: item.ID, Expr: ws.Conditions[item.ID]},
			Benefit:  ws.Benefits[item.ID],
			Prefer:   ws.Preferences[item.ID],
			NeedsSum: item.Kind == schemas.BenefitReward || item.Kind == schemas.BenefitRelief,
			Paid:     paid, Exclusive: item.Exclusive, Attainable: item.Attainable,
		})
	}
	return d, nil
}

// HeldError says that the night stopped before it did harm, and what a person has to look at.
type HeldError struct {
	Night   string
	Reasons []string
}

// Error implements error.
func (e *HeldError) Error() string {
	return fmt.Sprintf("night %s is held, nothing was published:\n  %s", e.Night, strings.Join(e.Reasons, "\n  "))
}

// Result is a night that is published.
type Result struct {
	Manifest Manifest
	Already  bool     // it was published before, and nothing new came
	Failed   bool     // some sources could not be read
	Held     bool     // some datasets are held, and the night went on with their rows of before
	Problems []string // met while collecting
	LeftOut  []string // of one that was published before: what it does not read, as it is a backfill
}

// lock makes this process the only one that works in the store, and with the ledger, which other machines may have too.
func (n *Night) lock(ctx context.Context) (release func(), err error) {
	store, err := n.Store.Lock()
	if err != nil {
		return nil, err
	}
	ledger, err := n.Ledger.Lock(ctx)
	if err != nil {
		return nil, errors.Join(err, store())
	}
	return func() { _, _ = ledger(), store() }, nil // the process ends soon, and with it the locks
}

// Run runs the night of a business date to its end, or goes on with one that was killed. A night that is published
// is only run again, as a new revision, if deliveries came or the workspace changed since.
func (n *Night) Run(ctx context.Context, date schemas.Date) (Result, error) {
	release, err := n.lock(ctx)
	if err != nil {
		return Result{}, err
	}
	defer release()
	started := n.Clock()
	b, err := n.begin(ctx, date, started)
	if err != nil {
		return Result{}, err
	}
	if b.published != nil {
		err := firstError(n.repair(ctx, b.published), n.show(ctx, b.published))
		return Result{Manifest: *b.published, Already: true, Failed: b.plan.Failed, Held: b.published.heldAny(), LeftOut: b.leftOut, Problems: b.plan.Problems}, err
	}
	b.watch = startWatch(n.Clock, started)
	b.watch.lap("collect")
	m, err := n.work(ctx, b, started)
	if err == nil {
		err = n.catchUp(ctx, b.plan.Predecessor)
	}
	if errors.Is(err, store.ErrDamaged) {
		err = fmt.Errorf("%w; run the published nights again, the oldest first: each makes what it lost anew", err)
	}
	var held *HeldError
	switch {
	case errors.As(err, &held):
		err = errors.Join(err, n.Ledger.HoldNight(ctx, b.plan.Night, strings.Join(held.Reasons, "\n"), n.Clock()), n.heldReport(b, held.Reasons, false))
	case err != nil && ctx.Err() == nil && !n.isPublished(ctx, b.plan.Night):
		_ = n.heldReport(b, strings.Split(err.Error(), "\n"), true) // the disk may be full: the ledger and the exit code tell
		err = errors.Join(err, n.Ledger.FailNight(ctx, b.plan.Night, err.Error(), n.Clock()))
	}
	return Result{Manifest: m, Failed: b.plan.Failed, Held: m.heldAny(), Problems: b.plan.Problems}, err
}

// repair makes the artefacts of a published night again if some are gone, from its plan and the landing zone: the
// same deliveries give the same bytes.
func (n *Night) repair(ctx context.Context, m *Manifest) error {
	if n.present(m) == nil {
		return nil
	}
	b := &beginning{watch: startWatch(n.Clock, n.Clock())}
	if err := n.Store.ReadManifest(planName(m.Night), &b.plan); err != nil {
		return err
	}
	if err := n.startFrom(b, b.plan.Predecessor, b.plan.Replaces); err != nil {
		return err
	}
	eng := n.engine(m.Night)
	deliveries, err := n.mapAll(ctx, eng, b)
	if err != nil {
		return err
	}
	if _, _, err := n.settle(ctx, eng, b, b.plan.taken(deliveries)); err != nil {
		return err
	}
	if _, err := n.keepDefinitions(); err != nil {
		return err
	}
	again := *m
	if m.Told != nil && !n.Store.Has(*m.Told) {
		if err := n.readShown(&again); err != nil {
			return err
		}
		if _, err := n.keepSummary(again.Summary); err != nil {
			return err
		}
	}
	if err := n.planPushes(ctx, &again, b.plan.Backfill); err != nil {
		return err
	}
	return n.present(m)
}

// work runs the tasks of a planned night.
func (n *Night) work(ctx context.Context, b *beginning, started time.Time) (Manifest, error) {
	if reasons := b.stopped(); len(reasons) > 0 {
		return Manifest{}, &HeldError{Night: b.plan.Night, Reasons: reasons}
	}
	eng := n.engine(b.plan.Night)
	deliveries, err := n.mapAll(ctx, eng, b)
	if err != nil {
		return Manifest{}, err
	}
	b.watch.lap("map")
	n.reached("mapped")
	for {
		taken := b.plan.taken(deliveries)
		sealed, reduced, err := n.settle(ctx, eng, b, taken)
		if err != nil {
			return Manifest{}, err
		}
		m, err := n.assemble(b, taken, sealed, reduced)
		if err != nil {
			return m, err
		}
		asked, err := n.gates(ctx, &m, b, reduced)
		if err != nil {
			return m, err
		}
		if len(asked.keep) == 0 {
			return n.commit(ctx, b, m, asked, reduced, started)
		}
		// Homes are reduced once more, without the deliveries of the datasets that are held. What the plan says holds: a replay
		// asks no gate.
		for dataset, findings := range asked.keep {
			b.keep(dataset, findings)
		}
		if err := n.Store.WriteManifest(planName(b.plan.Night), &b.plan); err != nil {
			return m, err
		}
		n.reached("kept")
	}
}

// settle makes tonight's state of all homes from deliveries.
func (n *Night) settle(ctx context.Context, eng engine.Engine, b *beginning, deliveries []DeliveryUse) (SealOutput, []ReduceOutput, error) {
	sealed, err := n.seal(ctx, eng, b, deliveries)
	if err != nil {
		return sealed, nil, err
	}
	b.watch.lap("seal")
	n.reached("sealed")
	reduced, err := n.reduceAll(ctx, eng, b, deliveries, sealed)
	if err != nil {
		return sealed, nil, err
	}
	b.watch.lap("reduce")
	n.reached("reduced")
	return sealed, reduced, nil
}

func (n *Night) isPublished(ctx context.Context, night string) bool {
	o, err := n.Ledger.Night(ctx, night)
	return err == nil && o.State == ledger.NightPublished
}

func (n *Night) reached(name string) {
	if n.Observer != nil {
		n.Observer.Boundary(name)
	}
}

// mapAll maps the night's deliveries, and notes in the ledger which are broken and which are no longer.
func (n *Night) mapAll(ctx context.Context, eng engine.Engine, b *beginning) ([]DeliveryUse, error) {
	uses, broken, err := n.mapped(ctx, eng, b, n.again(b))
	if err != nil {
		return nil, err
	}
	held := &HeldError{Night: b.plan.Night}
	for _, d := range broken {
		held.Reasons = append(held.Reasons, "delivery "+d.Map.Fatal)
		if err := n.Ledger.MarkBroken(ctx, d.Seq, d.Map.Fatal); err != nil {
			return nil, err
		}
	}
	if len(held.Reasons) > 0 {
		return nil, held
	}
	return uses, n.mend(ctx, uses)
}

// mapped maps the night's deliveries, but for those of which it is known already what they bring.
func (n *Night) mapped(ctx context.Context, eng engine.Engine, b *beginning, again map[int64]*MapOutput) (uses, broken []DeliveryUse, err error) {
	var specs []MapSpec
	for _, d := range b.plan.Deliveries {
		if b.plan.Kept[d.Dataset] != nil {
			continue
		}
		specs = append(specs, MapSpec{
			Definitions: b.plan.Definitions, Delivery: d.Delivery, Raw: d.Raw,
			Format: n.formatOf(&d), Crosswalk: b.before.Crosswalk,
		})
	}
	var fresh []MapSpec
	for _, spec := range specs {
		if again[spec.Delivery.Seq] == nil {
			fresh = append(fresh, spec)
		}
	}
	made, err := n.mapLargestFirst(ctx, eng, fresh)
	if err != nil {
		return nil, nil, err
	}
	var outputs []MapOutput
	for _, spec := range specs {
		if out := again[spec.Delivery.Seq]; out != nil {
			outputs = append(outputs, *out)
			continue
		}
		outputs, made = append(outputs, made[0]), made[1:]
	}
	declared, err := n.declared(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i, out := range outputs {
		d := specs[i].Delivery
		if rows, ok := declared[d.Seq]; ok && out.Fatal == "" && rows != out.Rows {
			out.Fatal = fmt.Sprintf("%s: it has %d rows, its manifest says %d: ask the sender to deliver it again, or a manifest that is right (rows are those of data, without the header)", d.Name, out.Rows, rows)
		}
		taken := out.Report.Accepted + out.Report.Flagged - out.Report.Deletes
		if out.Fatal == "" && d.Mode == schemas.ModeFull && taken == 0 && n.wouldEmpty(b, d.Dataset) {
			out.Fatal = fmt.Sprintf("%s: a full delivery without a row that can be taken (%d read, %d rejected) would delete everything; if the list really is empty now, deliver an increment that deletes its rows (the dataset's document needs operation: for that)", d.Name, out.Report.Read, out.Report.Rejected)
		}
		if out.Fatal == "" {
			uses = append(uses, DeliveryUse{d, out})
		} else {
			broken = append(broken, DeliveryUse{d, out})
		}
	}
	return uses, broken, nil
}

// wouldEmpty reports whether a full delivery without a row would take something back: rows, or what a crosswalk has merged.
func (n *Night) wouldEmpty(b *beginning, dataset string) bool {
	ds := n.Workspace.Dataset(dataset)
	isCrosswalk := ds != nil && ds.Role == schemas.RoleCrosswalk
	return b.before.holds(dataset) || isCrosswalk && len(mergers(b.before.Pending)) > 0
}

// declared are the rows that manifests say of deliveries.
func (n *Night) declared(ctx context.Context) (map[int64]int64, error) {
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return nil, err
	}
	out := map[int64]int64{}
	for _, d := range all {
		if d.Rows.Valid {
			out[d.Seq] = d.Rows.V
		}
	}
	return out, nil
}

// mend takes back what an earlier attempt said of deliveries that can be read by now: their dataset was corrected.
func (n *Night) mend(ctx context.Context, uses []DeliveryUse) error {
	broken, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{State: ledger.DeliveryBroken})
	if err != nil {
		return err
	}
	for _, d := range broken {
		if slices.ContainsFunc(uses, func(u DeliveryUse) bool { return u.Seq == d.Seq }) {
			if err := n.Ledger.Mend(ctx, d.Seq); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *Night) seal(ctx context.Context, eng engine.Engine, b *beginning, deliveries []DeliveryUse) (SealOutput, error) {
	spec := SealSpec{
		Definitions: b.plan.Definitions, Deliveries: withoutReports(deliveries), Datasets: b.states(),
		Crosswalk: b.before.Crosswalk, Pending: b.before.Pending, NextBlock: b.before.NextBlock, Homes: b.before.Homes,
	}
	outputs, err := do[SealSpec, SealOutput](ctx, n, eng, kindSeal, []SealSpec{spec}, func(SealSpec) string { return "night" })
	if err != nil {
		return SealOutput{}, err
	}
	return outputs[0], nil
}

func (n *Night) reduceAll(ctx context.Context, eng engine.Engine, b *beginning, deliveries []DeliveryUse, sealed SealOutput) ([]ReduceOutput, error) {
	deliveries = withoutReports(deliveries)
	var specs []ReduceSpec
	merged := mergers(sealed.Pending)
	for _, group := range sealed.Groups {
		heritage := heritageOf(group, sealed.Groups, slices.Concat(merged, mergers(b.before.Pending)))
		specs = append(specs, ReduceSpec{
			Definitions: b.plan.Definitions, Date: b.plan.Date, Last: b.last(), Homes: group,
			Deliveries: onlyRuns(deliveries, slices.Concat(group, heritage)), Datasets: sealed.Datasets, Crosswalk: sealed.Crosswalk, Mergers: merged, Heritage: heritage, Afresh: b.plan.Afresh || b.plan.Replaces != "",
		})
	}
	return do[ReduceSpec, ReduceOutput](ctx, n, eng, kindReduce, specs, func(s ReduceSpec) string { return string(s.Homes[0].State.Home) })
}

// withoutReports drops what only people read, so that specs stay small.
func withoutReports(deliveries []DeliveryUse) []DeliveryUse {
	out := make([]DeliveryUse, len(deliveries))
	for i, d := range deliveries {
		out[i] = DeliveryUse{d.Delivery, MapOutput{Runs: d.Map.Runs}}
	}
	return out
}

// onlyRuns drops the runs, and of those the groups, that hold nothing for these homes.
func onlyRuns(deliveries []DeliveryUse, homes []HomePlan) []DeliveryUse {
	wanted := map[string]bool{}
	for _, h := range homes {
		wanted[string(h.State.Home)] = true
		for _, t := range h.Take {
			wanted[string(t.From)] = true
		}
	}
	out := make([]DeliveryUse, len(deliveries))
	for i, d := range deliveries {
		out[i].Delivery = d.Delivery
		for _, run := range d.Map.Runs {
			kept := run
			kept.Groups = nil
			for _, g := range run.Groups {
				if wanted[g.Name] {
					kept.Groups = append(kept.Groups, g)
				}
			}
			if len(kept.Groups) > 0 {
				out[i].Map.Runs = append(out[i].Map.Runs, kept)
			}
		}
	}
	return out
}

// registration is the dataset that makes enterprises.
func (n *Night) registration() *schemas.Dataset { return n.Workspace.Registration() }

// LoadManifest reads the manifest of a published night.
func (n *Night) LoadManifest(night string) (Manifest, error) {
	var m Manifest
	if err := n.unlessPruned(night); err != nil {
		return m, err
	}
	name := manifestName(night)
	if err := n.Store.ReadManifest(name, &m); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return m, fmt.Errorf("night %s is published, but %s is not in the store: restore it from a backup: %w", night, name, err)
		}
		return m, err
	}
	if m.Format != ManifestFormat {
		return m, fmt.Errorf("%s has format %d, this zhida reads format %d", name, m.Format, ManifestFormat)
	}
	return m, nil
}

func manifestName(night string) string { return "nights/" + night + "/manifest.json" }
