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
	var format bool
	var plan string
	c := a.readingFlags(&cobra.Command{
		Use:   "check",
		Short: "check every file of the workspace and list all mistakes in one go",
		Long: `Check every file of the workspace and list all mistakes in one go, each with its place and a suggestion. If the
definitions have none, the test scripts are run as zhida test does, and what they do not find as expected is a mistake.

With --fmt the conditions, rules and benefits in the files are first brought into their canonical form, if the files have
no mistakes; everything else in them stays as it is.

With --plan=ITEM it is told how the item is matched: its parts in the order in which they are asked, what each costs, how
many items share it, and which are gates that end the item for all of a block at once. --plan alone tells it of the whole
library.

Exit status: 0 no mistakes, 1 internal failure, 2 there are mistakes.`,
		Args: func(c *cobra.Command, args []string) error {
			if plan == wholeLibrary && len(args) == 1 {
				return inputError(fmt.Errorf("%s takes no arguments: for the plan of an item write --plan=%s", c.CommandPath(), args[0]))
			}
			return exactly(0, "no arguments")(c, args)
		},
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flags().Changed("plan") {
				return a.checkPlan(plan)
			}
			return a.check(format)
		},
	})
	c.Flags().BoolVar(&format, "fmt", false, "rewrite conditions in their canonical form, and list the files that changed")
	c.Flags().StringVar(&plan, "plan", "", "tell how an item is matched, or the whole library if none is named")
	c.Flags().Lookup("plan").NoOptDefVal = wholeLibrary
	return c
}

// reformat writes the canonical form of all conditions, and returns the files that changed by it. A workspace with
// mistakes is left as it is: check tells them.
func (a *app) reformat() ([]string, error) {
	changed := []string{}
	revision, err := workspace.Reformat(a.workspace)
	if err != nil {
		var faults schemas.Faults
		if errors.As(err, &faults) && !errors.Is(err, workspace.ErrReformat) {
			return changed, nil
		}
		return nil, err
	}
	for _, f := range revision.Files {
		changed = append(changed, f.Name)
	}
	return changed, revision.Write()
}

// check loads the workspace and tells what it found.
func (a *app) check(format bool) error {
	var formatted []string
	if format {
		var err error
		if formatted, err = a.reformat(); err != nil {
			return err
		}
	}
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
	result := checkResult{Workspace: a.workspace, Faults: []checkFault{}, Formatted: formatted}
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
	Formatted []string      `json:"formatted,omitempty"` // --fmt: the files that changed
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
	Uncoded    int    `json:"uncoded"`     // clauses that stand as 评审, since nobody has written a condition for them
	Blank      int    `json:"blank"`       // items that have nothing but such clauses
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
	r.Summary.Uncoded, r.Summary.Blank = w.Uncoded()
	for _, script := range scripts {
		r.Summary.Checks += script.Checks
	}
}

func (r *checkResult) writeText(out io.Writer, faults schemas.Faults) error {
	for _, name := range r.Formatted {
		if _, err := fmt.Fprintf(out, "formatted %s\n", name); err != nil {
			return err
		}
	}
	if s := r.Summary; s != nil {
		_, err := fmt.Fprintf(out, "ok: %d datasets, %d attributes, %d tags, %d policies, %d items, %d policy tags, %d test scripts (%d checks)\n",
			s.Datasets, s.Attributes, s.Tags, s.Policies, s.Items, s.PolicyTags, s.Scripts, s.Checks)
		if err == nil && s.Uncoded > 0 {
			_, err = fmt.Fprintf(out, "其中 %d 条条款未编码，按评审处理；%d 个事项完全没有编码\n", s.Uncoded, s.Blank)
		}
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
