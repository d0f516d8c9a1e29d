package pipeline

import (
	"fmt"
	"slices"

	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// files reads artefacts for one task. An artefact is opened once and stays open until close, after
// which it is opened again.
type files struct {
	store *store.Store
	open  map[string]*openFile
	bare  bool // personal columns are not needed
}

type openFile struct {
	reader *table.Reader
	close  func() error
}

func (n *Night) files() *files { return &files{store: n.Store, open: map[string]*openFile{}} }

// withoutSealed leaves personal columns closed.
func (f *files) withoutSealed() *files {
	f.bare = true
	return f
}

func (f *files) close() {
	for _, o := range f.open {
		_ = o.close() // read only: nothing is lost
	}
	clear(f.open)
}

// group reads a row group of an artefact; nil if the artefact has no such group.
func (f *files) group(ref store.Ref, name string) (*table.Table, error) {
	r, err := f.reader(ref)
	if err != nil {
		return nil, err
	}
	t, err := r.Read(name)
	if err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", name, ref.Name, err)
	}
	return t, nil
}

// columns is group for some columns, those that the artefact has; nil if it has no such group.
func (f *files) columns(ref store.Ref, name string, columns []string) (*table.Table, error) {
	r, err := f.reader(ref)
	if err != nil {
		return nil, err
	}
	var there []string
	for _, field := range r.Fields() {
		if slices.Contains(columns, field.Name) {
			there = append(there, field.Name)
		}
	}
	t, err := r.ReadColumns(name, there...)
	if err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", name, ref.Name, err)
	}
	return t, nil
}

func (f *files) reader(ref store.Ref) (*table.Reader, error) {
	if o := f.open[ref.Name]; o != nil {
		return o.reader, nil
	}
	open := f.store.Open
	if ref.Sealed {
		open = f.store.OpenSealed
	}
	file, size, err := open(ref)
	if err != nil {
		return nil, err
	}
	r, err := table.OpenReader(file, size)
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("read %s: %w", ref.Name, err)
	}
	f.open[ref.Name] = &openFile{r, file.Close}
	return r, nil
}

func (f *files) crosswalk(ref *store.Ref) (*current.Crosswalk, error) {
	if ref == nil {
		return current.NewCrosswalk(), nil
	}
	t, err := f.group(*ref, standardise.Crosswalk)
	if err != nil {
		return nil, err
	}
	return current.ReadCrosswalk(t), nil
}

func (f *files) directory(h HomeState) (*current.Directory, error) {
	if h.Directory == nil {
		return current.ReadDirectory(h.Home, h.Blocks, nil)
	}
	t, err := f.group(*h.Directory, string(h.Home))
	if err != nil {
		return nil, err
	}
	return current.ReadDirectory(h.Home, h.Blocks, t)
}

// state reads groups of a state, one after the other, as the nights since it was written have left them.
func (f *files) state(refs StateRefs, groups ...string) (current.State, error) {
	var out current.State
	if refs.Rows.IsZero() {
		return out, nil
	}
	for _, g := range groups {
		st, err := f.stateGroup(refs.Rows, refs.Sealed, g)
		if err != nil {
			return out, err
		}
		for _, d := range refs.Deltas {
			delta, err := f.stateGroup(d.Rows, d.Sealed, g)
			if err != nil {
				return out, err
			}
			st = overlay(st, delta)
		}
		switch {
		case st.Rows == nil && len(refs.Deltas) == 0:
			return out, nil
		case st.Rows == nil:
		case out.Rows == nil:
			out = st
		default:
			out.Rows.Append(st.Rows)
			if st.Sealed != nil {
				out.Sealed.Append(st.Sealed)
			}
		}
	}
	return out, nil
}

// stateColumns is state for some columns of one group, without those that are personal; nothing if there are no rows.
func (f *files) stateColumns(refs StateRefs, group string, columns []string) (current.State, error) {
	if refs.Rows.IsZero() {
		return current.State{}, nil
	}
	rows, err := f.columns(refs.Rows, group, columns)
	if err != nil {
		return current.State{}, err
	}
	st := current.State{Rows: rows}
	for _, d := range refs.Deltas {
		more, err := f.columns(d.Rows, group, columns)
		if err != nil {
			return current.State{}, err
		}
		st = overlay(st, current.State{Rows: more})
	}
	return st, nil
}

