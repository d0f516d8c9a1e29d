package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// DepartmentOptions say which departments' workbooks are made, and where they go.
type DepartmentOptions struct {
	Only   string                                               // one department; "": all
	Clear  bool                                                 // with the names of sole traders; for who owns the registration
	Create func(name string, write func(io.Writer) error) error // nil: in the folder of the night's reports
	Temp   string                                               // folder for what is written in between; "": the store's
}

// ErrDepartment is returned for a department that has no items and delivers nothing, or may not see what is asked for.
var ErrDepartment = errors.New("no workbook for the department")

// ErrDefinitions is returned for a night that was made with other definitions than the workspace has now.
var ErrDefinitions = errors.New("the night was made with other definitions than the workspace has now: its reports can only be made with the workspace it was run with")

// Departments lists who gets a workbook of the night: who accepts applications for an item, did so until the last night,
// or delivers a dataset.
func (v *View) Departments() []string {
	n := v.night
	var out []string
	for policy, item := range n.Workspace.Items() {
		out = append(out, issuer(policy, item))
	}
	for _, it := range v.Manifest.Summary.ByItem {
		if it.Gone {
			out = append(out, it.Department)
		}
	}
	for _, ds := range n.Workspace.Datasets {
		out = append(out, ds.Owner)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(name string) bool { return name == "" })
}

// CheckDepartments says whether such workbooks can be made.
func (v *View) CheckDepartments(o DepartmentOptions) error {
	n := v.night
	switch {
	case v.Changed():
		return fmt.Errorf("%s: %w", v.Manifest.Night, ErrDefinitions)
	case o.Only != "" && !slices.Contains(v.Departments(), o.Only):
		return fmt.Errorf("%s has no items and delivers no data; there are %s: %w", o.Only, strings.Join(v.Departments(), ", "), ErrDepartment)
	case o.Clear && (o.Only == "" || o.Only != n.registration().Owner):
		return fmt.Errorf("names of sole traders are only for %s, who registers them: %w", n.registration().Owner, ErrDepartment)
	}
	return nil
}

