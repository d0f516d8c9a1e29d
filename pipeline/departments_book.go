package pipeline

import (
	"cmp"
	"errors"
	"io"
	"slices"

	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// The lists of a workbook.
const (
	listMatches   = "matches"
	listNear      = "near"
	listUnready   = "unready"
	listChanges   = "changes"
	listWaiting   = "waiting"
	listConflicts = "conflicts"
	listFill      = "fill" // of a supplement, by the number of its dataset
)

// departmentBook is a department's workbook, made of its share of all gatherings.
type departmentBook struct {
	night   *Night
	spec    *BookSpec
	shares  []*share
	figures *figures
}

func (n *Night) newDepartmentBook(spec *BookSpec, shares []*share) *departmentBook {
	b := &departmentBook{night: n, spec: spec, shares: shares, figures: newFigures()}
	for _, p := range shares {
		b.figures.merge(&p.figures)
	}
	return b
}

// write writes the department's files: what it should put right first, for that its workbook is there says that all of them
// are.
func (b *departmentBook) write(o DepartmentOptions) error {
	if err := b.corrections(o); err != nil {
		return err
	}
	d := b.data(o.Clear)
	beside := &besides{create: o.Create}
	name := fileOf(b.spec.Department)
	return o.Create(name+".xlsx", func(w io.Writer) error {
		return department.Write(w, d, department.Options{Beside: beside.begin, Prefix: name, Temp: o.Temp})
	})
}

// data is what the workbook says.
func (b *departmentBook) data(isClear bool) *department.Data {
	d := &department.Data{
		Site: b.night.Workspace.Name, Department: b.spec.Department, Night: b.spec.Night, Last: b.spec.Last, Clear: isClear,
		Held: b.spec.Held, Items: b.spec.Items, Datasets: b.datasets(), Supply: b.night.facts(b.figures.Supply), Await: b.night.facts(b.figures.Await),
		Matches: b.byItem(listMatches), Near: b.nearest, Unready: b.byItem(listUnready), Changes: b.byItem(listChanges), Waiting: b.byItem(listWaiting),
	}
	for _, cause := range schemas.Causes() {
		if c := b.figures.Causes[cause]; c.Entered+c.Left > 0 {
			d.Causes = append(d.Causes, department.Cause{Cause: string(cause), Entered: c.Entered, Left: c.Left})
		}
	}
	return d
}

// datasets are the figures of what the department delivers, with what is missing of it.
func (b *departmentBook) datasets() []department.Dataset {
	out := slices.Clone(b.spec.Datasets)
	next := 0
	for _, ds := range b.night.Workspace.Datasets {
		if ds.Owner != b.spec.Department || next == len(out) {
			continue
		}
		for fact, t := range b.figures.Supply {
			if slices.Contains(b.night.Suppliers(fact), ds) {
				out[next].Facts++
				out[next].Pairs += t.Pairs
				out[next].Alone += t.Alone
			}
		}
		next++
	}
	return out
}

// items are those that a list has rows of, in the order of the library.
func (b *departmentBook) items(list string) []int {
	var out []int
	for _, p := range b.shares {
		for _, l := range p.Lists {
			if l.List == list {
				out = append(out, l.Item)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// byItem goes through a list item by item, and each item's rows home by home.
func (b *departmentBook) byItem(list string) department.List {
	return func(yield func([]any) error) error {
		for _, item := range b.items(list) {
			for _, p := range b.shares {
				if err := p.each(listKey{b.spec.Department, list, item}, yield); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// nearest goes through near misses item by item, those first that lack least. It holds those of one item.
func (b *departmentBook) nearest(yield func([]any) error) error {
	for _, item := range b.items(listNear) {
		var all [][]any
		for _, p := range b.shares {
			err := p.each(listKey{b.spec.Department, listNear, item}, func(cells []any) error {
				all = append(all, slices.Clone(cells))
				return nil
			})
			if err != nil {
				return err
			}
		}
		slices.SortStableFunc(all, department.CompareNear)
		for _, cells := range all {
			if err := yield(cells); err != nil {
				return err
			}
		}
	}
	return nil
}

// bookSpec describes the workbook of a department, gatherings aside.
func (v *View) bookSpec(name string) BookSpec {
	m := &v.Manifest
	spec := BookSpec{Definitions: m.Definitions, Night: m.Night, Last: m.Predecessor, Department: name}
	for _, it := range m.Summary.ByItem {
		if it.Department == name {
			spec.Items = append(spec.Items, department.Item{
				ID: it.ID, Title: it.Title, Mode: it.Mode, Sure: it.Sure, Review: it.Review, Declare: it.Declare, Needs: it.NeedsFacts,
				Near: it.NearMisses, Ready: it.Ready, Light: it.Light, Tests: it.Tests, Decidable: it.Decidable, Entered: it.Entered, Left: it.Left,
			})
		}
	}
	for _, ds := range v.night.Workspace.Datasets {
		kept := m.Datasets[ds.Name].Kept
		if kept != nil {
			spec.Held = append(spec.Held, department.Held{
				Title: cmp.Or(ds.Title, ds.Name), Owner: ds.Owner, Since: kept.Since.String(), Days: int(m.Date - kept.Since),
			})
		}
		if ds.Owner != name {
			continue
		}
		line := department.Dataset{Title: cmp.Or(ds.Title, ds.Name)}
		if kept != nil {
			line.HeldSince = kept.Since.String()
		}
		for i := range m.Homes {
			line.Held += int64(m.Homes[i].Current[ds.Name].Held)
		}
		for _, d := range m.Summary.Deliveries {
			if d.Dataset == ds.Name {
				line.Read += d.Read
				line.Rejected += d.Rejected
			}
		}
		spec.Datasets = append(spec.Datasets, line)
	}
	for i, d := range m.Summary.Deliveries {
		if ds := v.night.datasets[d.Dataset]; ds == nil || ds.Owner != name || len(d.Reasons)+len(d.Flags) == 0 {
			continue
		}
		made := &m.Deliveries[i].Map
		spec.Wrong = append(spec.Wrong, WrongRows{d.Dataset, d.File, d.Reasons, d.Flags, made.Rejects, made.Doubts})
	}
	return spec
}

// besides makes the files beside a workbook, each written as it is filled.
type besides struct {
	create func(name string, write func(io.Writer) error) error
}

// begin begins a file; its Close says whether it was written.
func (b *besides) begin(name string) (io.WriteCloser, error) {
	r, w := io.Pipe()
	f := &besideFile{PipeWriter: w, done: make(chan error, 1)}
	go func() {
		err := b.create(fileOf(name), func(out io.Writer) error {
			_, err := io.Copy(out, r)
			return err
		})
		_ = r.CloseWithError(err) // always nil
		f.done <- err
	}()
	return f, nil
}

type besideFile struct {
	*io.PipeWriter
	done chan error
}

// Close ends the file and waits until it is there.
func (f *besideFile) Close() error { return errors.Join(f.PipeWriter.Close(), <-f.done) }
