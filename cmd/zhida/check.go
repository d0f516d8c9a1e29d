package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"zhida/matcher/matchtest"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

func (a *app) newCheckCommand() *cobra.Command {
	return a.readingFlags(&cobra.Command{
		Use:   "check",
		Short: "check every file of the workspace and list all mistakes in one go",
		Long: `Check every file of the workspace and list all mistakes in one go, each with its place and a suggestion. If the
definitions have none, the test scripts are run as zhida test does, and what they do not find as expected is a mistake.

Exit status: 0 no mistakes, 1 internal failure, 2 there are mistakes.`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error { return a.check() },
	})
}

// check loads the workspace and tells what it found.
func (a *app) check() error {
	w, err := workspace.Load(a.workspace)
	var faults schemas.Faults
	if err != nil && !errors.As(err, &faults) {
		return inputError(err)
	}
	var scripts []*matchtest.Result
	if w != nil {
		if scripts, err = runScripts(w, a.workspace, nil); err != nil {
			return err
		}
		for _, s := range scripts {
			faults = append(faults, s.All()...)
		}
	}
	result := checkResult{Workspace: a.workspace, Faults: []checkFault{}}
	for _, f := range faults {
		result.Faults = append(result.Faults, checkFault(f))
	}
	if w != nil && len(faults) == 0 {
		result.count(w, scripts)
	}
	if a.json {
		err = writeJSON(a.stdout, result)
	} else {
		err = result.writeText(a.stdout, faults)
	}
	if err == nil && len(faults) > 0 {
		return inputError(nil)
	}
	return err
}

// checkResult is the JSON object of zhida check --json. The numbers are there only if there are no faults.
type checkResult struct {
	Workspace string        `json:"workspace"`
	Faults    []checkFault  `json:"faults"`
	Summary   *checkSummary `json:"summary,omitempty"`
}

// checkSummary counts what the workspace defines.
type checkSummary struct {
	Sum        string `json:"sum"` // SHA-256 over all definition files
	Datasets   int    `json:"datasets"`
	Attributes int    `json:"attributes"`
	Tags       int    `json:"tags"`
	Policies   int    `json:"policies"`
	Items      int    `json:"items"`
	PolicyTags int    `json:"policy_tags"` // distinct elementary tests of all items
	Scripts    int    `json:"scripts"`     // test scripts
	Checks     int    `json:"checks"`      // what they expect of an enterprise
}

// checkFault is schemas.Fault with names for machines. Line and column count from 1, in characters; line 0 is the
// whole file.
type checkFault struct {
	File string `json:"file"`

	Cell schemas.Cell `json:"-"` // no file of a workspace has cells

	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Width      int    `json:"width"`
	Source     string `json:"source"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion"`
}

// count fills in the summary.
func (r *checkResult) count(w *workspace.Workspace, scripts []*matchtest.Result) {
	r.Summary = &checkSummary{
		Sum: w.Sum, Datasets: len(w.Datasets), Attributes: len(w.Attributes), Tags: len(w.Tags),
		Policies: len(w.Policies), Items: len(w.Conditions), PolicyTags: w.PolicyTags(),
		Scripts: len(scripts),
	}
	for _, script := range scripts {
		r.Summary.Checks += script.Checks
	}
}

func (r *checkResult) writeText(out io.Writer, faults schemas.Faults) error {
	if s := r.Summary; s != nil {
		_, err := fmt.Fprintf(out, "ok: %d datasets, %d attributes, %d tags, %d policies, %d items, %d policy tags, %d test scripts (%d checks)\n",
			s.Datasets, s.Attributes, s.Tags, s.Policies, s.Items, s.PolicyTags, s.Scripts, s.Checks)
		return err
	}
	for _, f := range faults {
		if _, err := fmt.Fprintln(out, f.String()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "共 %d 处错误\n", len(faults))
	return err
}
