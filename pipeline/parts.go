package pipeline

import (
	"io"
	"slices"
	"sort"

	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// parts gathers what the homes of one reduce task have become, so that each kind of thing is one artefact. Homes are
// named by their index in the task.
type parts struct {
	directories part
	states      map[string]*statePart // current rows, by dataset
	deltas      map[string]*statePart // rows in the place of others
	waits       map[string]*statePart
	profiles    profilePart
	tags        *gridPart
	verdicts    *gridPart
	changes     bitmapPart
}

func newParts(n *Night) *parts {
	return &parts{
		profiles: profilePart{night: n},
		states:   map[string]*statePart{}, deltas: map[string]*statePart{}, waits: map[string]*statePart{},
		tags: newGridPart(n.tagGrid()), verdicts: newGridPart(n.verdictGrid()),
	}
}

// part is a file of row groups in the making.
type part struct {
	groups []table.Group
	tables []*table.Table
	homes  []int
}

func (p *part) add(home int, name string, t *table.Table) {
	p.groups = append(p.groups, table.Group{Name: name, Rows: t.N})
	p.tables = append(p.tables, t)
	if len(p.homes) == 0 || p.homes[len(p.homes)-1] != home {
		p.homes = append(p.homes, home)
	}
}

func (p *part) content(w io.Writer) error {
	wr := table.NewWriter(w, p.tables[0].Fields, nil)
	for i, g := range p.groups {
		if err := wr.Group(g.Name, p.tables[i]); err != nil {
			return err
		}
	}
	return wr.Close()
}

func (p *part) write(s *store.Store, kind string, assign func(home int, ref store.Ref)) error {
	if len(p.groups) == 0 {
		return nil
	}
	ref, err := s.Put(kind, "parquet", p.content)
	if err != nil {
		return err
	}
	for _, h := range p.homes {
		assign(h, ref)
	}
	return nil
}

// statePart is a state in the making: its rows, and the personal columns in a sealed file beside them.
type statePart struct {
	rows, sealed part
	held         map[int]int // by home
	count        map[int]int // tombstones too
}

func (p *statePart) add(home int, name string, st current.State) {
	p.rows.add(home, name, st.Rows)
	if st.Sealed != nil {
		p.sealed.add(home, name, st.Sealed)
	}
	p.held[home] += heldRows(st)
	p.count[home] += st.Len()
}

func (p *statePart) write(s *store.Store, kind, sealedKind string, assign func(home int, refs StateRefs)) error {
	var sealed *store.Ref
	if len(p.sealed.groups) > 0 {
		ref, err := s.PutSealed(sealedKind, "parquet", p.sealed.content)
		if err != nil {
			return err
		}
		sealed = &ref
	}
	return p.rows.write(s, kind, func(home int, ref store.Ref) {
		assign(home, StateRefs{Rows: ref, Sealed: sealed, Held: p.held[home], Count: p.count[home]})
	})
}

func stateOf(m map[string]*statePart, ds *schemas.Dataset) *statePart {
	if m[ds.Name] == nil {
		m[ds.Name] = &statePart{held: map[int]int{}, count: map[int]int{}}
	}
	return m[ds.Name]
}

func blockNames(blocks []uint16) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, profile.GroupName(b))
	}
	return out
}

func (p *parts) directory(home int, dir *current.Directory) {
	if dir.Len() > 0 {
		p.directories.add(home, string(dir.Home), dir.Table())
	}
}

// current cuts placed rows, sorted by id, into blocks. Every block gets a group, an empty one too: a dataset whose
// rows have all gone must not look like one that was never applied.
func (p *parts) current(home int, ds *schemas.Dataset, blocks []uint16, st current.State) {
	for _, b := range blocks {
		from, to := blockRows(st, b)
		stateOf(p.states, ds).add(home, profile.GroupName(b), sliceState(st, from, to))
	}
}

// delta cuts rows that take the place of others into blocks. A block without any gets no group.
func (p *parts) delta(home int, ds *schemas.Dataset, blocks []uint16, st current.State) {
	for _, b := range blocks {
		if from, to := blockRows(st, b); from < to {
			stateOf(p.deltas, ds).add(home, profile.GroupName(b), sliceState(st, from, to))
		}
	}
}

// blockRows is the range of a state's rows that are of the block.
func blockRows(st current.State, block uint16) (from, to int) {
	if st.Len() == 0 {
		return 0, 0
	}
	ids := st.Rows.Column(current.ColumnID).Ints
	return sort.Search(len(ids), func(i int) bool { return ids[i]>>16 >= int64(block) }),
		sort.Search(len(ids), func(i int) bool { return ids[i]>>16 > int64(block) })
}

func sliceState(st current.State, from, to int) current.State {
	out := current.State{Rows: st.Rows.Slice(from, to)}
	if st.Sealed != nil {
		out.Sealed = st.Sealed.Slice(from, to)
	}
	return out
}

func (p *parts) waiting(home int, ds *schemas.Dataset, name schemas.Home, st current.State) {
	if st.Len() > 0 {
		stateOf(p.waits, ds).add(home, string(name), st)
	}
}

// write stores all parts and tells the homes where theirs are. Tags and verdicts are flips on the layers of the last
// night if there are any to build on.
func (p *parts) write(s *store.Store, homes []HomeState, tags, verdicts *layers) error {
	err := p.directories.write(s, "identity", func(h int, ref store.Ref) { homes[h].Directory = &ref })
	for _, ds := range sortedKeys(p.states) {
		err = firstError(err, p.states[ds].write(s, "current", "contacts", func(h int, refs StateRefs) { homes[h].Current[ds] = refs }))
	}
	for _, ds := range sortedKeys(p.deltas) {
		err = firstError(err, p.deltas[ds].write(s, "current", "contacts", func(h int, refs StateRefs) {
			was := homes[h].Current[ds]
			was.Deltas = append(slices.Clip(was.Deltas), RowDelta{Rows: refs.Rows, Sealed: refs.Sealed, Count: refs.Count})
			homes[h].Current[ds] = was
		}))
	}
	for _, ds := range sortedKeys(p.waits) {
		err = firstError(err, p.waits[ds].write(s, "unplaced", "contacts", func(h int, refs StateRefs) { homes[h].Waiting[ds] = refs }))
	}
	err = firstError(err, p.profiles.write(s, func(h int, ref store.Ref) { homes[h].Profile = &ref }))
	err = firstError(err, p.tags.write(s, "profile", tags, func(h int, l *layers) { homes[h].Tags, homes[h].TagFlips = &l.base, l.flips }))
	err = firstError(err, p.verdicts.write(s, "match", verdicts, func(h int, l *layers) {
		homes[h].Verdicts, homes[h].VerdictFlips = &l.base, l.flips
	}))
	return firstError(err, p.changes.write(s, "changes", func(h int, ref store.Ref) { homes[h].Changes = &ref }))
}