// ReportDepartments makes the departments' workbooks of a published night.
func (v *View) ReportDepartments(ctx context.Context, o DepartmentOptions) (err error) {
	n := v.night
	if err := v.CheckDepartments(o); err != nil {
		return err
	}
	if o.Create == nil {
		o.Create = func(name string, write func(io.Writer) error) error {
			return n.Store.WriteFile(departmentsFolder(v.Manifest.Night)+name, write)
		}
	}
	if o.Temp == "" {
		o.Temp = n.Store.Temp()
	}
	s, err := newDepartmentScan(v, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.spool.close()) }()
	if err := s.scan(ctx); err != nil {
		return fmt.Errorf("departments' workbooks: %w", err)
	}
	for _, name := range v.Departments() {
		if o.Only != "" && name != o.Only {
			continue
		}
		if err := s.write(name); err != nil {
			return fmt.Errorf("workbook of %s: %w", name, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// departmentReports makes the workbooks of a night if some are not there.
func (n *Night) departmentReports(ctx context.Context, m *Manifest) error {
	v := &View{Manifest: *m, night: n, files: n.files()}
	defer v.Close()
	if v.hasWorkbooks() {
		return nil
	}
	return v.ReportDepartments(ctx, DepartmentOptions{})
}

// hasWorkbooks reports whether all workbooks of the night are there.
func (v *View) hasWorkbooks() bool {
	return !slices.ContainsFunc(v.Departments(), func(name string) bool {
		return !v.night.Store.HasFile(departmentsFolder(v.Manifest.Night) + fileOf(name) + ".xlsx")
	})
}

func departmentsFolder(night string) string { return "nights/" + night + "/report/departments/" }

// fileOf is a department's name as that of a file.
func fileOf(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}

// write writes the workbook of a department from what was found.
func (s *departmentScan) write(name string) error {
	d := s.data(name)
	beside := &besides{create: s.options.Create}
	return s.options.Create(fileOf(name)+".xlsx", func(w io.Writer) error {
		return department.Write(w, d, department.Options{Beside: beside.begin, Prefix: fileOf(name), Temp: s.options.Temp})
	})
}

// data is what the workbook of a department says.
func (s *departmentScan) data(name string) *department.Data {
	m := &s.view.Manifest
	d := &department.Data{
		Site: s.night.Workspace.Name, Department: name, Night: m.Night, Last: m.Predecessor, Clear: s.options.Clear,
		Supply: s.facts(s.supply[name]), Await: s.facts(s.await[name]), Datasets: s.datasetsOf(name),
		Matches: spoolList[department.Match](s, name, listMatches), Near: spoolNear(s, name),
		Unready: spoolList[department.Unready](s, name, listUnready), Changes: spoolList[department.Change](s, name, listChanges),
		Conflicts: s.conflictsOf(name),
		Waiting: func(yield func(*department.Waiting) error) error {
			return spooled(s.spool, spoolKey{name, listWaiting, 0}, yield)
		},
	}
	for _, it := range m.Summary.ByItem {
		if it.Department == name {
			d.Items = append(d.Items, department.Item{
				ID: it.ID, Title: it.Title, Mode: it.Mode, Sure: it.Sure, Review: it.Review, Declare: it.Declare, Needs: it.NeedsFacts,
				Near: it.NearMisses, Ready: it.Ready, Light: it.Light, Tests: it.Tests, Decidable: it.Decidable, Entered: it.Entered, Left: it.Left,
			})
		}
	}
	for _, cause := range schemas.Causes() {
		if c := s.causes[name][cause]; c.Entered+c.Left > 0 {
			d.Causes = append(d.Causes, department.Cause{Cause: string(cause), Entered: c.Entered, Left: c.Left})
		}
	}
	return d
}

// The lists that are spooled.
const (
	listMatches = "matches"
	listNear    = "near"
	listUnready = "unready"
	listChanges = "changes"
	listWaiting = "waiting"
)

// spoolList goes through a list of a department item by item.
func spoolList[T any](s *departmentScan, name, list string) department.List[T] {
	return func(yield func(*T) error) error {
		for i := range s.items {
			if s.items[i].department != name {
				continue
			}
			if err := spooled(s.spool, spoolKey{name, list, i}, yield); err != nil {
				return err
			}
		}
		return nil
	}
}

// spoolNear goes through near misses item by item, those first that lack least. It holds those of one item.
func spoolNear(s *departmentScan, name string) department.List[department.Near] {
	return func(yield func(*department.Near) error) error {
		for i := range s.items {
			var all []department.Near
			err := spooled(s.spool, spoolKey{name, listNear, i}, func(n *department.Near) error {
				all = append(all, *n)
				return nil
			})
			if err != nil {
				return err
			}
			slices.SortStableFunc(all, func(a, b department.Near) int {
				return cmp.Or(cmp.Compare(a.Share, b.Share), cmp.Compare(a.Code, b.Code))
			})
			for k := range all {
				if err := yield(&all[k]); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// datasetsOf are the figures of what a department delivers.
func (s *departmentScan) datasetsOf(name string) []department.Dataset {
	var out []department.Dataset
	for _, ds := range s.night.Workspace.Datasets {
		if ds.Owner != name {
			continue
		}
		line := department.Dataset{Title: cmp.Or(ds.Title, ds.Name)}
		for _, h := range s.view.Manifest.Homes {
			line.Held += int64(h.Current[ds.Name].Held)
		}
		for _, d := range s.view.Manifest.Summary.Deliveries {
			if d.Dataset == ds.Name {
				line.Read += d.Read
				line.Rejected += d.Rejected
			}
		}
		for fact, t := range s.supply[name] {
			if slices.Contains(s.night.Suppliers(fact), ds) {
				line.Facts++
				line.Pairs += t.pairs
				line.Alone += t.alone
			}
		}
		out = append(out, line)
	}
	return out
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
