package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"zhida/pipeline/workbook"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

func (a *app) newImportCommand() *cobra.Command {
	replace := false
	c := &cobra.Command{
		Use:   "import FILE.xlsx",
		Short: "write a department's workbook of policies into policies/",
		Long: `Write a department's workbook of policies into policies/, one file per policy. All cells and the whole workspace with
the new policies in it are checked first; with any mistake, each named with its cell, nothing is written. A file that
says the same already stays as it is, comments and all; one that differs is only overwritten with --replace.

"zhida export policies" makes such a workbook, of a new workspace one with an example and its instructions.

Exit status: 0 written, 1 internal failure, 2 there are mistakes, or files that differ.`,
		Args: exactly(1, "the workbook"),
		RunE: func(_ *cobra.Command, args []string) error { return a.importWorkbook(args[0], replace) },
	}
	c.Flags().BoolVar(&replace, "replace", false, "overwrite policies that differ")
	return c
}

// importWorkbook reads a workbook, checks it within the workspace, and writes the policies.
func (a *app) importWorkbook(file string, replace bool) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return inputError(err)
	}
	book := workbook.Read(filepath.Base(file), data)
	for _, w := range book.Warnings {
		fmt.Fprintf(a.stderr, "提醒：%s\n", w)
	}
	revision, found, err := workspace.Revise(a.workspace, book.Policies)
	if err != nil {
		return inputError(err)
	}
	faults := append(book.Faults, book.Locate(found)...)
	if len(faults) > 0 {
		return a.refuse(faults)
	}
	var differ error
	for _, f := range revision.Files {
		if f.Change == workspace.ChangeReplace && !replace {
			differ = errors.Join(differ, fmt.Errorf("%s differs from the workbook", f.Name))
		}
	}
	if differ != nil {
		return inputError(fmt.Errorf("%w\nnothing written; --replace overwrites", differ))
	}
	if err := revision.Write(); err != nil {
		return err
	}
	return a.reportImport(book, revision)
}

// refuse lists the faults of an import.
func (a *app) refuse(faults schemas.Faults) error {
	faults.Sort()
	for _, f := range faults {
		if _, err := fmt.Fprintln(a.stdout, f.String()); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(a.stdout, "共 %d 处错误，什么也没有写\n", len(faults)); err != nil {
		return err
	}
	return inputError(nil)
}

// reportImport says what was written, and how much of it nobody has encoded yet.
func (a *app) reportImport(book *workbook.Book, r *workspace.Revision) error {
	words := map[workspace.Change]string{
		workspace.ChangeNone: "unchanged", workspace.ChangeNew: "new", workspace.ChangeReplace: "replaced",
	}
	items, open := 0, 0
	for i := range book.Policies {
		p := &book.Policies[i]
		items += len(p.Items)
		for j := range p.Items {
			open += p.Items[j].OpenClauses()
		}
		if _, err := fmt.Fprintf(a.stdout, "%s: %s\n", r.Files[i].Name, words[r.Files[i].Change]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.stdout, "ok: %d policies, %d items, %d clauses not encoded\n", len(book.Policies), items, open)
	return err
}
