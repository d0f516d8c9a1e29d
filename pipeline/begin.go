package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"zhida/connectors/format"
	"zhida/pipeline/collect"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// Plan fixes what a night reads, before it reads it: a killed night goes on with the same deliveries, whatever has
// arrived since.
type Plan struct {
	Night       string            `json:"night"`
	Date        schemas.Date      `json:"date"`
	Predecessor string            `json:"predecessor,omitempty"`
	Replaces    string            `json:"replaces,omitempty"` // the published revision of the date that this one replaces
	Backfill    bool              `json:"backfill,omitempty"`
	Afresh      bool              `json:"afresh,omitempty"` // everybody is judged; the same verdicts, in other files
	Definitions string            `json:"definitions"`
	Horizon     int64             `json:"horizon"`
	Deferred    []int64           `json:"deferred,omitempty"`
	Deliveries  []PlannedDelivery `json:"deliveries"`
	Problems    []string          `json:"problems,omitempty"` // what was met while collecting
	Failed      bool              `json:"failed,omitempty"`   // some sources could not be read
	Holds       map[string]string `json:"holds,omitempty"`    // datasets that operators hold, and what they say
	Kept        map[string]*Kept  `json:"kept,omitempty"`     // datasets that are held and without whose deliveries the night goes on
}

// PlannedDelivery is a delivery with its raw bytes in the landing zone, and what zhida.yaml said of its file.
type PlannedDelivery struct {
	Delivery
	Raw    store.Ref       `json:"raw"`
	Format *format.Options `json:"format,omitempty"` // nil in plans of an earlier zhida: what zhida.yaml says now
}

// formatOf is how the file of a delivery is to be read.
func (n *Night) formatOf(d *PlannedDelivery) format.Options {
	if d.Format != nil {
		return *d.Format
	}
	return n.Options(d.Source, d.Name)
}

// beginning is where a night starts from.
type beginning struct {
	plan      Plan
	before    Manifest      // of the predecessor; empty on the first night
	published *Manifest     // set if the night is published and there is nothing to do
	leftOut   []string      // what a backfill does not read, for people
	released  []ledger.Gate // what people have released that tonight's gates may find again; read once: gates forget what they find no more
	watch     *stopwatch
}

func (n *Night) begin(ctx context.Context, date schemas.Date, started time.Time) (*beginning, error) {
	if b, err := n.resume(ctx, date, started); b != nil || err != nil {
		return b, err
	}
	sources, err := n.makeSure(ctx, date)
	if err != nil {
		return nil, err
	}
	collected, err := collect.Collect(ctx, sources, n.Ledger, n.Store, collect.Night{Until: date, Now: n.Clock, Wait: n.Wait})
	if err != nil {
		return nil, err
	}
	n.reached("collected")
	if err := n.checkLedger(ctx); err != nil {
		return nil, err
	}
	b := &beginning{}
	last, err := n.published(ctx, date)
	if err != nil {
		return nil, err
	}
	before, _, err := n.Ledger.LastPublished(ctx, date)
	if err != nil {
		return nil, err
	}
	replaces := ""
	if last != nil {
		replaces = last.Night
	}
	if err := n.startFrom(b, before.ID, replaces); err != nil {
		return nil, err
	}
	until, err := n.arrivedBy(ctx, date, started.Location())
	if err != nil {
		return nil, err
	}
	if b.plan, b.leftOut, err = n.draw(ctx, date, before.ID, &b.before, until); err != nil {
		return nil, err
	}
	b.plan.Replaces = replaces
	b.plan.Problems, b.plan.Failed = append(problems(collected), b.leftOut...), len(collected.Failures) > 0
	if b.plan.Holds, err = n.holds(ctx); err != nil {
		return nil, err
	}
	n.keepHolds(b)
	if last != nil && last.sameInput(&b.plan) {
		again, err := n.letGo(ctx, last)
		if err != nil {
			return nil, err
		}
		if !again {
			b.published = last
			return b, nil
		}
	}
	night, err := n.Ledger.BeginNight(ctx, date, started)
	if err != nil {
		return nil, err
	}
	b.plan.Night, b.plan.Backfill = night.ID, night.Backfill
	if err := n.Store.WriteManifest(planName(night.ID), &b.plan); err != nil {
		return nil, err
	}
	n.reached("planned")
	return b, nil
}

