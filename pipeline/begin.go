package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

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
	Definitions string            `json:"definitions"`
	Horizon     int64             `json:"horizon"`
	Deferred    []int64           `json:"deferred,omitempty"`
	Deliveries  []PlannedDelivery `json:"deliveries"`
	Problems    []string          `json:"problems,omitempty"` // what was met while collecting
	Failed      bool              `json:"failed,omitempty"`   // some sources could not be read
}

// PlannedDelivery is a delivery with its raw bytes in the landing zone.
type PlannedDelivery struct {
	Delivery
	Raw store.Ref `json:"raw"`
}

// beginning is where a night starts from.
type beginning struct {
	plan      Plan
	before    Manifest  // of the predecessor; empty on the first night
	published *Manifest // set if the night is published and there is nothing to do
}

func (n *Night) begin(ctx context.Context, date schemas.Date, started time.Time) (*beginning, error) {
	if b, err := n.resume(ctx, date, started); b != nil || err != nil {
		return b, err
	}
	collected, err := collect.Collect(ctx, n.Sources, n.Ledger, n.Store, date)
	if err != nil {
		return nil, err
	}
	n.reached("collected")
	b := &beginning{}
	last, err := n.published(ctx, date)
	if err != nil {
		return nil, err
	}
	before, _, err := n.Ledger.LastPublished(ctx, date)
	if err != nil {
		return nil, err
	}
	if before.ID != "" {
		if b.before, err = n.LoadManifest(before.ID); err != nil {
			return nil, err
		}
		if err := n.checkHomes(&b.before); err != nil {
			return nil, err
		}
	}
	if b.plan, err = n.draw(ctx, date, before.ID, &b.before); err != nil {
		return nil, err
	}
	b.plan.Problems, b.plan.Failed = problems(collected), len(collected.Failures) > 0
	if last != nil && last.sameInput(&b.plan) {
		b.published = last
		return b, nil
	}
	night, err := n.Ledger.BeginNight(ctx, date, started)
	if err != nil {
		return nil, err
	}
	b.plan.Night = night.ID
	if err := n.Store.WriteManifest(planName(night.ID), &b.plan); err != nil {
		return nil, err
	}
	n.reached("planned")
	return b, nil
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
	broken, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{State: ledger.DeliveryBroken})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(b.plan.Deliveries, func(d PlannedDelivery) bool {
		return slices.ContainsFunc(broken, func(o ledger.Delivery) bool { return o.Seq == d.Seq })
	}) {
		return nil, nil // it was held, and killed before that was recorded: its file may have been replaced
	}
	if b.plan.Night != night.ID || b.plan.Definitions != n.Workspace.Sum || b.plan.Predecessor != night.Predecessor {
		return nil, nil // the ground has shifted: plan anew
	}
	if b.plan.Predecessor != "" {
		b.before, err = n.LoadManifest(b.plan.Predecessor)
	}
	return b, err
}

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

// draw lists what the night has to read: all that arrived and the predecessor did not read, up to the business date.
// A delivery that is broken holds the night at once; it stays so until its file is replaced or taken away.
func (n *Night) draw(ctx context.Context, date schemas.Date, predecessor string, before *Manifest) (Plan, error) {
	plan := Plan{Date: date, Predecessor: predecessor, Definitions: n.Workspace.Sum, Horizon: before.Horizon}
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return plan, err
	}
	for _, d := range all {
		if d.Seq <= before.Horizon && !slices.Contains(before.Deferred, d.Seq) {
			continue
		}
		plan.Horizon = max(plan.Horizon, d.Seq)
		switch {
		case d.State == ledger.DeliveryWithdrawn:
		case d.Date > date:
			plan.Deferred = append(plan.Deferred, d.Seq)
		default:
			if n.Workspace.Dataset(d.Dataset) == nil {
				return plan, fmt.Errorf("delivery %s is of dataset %q, which the workspace no longer has", d.Name, d.Dataset)
			}
			plan.Deliveries = append(plan.Deliveries, PlannedDelivery{Delivery{
				Seq: d.Seq, Dataset: d.Dataset, Source: d.Source, Name: d.Name, Sum: d.Sum, Date: d.Date, Mode: d.Mode, Scope: d.Scope,
			}, d.Ref})
		}
	}
	return plan, nil
}

// sameInput reports whether a plan would make this night again.
func (m *Manifest) sameInput(p *Plan) bool {
	return m.Predecessor == p.Predecessor && m.Definitions == p.Definitions &&
		slices.EqualFunc(m.Deliveries, p.Deliveries, func(a DeliveryUse, b PlannedDelivery) bool { return a.Delivery == b.Delivery })
}

// problems are the words of a summary for what collecting met.
func problems(r collect.Result) []string {
	var out []string
	for _, f := range r.Failures {
		out = append(out, f.Error())
	}
	for _, f := range r.Changing {
		out = append(out, fmt.Sprintf("source %s: %s is still being written: left for the next night", f.Source, f.Object.Name))
	}
	for _, f := range r.Unknown {
		if f.New {
			out = append(out, fmt.Sprintf("source %s: %s is not read: %s", f.Source, f.Object.Name, f.Object.Problem))
		}
	}
	return out
}
