package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"zhida/matcher"
	"zhida/matcher/changes"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// ReduceSpec names what a group of homes is made from.
type ReduceSpec struct {
	Definitions string                  `json:"definitions"`
	Date        schemas.Date            `json:"date"`
	Last        *LastNight              `json:"last,omitempty"` // the published night to compare with; nil: there is none
	Homes       []HomePlan              `json:"homes"`
	Deliveries  []DeliveryUse           `json:"deliveries"` // only the runs that hold rows for these homes
	Datasets    map[string]DatasetState `json:"datasets"`
	Crosswalk   *store.Ref              `json:"crosswalk,omitempty"`
	Mergers     []current.Merger        `json:"mergers,omitempty"`
	Heritage    []HomePlan              `json:"heritage,omitempty"` // homes of other groups with enterprises that became part of these
	// Afresh: nothing is taken over from the last night but its rows. A night that replaces another one has doors that its
	// predecessor does not know.
	Afresh bool `json:"afresh,omitempty"`
}

// ReduceOutput is what the group's homes are now, and what changed in them.
type ReduceOutput struct {
	Rows int64 `json:"rows"` // enterprises; shown as progress
	// Statuses counts the registrations whose status is known, if the document says which statuses are closed.
	Statuses int64                     `json:"statuses"`
	Matched  int64                     `json:"matched"` // enterprises that are sure of an item
	Judged   int64                     `json:"judged"`  // enterprises whose verdicts were worked out; the others' were taken over
	Homes    []HomeState               `json:"homes"`
	Applied  map[string]current.Report `json:"applied"` // by dataset, over the homes
	Items    map[string]ItemCount      `json:"items"`
	Tags     map[string]TagCount       `json:"tags"`
	Changes  map[schemas.Cause]Changed `json:"changes,omitempty"`
}

// ItemCount counts the enterprises of an item.
type ItemCount struct {
	Sure    int64 `json:"sure"`
	Review  int64 `json:"review"`  // of the sure: subject to 评审
	Declare int64 `json:"declare"` // of the sure: subject to 承诺 only
	Ready   int64 `json:"ready"`   // of the sure: fit for 免申即享
	Light   int64 `json:"light"`   // of the sure: fit for 易申快享
	Needs   int64 `json:"needs_facts"`
	Near    int64 `json:"near"`    // near misses
	Entered int64 `json:"entered"` // sure now, not sure in the last published night
	Left    int64 `json:"left"`    // sure then, not sure now
}

// TagCount counts the living enterprises that have a tag, and those of which it is not known.
type TagCount struct {
	Yes     int64 `json:"yes"`
	Unknown int64 `json:"unknown"`
}

func (n *Night) runReduce(ctx context.Context, spec ReduceSpec) (ReduceOutput, error) {
	by := n.matchers.take(func() *matcher.Matcher { return matcher.New(n.Library) })
	defer n.matchers.give(by)
	r := &reducing{
		night: n, spec: spec, files: n.files(), matcher: by, parts: newParts(n),
		counts: make([]ItemCount, len(n.Library.Items)), explainer: changes.NewExplainer(), out: newReduceOutput(),
	}
	defer r.files.close()
	if err := r.readCrosswalks(); err != nil {
		return r.out, err
	}
	if err := r.begin(); err != nil {
		return r.out, err
	}
	for i := range spec.Homes {
		if err := ctx.Err(); err != nil {
			return r.out, err
		}
		if err := r.home(&spec.Homes[i]); err != nil {
			return r.out, fmt.Errorf("home %s: %w", spec.Homes[i].State.Home, err)
		}
	}
	for i, c := range r.counts {
		if c != (ItemCount{}) { // most items concern few homes
			id := n.Library.Items[i].ID
			r.out.Items[id] = r.out.Items[id].Add(c)
		}
	}
	if r.anew {
		return r.out, r.parts.write(n.Store, r.out.Homes, nil, nil)
	}
	state := r.standing()
	return r.out, r.parts.write(n.Store, r.out.Homes, state.tags(), state.verdicts())
}

// readCrosswalks reads tonight's crosswalk, and in which homes it says other than the last night's: there rows go to other
// doors than they did.
func (r *reducing) readCrosswalks() (err error) {
	if r.crosswalk, err = r.files.crosswalk(r.spec.Crosswalk); err != nil {
		return err
	}
	r.aliases, r.renamed = r.crosswalk.Aliases(), map[schemas.Home]bool{}
	was := r.aliases
	if last := r.spec.Last; last != nil && (last.Crosswalk == nil || r.spec.Crosswalk == nil || *last.Crosswalk != *r.spec.Crosswalk) {
		before, err := r.files.crosswalk(last.Crosswalk)
		if err != nil {
			return err
		}
		was = before.Aliases()
	}
	for i := range r.spec.Homes {
		home := r.spec.Homes[i].State.Home
		r.renamed[home] = !maps.EqualFunc(was[home], r.aliases[home], slices.Equal)
	}
	return nil
}

