package pipeline

import (
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/schemas"
)

// An enterprise that was merged into another one keeps its door and its rows: a merger may turn out to be wrong. It is judged no
// more, and what is read of its rows is read behind the other's door (unite).

// mergers are those that a night follows, in the order in which they were delivered.
func mergers(pending []current.Pending) []current.Merger {
	var out []current.Merger
	for _, p := range pending {
		if p.Merger != nil {
			out = append(out, *p.Merger)
		}
	}
	return out
}

// doorIn is the door of an enterprise if it lives in the block.
func doorIn(id uint32, block uint16) (door int, ok bool) {
	return int(id & 0xffff), uint16(id>>16) == block
}

// passesOn reports whether rows of a dataset pass on to the enterprise that another became part of: certificates, penalties, payments,
// of which one can have several. What an enterprise has one of, its registration or rating, is of itself, and so are the figures of
// its years: those of two enterprises are no figures of either.
func passesOn(ds *schemas.Dataset) bool {
	if ds.Role != schemas.RoleFacts && ds.Role != schemas.RolePayments || len(ds.Key) == 0 || ds.Year != "" {
		return false
	}
	personal := func(f schemas.Field) bool {
		return f.Personal != schemas.PersonalNone && slices.Contains(ds.Key, f.Name)
	}
	return !slices.ContainsFunc(ds.Fields, personal)
}

// bequest is what an enterprise leaves to another.
type bequest struct {
	from, into uint32
	rows       current.State // of from
}

// unite moves rows behind the doors of those they were left to. Where there is a row of that key already, the heir's own or one
// left to it by an earlier merger, that one holds.
func unite(ds *schemas.Dataset, st current.State, left []bequest) current.State {
	if len(left) == 0 {
		return st
	}
	gone := map[int64]bool{}
	for _, b := range left {
		gone[int64(b.from)] = true
	}
	u := uniting{ds: ds, keys: map[string]bool{}}
	if st.Rows != nil {
		u.add(st.Rows, func(id int64) (int64, bool) { return id, !gone[id] }, func(id int64) bool {
			return slices.ContainsFunc(left, func(b bequest) bool { return int64(b.into) == id })
		})
	}
	for _, b := range left {
		if b.rows.Rows != nil {
			u.add(b.rows.Rows, func(int64) (int64, bool) { return int64(b.into), true }, func(int64) bool { return true })
		}
	}
	return u.state()
}

type uniting struct {
	ds     *schemas.Dataset
	keys   map[string]bool // of heirs: rows that hold
	tables []*table.Table
	pieces []piece
}

// piece is rows of a table that are one enterprise's.
type piece struct {
	id           int64
	of, from, to int
}

// add adds the rows of a table, one heir's after the other; to says whose they are by now, keyed whether keys must be looked at.
func (u *uniting) add(t *table.Table, to func(id int64) (int64, bool), keyed func(id int64) bool) {
	ids, deleted := t.Column(current.ColumnID).Ints, t.Column(current.ColumnDeleted).Ints
	var keys []*table.Column
	for _, name := range u.ds.Key {
		keys = append(keys, t.Column(name))
	}
	for i := 0; i < t.N; i++ {
		id, ok := to(ids[i])
		if !ok || deleted[i] != 0 {
			continue
		}
		if keyed(ids[i]) {
			key := strconv.FormatInt(id, 10) + rowKey(keys, i)
			if u.keys[key] {
				continue
			}
			u.keys[key] = true
		}
		if last := len(u.pieces) - 1; last >= 0 && u.pieces[last] == (piece{id, len(u.tables), u.pieces[last].from, i}) {
			u.pieces[last].to++
		} else {
			u.pieces = append(u.pieces, piece{id, len(u.tables), i, i + 1})
		}
	}
	u.tables = append(u.tables, t)
}

func (u *uniting) state() current.State {
	slices.SortStableFunc(u.pieces, func(a, b piece) int { return int(a.id - b.id) })
	var ranges []table.Range
	for _, p := range u.pieces {
		ranges = append(ranges, table.Range{Table: p.of, From: p.from, To: p.to})
	}
	if len(ranges) == 0 {
		return current.State{}
	}
	out := table.Gather(u.tables, ranges)
	ids, at := out.Column(current.ColumnID).Ints, 0
	for _, p := range u.pieces {
		for range p.to - p.from {
			ids[at] = p.id
			at++
		}
	}
	return current.State{Rows: out}
}

