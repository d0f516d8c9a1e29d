package pipeline

import (
	"slices"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// everybodyPart: if more than this part of a block is affected, judging all of it is no dearer.
const everybodyPart = 2

// affected are the doors of a block whose verdicts may be others than last night's; nil: all may. Everything is about one
// enterprise, so these are the doors
//
//   - that are new, or of which rows came, went or changed,
//   - of which a row was in date on one of the two nights and is not on the other,
//   - that a test of the library answers otherwise on the other date (matcher.Clock),
//   - of enterprises that have become part of others on either night, and of those others.
//
// Everybody is affected when the definitions changed, a list became complete or stopped being so, or a new year began:
// yearly facts, terms that count in years, and the tables of codes go by it.
func (r *reducing) affected(hp *HomePlan, in *plan.Input) (bits.Set, error) {
	if !r.reuse || r.everybody {
		return nil, nil
	}
	n, number := in.Block.N, in.Block.Number
	out := bits.New(n)
	out.AddRange(hp.State.blockLen(number), n)
	if touched := r.touched[number]; touched != nil {
		out.Or(touched[:len(out)])
		out.Truncate(n)
	}
	r.aged(in, out)
	for _, m := range slices.Concat(r.spec.Mergers, r.spec.Last.Mergers) {
		for _, id := range []uint32{m.From, m.Into} {
			if door, ok := doorIn(id, number); ok {
				out.Add(door)
			}
		}
	}
	if r.spec.Last.Date != r.spec.Date {
		moved, err := r.clockMoved(in)
		if err != nil {
			return nil, err
		}
		out.Or(moved)
	}
	if out.Count() > n/everybodyPart {
		return nil, nil
	}
	return out, nil
}

// aged adds the doors with a row that was in date on one of the two nights only. A row that came since is of a door that is
// affected anyway.
func (r *reducing) aged(in *plan.Input, out bits.Set) {
	for name, rows := range in.Block.Rows {
		ds := r.night.datasets[name]
		if ds.Shelf.IsZero() {
			continue
		}
		before, now := profile.Oldest(ds.Shelf, r.spec.Last.Date), profile.Oldest(ds.Shelf, r.spec.Date)
		vouched, was := r.spec.Datasets[name].Vouched, r.spec.Last.Datasets[name].Vouched
		earlier := rows.Confirmed
		if !slices.Equal(vouched, was) {
			earlier = confirmations(ds, rows.Table, was)
		}
		for i, day := range rows.Confirmed {
			if (day >= now) != (earlier[i] >= before) {
				out.Add(int(rows.Door[i]))
			}
		}
	}
}

// agedRows adds the doors of a state that was applied as a whole: its rows were confirmed anew.
func (r *reducing) agedRows(ds *schemas.Dataset, last, now current.State, out doorSets) {
	if ds.Shelf.IsZero() || last.Len() == 0 || now.Len() == 0 {
		return
	}
	stale := func(st current.State, vouched []current.Full, on schemas.Date) doorSets {
		found, oldest := doorSets{}, profile.Oldest(ds.Shelf, on)
		ids, deleted := st.Rows.Column(current.ColumnID).Ints, st.Rows.Column(current.ColumnDeleted).Ints
		for i, day := range confirmations(ds, st.Rows, vouched) {
			if day < oldest && deleted[i] == 0 {
				found.add(uint32(ids[i]))
			}
		}
		return found
	}
	before := stale(last, r.spec.Last.Datasets[ds.Name].Vouched, r.spec.Last.Date)
	after := stale(now, r.spec.Datasets[ds.Name].Vouched, r.spec.Date)
	for _, sets := range []doorSets{before, after} { // a door with a stale row on either night: which of its rows is not asked
		for block, set := range sets {
			for door := range set.All() {
				out.add(uint32(block)<<16 | uint32(door))
			}
		}
	}
}

// clockMoved are the doors that a test answers otherwise on the last night's date. Which facts are in date is frozen: it
// has been looked at.
func (r *reducing) clockMoved(in *plan.Input) (bits.Set, error) {
	clock, err := r.night.clock()
	if err != nil {
		return nil, err
	}
	day := max(r.spec.Last.Date, r.spec.Date)
	rows := map[string]*profile.Rows{}
	for name, all := range in.Block.Rows {
		frozen := *all
		if ds := r.night.datasets[name]; !ds.Shelf.IsZero() {
			oldest := profile.Oldest(ds.Shelf, r.spec.Date)
			frozen.Confirmed = make([]int64, len(all.Confirmed))
			for i, confirmed := range all.Confirmed {
				if confirmed >= oldest {
					frozen.Confirmed[i] = int64(day)
				}
			}
		}
		rows[name] = &frozen
	}
	var defs []schemas.Attribute
	for _, def := range r.night.Workspace.Attributes {
		if def.Name == in.RegionOf || slices.Contains(clock.Attributes, def.Name) {
			defs = append(defs, def)
		}
	}
	b := in.Block
	from := *in
	from.Block = profile.Build(b.Number, b.N, b.Living, rows, defs, r.night.datasets)
	from.Coverage = map[string][]plan.Coverage{}
	for name := range in.Coverage {
		for _, scope := range completeIn(r.night.datasets[name], r.spec.Datasets[name], r.spec.Date) {
			from.Coverage[name] = append(from.Coverage[name], plan.Coverage{Scope: scope, Full: day})
		}
	}
	to := from
	from.Today = r.spec.Last.Date
	return clock.Moved(&from, &to)
}

// clocks makes the library's clock once for all tasks of this process.
func (n *Night) clock() (*matcher.Clock, error) { return n.clocks() }

// everybodyMoves reports whether every enterprise may be affected by what has changed since the last night apart from rows.
func (r *reducing) everybodyMoves() bool {
	last := r.spec.Last
	thisYear, _, _ := r.spec.Date.YMD()
	lastYear, _, _ := last.Date.YMD()
	if thisYear != lastYear {
		return true
	}
	for _, ds := range r.night.Workspace.Datasets {
		if ds.List == schemas.ListComplete &&
			!slices.Equal(completeIn(ds, last.Datasets[ds.Name], last.Date), completeIn(ds, r.spec.Datasets[ds.Name], r.spec.Date)) {
			return true
		}
	}
	return false
}

// completeIn are the scopes in which a list is complete and in date.
func completeIn(ds *schemas.Dataset, st DatasetState, on schemas.Date) []string {
	if ds == nil || st.Kept != nil {
		return nil
	}
	var out []string
	for _, f := range st.Fulls {
		if int64(f.Date) >= profile.Oldest(ds.Shelf, on) {
			out = append(out, f.Scope)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