func newReduceOutput() ReduceOutput {
	return ReduceOutput{Applied: map[string]current.Report{}, Items: map[string]ItemCount{}, Tags: map[string]TagCount{}, Changes: map[schemas.Cause]Changed{}}
}

type reducing struct {
	night     *Night
	spec      ReduceSpec
	files     *files
	crosswalk *current.Crosswalk
	aliases   map[schemas.Home]map[string][]string
	renamed   map[schemas.Home]bool // homes with other aliases than last night
	matcher   *matcher.Matcher
	parts     *parts
	explainer *changes.Explainer
	counts    []ItemCount // by item
	out       ReduceOutput

	reuse        bool     // verdicts are taken over
	anew         bool     // bitmaps and profiles are written as a whole
	everybody    bool     // what has changed since the last night is everybody's business
	lastVerdicts *earlier // nil: there are none
	readFrom     *layers  // lastVerdicts
	lastTags     *earlier

	// Of the home in hand.
	lastRows map[string]current.State // by dataset
	touched  doorSets                 // of whom a row came, went or changed
}

// home brings one home up to date: doors, then rows, then its blocks.
func (r *reducing) home(plan *HomePlan) error {
	state := HomeState{Home: plan.State.Home, Current: map[string]StateRefs{}, Waiting: map[string]StateRefs{}}
	r.lastRows, r.touched = map[string]current.State{}, doorSets{}
	if err := r.readVerdicts(&plan.State); err != nil {
		return err
	}
	r.keepRetired(&plan.State, &state)
	arrivals := map[string]homeRows{}
	for _, ds := range r.night.Workspace.Datasets {
		rows, err := r.files.home(plan, r.spec.Deliveries, ds)
		if err != nil {
			return err
		}
		arrivals[ds.Name] = rows
	}
	dir, err := r.doors(plan, arrivals)
	if err != nil {
		return err
	}
	state.Blocks, state.Enterprises = dir.Blocks, dir.Len()
	placed := map[string]current.State{}
	for _, ds := range r.night.Workspace.Datasets {
		if ds.Role == schemas.RoleCrosswalk {
			continue
		}
		if placed[ds.Name], err = r.apply(plan, &state, ds, arrivals[ds.Name], dir); err != nil {
			return fmt.Errorf("dataset %s: %w", ds.Name, err)
		}
	}
	if err := r.unite(plan, placed); err != nil {
		return err
	}
	for _, block := range dir.Blocks {
		living, err := r.block(plan, &state, dir, block, placed)
		if err != nil {
			return fmt.Errorf("block %d: %w", block, err)
		}
		state.Living += living
	}
	if !r.anew && plan.State.Profile != nil {
		state.Profile, state.Stale = plan.State.Profile, true
	}
	r.out.Homes = append(r.out.Homes, state)
	r.out.Rows += int64(state.Enterprises)
	return nil
}

// keepRetired carries along the rows of datasets that the workspace no longer has: taking a document out by mistake
// must not lose what was delivered.
func (r *reducing) keepRetired(last, now *HomeState) {
	for _, kept := range []struct{ from, to map[string]StateRefs }{{last.Current, now.Current}, {last.Waiting, now.Waiting}} {
		for name, refs := range kept.from {
			if r.night.datasets[name] == nil {
				kept.to[name] = refs
			}
		}
	}
}

// doors follows corrected codes and opens doors to new enterprises.
func (r *reducing) doors(plan *HomePlan, arrivals map[string]homeRows) (*current.Directory, error) {
	home := plan.State.Home
	if home == unplaced {
		return current.NewDirectory(home), nil
	}
	dir, err := r.files.directory(plan.State)
	if err != nil {
		return nil, err
	}
	rename(dir, r.aliases[home])
	codes := newCodes(dir, arrivals[r.night.registration().Name], r.crosswalk)
	if err := dir.Open(codes, plan.NewBlocks); err != nil {
		return nil, err
	}
	rename(dir, r.aliases[home])
	r.parts.directory(len(r.out.Homes), dir)
	return dir, nil
}