// rowKey tells the rows of one enterprise apart.
func rowKey(keys []*table.Column, row int) string {
	var b strings.Builder
	for _, c := range keys {
		switch b.WriteByte(0); {
		case c == nil || !c.Known.Has(row):
		case c.Texts != nil:
			b.WriteString("t" + c.Texts[row])
		default:
			b.WriteString("i" + strconv.FormatInt(c.Ints[row], 10))
		}
	}
	return b.String()
}

// behind are the rows of a state that are one enterprise's.
func behind(st current.State, id uint32) current.State {
	if st.Len() == 0 {
		return current.State{}
	}
	from, to := idSpan(st.Rows.Column(current.ColumnID).Ints, int64(id))
	if from == to {
		return current.State{}
	}
	return current.State{Rows: st.Rows.Slice(from, to)}
}

// inherits reports whether mergers concern the rows of a dataset in a block.
func (v *View) inherits(ds *schemas.Dataset, block uint16) bool {
	return passesOn(ds) && slices.ContainsFunc(v.Manifest.Pending, func(p current.Pending) bool {
		return p.Merger != nil && (uint16(p.Merger.From>>16) == block || uint16(p.Merger.Into>>16) == block)
	})
}

// unite moves the rows of a dataset in a block as the night's mergers say; read reads those of other blocks.
func (v *View) unite(ds *schemas.Dataset, block uint16, st current.State, read func(refs StateRefs, block uint16) (current.State, error)) (current.State, error) {
	if !v.inherits(ds, block) {
		return st, nil
	}
	var left []bequest
	others := map[uint16]current.State{}
	for _, m := range mergers(v.Manifest.Pending) {
		b := bequest{from: m.From, into: m.Into}
		switch from := uint16(m.From >> 16); {
		case uint16(m.Into>>16) != block && from != block:
			continue
		case uint16(m.Into>>16) != block: // they go elsewhere
		case from == block:
			b.rows = behind(st, m.From)
		default:
			i := slices.IndexFunc(v.Manifest.Homes, func(h HomeState) bool { return h.Home == m.FromHome })
			if _, have := others[from]; !have && i >= 0 {
				var err error
				if others[from], err = read(v.Manifest.Homes[i].Current[ds.Name], from); err != nil {
					return st, err
				}
			}
			b.rows = behind(others[from], m.From)
		}
		left = append(left, b)
	}
	return unite(ds, st, left), nil
}

// unite moves tonight's rows of a home, and last night's that changes are explained from, as the mergers of the two nights say.
func (r *reducing) unite(plan *HomePlan, placed map[string]current.State) error {
	for name, st := range placed {
		ds := r.night.datasets[name]
		if !passesOn(ds) {
			continue
		}
		left, err := r.left(plan.State.Home, ds, r.spec.Mergers, st, r.tonight)
		if err != nil {
			return err
		}
		placed[name] = unite(ds, st, left)
		if r.spec.Last == nil {
			continue
		}
		if left, err = r.left(plan.State.Home, ds, r.spec.Last.Mergers, r.lastRows[name], r.lastNight); err != nil {
			return err
		}
		r.lastRows[name] = unite(ds, r.lastRows[name], left)
	}
	return nil
}

// left is what mergers move of the rows of a home; st holds those of the home itself, elsewhere reads others.
func (r *reducing) left(home schemas.Home, ds *schemas.Dataset, merged []current.Merger, st current.State, elsewhere func(plan *HomePlan, ds *schemas.Dataset, doors doorSets) (current.State, error)) ([]bequest, error) {
	var out []bequest
	others := map[schemas.Home]current.State{}
	for _, m := range merged {
		b := bequest{from: m.From, into: m.Into}
		switch {
		case m.IntoHome != home && m.FromHome != home:
			continue
		case m.IntoHome != home: // they go elsewhere
		case m.FromHome == home:
			b.rows = behind(st, m.From)
		default:
			plan := r.planOf(m.FromHome)
			if _, have := others[m.FromHome]; !have && plan != nil {
				doors := doorSets{}
				for _, o := range merged {
					if o.FromHome == m.FromHome && o.IntoHome == home {
						doors.add(o.From)
					}
				}
				var err error
				if others[m.FromHome], err = elsewhere(plan, ds, doors); err != nil {
					return nil, err
				}
			}
			b.rows = behind(others[m.FromHome], m.From)
		}
		out = append(out, b)
	}
	return out, nil
}

