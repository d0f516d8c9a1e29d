package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

var updateScripts = flag.Bool("update-scripts", false, "rewrite the expected output in testdata/script")

// scriptNow is what the clock says to a zhida in a script.
var scriptNow = time.Date(2026, 6, 15, 2, 0, 0, 0, time.UTC)

// TestMain lets scripts run zhida as a program: the test's own binary, under that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"zhida": func() {
			a := &app{stdout: os.Stdout, stderr: os.Stderr, now: func() time.Time { return scriptNow }}
			os.Exit(a.run(context.Background(), os.Args[1:]))
		},
	})
}

// TestScript runs the scripts of testdata/script: what an operator types, and what must come of it.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *updateScripts,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "mode": mode, "cell": cell},
	})
}

// exits runs a program and wants this exit code: exits 2 zhida check.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// cell writes into a cell of a workbook, as an officer does: cell book.xlsx 事项 K2 'the text'.
func cell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: cell file sheet cell text")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SetCellStr(args[1], args[2], args[3]))
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// mode wants these permissions of a file: mode 600 keys/site.key.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode octal file")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("mode of %s is %s, want %s", args[1], got, args[0])
	}
}
