package pipeline

import (
	"fmt"
	"path"
	"strings"

	"zhida/pipeline/store"
)

// artefact is a file that a night's manifest names, and what it is there.
type artefact struct {
	What string // in words, once in a manifest: "home 510703, verdicts"
	Ref  store.Ref
}

// kind is the folder of the store it is in.
func (a *artefact) kind() string { return kindOf(a.Ref) }

func kindOf(ref store.Ref) string {
	kind, _, _ := strings.Cut(path.Clean(ref.Name), "/")
	return kind
}

// artefacts are all that a night's manifest names, the landing zone's aside.
func (m *Manifest) artefacts() []artefact { return append(m.made(), m.state()...) }

// gathered collects artefacts, those that are there.
type gathered []artefact

func (g *gathered) add(ref *store.Ref, what string, args ...any) {
	if ref != nil {
		*g = append(*g, artefact{fmt.Sprintf(what, args...), *ref})
	}
}

// made are the artefacts that no later night starts from.
func (m *Manifest) made() []artefact {
	var out gathered
	for i := range m.Deliveries {
		d := &m.Deliveries[i]
		out.add(d.Map.Rejects, "delivery #%d %s, rejects", d.Seq, d.Name)
		out.add(d.Map.Doubts, "delivery #%d %s, doubts", d.Seq, d.Name)
		for k, run := range d.Map.Runs {
			out.add(&run.Rows, "delivery #%d %s, run %d", d.Seq, d.Name, k+1)
			out.add(run.Sealed, "delivery #%d %s, run %d, personal fields", d.Seq, d.Name, k+1)
		}
	}
	out.add(m.Pushes.Baselined, "baseline")
	out.add(m.Pushes.SMS, "SMS list")
	out.add(m.Pushes.Portal, "portal list")
	return out
}

// state are the artefacts that a night which follows this one starts from.
func (m *Manifest) state() []artefact {
	var out gathered
	out.add(m.Workspace, "definitions")
	out.add(m.Told, "summary")
	out.add(m.Crosswalk, "crosswalk")
	for i := range m.Homes {
		h := &m.Homes[i]
		out.add(h.Directory, "home %s, directory", h.Home)
		out.add(h.Profile, "home %s, profile", h.Home)
		out.add(h.Tags, "home %s, tags", h.Home)
		out.add(h.Verdicts, "home %s, verdicts", h.Home)
		out.add(h.Changes, "home %s, changes", h.Home)
		for k := range h.TagFlips {
			out.add(&h.TagFlips[k], "home %s, tags, flips %d", h.Home, k+1)
		}
		for k := range h.VerdictFlips {
			out.add(&h.VerdictFlips[k], "home %s, verdicts, flips %d", h.Home, k+1)
		}
		out.rows(h.Current, "home %s, rows of %s", h)
		out.rows(h.Waiting, "home %s, waiting rows of %s", h)
	}
	return out
}

func (g *gathered) rows(states map[string]StateRefs, what string, h *HomeState) {
	for _, ds := range sortedKeys(states) {
		s := states[ds]
		g.add(&s.Rows, what, h.Home, ds)
		g.add(s.Sealed, what+", personal fields", h.Home, ds)
		for k, d := range s.Deltas {
			g.add(&d.Rows, what+", changes %d", h.Home, ds, k+1)
			g.add(d.Sealed, what+", changes %d, personal fields", h.Home, ds, k+1)
		}
	}
}
