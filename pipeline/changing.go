package pipeline

import (
	"sort"

	"zhida/matcher/bits"
	"zhida/matcher/changes"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// changing gathers what changed in a block and says why. Nothing of the last night is read unless something did.
type changing struct {
	*reducing
	plan   *HomePlan
	dir    *current.Directory
	in     *plan.Input // all doors with their rows
	pairs  []changes.Pairs
	living bits.Set // on the last night; nil: not asked yet
}

// explainedItems bounds the items whose changes in a block wait to be explained together.
const explainedItems = 1024

// compare notes who was sure of an item and is not, or the reverse.
func (c *changing) compare(item string, before, sure bits.Set) error {
	p := changes.Pairs{Item: item}
	if !sure.Within(before) {
		p.Entered = sure.Clone()
		p.Entered.AndNot(before)
	}
	if !before.Within(sure) {
		p.Left = before.Clone()
		p.Left.AndNot(sure)
	}
	if p.Entered == nil && p.Left == nil {
		return nil
	}
	for _, set := range []*bits.Set{&p.Entered, &p.Left} {
		if *set == nil {
			*set = bits.New(c.in.Block.N)
		}
	}
	count := c.out.Items[item]
	count.Entered += int64(p.Entered.Count())
	count.Left += int64(p.Left.Count())
	c.out.Items[item] = count
	if c.pairs = append(c.pairs, p); len(c.pairs) == explainedItems {
		return c.explain()
	}
	return nil
}

// explain gives each of the gathered pairs a cause: first what became of the enterprise itself, then what the rest needs.
func (c *changing) explain() error {
	if len(c.pairs) == 0 {
		return nil
	}
	pairs := c.pairs
	c.pairs = nil
	c.parts.changes.of(len(c.out.Homes))
	if c.spec.Last.Workspace == nil {
		c.tellAll(pairs, schemas.CauseBaseline)
		return nil
	}
	way, err := c.night.transition(*c.spec.Last.Workspace)
	if err != nil {
		return err
	}
	if way.last == nil {
		c.tellAll(pairs, schemas.CauseBaseline)
		return nil
	}
	if err := c.own(way.last, pairs); err != nil {
		return err
	}
	return c.swap(way, pairs)
}

// own takes out the pairs of enterprises that are new, closed or merged.
func (c *changing) own(rules *changes.Rules, pairs []changes.Pairs) error {
	b := c.in.Block
	if c.living == nil {
		if err := c.findLiving(rules); err != nil {
			return err
		}
	}
	merged := bits.New(b.N)
	for _, m := range c.spec.Mergers {
		if door, ok := doorIn(m.From, b.Number); ok {
			merged.Add(door)
		}
	}
	for _, p := range pairs {
		fresh, gone := p.Entered.Clone(), p.Left.Clone()
		fresh.AndNot(c.living)
		gone.AndNot(b.Living)
		p.Entered.AndNot(fresh)
		p.Left.AndNot(gone)
		absorbed := gone.Clone()
		absorbed.And(merged)
		gone.AndNot(absorbed)
		c.tell(changes.Reason{Item: p.Item, Entered: true, Cause: schemas.CauseNew, Doors: fresh}, nil)
		c.tell(changes.Reason{Item: p.Item, Cause: schemas.CauseClosed, Doors: gone}, nil)
		c.tell(changes.Reason{Item: p.Item, Cause: schemas.CauseMerged, Doors: absorbed}, nil)
	}
	return nil
}

// findLiving finds who was living on the last night.
func (c *changing) findLiving(rules *changes.Rules) error {
	b := c.in.Block
	c.living = bits.New(b.N)
	for _, ds := range rules.Datasets {
		if ds.Role != schemas.RoleRegistration {
			continue
		}
		st, err := c.lastState(ds.Name)
		if err != nil {
			return err
		}
		c.living = livingDoors(b.N, ds, map[string]*profile.Rows{ds.Name: blockProfile(ds, b.Number, st, nil)}, c.spec.Last.Mergers, b.Number)
	}
	return nil
}

// swap explains the changes of enterprises that were living on both nights, on a block of only them.
func (c *changing) swap(way *transition, pairs []changes.Pairs) error {
	changed := bits.New(c.in.Block.N)
	for _, p := range pairs {
		changed.Or(p.Entered)
		changed.Or(p.Left)
	}
	var doors []uint16
	for door := range changed.All() {
		doors = append(doors, uint16(door))
	}
	if len(doors) == 0 {
		return nil
	}
	for k := range pairs {
		pairs[k].Entered, pairs[k].Left = pick(pairs[k].Entered, doors), pick(pairs[k].Left, doors)
	}
	lastRows, err := c.rowsBefore(way.last, doors)
	if err != nil {
		return err
	}
	last := &changes.Night{Rules: way.last, Rows: lastRows, Coverage: coverage(c.spec.Last.Datasets), Date: c.spec.Last.Date}
	tonight := &changes.Night{Rows: map[string]*profile.Rows{}, Coverage: c.in.Coverage, Date: c.in.Today}
	for name, rows := range c.in.Block.Rows {
		tonight.Rows[name] = rows.Pick(doors)
	}
	return c.explainer.Explain(len(doors), last, tonight, &way.between, pairs, func(r changes.Reason) { c.tell(r, doors) })
}

// pick is a set seen by those who have only some of the doors.
func pick(set bits.Set, doors []uint16) bits.Set {
	out := bits.New(len(doors))
	for k, door := range doors {
		out.Put(k, set.Has(int(door)))
	}
	return out
}

// rowsBefore are the rows of the last night behind some doors.
func (c *changing) rowsBefore(rules *changes.Rules, doors []uint16) (map[string]*profile.Rows, error) {
	number := c.in.Block.Number
	out := map[string]*profile.Rows{}
	for _, ds := range rules.Datasets {
		if ds.Role == schemas.RoleContacts || ds.Role == schemas.RoleCrosswalk {
			continue
		}
		st, err := c.lastState(ds.Name)
		if err != nil {
			return nil, err
		}
		st = pickRows(st, number, doors)
		out[ds.Name] = blockProfile(ds, number, st, c.spec.Last.Datasets[ds.Name].Vouched).Pick(doors)
	}
	return out, nil
}

// lastState is the last night's state of a dataset in the home; of one that has been taken out since, in the block.
func (c *changing) lastState(dataset string) (current.State, error) {
	if st, ok := c.lastRows[dataset]; ok {
		return st, nil
	}
	refs, ok := c.plan.State.Current[dataset]
	if !ok {
		return current.State{}, nil
	}
	return c.files.state(refs.open(), profile.GroupName(c.in.Block.Number))
}

// pickRows are the rows of a state behind some doors of a block.
func pickRows(st current.State, block uint16, doors []uint16) current.State {
	if st.Rows == nil {
		return st
	}
	ids := st.Rows.Column(current.ColumnID).Ints
	var rows []int
	for _, door := range doors {
		id := int64(block)<<16 | int64(door)
		for i := sort.Search(len(ids), func(i int) bool { return ids[i] >= id }); i < len(ids) && ids[i] == id; i++ {
			rows = append(rows, i)
		}
	}
	return current.State{Rows: st.Rows.Take(rows)}
}

func (c *changing) tellAll(pairs []changes.Pairs, cause schemas.Cause) {
	for _, p := range pairs {
		c.tell(changes.Reason{Item: p.Item, Entered: true, Cause: cause, Doors: p.Entered}, nil)
		c.tell(changes.Reason{Item: p.Item, Cause: cause, Doors: p.Left}, nil)
	}
}

// tell keeps a reason. Its doors are those of the block, or places in a list of doors.
func (c *changing) tell(r changes.Reason, doors []uint16) {
	n := int64(r.Doors.Count())
	if n == 0 {
		return
	}
	count := c.out.Changes[r.Cause]
	if r.Entered {
		count.Entered += n
	} else {
		count.Left += n
	}
	c.out.Changes[r.Cause] = count
	set := c.parts.changes.set(r.Item, changeKind(r.Entered, r.Cause, r.Detail))
	base := c.in.Block.Base()
	if doors == nil {
		r.Doors.AppendTo(set, base)
		return
	}
	for k := range r.Doors.All() {
		set.Add(base + uint32(doors[k]))
	}
}
