package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zhida/pipeline/ledger"
)

// releaseView is a finding of a gate, or a hold by hand, as releases shows it.
type releaseView struct {
	Night    string    `json:"night,omitempty"` // of a finding
	Gate     string    `json:"gate"`            // rows/tax; hold/tax by hand
	Finding  string    `json:"finding"`
	Waiting  bool      `json:"waiting"`
	Kept     bool      `json:"kept,omitempty"` // the night went on with the rows that held before
	Who      string    `json:"who,omitempty"`
	Why      string    `json:"why,omitempty"`
	Released time.Time `json:"released,omitzero"`
	Since    time.Time `json:"since,omitzero"` // of a hold by hand
}

func (a *app) newReleasesCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "releases",
		Short: "show what gates found, and what waits for a person",
		Long: `Show what the gates of held nights found, and those of the last published night that went on without a dataset: figures that
make a delivery doubtful. Each waits for a person: mend the delivery and run the night again, or say that it is right with zhida
release. With --all, findings of all nights, and who released them and why.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context(), 1, nil, false)
			if err != nil {
				return err
			}
			defer s.close()
			views, err := releases(c.Context(), s.Ledger, all)
			if err != nil {
				return err
			}
			if a.json {
				return writeJSON(a.stdout, views)
			}
			if len(views) == 0 {
				fmt.Fprintln(a.stdout, "nothing waits for a release")
			}
			for i := range views {
				a.showRelease(&views[i])
			}
			return nil
		},
	}
	c.Flags().BoolVar(&all, "all", false, "show those of all nights")
	return a.readingFlags(c)
}

// releases lists what waits for a person: holds by hand, and what gates found. all: and what no longer does.
func releases(ctx context.Context, book *ledger.Ledger, all bool) ([]releaseView, error) {
	holds, err := book.Holds(ctx)
	if err != nil {
		return nil, err
	}
	found, err := book.Gates(ctx, "")
	if err != nil {
		return nil, err
	}
	nights, err := book.Nights(ctx)
	if err != nil {
		return nil, err
	}
	last, _, err := book.LastPublished(ctx, 0)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{last.ID: true} // what it found and nobody has released holds datasets
	for i := range nights {
		if nights[i].State == ledger.NightHeld {
			held[nights[i].ID] = true
		}
	}
	views := []releaseView{}
	for _, h := range holds {
		views = append(views, releaseView{
			Gate: "hold/" + h.Dataset, Finding: fmt.Sprintf("%s is held by %s: %s", h.Dataset, h.Who, h.Why), Since: h.Since,
			Waiting: h.Stands(), Who: h.LiftedBy, Why: h.LiftedWhy, Released: h.Lifted,
		})
	}
	for i := range found {
		g := &found[i]
		waiting := held[g.Night] && !g.Released()
		views = append(views, releaseView{
			Night: g.Night, Gate: g.Key(), Finding: g.Finding, Waiting: waiting, Kept: waiting && g.Night == last.ID, Who: g.Who, Why: g.Why, Released: g.At,
		})
	}
	return slices.DeleteFunc(views, func(v releaseView) bool { return !all && !v.Waiting }), nil
}

func (a *app) showRelease(v *releaseView) {
	const minute = "2006-01-02 15:04"
	state := "no longer waits"
	switch {
	case !v.Since.IsZero() && v.Waiting:
		state = "stands since " + v.Since.Local().Format(minute)
	case v.Kept:
		state = "waits; the night went on with the rows that held before"
	case v.Waiting:
		state = "waits"
	case v.Who != "":
		state = fmt.Sprintf("released by %s on %s: %s", v.Who, v.Released.Local().Format(minute), v.Why)
	}
	fmt.Fprintf(a.stdout, "%s: %s\n  %s\n", strings.TrimSpace(v.Night+" "+v.Gate), state, v.Finding)
}

func (a *app) newReleaseCommand() *cobra.Command {
	var why, who string
	c := &cobra.Command{
		Use:   "release NIGHT GATE... | release DATASET",
		Short: "let a held night, or a held dataset, go on",
		Long: `Record that you have looked at what gates found on a held night, and that it is right: zhida release 2026-06-16 rows/tax --why
"the tax office has merged two offices' lists". The night goes on when it is run again. Of a published night that went on without a
dataset (gates: {held: keep}) the deliveries that wait are taken when it is run again, or by the next night. What is released is what
was found, to the figure: if another delivery changes it, the gate asks again. Who and why are kept in the ledger: zhida releases
--all shows them. A dataset that was held by hand is let go by its name alone: zhida release tax --why "delivered anew".`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) == 1 && isNight(args[0]) {
				return inputError(fmt.Errorf("%s takes a night and the gates to release, or a dataset: zhida releases lists them", c.CommandPath()))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			who, err := signed(who, why)
			if err != nil {
				return err
			}
			s, err := a.openSite(c.Context(), 1, nil, false)
			if err != nil {
				return err
			}
			defer s.close()
			if len(args) == 1 {
				return a.lift(c.Context(), s, args[0], who, why)
			}
			for _, key := range args[1:] {
				gate, subject, _ := strings.Cut(key, "/")
				if err := s.Ledger.Release(c.Context(), args[0], gate, subject, who, why, a.now()); err != nil {
					return decision(err)
				}
				fmt.Fprintf(a.stdout, "%s %s: released by %s\n", args[0], key, who)
			}
			date, _, _ := strings.Cut(args[0], ".")
			fmt.Fprintf(a.stdout, "run the night again: zhida run --date %s\n", date)
			return nil
		},
	}
	decisionFlags(c, &who, &why)
	return c
}