// apply makes tonight's rows of a dataset. Where nothing came, no full delivery passed, no row that waited has found its
// door, and the dataset's document has the same columns, last night's stand.
func (r *reducing) apply(plan *HomePlan, state *HomeState, ds *schemas.Dataset, rows homeRows, dir *current.Directory) (current.State, error) {
	refs, had := plan.State.Current[ds.Name]
	var last current.State
	if had {
		var err error
		if last, err = r.files.state(refs, blockNames(plan.State.Blocks)...); err != nil {
			return last, err
		}
	}
	r.lastRows[ds.Name] = last
	waits, waited := plan.State.Waiting[ds.Name]
	settled := !r.fullTonight(ds) && len(plan.Take)+len(plan.Leave) == 0 && asDocumented(ds, append(rows.waiting, last))
	if settled && len(rows.batches) == 0 && !awaited(rows.waiting, dir) {
		if had {
			state.Current[ds.Name] = refs
		}
		if waited {
			state.Waiting[ds.Name] = waits
		}
		r.count(ds, current.Report{Rows: int64(refs.Held), Waiting: int64(waits.Held)})
		return last, nil
	}
	if !r.spec.Afresh && settled && had && last.Rows != nil && !r.renamed[plan.State.Home] {
		if placed, ok := r.applyPart(state, ds, refs, last, rows, dir); ok {
			return placed, nil
		}
	}
	states := append([]current.State{last}, rows.waiting...)
	placed, waiting, report := current.Apply(ds, states, r.spec.Datasets[ds.Name].Fulls, rows.batches, dir)
	r.count(ds, report)
	r.parts.current(len(r.out.Homes), ds, dir.Blocks, placed)
	r.parts.waiting(len(r.out.Homes), ds, plan.State.Home, waiting)
	if r.reuse && ds.Role != schemas.RoleContacts {
		for block, doors := range differing(ds, last, placed) {
			r.touched.or(block, doors)
		}
		r.agedRows(ds, last, placed, r.touched)
	}
	return placed, nil
}

// applyPart applies tonight's rows to those of the enterprises that they are about, and keeps what comes out as a delta. It
// leaves it to apply where that is not much less than everything, or where the state has to be written anew.
func (r *reducing) applyPart(state *HomeState, ds *schemas.Dataset, refs StateRefs, last current.State, rows homeRows, dir *current.Directory) (current.State, bool) {
	doors := doorSets{}
	for _, b := range rows.batches {
		doors.find(b.Rows.Column(standardise.CodeColumn).Texts, dir)
	}
	for _, w := range rows.waiting {
		doors.find(w.Rows.Column(current.ColumnCode).Texts, dir)
	}
	was := rowsOf(last, doors)
	states := append([]current.State{was}, rows.waiting...)
	placed, waiting, report := current.Apply(ds, states, r.spec.Datasets[ds.Name].Fulls, rows.batches, dir)
	if refs.full(placed.Len()) || !keepsDoors(was, placed) {
		return current.State{}, false
	}
	elsewhere := refs.Held - heldRows(was)
	report.Rows += int64(elsewhere)
	r.count(ds, report)
	kept := refs
	kept.Held = elsewhere + heldRows(placed)
	state.Current[ds.Name] = kept
	r.parts.delta(len(r.out.Homes), ds, dir.Blocks, placed)
	r.parts.waiting(len(r.out.Homes), ds, state.Home, waiting)
	if ds.Role != schemas.RoleContacts {
		for block, set := range doors {
			r.touched.or(block, set)
		}
	}
	return overlay(last, placed), true
}

// keepsDoors reports whether every door with rows still has some: a delta cannot say that it has none.
func keepsDoors(was, is current.State) bool {
	if was.Len() == 0 {
		return true
	}
	if is.Len() == 0 {
		return false
	}
	ids := is.Rows.Column(current.ColumnID).Ints
	for _, id := range was.Rows.Column(current.ColumnID).Ints {
		if _, ok := slices.BinarySearch(ids, id); !ok {
			return false
		}
	}
	return true
}

// awaited reports whether a row that waits has a door by now.
func awaited(waiting []current.State, dir *current.Directory) bool {
	return slices.ContainsFunc(waiting, func(st current.State) bool {
		return slices.ContainsFunc(st.Rows.Column(current.ColumnCode).Texts, func(code string) bool {
			_, ok := dir.Lookup(code)
			return ok
		})
	})
}

// asDocumented reports whether stored rows have the columns that the dataset's document asks for now.
func asDocumented(ds *schemas.Dataset, states []current.State) bool {
	return !slices.ContainsFunc(states, func(st current.State) bool {
		var sealed []table.Field
		if st.Sealed != nil {
			sealed = st.Sealed.Fields
		}
		return st.Rows != nil && !(slices.Equal(st.Rows.Fields, current.StateFields(ds)) && slices.Equal(sealed, table.Stored(ds, true)))
	})
}

func (r *reducing) fullTonight(ds *schemas.Dataset) bool {
	return slices.ContainsFunc(r.spec.Deliveries, func(d DeliveryUse) bool {
		return d.Dataset == ds.Name && d.Mode == schemas.ModeFull
	})
}

func (r *reducing) count(ds *schemas.Dataset, report current.Report) {
	sum := r.out.Applied[ds.Name]
	sum.Add(report)
	r.out.Applied[ds.Name] = sum
}
