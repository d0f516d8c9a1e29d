package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"zhida/matcher/explain"
	"zhida/matcher/matchtest"
	"zhida/pipeline"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

func (a *app) newTestCommand() *cobra.Command {
	return a.readingFlags(&cobra.Command{
		Use:   "test [FILE...]",
		Short: "run the test scripts beside the policies: facts, conditions, expected verdicts and reasons",
		Long: `Run test scripts (*.test): facts of made-up enterprises, and what conditions, items, tags and amounts must come to for
them. Without FILE all scripts of the workspace are run: those beside its policies and those beside tags.yaml.

Exit status: 0 all as expected, 1 internal failure, 2 the workspace or a script is wrong, or an expectation is not met.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, files []string) error { return a.test(files) },
	})
}

// test runs scripts and tells what came of them.
func (a *app) test(files []string) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	results, err := runScripts(w, a.workspace, files)
	if err != nil {
		return err
	}
	if a.json {
		err = writeJSON(a.stdout, testResults(results))
	} else {
		err = writeTests(a.stdout, results)
	}
	if err == nil && slices.ContainsFunc(results, func(r *matchtest.Result) bool { return !r.OK() }) {
		return inputError(nil)
	}
	return err
}

// runScripts runs the scripts of a workspace, or those that are named. Names of the former start at the workspace.
func runScripts(w *workspace.Workspace, dir string, files []string) ([]*matchtest.Result, error) {
	fsys, named := os.DirFS(dir), len(files) > 0
	for _, pattern := range []string{"*.test", "policies/*.test"} {
		if named {
			break
		}
		found, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, fmt.Errorf("find test scripts: %w", err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, nil
	}
	defs, err := definitions(w)
	if err != nil {
		return nil, err
	}
	var out []*matchtest.Result
	for _, file := range files {
		path := file
		if !named {
			path = filepath.Join(dir, file)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, inputError(fmt.Errorf("read test script: %w", err))
		}
		result, err := matchtest.Test(file, text, defs)
		if err != nil {
			return nil, err
		}
		out = append(out, result)
	}
	return out, nil
}

// definitions are the workspace's for the scripts, with the items as a night matches them.
func definitions(w *workspace.Workspace) (*matchtest.Definitions, error) {
	d := &matchtest.Definitions{
		Env: w.Env, Datasets: map[string]*schemas.Dataset{}, Attributes: w.Attributes, Tags: w.TagRules,
		Items: map[string]*matchtest.Item{}, Region: w.Region,
	}
	for _, ds := range w.Datasets {
		d.Datasets[ds.Name] = ds
	}
	night := &pipeline.Night{Workspace: w}
	if err := night.Prepare(); err != nil {
		return nil, err
	}
	for i := range night.Library.Items {
		item := night.Library.Items[i].Item
		d.Items[item.ID] = &matchtest.Item{Item: item, Env: w.Envs[item.ID]}
	}
	return d, nil
}

func writeTests(out io.Writer, results []*matchtest.Result) error {
	checks, failures, broken := 0, 0, 0
	for _, r := range results {
		checks, failures = checks+r.Checks, failures+len(r.Failures)
		if err := writeTest(out, r); err != nil {
			return err
		}
		if len(r.Faults) > 0 {
			broken++
		}
	}
	text := fmt.Sprintf("共 %d 个脚本，%d 条", len(results), checks)
	switch {
	case len(results) == 0:
		text = "没有测试脚本：在 policies/ 里写 .test 文件"
	case broken > 0:
		text += fmt.Sprintf("；%d 个脚本有错，没有运行", broken)
	case failures == 0:
		text += "，全部相符"
	}
	if failures > 0 {
		text += fmt.Sprintf("；%d 条不符", failures)
	}
	_, err := fmt.Fprintln(out, text)
	return err
}

// writeTest tells of one script: a line if all is well, else every fault or failure.
func writeTest(out io.Writer, r *matchtest.Result) error {
	state, more := "ok  ", ""
	switch {
	case len(r.Faults) > 0:
		state, more = "有错", fmt.Sprintf("，%d 处错误", len(r.Faults))
	case len(r.Failures) > 0:
		state, more = "不符", fmt.Sprintf("，%d 条不符", len(r.Failures))
	}
	if _, err := fmt.Fprintf(out, "%s  %s  %d 条%s\n", state, r.File, r.Checks, more); err != nil {
		return err
	}
	for _, f := range r.Faults {
		if _, err := fmt.Fprintln(out, f.String()); err != nil {
			return err
		}
	}
	for i := range r.Failures {
		if _, err := fmt.Fprint(out, r.Failures[i].String()); err != nil {
			return err
		}
	}
	return nil
}

// testResult is a script in the JSON array of zhida test --json.
type testResult struct {
	File     string        `json:"file"`
	OK       bool          `json:"ok"`
	Checks   int           `json:"checks"` // expectations, one for each enterprise named
	Faults   []checkFault  `json:"faults"` // what could not be understood; nothing was run then
	Failures []testFailure `json:"failures"`
}

// testFailure is an expectation that was not met.
type testFailure struct {
	Line       int             `json:"line"`
	Column     int             `json:"column"`
	Question   string          `json:"question"`
	Enterprise string          `json:"enterprise"`
	Expected   string          `json:"expected"`
	Got        string          `json:"got"`
	Answer     *explain.Answer `json:"answer"`
}

func testResults(results []*matchtest.Result) []testResult {
	out := []testResult{}
	for _, r := range results {
		t := testResult{File: r.File, OK: r.OK(), Checks: r.Checks, Faults: []checkFault{}, Failures: []testFailure{}}
		for _, f := range r.Faults {
			t.Faults = append(t.Faults, checkFault(f))
		}
		for _, f := range r.Failures {
			t.Failures = append(t.Failures, testFailure{f.Line, f.Column, f.Question, f.Enterprise, f.Expected, f.Got, f.Answer})
		}
		out = append(out, t)
	}
	return out
}
