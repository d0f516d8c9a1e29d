package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// Pruned is what a site no longer keeps.
type Pruned struct {
	Classes []PrunedClass `json:"classes"`
	Bytes   int64         `json:"bytes"`
	Nights  []string      `json:"nights,omitempty"` // whose artefacts go
}

// PrunedClass is one class of what is kept, and what of it goes.
type PrunedClass struct {
	Class string       `json:"class"`
	Kept  string       `json:"kept"`   // for how long
	Since schemas.Date `json:"before"` // what is older goes
	Files int          `json:"files"`
	Bytes int64        `json:"bytes"`
}

// The classes, as zhida.yaml names them.
const (
	classLanding = "landing"
	classNights  = "nights"
	classReports = "reports"
	classUnits   = "units"
)

// pruning is what goes, found before anything does.
type pruning struct {
	night      *Night
	today      schemas.Date
	nights     []ledger.Night
	live       map[string]bool // nights that the next one starts from, or that are under way
	kept       map[string]bool // live ones, those inside retention, and the ones they start from
	deliveries []int64         // to be marked
	landing    []store.Ref
	marked     []string // nights to be marked
	artefacts  []store.Ref
	files      map[string][]store.File // by class
	manifests  []store.File            // last of all
}

// prunedMark is the file that says that a night is kept no longer. It is there before anything of the night goes.
func prunedMark(night string) string { return "nights/" + night + "/pruned.json" }

// Prune takes away what retention says need not be kept: never what the newest night, one under way, or a night inside
// retention names. A dry run only says what would go. Killed, it is run again, and goes on.
func (n *Night) Prune(ctx context.Context, dry bool, who string) (*Pruned, error) {
	if !dry {
		release, err := n.lock(ctx)
		if err != nil {
			return nil, err
		}
		defer release()
	}
	p := &pruning{night: n, live: map[string]bool{}, kept: map[string]bool{}, files: map[string][]store.File{}}
	y, m, d := n.Clock().Date()
	p.today = schemas.NewDate(y, int(m), d)
	if err := p.find(ctx); err != nil {
		return nil, err
	}
	out := p.sum()
	if dry || out.Bytes == 0 && len(p.deliveries)+len(p.marked)+len(p.manifests) == 0 {
		return out, nil
	}
	what := fmt.Sprintf("prune: %d deliveries, nights %s, %d bytes", len(p.landing), strings.Join(out.Nights, " "), out.Bytes)
	if err := n.Ledger.Audit(ctx, n.Clock(), who, what); err != nil {
		return nil, err
	}
	return out, p.remove(ctx)
}

// find decides what goes. Without a published night nothing does.
func (p *pruning) find(ctx context.Context) (err error) {
	newest, ok, err := p.night.Ledger.LastPublished(ctx, 0)
	if err != nil || !ok {
		return err
	}
	if p.nights, err = p.night.Ledger.Nights(ctx); err != nil {
		return err
	}
	p.keep(&newest)
	held, err := p.named(ctx, newest.ID)
	if err != nil {
		return err
	}
	if err := p.findNights(held); err != nil {
		return err
	}
	return p.findLanding(ctx, &newest, held)
}

// since is the day before which a class goes.
func (p *pruning) since(kept schemas.Span) schemas.Date { return p.today.Add(kept.Negate()) }

// keep finds the nights that stay.
func (p *pruning) keep(newest *ledger.Night) {
	since := p.since(p.night.Workspace.Retention.Nights)
	p.live[newest.ID] = true
	for _, o := range p.nights {
		if o.State == ledger.NightRunning || o.State != ledger.NightPublished && o.Date >= newest.Date {
			p.live[o.ID] = true
		}
		if o.Date >= since {
			p.kept[o.ID] = true
		}
	}
	for id := range p.live {
		p.kept[id] = true
	}
	for _, o := range p.nights {
		if p.live[o.ID] && o.Predecessor != "" {
			p.live[o.Predecessor] = true
		}
		if p.kept[o.ID] && o.Predecessor != "" {
			p.kept[o.Predecessor] = true
		}
		for _, replaced := range p.nights { // doors of a night that is replaced are read
			if p.live[o.ID] && o.State != ledger.NightPublished && replaced.Date == o.Date {
				p.live[replaced.ID], p.kept[replaced.ID] = true, true
			}
		}
	}
}

