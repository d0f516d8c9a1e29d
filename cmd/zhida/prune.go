package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"zhida/pipeline"
)

func (a *app) newPruneCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "prune",
		Short: "take away what need not be kept any longer",
		Long: `prune takes away what is older than zhida.yaml says under retention: deliveries in the landing zone, the artefacts of nights,
their reports, and what their tasks put out. It never touches what the newest night, one under way or a night inside retention
names, nor what the ledger knows: who was told of what stays for ever. With --dry-run it only says what would go; look at that
first. Killed, it is run again and goes on. It does not run beside a night.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.openSite(c.Context(), 1, a.observer, false)
			if err != nil {
				return err
			}
			defer s.close()
			p, err := s.Prune(c.Context(), dry, operator())
			if err != nil {
				return locked(err)
			}
			if a.json {
				return writeJSON(a.stdout, p)
			}
			return a.showPruned(p, dry)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "only say what would go")
	return a.readingFlags(c)
}

func (a *app) showPruned(p *pipeline.Pruned, dry bool) error {
	tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "class\tkept for\tgoes if before\tfiles\tbytes")
	for _, c := range p.Classes {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%d\t%d\n", c.Class, c.Kept, c.Since, c.Files, c.Bytes)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, night := range p.Nights {
		fmt.Fprintf(a.stdout, "night %s\n", night)
	}
	done := "freed"
	if dry {
		done = "would free"
	}
	_, err := fmt.Fprintf(a.stdout, "%s %d bytes\n", done, p.Bytes)
	return err
}