// planOf is the plan of a home that is in the group or left something to it.
func (r *reducing) planOf(home schemas.Home) *HomePlan {
	for _, plans := range [][]HomePlan{r.spec.Homes, r.spec.Heritage} {
		for i := range plans {
			if plans[i].State.Home == home {
				return &plans[i]
			}
		}
	}
	return nil
}

// lastNight are last night's rows behind some doors of another home.
func (r *reducing) lastNight(plan *HomePlan, ds *schemas.Dataset, doors doorSets) (current.State, error) {
	st, err := r.files.state(plan.State.Current[ds.Name], blockNames(plan.State.Blocks)...)
	return rowsOf(st, doors), err
}

// tonight are tonight's rows behind some doors of another home, as that home's own task makes them: it may run at the same time.
func (r *reducing) tonight(plan *HomePlan, ds *schemas.Dataset, doors doorSets) (current.State, error) {
	last, err := r.lastNight(plan, ds, doors)
	if err != nil {
		return last, err
	}
	dir, err := r.files.directory(plan.State)
	if err != nil {
		return last, err
	}
	rename(dir, r.aliases[plan.State.Home])
	rows, err := r.files.home(plan, r.spec.Deliveries, ds)
	if err != nil {
		return last, err
	}
	its := func(code string) bool {
		id, ok := dir.Lookup(code)
		return ok && doors.has(id)
	}
	states := []current.State{last}
	for _, w := range rows.waiting {
		states = append(states, only(w, current.ColumnCode, its))
	}
	var batches []current.Batch
	for _, b := range rows.batches {
		st := only(current.State{Rows: b.Rows, Sealed: b.Sealed}, standardise.CodeColumn, its)
		b.Rows, b.Sealed = st.Rows, st.Sealed
		batches = append(batches, b)
	}
	placed, _, _ := current.Apply(ds, states, r.spec.Datasets[ds.Name].Fulls, batches, dir)
	return placed, nil
}

// heritageOf are the plans of homes outside a group with enterprises that became part of some in it.
func heritageOf(group []HomePlan, groups [][]HomePlan, merged []current.Merger) []HomePlan {
	in := func(home schemas.Home) bool {
		return slices.ContainsFunc(group, func(p HomePlan) bool { return p.State.Home == home })
	}
	wanted := map[schemas.Home]bool{}
	for _, m := range merged {
		if in(m.IntoHome) && !in(m.FromHome) {
			wanted[m.FromHome] = true
		}
	}
	var out []HomePlan
	for _, plans := range groups {
		for _, p := range plans {
			if wanted[p.State.Home] {
				out = append(out, p)
			}
		}
	}
	return out
}

// Kin are the enterprises that mergers join with one.
type Kin struct {
	Into string   // the code of the one it is part of by now; "": of none
	From []string // codes of those that are part of it
}

// Kin finds with whom mergers have joined an enterprise.
func (v *View) Kin(e Enterprise) (Kin, error) {
	var kin Kin
	for _, p := range v.Manifest.Pending {
		switch m := p.Merger; {
		case m == nil:
		case m.Into == e.ID:
			kin.From = append(kin.From, p.Old)
		case m.From == e.ID:
			i := slices.IndexFunc(v.Manifest.Homes, func(h HomeState) bool { return h.Home == m.IntoHome })
			if i < 0 {
				continue
			}
			dir, err := v.files.directory(v.Manifest.Homes[i])
			if err != nil {
				return kin, err
			}
			kin.Into = dir.Code(m.Into)
		}
	}
	return kin, nil
}
