package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"zhida/pipeline/workspace"
	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

func (a *app) newGenCommand() *cobra.Command {
	var folder, changed, format, date string
	var profiles bool
	o := nation.Options{Policy: func(p *schemas.Policy) []byte { return workspace.WritePolicy(p).Data }, Workers: runtime.NumCPU()}
	c := &cobra.Command{
		Use:   "gen -o DIR | --profiles",
		Short: "make an invented workspace of any size: a province or a nation, with the deliveries of several nights",
		Long: `Make an invented workspace of any size in a new or empty folder: the datasets, attributes and tags of the sample, a
library of policy items, and the deliveries of several nights. It is made for measuring and for trying things out: names,
persons, codes and telephone numbers are invented. The same seed gives the same bytes on every machine.

The first night delivers everything. Before each later one, on the next working days, --changed of the rows of every dataset
change, spread evenly over all enterprises; some enterprises are closed and some register. Only what changed is
delivered, with --full all of it again; applications and payments are always appended.

    zhida gen -o out/province --enterprises 100000
    zhida keygen out/province/keys/site.key
    zhida -w out/province check
    zhida -w out/province run --date 2026-06-15

With --profiles nothing is delivered: profiles are made block by block, matched with the items and forgotten, so that the
matcher can be tried with ten million enterprises in the memory of a few blocks. It says how many are sure, need facts or
narrowly miss; -o names a new CSV file for the numbers of each item.

    zhida gen --profiles --enterprises 10000000 -o tallies.csv

Exit status: 0 made, 1 internal failure, 2 the folder is not empty, the file is there, or a flag is wrong.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if o.Date, err = schemas.ParseDate(date); err != nil {
				return inputError(fmt.Errorf("--date: %w", err))
			}
			if profiles {
				for _, name := range []string{"nights", "changed", "full", "format"} {
					if c.Flags().Changed(name) {
						return inputError(fmt.Errorf("--%s is about deliveries, and with --profiles there are none", name))
					}
				}
				return a.matchProfiles(c.Context(), folder, o)
			}
			if folder == "" {
				return inputError(errors.New("-o is missing: the folder to make"))
			}
			if o.Changed, err = parseShare(changed); err != nil {
				return inputError(fmt.Errorf("--changed: %w", err))
			}
			o.Format = nation.Format(format)
			report, err := nation.Write(c.Context(), folder, o)
			if errors.Is(err, nation.ErrNotEmpty) || errors.Is(err, nation.ErrOptions) {
				return inputError(err)
			}
			if err != nil {
				return err
			}
			return a.tellGen(folder, &o, report)
		},
	}
	f := c.Flags()
	f.StringVarP(&folder, "output", "o", "", "folder to make; with --profiles a file")
	f.BoolVar(&profiles, "profiles", false, "make profiles instead, match them and count")
	f.Uint64Var(&o.Seed, "seed", 1, "seed of what is invented")
	f.IntVar(&o.Enterprises, "enterprises", 1_000_000, "enterprises of the first night")
	f.IntVar(&o.Items, "items", 10_488, "policy items")
	f.BoolVar(&o.Nation, "nation", false, "spread them over 31 provinces, each with deliveries of its own (default Sichuan)")
	f.IntVar(&o.Nights, "nights", 2, "nights with deliveries, the first among them")
	f.StringVar(&changed, "changed", "1%", "share of all rows that change before each later night")
	f.BoolVar(&o.Full, "full", false, "later nights deliver everything again")
	f.StringVar(&format, "format", string(nation.Mixed), "form of the deliveries: csv, parquet or mixed")
	f.StringVar(&date, "date", "2026-06-15", "business date of the first night")
	return c
}

// tellGen says what was made and what to do with it.
func (a *app) tellGen(folder string, o *nation.Options, r *nation.Report) error {
	var nights []string
	for _, d := range r.Dates {
		nights = append(nights, d.String())
	}
	_, err := fmt.Fprintf(a.stdout, "%s: %d enterprises in %d homes, %d items in %d policies, %d deliveries for %s\nnext: zhida keygen %s/%s && zhida check -w %s && zhida run -w %s --date %s\n",
		folder, o.Enterprises, r.Homes, r.Items, r.Policies, r.Deliveries, strings.Join(nights, ", "), folder, nation.KeyFile, folder, folder, nights[0])
	return err
}

// parseShare reads a share, 1% or 0.01, as parts of a million.
func parseShare(text string) (int, error) {
	number, percent := strings.CutSuffix(text, "%")
	whole, tail, _ := strings.Cut(number, ".")
	digits := 6
	if percent {
		digits = 4
	}
	if !percent && !strings.Contains(number, ".") {
		return 0, fmt.Errorf("%q is a share of what? Write 1%% or 0.01", text)
	}
	n := 0
	for _, c := range whole + (tail + "000000")[:digits] {
		if c < '0' || c > '9' || n > 1_000_000 {
			return 0, fmt.Errorf("%q is no share such as 1%% or 0.01", text)
		}
		n = n*10 + int(c-'0')
	}
	if n > 1_000_000 {
		return 0, fmt.Errorf("%q is more than all: at most 100%%", text)
	}
	if number == "" || len(tail) > digits {
		return 0, fmt.Errorf("%q is no share such as 1%% or 0.01", text)
	}
	return n, nil
}
