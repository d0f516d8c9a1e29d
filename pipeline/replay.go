package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"zhida/pipeline/store"
)

// Replay is what came of a published night that was worked out once more.
type Replay struct {
	Night       string       `json:"night"`
	Deliveries  int          `json:"deliveries"`
	Kinds       []ReplayKind `json:"compared"`
	Differences []Difference `json:"differences"`
}

// ReplayKind counts what was compared in one folder of the store, or in that of the night's reports.
type ReplayKind struct {
	Kind      string `json:"kind"`
	Artefacts int    `json:"artefacts"`
	Bytes     int64  `json:"bytes"`
	Different int    `json:"different"`
}

// Difference is one artefact that is not what it was.
type Difference struct {
	What   string `json:"what"`
	Night  string `json:"night,omitempty"`  // its artefact
	Replay string `json:"replay,omitempty"` // the replay's
	Why    string `json:"why"`
}

// Replay works a published night out once more from its deliveries, its definitions and what the night before left, aside
// from the store, and compares each artefact by its content. The store and the ledger are only read.
func (n *Night) Replay(ctx context.Context, night string) (_ *Replay, err error) {
	m, plan, err := n.planned(ctx, night)
	if err != nil {
		return nil, err
	}
	if err := n.needs(&m, &plan); err != nil {
		return nil, err
	}
	if _, version, _ := strings.Cut(m.Definitions, "."); version != EngineVersion {
		return nil, fmt.Errorf("night %s is of version %s, this zhida has %s: replay it by the zhida that made it, and see zhida compare: %w",
			m.Night, version, EngineVersion, ErrEngine)
	}
	ws, err := n.workspaceOf(&m)
	if err != nil {
		return nil, err
	}
	a, err := n.aside(ws)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Store.Close()) }()
	again, err := a.rerun(ctx, &plan)
	if err != nil {
		return nil, fmt.Errorf("replay night %s: %w", m.Night, err)
	}
	c := &comparison{night: n, kinds: map[string]*ReplayKind{}, seen: map[store.Ref]bool{}}
	if err := c.landing(&plan); err != nil {
		return nil, err
	}
	if err := c.manifests(&m, &again); err != nil {
		return nil, err
	}
	if err := c.reports(ctx, a, &m); err != nil {
		return nil, err
	}
	r := &Replay{Night: m.Night, Deliveries: len(plan.Deliveries), Differences: c.differences}
	for _, kind := range sortedKeys(c.kinds) {
		r.Kinds = append(r.Kinds, *c.kinds[kind])
	}
	return r, nil
}

// comparison compares a night with its replay.
type comparison struct {
	night       *Night
	kinds       map[string]*ReplayKind
	seen        map[store.Ref]bool
	differences []Difference
}

func (c *comparison) kind(name string) *ReplayKind {
	if c.kinds[name] == nil {
		c.kinds[name] = &ReplayKind{Kind: name}
	}
	return c.kinds[name]
}

func (c *comparison) differ(kind string, d Difference) {
	c.kind(kind).Different++
	c.differences = append(c.differences, d)
}

// sound reads an artefact of the night, once, and compares it with its checksum.
func (c *comparison) sound(what string, ref store.Ref) error {
	if c.seen[ref] {
		return nil
	}
	c.seen[ref] = true
	k := c.kind(kindOf(ref))
	k.Artefacts++
	k.Bytes += ref.Size
	err := c.night.Store.Check(ref)
	if errors.Is(err, store.ErrDamaged) {
		c.differ(k.Kind, Difference{What: what, Night: ref.Name, Why: err.Error()})
		return nil
	}
	return err
}

func (c *comparison) landing(plan *Plan) error {
	for i := range plan.Deliveries {
		d := &plan.Deliveries[i]
		if err := c.sound(fmt.Sprintf("delivery #%d %s", d.Seq, d.Name), d.Raw); err != nil {
			return err
		}
	}
	return nil
}

// manifests compares what two manifests name, and then all else they say.
func (c *comparison) manifests(m, again *Manifest) error {
	made := map[string]store.Ref{}
	for _, a := range again.artefacts() {
		made[a.What] = a.Ref
	}
	for _, a := range m.artefacts() {
		if err := c.sound(a.What, a.Ref); err != nil {
			return err
		}
		is, ok := made[a.What]
		delete(made, a.What)
		if is != a.Ref {
			why := "the content differs"
			if !ok {
				why = "the replay has none"
			}
			c.differ(a.kind(), Difference{What: a.What, Night: a.Ref.Name, Replay: is.Name, Why: why})
		}
	}
	for _, what := range sortedKeys(made) {
		c.differ(kindOf(made[what]), Difference{What: what, Replay: made[what].Name, Why: "the night has none"})
	}
	was, err := json.Marshal(m)
	if err != nil {
		return err
	}
	is, err := json.Marshal(again)
	if err != nil {
		return err
	}
	k := c.kind("manifest")
	k.Artefacts, k.Bytes = 1, int64(len(was))
	if !bytes.Equal(was, is) && len(c.differences) == 0 {
		c.differ(k.Kind, Difference{What: "manifest", Night: manifestName(m.Night), Why: "its figures differ, though all artefacts are equal"})
	}
	return nil
}

// reports makes the guides and workbooks of the night again and compares their files. The run report is left out: it says how
// long the night took, and shows nights that may have been replaced since.
func (c *comparison) reports(ctx context.Context, a *Night, m *Manifest) error {
	if !c.night.Store.HasFile(reportName(m.Night, "run.html")) { // they are not kept as long as the night
		return nil
	}
	if err := firstError(a.readSummary(m), a.guides(m), a.departmentReports(ctx, m), ctx.Err()); err != nil {
		return err
	}
	files, err := a.Store.Compare(path.Dir(reportName(m.Night, "run.html")))
	if err != nil {
		return err
	}
	k := c.kind("report")
	for _, f := range files {
		if path.Base(f.Name) == "run.html" {
			continue
		}
		k.Artefacts++
		k.Bytes += f.Bytes
		switch {
		case f.Equal:
		case !f.Below:
			c.differ(k.Kind, Difference{What: f.Name, Why: "the night has none: zhida run --date makes it"})
		case !f.Above:
			c.differ(k.Kind, Difference{What: f.Name, Why: "the replay has none"})
		default:
			c.differ(k.Kind, Difference{What: f.Name, Why: "the content differs"})
		}
	}
	return nil
}