// startFrom loads what the night starts from: the predecessor, and if it replaces a published revision of its date, the
// doors that revision gave out. A door never moves, and pushes are remembered by door.
func (n *Night) startFrom(b *beginning, predecessor, replaces string) (err error) {
	if predecessor != "" {
		if b.before, err = n.LoadManifest(predecessor); err != nil {
			return err
		}
		if err := n.readSummary(&b.before); err != nil {
			return err
		}
	}
	if replaces != "" {
		old, err := n.LoadManifest(replaces)
		if err != nil {
			return err
		}
		b.before.keepDoors(&old)
	}
	return n.checkHomes(&b.before)
}

// keepDoors takes over the directories of a night that is replaced.
func (m *Manifest) keepDoors(replaced *Manifest) {
	homes := slices.Clone(m.Homes)
	for _, h := range replaced.Homes {
		i := slices.IndexFunc(homes, func(o HomeState) bool { return o.Home == h.Home })
		if i < 0 {
			i = len(homes)
			homes = append(homes, HomeState{Home: h.Home})
		}
		homes[i].Blocks, homes[i].Directory, homes[i].Enterprises = h.Blocks, h.Directory, h.Enterprises
	}
	slices.SortFunc(homes, func(a, b HomeState) int { return cmp.Compare(a.Home, b.Home) })
	m.Homes, m.NextBlock, m.Wards = homes, replaced.NextBlock, replaced.Wards
}

// ErrLedger is returned when the ledger does not know what the store holds.
var ErrLedger = errors.New("the ledger is not the one of this store: restore it from its latest backup")

// checkLedger refuses a ledger that was lost or is older than the store: it would tell people again what they know.
func (n *Night) checkLedger(ctx context.Context) error {
	known, err := n.Ledger.Nights(ctx)
	if err != nil {
		return err
	}
	stored, err := n.Store.Nights()
	if err != nil {
		return err
	}
	for _, id := range stored {
		if !slices.ContainsFunc(known, func(o ledger.Night) bool { return o.ID == id }) {
			return fmt.Errorf("the store holds night %s, which the ledger does not know: %w", id, ErrLedger)
		}
	}
	return nil
}

// ErrHomes is returned when the workspace would look for enterprises elsewhere than where they have their doors.
var ErrHomes = errors.New("doors never move")

// checkHomes refuses a workspace whose wards or region codes would lead to other homes than last night's.
func (n *Night) checkHomes(before *Manifest) error {
	for _, h := range before.Homes {
		region := h.Home.Region()
		if h.Home == unplaced || region == string(schemas.NoHome) {
			continue
		}
		if was, is := max(1, before.Wards[region]), max(1, n.Workspace.Wards[region]); was != is {
			return fmt.Errorf("zhida.yaml: home %s was divided into %d wards when its enterprises got their doors, now it says %d: put it back: %w", region, was, is, ErrHomes)
		}
		if _, ok := n.Workspace.Codes.Region(region); !ok {
			return fmt.Errorf("codes/: region %s was known when its enterprises got their doors, now it is not: put it back: %w", region, ErrHomes)
		}
	}
	return nil
}

// resume finds a night of the date that was killed while it ran. One that was held or failed is planned anew: what
// held it may have been replaced.
func (n *Night) resume(ctx context.Context, date schemas.Date, started time.Time) (*beginning, error) {
	nights, err := n.Ledger.Nights(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(nights, func(o ledger.Night) bool { return o.Date == date && o.State == ledger.NightRunning })
	if i < 0 {
		return nil, nil
	}
	b := &beginning{}
	err = n.Store.ReadManifest(planName(nights[i].ID), &b.plan)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // killed before it was planned
	}
	if err != nil {
		return nil, err
	}
	night, err := n.Ledger.BeginNight(ctx, date, started)
	if err != nil {
		return nil, err
	}
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(b.plan.Deliveries, func(d PlannedDelivery) bool {
		return slices.ContainsFunc(all, func(o ledger.Delivery) bool { return o.Seq == d.Seq && o.State != ledger.DeliveryLanded })
	}) {
		return nil, nil // it was held, and killed before that was recorded: its file may have been replaced
	}
	holds, err := n.holds(ctx)
	if err != nil {
		return nil, err
	}
	if !maps.Equal(b.plan.Holds, holds) {
		return nil, nil // somebody has held a dataset since, or let it go
	}
	if b.plan.Night != night.ID || b.plan.Definitions != n.definitions() || b.plan.Predecessor != night.Predecessor ||
		b.plan.Backfill != night.Backfill {
		return nil, nil // the ground has shifted: plan anew
	}
	return b, n.startFrom(b, b.plan.Predecessor, b.plan.Replaces)
}

