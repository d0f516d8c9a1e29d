package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/local"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
)

// Errors of who asks for a night once more.
var (
	// ErrPurged is a night some of whose inputs are no longer kept.
	ErrPurged = errors.New("inputs purged")
	// ErrEngine is a night that another version of zhida has made.
	ErrEngine = errors.New("another version of the engine made it")
)

// aside is a Night of its own, with a workspace, over the store: it reads what is there, and what it makes is seen by nobody
// and gone when its store is closed.
func (n *Night) aside(ws *workspace.Workspace) (*Night, error) {
	over, err := n.Store.Scratch()
	if err != nil {
		return nil, err
	}
	a, err := n.with(ws, over)
	if err != nil {
		return nil, errors.Join(err, over.Close())
	}
	return a, nil
}

// with is a Night with a workspace on a store. It remembers no units, so it does all of them.
func (n *Night) with(ws *workspace.Workspace, on *store.Store) (*Night, error) {
	a := &Night{
		Workspace: ws, Store: on, Key: n.Key, Ledger: n.Ledger, Formats: n.Formats, Options: n.Options, Workers: n.Workers,
		Observer: n.Observer, Clock: n.Clock,
		Engine: func(engine.Recorder) engine.Engine { return local.New(n.Workers, nil, n.Observer) },
	}
	return a, a.Prepare()
}

// workspaceOf is the workspace by which a night was decided: tonight's, if nothing was changed since, or one of the
// definitions that the night kept.
func (n *Night) workspaceOf(m *Manifest) (*workspace.Workspace, error) {
	sum, _, _ := strings.Cut(m.Definitions, ".")
	if n.Workspace.Sum == sum {
		return n.Workspace, nil
	}
	if m.Workspace == nil {
		return nil, fmt.Errorf("%w: night %s: its definitions", ErrPurged, m.Night)
	}
	file, size, err := n.Store.Open(*m.Workspace)
	if err != nil {
		return nil, err
	}
	kept, err := workspace.ReadDefinitions(io.NewSectionReader(file, 0, size))
	if err := firstError(err, file.Close()); err != nil {
		return nil, err
	}
	ws, err := kept.Load()
	if err != nil {
		return nil, fmt.Errorf("the definitions of night %s: %w", m.Night, err)
	}
	ws.Name, ws.ItemsGate, ws.Wards, ws.Sum = n.Workspace.Name, n.Workspace.ItemsGate, m.Wards, sum
	return ws, nil
}

// needs refuses a night some of whose inputs are gone.
func (n *Night) needs(m *Manifest, plan *Plan) error {
	gone, err := n.purged(m, plan)
	if err == nil && len(gone) > 0 {
		err = fmt.Errorf("%w: night %s cannot be worked out again without %s", ErrPurged, m.Night, strings.Join(gone, ", "))
	}
	return err
}

// planned reads a published night and what was planned for it.
func (n *Night) planned(ctx context.Context, night string) (Manifest, Plan, error) {
	v, err := n.View(ctx, night)
	if err != nil {
		return Manifest{}, Plan{}, err
	}
	v.Close()
	var plan Plan
	err = n.Store.ReadManifest(planName(v.Manifest.Night), &plan)
	if errors.Is(err, fs.ErrNotExist) {
		return v.Manifest, plan, fmt.Errorf("%w: night %s: its plan", ErrPurged, v.Manifest.Night)
	}
	return v.Manifest, plan, err
}

// purged lists the inputs of a planned night that are not in the store: deliveries, the definitions, and what the night
// before has left.
func (n *Night) purged(m *Manifest, plan *Plan) ([]string, error) {
	var out []string
	for i := range plan.Deliveries {
		if d := &plan.Deliveries[i]; !n.Store.Has(d.Raw) {
			out = append(out, fmt.Sprintf("delivery #%d %s", d.Seq, d.Name))
		}
	}
	if m.Workspace == nil || !n.Store.Has(*m.Workspace) {
		out = append(out, "its definitions")
	}
	for _, before := range []string{plan.Predecessor, plan.Replaces} {
		if before == "" {
			continue
		}
		was, err := n.LoadManifest(before)
		if errors.Is(err, ErrPurged) || errors.Is(err, fs.ErrNotExist) {
			out = append(out, "night "+before)
			continue
		}
		if err != nil {
			return nil, err
		}
		gone := map[store.Ref]bool{}
		for _, a := range was.state() {
			if !gone[a.Ref] && !n.Store.Has(a.Ref) {
				gone[a.Ref] = true
			}
		}
		if len(gone) > 0 {
			out = append(out, fmt.Sprintf("night %s, %d artefacts", before, len(gone)))
		}
	}
	return out, nil
}

// rerun works a planned night out once more, up to its manifest, and tells the ledger nothing.
func (n *Night) rerun(ctx context.Context, plan *Plan) (Manifest, error) {
	b := &beginning{plan: *plan, watch: startWatch(n.Clock, n.Clock())}
	if err := n.startFrom(b, plan.Predecessor, plan.Replaces); err != nil {
		return Manifest{}, err
	}
	eng := n.engine(plan.Night)
	deliveries, broken, err := n.mapped(ctx, eng, b, nil)
	if err != nil {
		return Manifest{}, err
	}
	if len(broken) > 0 {
		return Manifest{}, fmt.Errorf("delivery %s", broken[0].Map.Fatal)
	}
	taken := b.plan.taken(deliveries)
	sealed, reduced, err := n.settle(ctx, eng, b, taken)
	if err != nil {
		return Manifest{}, err
	}
	m, err := n.assemble(b, taken, sealed, reduced)
	if err != nil {
		return m, err
	}
	if err := n.planPushes(ctx, &m, plan.Backfill); err != nil {
		return m, err
	}
	found, warnings, err := n.asked(ctx, &m, b, reduced)
	if err != nil {
		return m, err
	}
	answered, err := n.noted(ctx, b, found, warnings)
	if err != nil {
		return m, err
	}
	m.Summary = n.summary(&m, b, reduced)
	m.Summary.Problems = slices.Concat(m.Summary.Problems, n.keptProblems(b), answered.warnings)
	m.Told, err = n.keepSummary(m.Summary)
	return m, err
}
