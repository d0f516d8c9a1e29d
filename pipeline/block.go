package pipeline

import (
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// block brings a block's profile, tags and verdicts up to date and compares the verdicts with last night's. It returns how
// many of its enterprises are living.
func (r *reducing) block(hp *HomePlan, state *HomeState, dir *current.Directory, number uint16, placed map[string]current.State) (living int, err error) {
	n := dir.BlockLen(number)
	if n == 0 {
		return 0, nil
	}
	rows := map[string]*profile.Rows{}
	for _, ds := range r.night.Workspace.Datasets {
		if st, ok := placed[ds.Name]; ok && ds.Role != schemas.RoleContacts {
			rows[ds.Name] = blockProfile(ds, number, st, r.spec.Datasets[ds.Name].Vouched)
		}
	}
	registration := r.night.registration()
	if living := registration.Living; living != nil {
		if status := rows[registration.Name].Column(living.Field); status != nil {
			r.out.Statuses += int64(status.Known.Count())
		}
	}
	// Without attributes and tags: those are made of the enterprises that are judged.
	whole := &profile.Block{Number: number, N: n, Living: livingDoors(n, registration, rows, r.spec.Mergers, number), Rows: rows}
	in := r.night.input(whole, r.spec.Date, r.spec.Datasets)
	affected, err := r.affected(hp, in)
	if err != nil {
		return 0, err
	}
	judged := *in
	var doors []uint16
	if affected == nil || r.anew {
		judged.Block = profile.Build(number, n, whole.Living, rows, r.night.Workspace.Attributes, r.night.datasets)
	}
	if r.anew {
		r.parts.profiles.add(len(r.out.Homes), judged.Block)
	}
	if affected != nil {
		doors = doorsIn(affected)
		judged.Block = r.pick(whole, doors)
	}
	r.out.Judged += int64(judged.Block.N)
	j := &judging{
		reducing: r, home: len(r.out.Homes), in: &judged, whole: whole, affected: affected, doors: doors,
		since: &changing{reducing: r, plan: hp, dir: dir, in: in},
		was:   bits.New(n), is: bits.New(n), flipped: bits.New(n),
	}
	if len(doors) > 0 || affected == nil {
		if judged.Block.Tags, err = r.matcher.Tags(&judged); err != nil {
			return 0, err
		}
	}
	if err := j.tags(); err != nil {
		return 0, err
	}
	return whole.Living.Count(), j.verdicts()
}

// pick is a block of some of the doors of another, in their order.
func (r *reducing) pick(b *profile.Block, doors []uint16) *profile.Block {
	rows := make(map[string]*profile.Rows, len(b.Rows))
	for name, all := range b.Rows {
		rows[name] = all.Pick(doors)
	}
	return profile.Build(b.Number, len(doors), pick(b.Living, doors), rows, r.night.Workspace.Attributes, r.night.datasets)
}

func doorsIn(set bits.Set) []uint16 {
	doors := make([]uint16, 0, set.Count())
	for door := range set.All() {
		doors = append(doors, uint16(door))
	}
	return doors
}

// input is a block on a business date with what the night knows of the lists behind its rows.
func (n *Night) input(b *profile.Block, today schemas.Date, states map[string]DatasetState) *plan.Input {
	in := &plan.Input{
		Block: b, Today: today, Coverage: coverage(states), Datasets: n.datasets,
		RegionOf: n.Workspace.Region, Codes: n.Workspace.Codes, Attributes: map[string]*schemas.Attribute{},
	}
	for i := range n.Workspace.Attributes {
		in.Attributes[n.Workspace.Attributes[i].Name] = &n.Workspace.Attributes[i]
	}
	return in
}

// coverage is what the full deliveries say of the lists. Of one that is held they say nothing.
func coverage(states map[string]DatasetState) map[string][]plan.Coverage {
	out := map[string][]plan.Coverage{}
	for name, st := range states {
		if st.Kept != nil {
			continue
		}
		for _, f := range st.Fulls {
			out[name] = append(out[name], plan.Coverage{Scope: f.Scope, Full: f.Date})
		}
	}
	return out
}

// blockProfile is the surviving rows of a dataset in a block. A row is confirmed by the last delivery that contained
// it, or by a later one that vouched for its scope.
func blockProfile(ds *schemas.Dataset, block uint16, st current.State, vouched []current.Full) *profile.Rows {
	from, to := blockRows(st, block)
	t := heldIn(ds, st, from, to)
	ids, changed := t.Column(current.ColumnID), t.Column(current.ColumnChanged)
	doors := make([]uint16, t.N)
	for i := range t.N {
		doors[i] = uint16(ids.Ints[i])
	}
	return profile.NewRows(t, doors, confirmations(ds, t, vouched), changed.Ints)
}

// confirmations are the days on which the rows of a state were last confirmed.
func confirmations(ds *schemas.Dataset, t *table.Table, vouched []current.Full) []int64 {
	dates := t.Column(current.ColumnDate).Ints
	if len(vouched) == 0 {
		return dates
	}
	out := slices.Clone(dates)
	declared := t.Column(current.ColumnScope)
	region := declared
	if c := t.Column(ds.Scope); c != nil {
		region = c
	}
	for i := range out {
		for _, v := range vouched {
			if int64(v.Date) > out[i] && current.InScope(ds, v.Scope, declared.Texts[i], region.Texts[i]) {
				out[i] = int64(v.Date)
			}
		}
	}
	return out
}

// heldIn are the rows from from to to-1 that are no tombstones. They are the state's own if that is all of it.
func heldIn(ds *schemas.Dataset, st current.State, from, to int) *table.Table {
	if st.Rows == nil {
		return table.New(current.StateFields(ds))
	}
	deleted := st.Rows.Column(current.ColumnDeleted).Ints
	var ranges []table.Range
	for i := from; i < to; i++ {
		switch last := len(ranges) - 1; {
		case deleted[i] != 0:
		case last >= 0 && ranges[last].To == i:
			ranges[last].To++
		default:
			ranges = append(ranges, table.Range{From: i, To: i + 1})
		}
	}
	if len(ranges) == 1 && ranges[0] == (table.Range{From: 0, To: st.Rows.N}) {
		return st.Rows
	}
	return table.Gather([]*table.Table{st.Rows}, ranges)
}

// livingDoors are the doors of a block with a registration that does not say the enterprise is closed, but for those who became part of others.
func livingDoors(n int, ds *schemas.Dataset, rows map[string]*profile.Rows, merged []current.Merger, block uint16) bits.Set {
	living := bits.New(n)
	registered := rows[ds.Name]
	if registered == nil {
		return living
	}
	for i, door := range registered.Door {
		if ds.Living == nil || !closed(ds.Living, registered, i) {
			living.Add(int(door))
		}
	}
	for _, m := range merged {
		if door, ok := doorIn(m.From, block); ok {
			living.Remove(door)
		}
	}
	return living
}

func closed(rule *schemas.Living, rows *profile.Rows, row int) bool {
	status := rows.Column(rule.Field)
	if status == nil || !status.Known.Has(row) {
		return false
	}
	for _, word := range rule.Closed {
		if status.Texts[row] == word {
			return true
		}
	}
	return false
}

// Add adds the counts of other homes.
func (c ItemCount) Add(o ItemCount) ItemCount {
	more := o.counts()
	for k, n := range c.counts() {
		*n += *more[k]
	}
	c.Entered += o.Entered
	c.Left += o.Left
	return c
}
