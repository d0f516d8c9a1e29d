package main

import (
	"errors"
	"fmt"
	"runtime"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"zhida/pipeline"
)

func (a *app) newReplayCommand() *cobra.Command {
	var workers int
	c := &cobra.Command{
		Use:   "replay NIGHT",
		Short: "work a published night out once more, and compare every artefact",
		Long: `replay works a published night out once more, from its deliveries in the landing zone, the definitions it used and what the
night before has left, and compares each artefact, workbook and guide with the night's by content. All that is made goes to a
scratch beside the store, which is removed; store and ledger are only read, nothing is sent, and a night may run meanwhile. A
replay that is killed leaves a scratch, which the next command removes.

Exit status: 0 all is equal, 1 something differs, 2 it cannot be replayed, as inputs are purged.`,
		Args: exactly(1, "a night, 2026-06-15"),
		RunE: func(c *cobra.Command, args []string) error {
			s, end, err := a.openAside(c, workers)
			if err != nil {
				return err
			}
			defer s.close()
			r, err := s.Replay(c.Context(), args[0])
			end()
			if err != nil {
				return asideError(err)
			}
			return a.showReplay(r)
		},
	}
	c.Flags().IntVar(&workers, "workers", runtime.NumCPU(), "units worked on at a time")
	return a.readingFlags(c)
}

// openAside opens a site for who works a night out once more. What it compiles is a matter of the night.
func (a *app) openAside(c *cobra.Command, workers int) (*site, func(), error) {
	if workers < 1 {
		return nil, nil, inputError(fmt.Errorf("--workers %d: want at least 1", workers))
	}
	observer := a.observer
	end := func() {}
	if observer == nil {
		p := newProgress(a.stderr, a.now)
		observer, end = p, p.end
	}
	s, err := a.openSite(c.Context(), workers, observer, false)
	if err != nil {
		return nil, nil, err
	}
	s.PrepareReading()
	return s, end, nil
}

// asideError says which errors of working a night out once more are the user's.
func asideError(err error) error {
	for _, known := range []error{pipeline.ErrPurged, pipeline.ErrEngine, pipeline.ErrNoNight, pipeline.ErrHomes, pipeline.ErrDataset} {
		if errors.Is(err, known) {
			return inputError(err)
		}
	}
	return err
}

func (a *app) showReplay(r *pipeline.Replay) error {
	var err error
	if a.json {
		err = writeJSON(a.stdout, r)
	} else {
		fmt.Fprintf(a.stdout, "night %s, replayed from %d deliveries\n\n", r.Night, r.Deliveries)
		tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(tw, "compared\tartefacts\tbytes\tdifferent\t")
		for _, k := range r.Kinds {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t\n", k.Kind, k.Artefacts, k.Bytes, k.Different)
		}
		err = tw.Flush()
		for _, d := range r.Differences {
			fmt.Fprintf(a.stdout, "%s: %s\n  the night:  %s\n  the replay: %s\n", d.What, d.Why, orNone(d.Night), orNone(d.Replay))
		}
	}
	if err == nil && len(r.Differences) > 0 {
		return &exitError{exitInternal, fmt.Errorf("%d artefacts of night %s are not what its inputs give", len(r.Differences), r.Night)}
	}
	return err
}

func orNone(name string) string {
	if name == "" {
		return "-"
	}
	return name
}
