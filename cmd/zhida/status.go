package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/ledger"
)

// statusView is what status shows: the nights, newest first, and the deliveries a person has to look at.
type statusView struct {
	Nights   []nightView  `json:"nights"`
	Broken   []brokenView `json:"broken,omitempty"`
	Holds    []holdView   `json:"holds,omitempty"`    // datasets that operators hold
	Problems []string     `json:"problems,omitempty"` // of the last published night
}

type holdView struct {
	Dataset string    `json:"dataset"`
	Since   time.Time `json:"since"`
	Who     string    `json:"who"`
	Why     string    `json:"why"`
}

type nightView struct {
	Night       string    `json:"night"`
	State       string    `json:"state"`
	Reason      string    `json:"reason,omitempty"`
	Predecessor string    `json:"last_night,omitempty"`
	Superseded  string    `json:"superseded_by,omitempty"`
	Backfill    bool      `json:"backfill,omitempty"`
	Started     time.Time `json:"started"`
	Finished    time.Time `json:"finished,omitzero"`
}

type brokenView struct {
	Seq     int64  `json:"seq"`
	Dataset string `json:"dataset"`
	File    string `json:"file"`
	Reason  string `json:"reason"`
}

func (a *app) newStatusCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "status",
		Short: "show the nights, and what waits for a person",
		Long: `Show the last ten nights, newest first: what became of each, when it began, how long it took until it was published, and
with which night it is compared. Below, why nights are held or failed, problems of the last published night, whether its
reports are all made, datasets that are held by hand, and deliveries that cannot be read. A night that stays "running" though no zhida runs was killed: the
same zhida run goes on at the unit it reached.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context(), 1, nil, false)
			if err != nil {
				return err
			}
			defer s.close()
			nights, err := s.Ledger.Nights(c.Context())
			if err != nil {
				return err
			}
			broken, err := s.Ledger.Deliveries(c.Context(), ledger.DeliveryFilter{State: ledger.DeliveryBroken})
			if err != nil {
				return err
			}
			v := statusOf(nights, broken, all)
			holds, err := s.Ledger.Holds(c.Context())
			if err != nil {
				return err
			}
			for i := range holds {
				if h := &holds[i]; h.Stands() {
					v.Holds = append(v.Holds, holdView{h.Dataset, h.Since, h.Who, h.Why})
				}
			}
			if v.Problems, err = problems(c.Context(), s); err != nil {
				v.Problems = append(v.Problems, err.Error())
			}
			if a.json {
				return writeJSON(a.stdout, v)
			}
			return v.write(a.stdout)
		},
	}
	c.Flags().BoolVar(&all, "all", false, "show all nights, not only the last ten")
	return a.readingFlags(c)
}

// problems are those of the last published night.
func problems(ctx context.Context, s *site) ([]string, error) {
	last, err := s.View(ctx, "")
	if errors.Is(err, pipeline.ErrNoNight) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer last.Close()
	summary, err := last.Summary()
	if err != nil {
		return nil, err
	}
	missing, err := last.MissingReports()
	if err != nil || len(missing) == 0 {
		return summary.Problems, err
	}
	return append(summary.Problems, fmt.Sprintf(
		"night %s has not all its reports yet (%d to come, %s the first): its run makes them, or if it was killed the next: zhida run --date %s",
		last.Manifest.Night, len(missing), missing[0], last.Manifest.Date)), nil
}

func statusOf(nights []ledger.Night, broken []ledger.Delivery, all bool) statusView {
	const shown = 10
	if !all && len(nights) > shown {
		nights = nights[len(nights)-shown:]
	}
	v := statusView{Nights: []nightView{}}
	for i := len(nights) - 1; i >= 0; i-- {
		n := nights[i]
		v.Nights = append(v.Nights, nightView{n.ID, string(n.State), n.Reason, n.Predecessor, n.SupersededBy, n.Backfill, n.Started, n.Finished})
	}
	for _, d := range broken {
		v.Broken = append(v.Broken, brokenView{d.Seq, d.Dataset, d.Name, d.Reason})
	}
	return v
}

func (v statusView) write(w io.Writer) error {
	for _, h := range v.Holds {
		fmt.Fprintf(w, "dataset %s is held by %s since %s: %s; zhida release %s lets it go\n", h.Dataset, h.Who, h.Since.Local().Format(time.DateTime), h.Why, h.Dataset)
	}
	if len(v.Nights) == 0 {
		_, err := fmt.Fprintln(w, "no night has been run yet")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "night\tstate\tstarted\ttook\tcompared with\tsuperseded by")
	for _, n := range v.Nights {
		took := ""
		if !n.Finished.IsZero() {
			took = n.Finished.Sub(n.Started).Round(100 * time.Millisecond).String()
		}
		state := n.State
		if n.Backfill {
			state += " (backfill)"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", n.Night, state, n.Started.Format(time.DateTime), took, n.Predecessor, n.Superseded)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, n := range v.Nights {
		if n.Reason != "" {
			fmt.Fprintf(w, "\nnight %s is %s: %s\n", n.Night, n.State, n.Reason)
		}
	}
	for _, p := range v.Problems {
		fmt.Fprintf(w, "problem: %s\n", p)
	}
	if len(v.Broken) > 0 {
		fmt.Fprintln(w, "\nbroken deliveries: replace the file, or take it out of the source, and run the night again")
	}
	for _, d := range v.Broken {
		fmt.Fprintf(w, "  #%d %s: %s\n", d.Seq, d.Dataset, d.Reason)
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
