package main

import (
	"errors"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zhida/pipeline/ledger"
)

// releaseView is a finding of a gate, as releases shows it.
type releaseView struct {
	Night    string    `json:"night"`
	Gate     string    `json:"gate"` // rows/tax
	Finding  string    `json:"finding"`
	Waiting  bool      `json:"waiting"`
	Kept     bool      `json:"kept,omitempty"` // the night went on with the rows that held before
	Who      string    `json:"who,omitempty"`
	Why      string    `json:"why,omitempty"`
	Released time.Time `json:"released,omitzero"`
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
			found, err := s.Ledger.Gates(c.Context(), "")
			if err != nil {
				return err
			}
			nights, err := s.Ledger.Nights(c.Context())
			if err != nil {
				return err
			}
			last, _, err := s.Ledger.LastPublished(c.Context(), 0)
			if err != nil {
				return err
			}
			held := map[string]bool{last.ID: true} // what it found and nobody has released holds datasets
			for i := range nights {
				if nights[i].State == ledger.NightHeld {
					held[nights[i].ID] = true
				}
			}
			views := []releaseView{}
			for i := range found {
				g := &found[i]
				v := releaseView{g.Night, g.Key(), g.Finding, held[g.Night] && !g.Released(), g.Night == last.ID && !g.Released(), g.Who, g.Why, g.At}
				if all || v.Waiting {
					views = append(views, v)
				}
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

func (a *app) showRelease(v *releaseView) {
	state := "no longer waits"
	switch {
	case v.Kept:
		state = "waits; the night went on with the rows that held before"
	case v.Waiting:
		state = "waits"
	case v.Who != "":
		state = fmt.Sprintf("released by %s on %s: %s", v.Who, v.Released.Local().Format("2006-01-02 15:04"), v.Why)
	}
	fmt.Fprintf(a.stdout, "%s %s: %s\n  %s\n", v.Night, v.Gate, state, v.Finding)
}

func (a *app) newReleaseCommand() *cobra.Command {
	var why, who string
	c := &cobra.Command{
		Use:   "release NIGHT GATE...",
		Short: "let a held night go on",
		Long: `Record that you have looked at what gates found on a held night, and that it is right: zhida release 2026-06-16 rows/tax --why
"the tax office has merged two offices' lists". The night goes on when it is run again. Of a published night that went on without a
dataset (gates: {held: keep}) the deliveries that wait are taken when it is run again, or by the next night. What is released is what
was found, to the figure: if another delivery changes it, the gate asks again. Who and why are kept in the ledger: zhida releases
--all shows them.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return inputError(fmt.Errorf("%s takes a night and the gates to release: zhida releases lists them", c.CommandPath()))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(why) == "" {
				return inputError(errors.New("--why is needed: whoever looks back has to know the reason"))
			}
			if who == "" {
				u, err := user.Current()
				if err != nil || u.Username == "" {
					return inputError(errors.New("this machine does not say who you are: give --who"))
				}
				who = u.Username
			}
			s, err := a.openSite(c.Context(), 1, nil, false)
			if err != nil {
				return err
			}
			defer s.close()
			for _, key := range args[1:] {
				gate, subject, _ := strings.Cut(key, "/")
				err := s.Ledger.Release(c.Context(), args[0], gate, subject, who, why, a.now())
				if errors.Is(err, ledger.ErrUnknown) || errors.Is(err, ledger.ErrState) {
					return inputError(fmt.Errorf("%w: zhida releases lists what waits", err))
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "%s %s: released by %s\n", args[0], key, who)
			}
			date, _, _ := strings.Cut(args[0], ".")
			fmt.Fprintf(a.stdout, "run the night again: zhida run --date %s\n", date)
			return nil
		},
	}
	c.Flags().StringVar(&why, "why", "", "the reason, for those who look back")
	c.Flags().StringVar(&who, "who", "", "who decides; you, if it is not given")
	return c
}