// definitions names what decides: the workspace, and the version of the engine that reads it.
func (n *Night) definitions() string { return n.Workspace.Sum + "." + EngineVersion }

// EngineVersion is raised when the same deliveries and the same workspace give other artefacts than before.
const EngineVersion = "9"

func planName(night string) string { return "nights/" + night + "/plan.json" }

// published is the manifest of the latest published revision of the date, nil if there is none.
func (n *Night) published(ctx context.Context, date schemas.Date) (*Manifest, error) {
	nights, err := n.Ledger.Nights(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range slices.Backward(nights) {
		if o.Date == date && o.State == ledger.NightPublished {
			m, err := n.LoadManifest(o.ID)
			return &m, err
		}
	}
	return nil, nil
}

// ErrDataset is returned when a delivery waits whose dataset was taken out of the workspace.
var ErrDataset = errors.New("the workspace no longer has this dataset: put its document back")

// draw lists what the night has to read: all that arrived and the predecessor did not read, up to the business date.
// A delivery that is broken holds the night at once; it stays so until its file is replaced or taken away. What arrived
// after the number until is left out; leftOut tells people.
func (n *Night) draw(ctx context.Context, date schemas.Date, predecessor string, before *Manifest, until int64) (plan Plan, out []string, err error) {
	plan = Plan{Date: date, Predecessor: predecessor, Afresh: n.Afresh, Definitions: n.definitions(), Horizon: before.Horizon}
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return plan, nil, err
	}
	var late []ledger.Delivery
	for _, d := range all {
		if d.Seq <= before.Horizon && !slices.Contains(before.Deferred, d.Seq) {
			continue
		}
		if d.Seq > until {
			if d.Date <= date && d.State != ledger.DeliveryWithdrawn {
				late = append(late, d)
			}
			continue
		}
		plan.Horizon = max(plan.Horizon, d.Seq)
		switch {
		case d.State == ledger.DeliveryWithdrawn:
		case d.Date > date:
			plan.Deferred = append(plan.Deferred, d.Seq)
		default:
			if n.Workspace.Dataset(d.Dataset) == nil {
				return plan, nil, fmt.Errorf("delivery %s is of dataset %q: %w", d.Name, d.Dataset, ErrDataset)
			}
			if !d.Purged.IsZero() {
				return plan, nil, fmt.Errorf("%w: the night of %s would read delivery #%d %s again", ErrPurged, date, d.Seq, d.Name)
			}
			options := n.Options(d.Source, d.Name)
			plan.Deliveries = append(plan.Deliveries, PlannedDelivery{Delivery{
				Seq: d.Seq, Dataset: d.Dataset, Source: d.Source, Name: d.Name, Sum: d.Sum, Date: d.Date, Mode: d.Mode, Scope: d.Scope,
			}, d.Ref, &options})
		}
	}
	return plan, leftOut(before, until, late), nil
}

// sameInput reports whether a plan would make this night again.
func (m *Manifest) sameInput(p *Plan) bool {
	taken := slices.DeleteFunc(slices.Clone(p.Deliveries), func(d PlannedDelivery) bool { return m.Datasets[d.Dataset].Kept != nil })
	return m.Predecessor == p.Predecessor && m.Definitions == p.Definitions && m.waited(p.Deliveries) &&
		m.heldAlike(p) && slices.EqualFunc(m.Deliveries, taken, func(a DeliveryUse, b PlannedDelivery) bool { return a.Delivery == b.Delivery })
}

// problems are the words of a summary for what collecting met.
func problems(r collect.Result) []string {
	var out []string
	for _, f := range r.Failures {
		out = append(out, f.Error())
	}
	for _, f := range r.Changing {
		left := fmt.Sprintf("source %s: %s is still being written: left for the next night", f.Source, f.Object.Name)
		if f.Why != nil {
			left += ": " + f.Why.Error()
		}
		out = append(out, left)
	}
	for _, f := range r.Waiting {
		out = append(out, fmt.Sprintf("source %s: %s waits: %s", f.Source, f.Object.Name, f.Why))
	}
	for _, f := range r.Alone {
		out = append(out, fmt.Sprintf("source %s: the %s %s stands there without its delivery", f.Source, f.Object.Part, f.Object.Name))
	}
	for _, m := range r.Missing {
		out = append(out, fmt.Sprintf("source %s: the manifest %s names %s, which has not come", m.Source, m.Manifest, m.File))
	}
	for _, f := range r.Unknown {
		out = append(out, fmt.Sprintf("source %s: %s is not read: %s", f.Source, f.Object.Name, f.Object.Problem))
	}
	return out
}