// named are the artefacts that the nights that stay name, by their names; deliveries are named by live nights only. What
// baselines hold is asked of every night to come.
func (p *pruning) named(ctx context.Context, newest string) (map[string]bool, error) {
	held := map[string]bool{}
	baselines, err := p.night.Ledger.Baselines(ctx, newest)
	if err != nil {
		return nil, err
	}
	for _, b := range baselines {
		held[b.Ref.Name] = true
	}
	for id := range p.kept {
		refs, err := p.refsOf(id)
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			if p.live[id] || kindOf(ref) != kindLanding {
				held[ref.Name] = true
			}
		}
	}
	return held, nil
}

// kindLanding is the folder of deliveries.
const kindLanding = "landing"

// refsOf are all artefacts that a night's files name.
func (p *pruning) refsOf(night string) ([]store.Ref, error) {
	files, err := p.night.Store.Files("nights/" + night)
	if err != nil {
		return nil, err
	}
	var out []store.Ref
	for _, f := range files {
		if path.Ext(f.Name) != ".json" {
			continue
		}
		refs, err := p.night.Store.Named(f.Name)
		if err != nil {
			return nil, err
		}
		out = append(out, refs...)
	}
	return out, nil
}

// findNights finds what goes of the nights: all that made one that is not kept, and of others what is over its own time.
func (p *pruning) findNights(held map[string]bool) error {
	retention := &p.night.Workspace.Retention
	seen := map[string]bool{}
	for _, o := range p.nights {
		folder := "nights/" + o.ID
		files, err := p.night.Store.Files(folder)
		if err != nil {
			return err
		}
		gone := !p.kept[o.ID]
		if gone {
			if err := p.goes(&o, files, held, seen); err != nil {
				return err
			}
		}
		for _, f := range files {
			switch rest := strings.TrimPrefix(f.Name, folder+"/"); {
			case strings.HasPrefix(rest, "report/"):
				if !p.live[o.ID] && o.Date < p.since(retention.Reports) {
					p.files[classReports] = append(p.files[classReports], f)
				}
			case strings.HasPrefix(rest, "units/"):
				if gone || !p.live[o.ID] && o.Date < p.since(retention.Units) {
					p.files[classUnits] = append(p.files[classUnits], f)
				}
			case gone && rest == "manifest.json":
				p.manifests = append(p.manifests, f)
			case gone && slices.Contains([]string{"plan.json", "sms.csv", "portal.jsonl"}, rest):
				p.files[classNights] = append(p.files[classNights], f)
			}
		}
	}
	return nil
}

// goes notes the artefacts of a night that nobody else names, and that it has to be marked.
func (p *pruning) goes(o *ledger.Night, files []store.File, held, seen map[string]bool) error {
	if o.State == ledger.NightPublished && !slices.ContainsFunc(files, func(f store.File) bool { return f.Name == prunedMark(o.ID) }) {
		p.marked = append(p.marked, o.ID)
	}
	refs, err := p.refsOf(o.ID)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if kindOf(ref) == kindLanding || held[ref.Name] || seen[ref.Name] {
			continue
		}
		seen[ref.Name] = true
		if p.night.Store.OnDisk(ref) > 0 {
			p.artefacts = append(p.artefacts, ref)
		}
	}
	return nil
}

