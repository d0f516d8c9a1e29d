package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"zhida/pipeline"
)

func (a *app) newReportRunCommand() *cobra.Command {
	var night, file string
	c := &cobra.Command{
		Use:   "run",
		Short: "write the run report of a published night: one HTML file",
		Long: `run writes the run report (运行报告) of a published night: what came, what was rejected and why, what changed, the
funnel, how much tags know, items, pushes, durations. It is one HTML file that needs no network and prints on A4. Each
night leaves one in the store, nights/<night>/report/run.html.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.onNight(c.Context(), night, func(view *pipeline.View) error {
				return a.writeFile(file, func(w io.Writer) error { return view.RunReport(c.Context(), w) })
			})
		},
	}
	c.Flags().StringVar(&night, "night", "", "published night (default the latest)")
	c.Flags().StringVarP(&file, "output", "o", "", "file to write (default standard output)")
	return c
}

// onNight does something with a published night; "" is the latest.
func (a *app) onNight(ctx context.Context, night string, do func(*pipeline.View) error) error {
	s, err := a.open(ctx, 1, nil, false)
	if err != nil {
		return err
	}
	defer s.close()
	view, err := s.View(ctx, night)
	if err != nil {
		return reading(err)
	}
	defer view.Close()
	if view.Changed() {
		fmt.Fprintf(a.stderr, "zhida: the workspace has changed since night %s was run: items and tags are described as they are now\n", view.Manifest.Night)
	}
	return do(view)
}