// stateGroup reads a group of rows with its personal columns; none if the artefact has no such group.
func (f *files) stateGroup(ref store.Ref, sealedRef *store.Ref, group string) (current.State, error) {
	rows, err := f.group(ref, group)
	if err != nil || rows == nil {
		return current.State{}, err
	}
	if sealedRef == nil || f.bare {
		return current.State{Rows: rows}, nil
	}
	sealed, err := f.group(*sealedRef, group)
	if err != nil {
		return current.State{}, err
	}
	if sealed == nil || sealed.N != rows.N {
		return current.State{}, fmt.Errorf("personal columns in %s do not fit the rows in %s: %w", sealedRef.Name, ref.Name, store.ErrDamaged)
	}
	return current.State{Rows: rows, Sealed: sealed}, nil
}

// homeRows is what tonight brings to a home for one dataset, and what waited for it.
type homeRows struct {
	batches []current.Batch
	waiting []current.State
}

// home reads tonight's rows of a dataset for a home, in arrival order, and last night's waiting ones, from its own
// group and from those it is told to take rows from.
func (f *files) home(plan *HomePlan, deliveries []DeliveryUse, ds *schemas.Dataset) (homeRows, error) {
	var out homeRows
	own := func(code string) bool {
		_, leaves := slices.BinarySearch(plan.Leave, code)
		return !leaves
	}
	if err := f.part(&out, plan.State.Home, plan.State.Waiting, deliveries, ds, len(plan.Leave) > 0, own); err != nil {
		return out, err
	}
	for _, take := range plan.Take {
		taken := func(code string) bool {
			_, ok := slices.BinarySearch(take.Codes, code)
			return ok
		}
		if err := f.part(&out, take.From, take.Waiting, deliveries, ds, true, taken); err != nil {
			return out, err
		}
	}
	slices.SortStableFunc(out.batches, func(a, b current.Batch) int { return int(a.Seq - b.Seq) })
	return out, nil
}

// part reads one group; if some rows of it are not wanted, keep says which are, by code.
func (f *files) part(out *homeRows, home schemas.Home, waiting map[string]StateRefs, deliveries []DeliveryUse, ds *schemas.Dataset, some bool, keep func(string) bool) error {
	for _, d := range deliveries {
		if d.Dataset != ds.Name {
			continue
		}
		for _, run := range d.Map.Runs {
			if !slices.ContainsFunc(run.Groups, func(g table.Group) bool { return g.Name == string(home) }) {
				continue
			}
			st, err := f.state(StateRefs{Rows: run.Rows, Sealed: run.Sealed}, string(home))
			if err != nil {
				return err
			}
			if some {
				st = only(st, standardise.CodeColumn, keep)
			}
			if st.Len() > 0 {
				out.batches = append(out.batches, current.Batch{
					Full: current.Full{Date: d.Date, Seq: d.Seq, Scope: d.Scope}, Mode: d.Mode, Rows: st.Rows, Sealed: st.Sealed,
				})
			}
		}
	}
	refs, ok := waiting[ds.Name]
	if !ok {
		return nil
	}
	st, err := f.state(refs, string(home))
	if err != nil {
		return err
	}
	if some {
		st = only(st, current.ColumnCode, keep)
	}
	if st.Len() > 0 {
		out.waiting = append(out.waiting, st)
	}
	return nil
}

// only keeps the rows whose code is wanted.
func only(st current.State, column string, keep func(string) bool) current.State {
	if st.Len() == 0 {
		return st
	}
	var rows []int
	for i, code := range st.Rows.Column(column).Texts {
		if keep(code) {
			rows = append(rows, i)
		}
	}
	out := current.State{Rows: st.Rows.Take(rows)}
	if st.Sealed != nil {
		out.Sealed = st.Sealed.Take(rows)
	}
	return out
}
