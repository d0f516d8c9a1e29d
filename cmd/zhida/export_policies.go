package main

import (
	"bytes"
	"errors"
	"os"

	"zhida/pipeline/workbook"
	"zhida/pipeline/workspace"
)

// exportPolicies writes the workspace's policies as a workbook, which zhida import reads. It needs no night.
func (a *app) exportPolicies(file string) error {
	if file == "" {
		return inputError(errors.New("export policies writes a workbook: say where with -o FILE.xlsx"))
	}
	policies, err := workspace.CanonicalPolicies(a.workspace)
	if err != nil {
		return inputError(err)
	}
	var book bytes.Buffer // whole before the file is touched
	if err := workbook.Write(&book, policies); err != nil {
		return err
	}
	if err := os.WriteFile(file, book.Bytes(), 0o600); err != nil {
		return inputError(err)
	}
	return nil
}
