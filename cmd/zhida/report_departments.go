package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"zhida/pipeline"
)

// departmentFlags are what the command line says of departments' workbooks.
type departmentFlags struct {
	night, department, folder string
	clear                     bool
}

func (a *app) newReportDepartmentsCommand() *cobra.Command {
	var flags departmentFlags
	c := &cobra.Command{
		Use:   "departments",
		Short: "make the departments' workbooks of a night",
		Long: `Make the departments' workbooks of a published night again, in the night's folder or in another.

Names of sole traders are personal and not in the workbooks. --clear shows them to the department that registers
enterprises; such a workbook does not go into the store, and that it was made is recorded in the ledger.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return a.reportDepartments(c.Context(), flags) },
	}
	c.Flags().StringVar(&flags.night, "night", "", "published night (default the latest)")
	c.Flags().StringVar(&flags.department, "department", "", "one department (default all)")
	c.Flags().StringVarP(&flags.folder, "output", "o", "", "folder to write into (default the night's)")
	c.Flags().BoolVar(&flags.clear, "clear", false, "with the names of sole traders; recorded in the ledger")
	return c
}

func (a *app) reportDepartments(ctx context.Context, flags departmentFlags) error {
	if flags.clear && (flags.department == "" || flags.folder == "") {
		return inputError(errors.New("--clear takes --department, the one that registers enterprises, and a folder: -o DIR"))
	}
	s, err := a.open(ctx, 1, nil, false)
	if err != nil {
		return err
	}
	defer s.close()
	view, err := s.View(ctx, flags.night)
	if err != nil {
		return reading(err)
	}
	defer view.Close()
	o := pipeline.DepartmentOptions{Only: flags.department, Clear: flags.clear}
	if err := flags.write(s, &o); err != nil {
		return err
	}
	if err := view.CheckDepartments(o); err != nil {
		return inputError(err)
	}
	if flags.clear {
		what := fmt.Sprintf("report departments --clear of night %s for %s", view.Manifest.Night, flags.department)
		if err := s.Ledger.Audit(ctx, a.now(), operator(), what); err != nil {
			return err
		}
	}
	return view.ReportDepartments(ctx, o)
}

// write says where the workbooks go.
func (f *departmentFlags) write(s *site, o *pipeline.DepartmentOptions) error {
	if f.folder == "" {
		return nil
	}
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return inputError(err)
	}
	inside, err := isWithin(f.folder, s.Workspace.Path(s.Workspace.Store))
	if err != nil {
		return err
	}
	if inside {
		return inputError(fmt.Errorf("%s is in the store, which keeps what nights made", f.folder))
	}
	o.Temp = f.folder // names in clear go nowhere else, not even in between
	o.Create = func(name string, write func(io.Writer) error) error {
		return (&app{}).writeFile(filepath.Join(f.folder, name), write)
	}
	return nil
}

// isWithin reports whether a folder lies in another, or is it, links followed.
func isWithin(folder, other string) (bool, error) {
	var resolved [2]string
	for i, name := range []string{folder, other} {
		full, err := filepath.EvalSymlinks(name)
		if err == nil {
			full, err = filepath.Abs(full)
		}
		if err != nil {
			return false, err
		}
		resolved[i] = full
	}
	rel, err := filepath.Rel(resolved[1], resolved[0])
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)), err
}
