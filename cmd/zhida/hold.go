package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"zhida/pipeline/ledger"
	"zhida/schemas"
)

func (a *app) newHoldCommand() *cobra.Command {
	var why, who string
	c := &cobra.Command{
		Use:   "hold DATASET",
		Short: "do without what is delivered of a dataset, until it is released",
		Long: `Record that a dataset's deliveries must not be used: its department has called that they are wrong. Nights go on with the rows that
held before, which are no complete list, if the dataset's document says gates: {held: keep}; else they stop. What the last published
night has read already is undone if that night is run again: its new revision goes on with the rows of the night before. Who and why
are kept in the ledger; zhida release DATASET lets it go, and what has been delivered since is read.`,
		Args: exactly(1, "a dataset"),
		RunE: func(c *cobra.Command, args []string) error {
			who, err := signed(who, why)
			if err != nil {
				return err
			}
			s, err := a.openSite(c.Context(), 1, nil, true)
			if err != nil {
				return err
			}
			defer s.close()
			ds := s.Workspace.Dataset(args[0])
			if ds == nil {
				return inputError(s.unknownDataset(args[0]))
			}
			if err := s.Ledger.Hold(c.Context(), ds.Name, who, why, a.now()); err != nil {
				return decision(err)
			}
			follows := "nights stop"
			if ds.Gates.Held == schemas.HeldKeep {
				follows = "nights go on with the rows that held before"
			}
			_, err = fmt.Fprintf(a.stdout, "%s: held by %s: %s until zhida release %s\n", ds.Name, who, follows, ds.Name)
			return err
		},
	}
	decisionFlags(c, &who, &why)
	return c
}

// lift lets a dataset go that was held by hand.
func (a *app) lift(ctx context.Context, s *site, dataset, who, why string) error {
	if err := s.Ledger.Lift(ctx, dataset, who, why, a.now()); err != nil {
		return decision(err)
	}
	_, err := fmt.Fprintf(a.stdout, "%s: released by %s: the next night reads what was delivered\n", dataset, who)
	return err
}

func (s *site) unknownDataset(name string) error {
	var names []string
	for _, ds := range s.Workspace.Datasets {
		names = append(names, ds.Name)
	}
	if near := schemas.Near(name, names); near != "" {
		return fmt.Errorf("no dataset %q in the workspace: did you mean %q?", name, near)
	}
	return fmt.Errorf("no dataset %q in the workspace: it has %s", name, strings.Join(names, ", "))
}

// decisionFlags are those of whoever decides something.
func decisionFlags(c *cobra.Command, who, why *string) {
	c.Flags().StringVar(why, "why", "", "the reason, for those who look back")
	c.Flags().StringVar(who, "who", "", "who decides; you, if it is not given")
}

// signed is who decides. Nothing is decided without a reason.
func signed(who, why string) (string, error) {
	if strings.TrimSpace(why) == "" {
		return "", inputError(errors.New("--why is needed: whoever looks back has to know the reason"))
	}
	if who != "" {
		return who, nil
	}
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "", inputError(errors.New("this machine does not say who you are: give --who"))
	}
	return u.Username, nil
}

// decision turns what cannot be decided, as things stand, into an input error.
func decision(err error) error {
	if errors.Is(err, ledger.ErrUnknown) || errors.Is(err, ledger.ErrState) {
		return inputError(fmt.Errorf("%w: zhida releases lists what waits", err))
	}
	return err
}

// isNight reports whether a text begins like a night's name rather than a dataset's.
func isNight(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }
