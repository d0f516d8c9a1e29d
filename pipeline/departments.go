package pipeline

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// DepartmentOptions say which departments' workbooks are made, and where they go.
type DepartmentOptions struct {
	Only   string                                               // one department; "": all
	Clear  bool                                                 // with the names of sole traders; for who owns the registration
	Create func(name string, write func(io.Writer) error) error // nil: in the folder of the night's reports; called from several goroutines
	Temp   string                                               // folder for what is written in between; "": the store's
}

// ErrDepartment is returned for a department that has no items and delivers nothing, or may not see what is asked for.
var ErrDepartment = errors.New("no workbook for the department")

// ErrDefinitions is returned for a night that was made with other definitions than the workspace has now.
var ErrDefinitions = errors.New("the night was made with other definitions than the workspace has now: its reports can only be made with the workspace it was run with")

// departments lists who gets a workbook of the night: who accepts applications for an item, did so until the last night,
// or delivers a dataset.
func (v *View) departments() []string {
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
	if err := n.readSummary(&v.Manifest); err != nil {
		return err
	}
	switch {
	case v.Changed():
		return fmt.Errorf("%s: %w", v.Manifest.Night, ErrDefinitions)
	case o.Only != "" && !slices.Contains(v.departments(), o.Only):
		return fmt.Errorf("%s has no items and delivers no data; there are %s: %w", o.Only, strings.Join(v.departments(), ", "), ErrDepartment)
	case o.Clear && (o.Only == "" || o.Only != n.registration().Owner):
		return fmt.Errorf("names of sole traders are only for %s, who registers them: %w", n.registration().Owner, ErrDepartment)
	}
	return nil
}

// missingWorkbooks are the departments whose workbooks of the night are not there.
func (v *View) missingWorkbooks() []string {
	return slices.DeleteFunc(v.departments(), func(name string) bool {
		return v.night.Store.HasFile(departmentsFolder(v.Manifest.Night) + fileOf(name) + ".xlsx")
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
