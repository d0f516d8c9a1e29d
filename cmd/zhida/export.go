package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/export"
)

// exportKind is a table that can be exported. Each has a file of its own, export_*.go.
type exportKind struct {
	name  string
	write func(x *exporting) error
}

func exportKinds() []exportKind {
	return []exportKind{
		{"verdicts", exportVerdicts},
		{"changes", exportChanges},
		{"missing", exportMissing},
		{"profile", exportProfile},
		{"rows", exportRows},
		{"rejects", exportRejects},
	}
}

// exporting is an export under way.
type exporting struct {
	ctx     context.Context
	site    *site
	view    *pipeline.View
	raw     bool   // rejects
	dataset string // rows
	// table begins the table. It is called once; the table is closed when the kind's function returns without error.
	table func(columns []export.Column) (*export.Writer, error)
}

// exportFlags are what the command line says of an export.
type exportFlags struct {
	night, file, format string
	raw, bom            bool
}

// policiesKind is the kind that is a workbook of the workspace and no table of a night.
const policiesKind = "policies"

func (a *app) newExportCommand() *cobra.Command {
	var names []string
	for _, k := range exportKinds() {
		names = append(names, k.name)
	}
	names = append(names, policiesKind)
	var flags exportFlags
	c := &cobra.Command{
		Use:   "export " + strings.Join(names, "|"),
		Short: "write a table of a published night as CSV, Parquet or Arrow, or the policies as a workbook",
		Long: `Write a table of a published night for a spreadsheet, DuckDB, Spark or pandas.

  verdicts      who meets an item, needs facts for it or is a near miss, with amounts and what ranks them
  changes       who entered or left an item since the last published night, and why
  missing       which facts keep verdicts open: a line per enterprise, item and fact, with who can supply it
  profile       every enterprise with all attributes, one column per year for yearly ones, and all tags
  rows DATASET  the rows of a dataset that hold, without personal fields, and when they were confirmed
  rejects       the rows that were not taken, and why
  policies      the workspace's policies as a workbook, for zhida import

The format is that of --format, or else the one the file's name ends in, or CSV. In CSV a text that a spreadsheet would
take for a formula, or that begins with an apostrophe, has an apostrophe in front.`,
		ValidArgs: names,
		Args:      between(1, 2, "one of "+strings.Join(names, ", ")+", and a dataset with rows"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := flags.check(args, names); err != nil {
				return inputError(err)
			}
			if args[0] == policiesKind {
				return a.exportPolicies(flags.file)
			}
			return a.export(c.Context(), args, flags)
		},
	}
	c.Flags().StringVar(&flags.night, "night", "", "published night (default the latest)")
	c.Flags().StringVarP(&flags.file, "output", "o", "", "file to write (default standard output)")
	c.Flags().StringVar(&flags.format, "format", "", "csv, parquet or arrow")
	c.Flags().BoolVar(&flags.bom, "bom", false, "csv: begin with a byte order mark, which spreadsheets need to see UTF-8")
	c.Flags().BoolVar(&flags.raw, "raw", false, "rejects: with the rows as delivered, personal data included; recorded in the ledger")
	return c
}

// check finds what does not go together. It settles the format.
func (f *exportFlags) check(args, names []string) error {
	kind := args[0]
	switch {
	case !slices.Contains(names, kind):
		return fmt.Errorf("cannot export %q: want %s", kind, strings.Join(names, ", "))
	case (kind == "rows") != (len(args) == 2):
		return errors.New("rows takes the name of a dataset, the other exports take none: zhida export rows registration")
	case f.raw && kind != "rejects":
		return errors.New("--raw goes with rejects only")
	case kind == policiesKind && f.night != "":
		return errors.New("policies are those of the workspace as it is: --night does not go with them")
	case kind == policiesKind && (f.format != "" || f.bom):
		return errors.New("policies are written as a workbook: --format and --bom do not go with them")
	case kind == policiesKind:
		return nil
	}
	format, err := f.settle()
	switch {
	case err != nil:
		return err
	case format.Binary() && f.file == "":
		return fmt.Errorf("%s is not for a terminal: say where with -o FILE.%s", format, format)
	case f.bom && format != export.CSV:
		return errors.New("--bom goes with csv only")
	}
	f.format = string(format)
	return nil
}

func (f *exportFlags) settle() (export.Format, error) {
	switch {
	case f.format != "":
		return export.ParseFormat(f.format)
	case filepath.Ext(f.file) != "":
		return export.FormatOf(f.file)
	}
	return export.CSV, nil
}

func (a *app) export(ctx context.Context, args []string, flags exportFlags) error {
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
	if view.Changed() {
		fmt.Fprintf(a.stderr, "zhida: the workspace has changed since night %s was run: items and tags are listed as they are now\n", view.Manifest.Night)
		summary, err := view.Summary()
		if err != nil {
			return err
		}
		for _, item := range summary.ByItem {
			if _, ok := s.Library.Index(item.ID); !ok && !item.Gone {
				fmt.Fprintf(a.stderr, "zhida: item %s is in the workspace no more, and left out\n", item.ID)
			}
		}
	}
	x := &exporting{ctx: ctx, site: s, view: view, raw: flags.raw}
	if len(args) == 2 {
		x.dataset = args[1]
	}
	if flags.raw {
		what := "export rejects --raw of night " + view.Manifest.Night
		if err := s.Ledger.Audit(ctx, a.now(), operator(), what); err != nil {
			return err
		}
	}
	kinds := exportKinds()
	kind := kinds[slices.IndexFunc(kinds, func(k exportKind) bool { return k.name == args[0] })]
	return a.writeFile(flags.file, func(out io.Writer) error { return x.run(kind, out, flags) })
}

// run writes the table to out.
func (x *exporting) run(kind exportKind, out io.Writer, flags exportFlags) error {
	var table *export.Writer
	x.table = func(columns []export.Column) (_ *export.Writer, err error) {
		table, err = export.NewWriter(out, export.Format(flags.format), columns, export.Options{BOM: flags.bom})
		return table, err
	}
	if err := kind.write(x); err != nil {
		return err
	}
	return table.Close()
}

// writeFile writes a file that is there whole or not at all; without a name it writes to standard output. What is there
// already and is no file, such as a pipe, is written into.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	buffered := func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<16)
		return errors.Join(write(b), b.Flush())
	}
	if name == "" {
		return buffered(a.stdout)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return inputError(err)
		}
		return errors.Join(buffered(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return inputError(err)
	}
	if err := errors.Join(buffered(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}

// operator is who runs the command, for the ledger.
func operator() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}
