package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"zhida/pipeline/store"
)

func (a *app) newKeygenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "keygen FILE",
		Short: "make a new key in a new file that only this account can read",
		Long: `Make a new key in a new file that only this account can read. A file that is there is never overwritten: what was
encrypted with a lost key cannot be read again. The public half is printed.

Exit status: 0 made, 1 internal failure, 2 the file exists or its folder does not.`,
		Args: exactly(1, "the file to make"),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := store.NewKey()
			if err != nil {
				return err
			}
			err = key.WriteFile(args[0])
			if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
				return inputError(err)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.stdout, "%s: new key, public half %s\n", args[0], key)
			return err
		},
	}
}
