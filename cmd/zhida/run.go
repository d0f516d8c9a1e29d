package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

func (a *app) newRunCommand() *cobra.Command {
	var date, engine string
	var workers int
	var ahead, afresh bool
	c := &cobra.Command{
		Use:   "run",
		Short: "run the night of a business date, or go on with one that was killed",
		Long: `run takes what the sources hold up to the business date, brings profiles and verdicts up to date, and
publishes push lists and a summary. A night that was killed goes on at the unit it reached. A published night is run
again, as a new revision, only if deliveries came or the workspace changed since. A night dated before a published
one is a backfill: it tells nobody, and reads what had arrived by then.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			day, err := a.day(date, ahead)
			if err != nil {
				return err
			}
			if workers < 1 {
				return inputError(fmt.Errorf("--workers %d: want at least 1", workers))
			}
			observer, end := a.observer, func() {}
			if observer == nil {
				p := newProgress(a.stderr, a.now)
				observer, end = p, p.end
			}
			s, err := a.open(c.Context(), workers, observer, true)
			if err != nil {
				return err
			}
			defer s.close()
			s.Afresh = afresh
			if err := a.place(s, engine); err != nil {
				return err
			}
			result, err := s.Run(c.Context(), day)
			end()
			return a.finish(result, err)
		},
	}
	c.Flags().StringVar(&date, "date", "", "business date, 2026-06-15 (default today)")
	c.Flags().BoolVar(&ahead, "ahead", false, "allow a business date after today: nights before it can then only be backfilled")
	c.Flags().BoolVar(&afresh, "afresh", false, "judge every enterprise, though nothing about it has changed since the last night; no effect on a night that is published")
	c.Flags().IntVar(&workers, "workers", runtime.NumCPU(), "units worked on at a time")
	c.Flags().StringVar(&engine, "engine", "local", "where units run: local (threads), or proc (each in a fresh process, begun again if it is killed)")
	return a.readingFlags(c)
}

// day is the business date asked for, today if none.
func (a *app) day(text string, ahead bool) (schemas.Date, error) {
	y, m, d := a.now().Date()
	today := schemas.NewDate(y, int(m), d)
	if text == "" {
		return today, nil
	}
	day, err := schemas.ParseDate(text)
	if err != nil {
		return 0, inputError(fmt.Errorf("--date: %w", err))
	}
	if day > today && !ahead {
		return 0, inputError(fmt.Errorf("--date %s is after today, %s: nights before it could then only be backfilled, and those tell nobody; add --ahead if it is meant", day, today))
	}
	return day, nil
}

// finish prints what the night came to and chooses the exit code.
func (a *app) finish(r pipeline.Result, err error) error {
	var held *pipeline.HeldError
	switch {
	case errors.As(err, &held):
		return &exitError{exitHeld, err}
	case errors.Is(err, store.ErrLocked), errors.Is(err, ledger.ErrLocked), errors.Is(err, pipeline.ErrHomes), errors.Is(err, pipeline.ErrDataset), errors.Is(err, pipeline.ErrLedger), errors.Is(err, pipeline.ErrChanged), errors.Is(err, pipeline.ErrPurged):
		return inputError(err)
	case errors.Is(err, context.Canceled):
		return &exitError{exitInternal, errors.New("interrupted: run the same command to go on where it was")}
	case err != nil:
		return err
	}
	if a.json {
		err = writeJSON(a.stdout, &r.Manifest.Summary)
	} else {
		if r.Already {
			fmt.Fprintf(a.stdout, "night %s is published already, and nothing new came\n", r.Manifest.Night)
			for _, problem := range r.Problems { // the summary tells of what was met then
				fmt.Fprintf(a.stdout, "now: %s\n", problem)
			}
			for _, text := range r.LeftOut {
				fmt.Fprintln(a.stdout, text)
			}
			fmt.Fprintln(a.stdout)
		}
		err = r.Manifest.Summary.Write(a.stdout)
	}
	switch {
	case err == nil && r.Failed:
		return &exitError{exitSources, errors.New("finished, but some sources failed: see the problems above")}
	case err == nil && r.Held:
		return &exitError{exitSources, errors.New("finished, but some datasets are held: see the problems above")}
	}
	return err
}
