package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/proc"
	"zhida/schemas"
)

func main() {
	giveRoom()
	os.Exit(mainCode())
}

// mainCode runs the process's command line. It is a function of its own so that what it defers happens before the exit.
func mainCode() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{stdout: os.Stdout, stderr: os.Stderr, now: time.Now}
	return a.run(ctx, os.Args[1:])
}

// app is what every subcommand shares. Only here is the wall clock read.
type app struct {
	workspace      string  // -w
	json           bool    // --json of reading commands
	timing         *timing // nil: nobody asked for it
	stdout, stderr io.Writer
	now            func() time.Time
	wait           func(context.Context, time.Duration) error // nil: by a timer
	observer       engine.Observer                            // nil: the progress of a night goes to stderr
	worker         proc.Start                                 // nil: this program, for --engine proc
}

// Exit codes.
const (
	exitDone     = 0
	exitInternal = 1
	exitInput    = 2 // the user's input is wrong
	exitHeld     = 3 // held at a gate
	exitSources  = 4 // finished, but some sources failed or datasets are held
)

// exitError is an error with the code the process ends with. A nil err has been told already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// inputError says that the user's input is wrong.
func inputError(err error) error { return &exitError{exitInput, err} }

// run executes one command line and returns the exit code: the one place where errors become codes.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.newRootCommand()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var exit *exitError
	var faults schemas.Faults
	switch {
	case errors.As(err, &exit):
	case errors.As(err, &faults):
		exit = &exitError{exitInput, err}
	default:
		exit = &exitError{exitInternal, err}
	}
	if exit.err != nil {
		_, _ = fmt.Fprintf(a.stderr, "zhida: %v\n", err) // nobody is left to tell if this fails
	}
	return exit.code
}

func (a *app) newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "zhida",
		Short: "the night shift of policies looking for enterprises (政策找企业)",
		Long: `zhida takes what the departments delivered, keeps one profile per enterprise, matches every profile against
every policy item, and hands out push lists, match reports and lists of facts still missing.

Exit status: 0 done, 1 internal failure, 2 the input is wrong, 3 held at a gate, 4 finished but some sources failed
or datasets are held.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          exactly(0, "a command"),
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().StringVarP(&a.workspace, "workspace", "w", ".", "folder of the workspace")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return inputError(err) })
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		a.newInitCommand(), a.newKeygenCommand(), a.newCheckCommand(), a.newTestCommand(), a.newSourcesCommand(), a.newRunCommand(),
		a.newStatusCommand(), a.newReleasesCommand(), a.newReleaseCommand(), a.newHoldCommand(),
		a.newReplayCommand(), a.newCompareCommand(), a.newOutcomeCommand(), a.newPruneCommand(), a.newLedgerCommand(),
		a.newExplainCommand(), a.newSimulateCommand(), a.newExportCommand(), a.newReportCommand(), a.newImportCommand(), a.newSchemaCommand(),
		a.newGenCommand(), a.newTaskCommand(), a.newVersionCommand(),
	)
	return root
}

// readingFlags adds the flags that every reading command has.
func (a *app) readingFlags(c *cobra.Command) *cobra.Command {
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// exactly wants n arguments; what says in words what they are.
func exactly(n int, what string) cobra.PositionalArgs { return between(n, n, what) }

// between wants low to high arguments. Too few or too many are the user's fault.
func between(low, high int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < low || len(args) > high {
			return inputError(fmt.Errorf("%s takes %s, not %q: see %s --help", c.CommandPath(), what, args, c.CommandPath()))
		}
		return nil
	}
}
