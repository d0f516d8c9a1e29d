package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/spf13/cobra"

	"zhida/pipeline"
)

func (a *app) newReportGuidesCommand() *cobra.Command {
	var night, dir string
	c := &cobra.Command{
		Use:   "guides",
		Short: "write each item's clear card and guide: a page of HTML each, and an index",
		Long: `guides writes a page for each item of the workspace, with its clear card (明白卡) on the upper half and its guide
(办事指南) below, and an index by level, theme and department. Whether an item is open is told as of the night's business
date. Each night leaves them in the store, nights/<night>/report/guides/.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.onNight(c.Context(), night, func(view *pipeline.View) error {
				if err := os.MkdirAll(dir, 0o755); err != nil {
					return inputError(err)
				}
				var files atomic.Int64
				err := view.Guides(func(name string, write func(io.Writer) error) error {
					files.Add(1)
					return a.writeFile(filepath.Join(dir, name), write)
				})
				if errors.Is(err, pipeline.ErrDefinitions) {
					return inputError(err)
				}
				if err == nil {
					fmt.Fprintf(a.stdout, "%d guides and %s\n", files.Load()-1, filepath.Join(dir, "index.html"))
				}
				return err
			})
		},
	}
	c.Flags().StringVar(&night, "night", "", "published night (default the latest)")
	c.Flags().StringVarP(&dir, "output", "o", "guides", "folder to write into")
	return c
}
