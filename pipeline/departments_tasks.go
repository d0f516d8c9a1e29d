package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sync/errgroup"

	"zhida/pipeline/report/department"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// ScanSpec names a group of homes of a published night to be gone through for the departments' workbooks.
type ScanSpec struct {
	Definitions string                  `json:"definitions"`
	Night       string                  `json:"night"`
	Date        schemas.Date            `json:"date"`
	Datasets    map[string]DatasetState `json:"datasets"`
	Homes       []HomeState             `json:"homes"`
	Gone        []GoneItem              `json:"gone,omitempty"`
}

// GoneItem is an item that was taken out since the last night.
type GoneItem struct {
	ID         string `json:"id"`
	Department string `json:"department"`
	Title      string `json:"title"`
}

// ScanOutput is what a group of homes says of all departments.
type ScanOutput struct {
	Gathering store.Ref `json:"gathering"`
	Rows      int64     `json:"rows"` // enterprises
}

// BookSpec names the workbook of a department.
type BookSpec struct {
	Definitions string               `json:"definitions"`
	Night       string               `json:"night"`
	Last        string               `json:"last,omitempty"` // the night it is compared with
	Department  string               `json:"department"`
	Items       []department.Item    `json:"items,omitempty"`
	Datasets    []department.Dataset `json:"datasets,omitempty"` // without what is missing of them
	Held        []department.Held    `json:"held,omitempty"`
	Wrong       []WrongRows          `json:"wrong,omitempty"` // of what it delivered
	Gatherings  []store.Ref          `json:"gatherings"`      // by home
}

// WrongRows is what was wrong in a delivery: numbers of rows by what it was, and the rows.
type WrongRows struct {
	Dataset string           `json:"dataset"`
	File    string           `json:"file"`
	Reasons map[string]int64 `json:"reasons,omitempty"`
	Flags   map[string]int64 `json:"flags,omitempty"`
	Rejects *store.Ref       `json:"rejects,omitempty"`
	Doubts  *store.Ref       `json:"doubts,omitempty"`
}

// BookOutput is a workbook that is written.
type BookOutput struct{}

// scanDoors is how many enterprises a scan goes through, at the least, where there are as many: each makes a file that every
// workbook opens.
const scanDoors = 1 << 15

// scanSpecs divides the night's homes. Homes that were made together share their files and stay together.
func (v *View) scanSpecs() []ScanSpec {
	m := &v.Manifest
	spec := ScanSpec{Definitions: m.Definitions, Night: m.Night, Date: m.Date, Datasets: m.Datasets}
	for _, it := range m.Summary.ByItem {
		if it.Gone {
			spec.Gone = append(spec.Gone, GoneItem{it.ID, it.Department, it.Title})
		}
	}
	var out []ScanSpec
	doors, last := 0, ""
	for _, h := range m.Homes {
		if h.Directory == nil {
			continue
		}
		if len(out) == 0 || doors >= scanDoors && h.Directory.Name != last {
			out, doors = append(out, spec), 0
		}
		at := &out[len(out)-1]
		at.Homes = append(at.Homes, h)
		doors += h.Enterprises
		last = h.Directory.Name
	}
	return out
}

// runScan gathers what a group of homes says.
func (n *Night) runScan(ctx context.Context, spec ScanSpec) (out ScanOutput, err error) {
	s, err := n.beginScan(ctx, &spec, DepartmentOptions{Temp: n.Store.Temp()})
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for i := range spec.Homes {
		out.Rows += int64(spec.Homes[i].Enterprises)
	}
	out.Gathering, err = n.Store.Put("gatherings", "rows", s.write)
	return out, err
}

// beginScan goes through a group of homes; what it found is in the draft.
func (n *Night) beginScan(ctx context.Context, spec *ScanSpec, o DepartmentOptions) (_ *gathering, err error) {
	v := &View{night: n, files: n.files(), Manifest: Manifest{
		Night: spec.Night, Date: spec.Date, Definitions: spec.Definitions, Datasets: spec.Datasets, Homes: spec.Homes,
	}}
	defer v.Close()
	by := n.scanners.take(n.newScanner)
	s, err := v.newDepartmentScan(by, spec.Gone, o)
	if err != nil {
		return nil, err
	}
	if err := s.scan(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("departments' workbooks: %w", err), s.draft.close())
	}
	n.scanners.give(by)
	return s.draft, nil
}

