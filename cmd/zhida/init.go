package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
)

func (a *app) newInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "make a commented starter workspace in a new or empty folder",
		Long: `Make a commented starter workspace in a new or empty folder: definitions to edit, a few invented deliveries, and a
new key that only this account can read. "zhida run -w DIR --date 2026-06-15" works at once.

Exit status: 0 made, 1 internal failure, 2 the folder is not empty.`,
		Args: exactly(1, "the folder to make"),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := store.NewKey()
			if err != nil {
				return err
			}
			names, err := workspace.Create(args[0], key)
			if errors.Is(err, workspace.ErrNotEmpty) {
				return inputError(err)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.stdout, "%s: %d files written\nkeys/site.key is the only key to what will be stored: keep a copy offline\nnext: zhida check -w %s && zhida run -w %s --date %s\n",
				args[0], len(names), args[0], args[0], workspace.StarterDate)
			return err
		},
	}
}