// findLanding finds the deliveries whose time is over: read by a published night or withdrawn, and not to be read by another.
func (p *pruning) findLanding(ctx context.Context, newest *ledger.Night, held map[string]bool) error {
	m, err := p.night.LoadManifest(newest.ID)
	if err != nil {
		return err
	}
	all, err := p.night.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return err
	}
	since := p.since(p.night.Workspace.Retention.Landing)
	over := func(d *ledger.Delivery) bool {
		y, month, day := d.Arrived.In(p.night.Clock().Location()).Date()
		read := d.Seq <= m.Horizon && !slices.Contains(m.Deferred, d.Seq) && d.State == ledger.DeliveryLanded
		return (read || d.State == ledger.DeliveryWithdrawn) && d.Date < since && (d.Arrived.IsZero() || schemas.NewDate(y, int(month), day) < since) &&
			!held[d.Ref.Name]
	}
	stays := map[string]bool{}
	for i := range all {
		if !over(&all[i]) {
			stays[all[i].Ref.Name] = true
		}
	}
	seen := map[string]bool{}
	for i := range all {
		d := &all[i]
		if stays[d.Ref.Name] {
			continue
		}
		if d.Purged.IsZero() {
			p.deliveries = append(p.deliveries, d.Seq)
		}
		if !seen[d.Ref.Name] && p.night.Store.OnDisk(d.Ref) > 0 {
			p.landing = append(p.landing, d.Ref)
		}
		seen[d.Ref.Name] = true
	}
	return nil
}

// sum says what goes.
func (p *pruning) sum() *Pruned {
	r := &p.night.Workspace.Retention
	out := &Pruned{}
	for _, c := range []struct {
		name      string
		kept      schemas.Span
		artefacts []store.Ref
	}{{classLanding, r.Landing, p.landing}, {classNights, r.Nights, p.artefacts}, {classReports, r.Reports, nil}, {classUnits, r.Units, nil}} {
		class := PrunedClass{Class: c.name, Kept: c.kept.String(), Since: p.since(c.kept)}
		for _, ref := range c.artefacts {
			class.Files++
			class.Bytes += p.night.Store.OnDisk(ref)
		}
		files := p.files[c.name]
		if c.name == classNights {
			files = append(slices.Clone(p.manifests), files...)
		}
		for _, f := range files {
			class.Files++
			if ext := path.Ext(f.Name); c.name != classNights || ext == ".json" { // push lists are artefacts under another name
				class.Bytes += f.Size
			}
		}
		out.Classes = append(out.Classes, class)
		out.Bytes += class.Bytes
	}
	for _, f := range p.manifests {
		out.Nights = append(out.Nights, path.Base(path.Dir(f.Name)))
	}
	return out
}

// remove takes away what was found, in an order that leaves the store whole whenever it is killed: what goes is first marked as
// gone, and the record of what it named goes last.
func (p *pruning) remove(ctx context.Context) error {
	n := p.night
	if err := n.Ledger.Purge(ctx, p.deliveries, n.Clock()); err != nil {
		return err
	}
	n.reached("deliveries marked")
	for _, night := range p.marked {
		mark := struct {
			Night  string    `json:"night"`
			Pruned time.Time `json:"pruned"`
		}{night, n.Clock().UTC()}
		if err := n.Store.WriteManifest(prunedMark(night), &mark); err != nil {
			return err
		}
	}
	n.reached("nights marked")
	for i, ref := range append(slices.Clone(p.landing), p.artefacts...) {
		if err := firstError(ctx.Err(), n.Store.Discard(ref)); err != nil {
			return err
		}
		if i == len(p.landing)+len(p.artefacts)/2 {
			n.reached("half pruned")
		}
	}
	n.reached("artefacts pruned")
	for _, class := range []string{classReports, classUnits, classNights} {
		if err := firstError(ctx.Err(), n.Store.Remove(p.files[class]...)); err != nil {
			return err
		}
	}
	n.reached("files pruned")
	return n.Store.Remove(p.manifests...)
}

// unlessPruned says of a night that is not kept any more that it is not.
func (n *Night) unlessPruned(night string) error {
	var mark struct {
		Pruned time.Time `json:"pruned"`
	}
	err := n.Store.ReadManifest(prunedMark(night), &mark)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return firstError(err, fmt.Errorf("%w: night %s was pruned on %s, as its time was over", ErrPurged, night, mark.Pruned.In(n.Clock().Location()).Format(time.DateOnly)))
}
