package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/export"
	"zhida/pipeline/workspace"
)

// compareFlags say with what a night is compared, and how.
type compareFlags struct {
	binary, with string
	file         string
	bom          bool
	workers      int
}

func (a *app) newCompareCommand() *cobra.Command {
	var flags compareFlags
	c := &cobra.Command{
		Use:   "compare NIGHT (--binary ZHIDA | --with WORKSPACE)",
		Short: "work a published night out by another zhida or another workspace, and list what differs",
		Long: `compare works a published night out once more, from its deliveries and what the night before has left: by another version of
zhida (--binary) and the definitions of the night, or by this one and the definitions of another folder (--with). It shows for each
item how many more or fewer are sure, need facts or narrowly miss, which of that night's pushes would be new or withdrawn, and
explains some of each. With -o all pairs that differ are written to a file, as CSV, Parquet or Arrow.

All that is made goes to a scratch beside the store, which is removed; store and ledger are only read, nothing is sent, and a
night may run meanwhile.`,
		Args: exactly(1, "a night, 2026-06-15"),
		RunE: func(c *cobra.Command, args []string) error {
			if (flags.binary == "") == (flags.with == "") {
				return inputError(errors.New("say with what to compare: --binary a zhida, or --with the folder of a workspace"))
			}
			return a.compare(c, args[0], flags)
		},
	}
	c.Flags().StringVar(&flags.binary, "binary", "", "another zhida: the program's file")
	c.Flags().StringVar(&flags.with, "with", "", "folder of another workspace: its definitions, but no sources, store and ledger")
	c.Flags().StringVarP(&flags.file, "output", "o", "", "file for all pairs that differ")
	c.Flags().BoolVar(&flags.bom, "bom", false, "csv: begin with a byte order mark, which spreadsheets need to see UTF-8")
	c.Flags().IntVar(&flags.workers, "workers", runtime.NumCPU(), "units worked on at a time")
	return a.readingFlags(c)
}

func (a *app) compare(c *cobra.Command, night string, flags compareFlags) (err error) {
	format := export.CSV
	if flags.file != "" {
		if format, err = export.FormatOf(flags.file); err != nil {
			return inputError(err)
		}
	}
	var other *workspace.Workspace
	if flags.with != "" {
		if other, err = (&app{workspace: flags.with}).load(); err != nil {
			return err
		}
	}
	s, end, err := a.openAside(c, flags.workers)
	if err != nil {
		return err
	}
	defer s.close()
	before, err := s.Outcome(c.Context(), night)
	if err != nil {
		return asideError(err)
	}
	defer func() { err = errors.Join(err, before.Close()) }()
	after, err := a.after(c.Context(), s, before.Head().Night, other, flags)
	end()
	if err != nil {
		return asideError(err)
	}
	defer func() { err = errors.Join(err, after.Close()) }()
	var found *pipeline.Compared
	each := func(pipeline.Example) error { return nil }
	if flags.file == "" {
		found, err = pipeline.Compare(c.Context(), before, after, each)
	} else {
		err = a.writeFile(flags.file, func(out io.Writer) error {
			found, err = writePairs(out, format, flags.bom, func(each func(pipeline.Example) error) (*pipeline.Compared, error) {
				return pipeline.Compare(c.Context(), before, after, each)
			})
			return err
		})
	}
	if err != nil {
		return err
	}
	if a.json {
		return writeJSON(a.stdout, found)
	}
	return writeCompared(a.stdout, found, before.Head(), after.Head())
}

// after is the outcome that the night is compared with.
func (a *app) after(ctx context.Context, s *site, night string, other *workspace.Workspace, flags compareFlags) (pipeline.Outcome, error) {
	if other != nil {
		return s.OutcomeBy(ctx, night, other)
	}
	ctx, stop := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, flags.binary, "-w", a.workspace, "outcome", night, "--workers", strconv.Itoa(flags.workers))
	cmd.Stderr = a.stderr
	ask, err := cmd.StdinPipe()
	if err != nil {
		return nil, errors.Join(err, stopped(stop))
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, stopped(stop))
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(inputError(fmt.Errorf("--binary: %w", err)), stopped(stop))
	}
	o, err := pipeline.NewOutcomeClient(ask, answers, func() error {
		err := errors.Join(ask.Close(), answers.Close(), cmd.Wait()) // it may be writing still
		stop()
		return err
	})
	if err != nil {
		return nil, inputError(fmt.Errorf("--binary %s: it must be a zhida that knows compare, and be able to work out night %s: %w", flags.binary, night, err))
	}
	return o, nil
}

func stopped(stop context.CancelFunc) error {
	stop()
	return nil
}

// newOutcomeCommand is what zhida compare --binary starts: nobody types it.
func (a *app) newOutcomeCommand() *cobra.Command {
	var workers int
	c := &cobra.Command{
		Use:    "outcome NIGHT",
		Short:  "work a published night out and answer questions about it (zhida compare --binary starts this)",
		Hidden: true,
		Args:   exactly(1, "a night"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			s, end, err := a.openAside(c, workers)
			if err != nil {
				return err
			}
			defer s.close()
			o, err := s.OutcomeBy(c.Context(), args[0], nil)
			end()
			if err != nil {
				return asideError(err)
			}
			defer func() { err = errors.Join(err, o.Close()) }()
			return pipeline.ServeOutcome(o, os.Stdin, a.stdout)
		},
	}
	c.Flags().IntVar(&workers, "workers", runtime.NumCPU(), "units worked on at a time")
	return c
}
