package main

import "github.com/spf13/cobra"

// newReportCommand makes again what a night has made for people to read. Each report has a file of its own, report_*.go.
func (a *app) newReportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "report",
		Short: "make the reports of a published night again",
		Args:  exactly(0, "one of its subcommands"),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.newReportRunCommand(), a.newReportDepartmentsCommand(), a.newReportGuidesCommand())
	return c
}