// runBook writes a department's workbook into the folder of the night's reports.
func (n *Night) runBook(_ context.Context, spec BookSpec) (_ BookOutput, err error) {
	var shares []*share
	for _, ref := range spec.Gatherings {
		file, size, err := n.Store.Open(ref)
		if err != nil {
			return BookOutput{}, err
		}
		defer func() { _ = file.Close() }() // read only: nothing is lost
		p, err := readShare(file, size, spec.Department)
		if err != nil {
			return BookOutput{}, err
		}
		shares = append(shares, p)
	}
	return BookOutput{}, n.newDepartmentBook(&spec, shares).write(n.intoNight(spec.Night))
}

// intoNight says that workbooks go to the folder of the night's reports.
func (n *Night) intoNight(night string) DepartmentOptions {
	return DepartmentOptions{
		Temp: n.Store.Temp(),
		Create: func(name string, write func(io.Writer) error) error {
			return n.Store.WriteFile(departmentsFolder(night)+name, write)
		},
	}
}

// departmentReports makes the workbooks of a night that are not there. That a workbook is there is how a killed night knows
// that it was made; the gatherings they are made of are given up when all are.
func (n *Night) departmentReports(ctx context.Context, m *Manifest) error {
	v := &View{Manifest: *m, night: n, files: n.files()}
	defer v.Close()
	missing := v.missingWorkbooks()
	if len(missing) == 0 {
		return nil
	}
	scans, err := do[ScanSpec, ScanOutput](ctx, n, n.engine(m.Night), kindScan, v.scanSpecs(), func(s ScanSpec) string {
		return string(s.Homes[0].Home)
	})
	n.scanners.forget()
	if err != nil {
		return err
	}
	var gatherings []store.Ref
	for _, out := range scans {
		gatherings = append(gatherings, out.Gathering)
	}
	var books []BookSpec
	for _, name := range missing {
		spec := v.bookSpec(name)
		spec.Gatherings = gatherings
		books = append(books, spec)
	}
	_, err = do[BookSpec, BookOutput](ctx, n, n.engineFor(nil), kindBook, books, func(s BookSpec) string { return s.Department })
	if err != nil {
		return err
	}
	for _, ref := range gatherings {
		if err := n.Store.Discard(ref); err != nil {
			return err
		}
	}
	return nil
}

// ReportDepartments makes the departments' workbooks of a published night again. What is gathered for them goes to files
// without a name in o.Temp, and nothing else.
func (v *View) ReportDepartments(ctx context.Context, o DepartmentOptions) (err error) {
	n := v.night
	if err := v.CheckDepartments(o); err != nil {
		return err
	}
	into := n.intoNight(v.Manifest.Night)
	if o.Create == nil {
		o.Create = into.Create
	}
	if o.Temp == "" {
		o.Temp = into.Temp
	}
	specs := v.scanSpecs()
	found := make([]*os.File, len(specs))
	defer func() {
		for _, f := range found {
			if f != nil {
				err = errors.Join(err, f.Close())
			}
		}
	}()
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(max(n.Workers, 1))
	for i := range specs {
		g.Go(func() (err error) {
			found[i], err = v.inOrder(within, &specs[i], o)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	g, within = errgroup.WithContext(ctx)
	g.SetLimit(max(n.Workers, 1))
	for _, name := range v.departments() {
		if o.Only != "" && name != o.Only {
			continue
		}
		g.Go(func() error {
			if err := within.Err(); err != nil {
				return err
			}
			if err := v.bookOf(name, found, o); err != nil {
				return fmt.Errorf("workbook of %s: %w", name, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// inOrder gathers what a group of homes says, as a file without a name.
func (v *View) inOrder(ctx context.Context, spec *ScanSpec, o DepartmentOptions) (_ *os.File, err error) {
	found, err := v.night.beginScan(ctx, spec, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, found.close()) }()
	file, err := nameless(o.Temp)
	if err != nil {
		return nil, err
	}
	if err := found.write(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func (v *View) bookOf(name string, found []*os.File, o DepartmentOptions) error {
	spec := v.bookSpec(name)
	var shares []*share
	for _, file := range found {
		info, err := file.Stat()
		if err != nil {
			return err
		}
		p, err := readShare(file, info.Size(), name)
		if err != nil {
			return err
		}
		shares = append(shares, p)
	}
	return v.night.newDepartmentBook(&spec, shares).write(o)
}
