package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"zhida/schemas/files"
)

func (a *app) newSchemaCommand() *cobra.Command {
	names := strings.Join(files.Names(), "|")
	return &cobra.Command{
		Use:   "schema " + names,
		Short: "print the JSON Schema of a kind of workspace files, for editors",
		Long: `Print the JSON Schema of zhida.yaml, datasets/*.yaml (dataset), tags.yaml (tags) or policies/*.yaml (policy). Editors
that know it complete keys and explain them in Chinese. "zhida init" writes all four into .schemas/.`,
		ValidArgs: files.Names(),
		Args:      exactly(1, "one of "+names),
		RunE: func(_ *cobra.Command, args []string) error {
			text, ok := files.Schema(args[0])
			if !ok {
				return inputError(fmt.Errorf("there is no schema of %q: want one of %s", args[0], names))
			}
			_, err := a.stdout.Write(text)
			return err
		},
	}
}
