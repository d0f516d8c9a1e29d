package pipeline

import (
	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// block makes the profile of a block, its tags and its verdicts, and compares those with last night's. It returns how
// many of its enterprises are living.
func (r *reducing) block(hp *HomePlan, state *HomeState, dir *current.Directory, number uint16, placed map[string]current.State) (living int, err error) {
	n := dir.BlockLen(number)
	if n == 0 {
		return 0, nil
	}
	ws := r.night.Workspace
	rows := map[string]*profile.Rows{}
	for _, ds := range ws.Datasets {
		if st, ok := placed[ds.Name]; ok && ds.Role != schemas.RoleContacts {
			rows[ds.Name] = blockProfile(ds, number, st, r.spec.Datasets[ds.Name].Vouched)
		}
	}
	if living := r.night.registration().Living; living != nil {
		if status := rows[r.night.registration().Name].Column(living.Field); status != nil {
			r.out.Statuses += int64(status.Known.Count())
		}
	}
	b := profile.Build(number, n, livingDoors(n, r.night.registration(), rows), rows, ws.Attributes, r.night.datasets)
	in := r.night.input(b, r.spec.Date, r.spec.Datasets)
	if b.Tags, err = r.matcher.Tags(in); err != nil {
		return 0, err
	}
	home := len(r.out.Homes)
	r.parts.profiles.add(home, b)
	r.tags(home, b)
	return b.Living.Count(), r.verdicts(home, in, &changing{reducing: r, plan: hp, state: state, dir: dir, placed: placed, in: in})
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

// coverage is what the full deliveries say of the lists.
func coverage(states map[string]DatasetState) map[string][]plan.Coverage {
	out := map[string][]plan.Coverage{}
	for name, st := range states {
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
	var keep []int
	if st.Rows != nil {
		deleted := st.Rows.Column(current.ColumnDeleted)
		for i := from; i < to; i++ {
			if deleted.Ints[i] == 0 {
				keep = append(keep, i)
			}
		}
	} else {
		st.Rows = table.New(current.StateFields(ds))
	}
	t := st.Rows.Take(keep)
	ids, dates, changed := t.Column(current.ColumnID), t.Column(current.ColumnDate), t.Column(current.ColumnChanged)
	declared := t.Column(current.ColumnScope)
	region := declared
	if c := t.Column(ds.Scope); c != nil {
		region = c
	}
	doors, confirmed := make([]uint16, t.N), make([]int64, t.N)
	for i := range t.N {
		doors[i], confirmed[i] = uint16(ids.Ints[i]), dates.Ints[i]
		for _, v := range vouched {
			if int64(v.Date) > confirmed[i] && current.InScope(ds, v.Scope, declared.Texts[i], region.Texts[i]) {
				confirmed[i] = int64(v.Date)
			}
		}
	}
	return profile.NewRows(t, doors, confirmed, changed.Ints)
}

// livingDoors are the doors with a registration that does not say the enterprise is closed.
func livingDoors(n int, ds *schemas.Dataset, rows map[string]*profile.Rows) bits.Set {
	living := bits.New(n)
	registered := rows[ds.Name]
	for i, door := range registered.Door {
		if ds.Living == nil || !closed(ds.Living, registered, i) {
			living.Add(int(door))
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

func (r *reducing) tags(home int, b *profile.Block) {
	r.parts.tags.of(home)
	unknown := bits.New(b.N)
	for name, truth := range b.Tags {
		truth.Yes.AppendTo(r.parts.tags.set(name, profile.KindYes), b.Base())
		truth.No.AppendTo(r.parts.tags.set(name, profile.KindNo), b.Base())
		truth.Unknown(unknown, b.N)
		c := r.out.Tags[name]
		c.Yes += int64(truth.Yes.CountAnd(b.Living))
		c.Unknown += int64(unknown.CountAnd(b.Living))
		r.out.Tags[name] = c
	}
}

// verdicts keeps the block's verdicts and finds what changed since the last published night.
func (r *reducing) verdicts(home int, in *plan.Input, since *changing) error {
	r.parts.verdicts.of(home)
	last, err := r.lastVerdicts(since.plan)
	if err != nil {
		return err
	}
	b := in.Block
	before, none, matched := bits.New(b.N), bits.New(b.N), bits.New(b.N)
	compare := func(item string, sure bits.Set) {
		if last == nil || err != nil {
			return
		}
		before.FromRoaring(last[item], b.Base(), b.N)
		err = since.compare(item, before, sure)
	}
	_, failed := r.matcher.Each(in, func(i int, v matcher.Verdict) {
		item := r.night.Library.Items[i].ID
		c := r.out.Items[item]
		for k, part := range partsOf(&v) {
			if *part.set != nil {
				part.set.AppendTo(r.parts.verdicts.set(item, part.kind), b.Base())
				*c.counts()[k] += int64(part.set.Count())
			}
		}
		r.out.Items[item] = c
		if v.Sure == nil {
			v.Sure = none
		}
		matched.Or(v.Sure)
		compare(item, v.Sure)
	})
	r.out.Matched += int64(matched.Count())
	for _, item := range sortedKeys(last) {
		if _, ok := r.night.Library.Index(item); !ok { // taken out since
			compare(item, none)
		}
	}
	return firstError(failed, err, since.explain())
}

// lastVerdicts reads the last published night's sure enterprises by item; nil on the first night. A home that is new
// tonight had none.
func (r *reducing) lastVerdicts(hp *HomePlan) (map[string]*roaring.Bitmap, error) {
	if r.spec.Last == nil {
		return nil, nil
	}
	last := map[string]*roaring.Bitmap{}
	for _, item := range r.night.Library.Items {
		last[item.ID] = roaring.New()
	}
	if hp.State.Verdicts == nil {
		return last, nil
	}
	if r.last[hp.State.Verdicts.Name] != nil {
		return r.last[hp.State.Verdicts.Name], nil
	}
	verdicts, closeFile, err := r.night.bitmaps(*hp.State.Verdicts)
	if err != nil {
		return nil, err
	}
	defer func() { _ = closeFile() }()
	for _, item := range append(verdicts.Names(), sortedKeys(last)...) {
		if last[item], err = bitmapOf(verdicts, item, profile.KindSure); err != nil {
			return nil, err
		}
	}
	r.last[hp.State.Verdicts.Name] = last
	return last, nil
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
