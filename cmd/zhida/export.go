package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/standardise"
)

func (a *app) newExportCommand() *cobra.Command {
	var night, file string
	var raw bool
	c := &cobra.Command{
		Use:       "export verdicts|profile|rejects|policies",
		Short:     "write verdicts, profiles or rejected rows of a published night as CSV, or the policies as a workbook",
		ValidArgs: []string{"verdicts", "profile", "rejects", "policies"},
		Args:      exactly(1, "one of verdicts, profile, rejects, policies"),
		RunE: func(c *cobra.Command, args []string) error {
			kinds := map[string]func(context.Context, *site, *pipeline.View, *csv.Writer) error{
				"verdicts": exportVerdicts, "profile": exportProfile,
				"rejects": func(ctx context.Context, s *site, v *pipeline.View, w *csv.Writer) error {
					return exportRejects(s, v, w, raw)
				},
			}
			write := kinds[args[0]]
			switch {
			case write == nil && args[0] != "policies":
				return inputError(fmt.Errorf("cannot export %q: want verdicts, profile, rejects or policies", args[0]))
			case raw && args[0] != "rejects":
				return inputError(errors.New("--raw goes with rejects only"))
			case args[0] == "policies" && night != "":
				return inputError(errors.New("policies are those of the workspace as it is: --night does not go with them"))
			case args[0] == "policies":
				return a.exportPolicies(file)
			}
			return a.export(c.Context(), night, file, raw, write)
		},
	}
	c.Flags().StringVar(&night, "night", "", "published night (default the latest)")
	c.Flags().StringVarP(&file, "output", "o", "", "file to write (default standard output)")
	c.Flags().BoolVar(&raw, "raw", false, "rejects: with the rows as delivered, personal data included; recorded in the ledger")
	return c
}

func (a *app) export(ctx context.Context, night, file string, raw bool, write func(context.Context, *site, *pipeline.View, *csv.Writer) error) (err error) {
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
		fmt.Fprintf(a.stderr, "zhida: the workspace has changed since night %s was run: items and tags are listed as they are now\n", view.Manifest.Night)
	}
	if raw {
		what := "export rejects --raw of night " + view.Manifest.Night
		if err := s.Ledger.Audit(ctx, a.now(), operator(), what); err != nil {
			return err
		}
	}
	out := a.stdout
	if file != "" {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return inputError(err)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		out = f
	}
	w := csv.NewWriter(out)
	if err := write(ctx, s, view, w); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// operator is who runs the command, for the ledger.
func operator() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}

// exportRejects writes a line per rejected row of the night's deliveries. The row itself is only written if asked for.
func exportRejects(s *site, view *pipeline.View, w *csv.Writer, raw bool) error {
	header := []string{"数据类", "文件", "行序", "行号", "原因代码", "原因"}
	if raw {
		header = append(header, "原始行")
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for _, d := range view.Manifest.Deliveries {
		if d.Map.Rejects == nil {
			continue
		}
		file, size, err := s.Store.OpenSealed(*d.Map.Rejects)
		if err != nil {
			return err
		}
		err = writeRejects(w, d, json.NewDecoder(io.NewSectionReader(file, 0, size)), raw)
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

func writeRejects(w *csv.Writer, d pipeline.DeliveryUse, rows *json.Decoder, raw bool) error {
	for {
		var r standardise.Reject
		if err := rows.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("rejects of %s: %w", d.Name, err)
		}
		var codes, texts []string
		for _, reason := range r.Reasons {
			codes, texts = append(codes, reason.Key()), append(texts, reason.Text)
		}
		line := []string{
			d.Dataset, d.Name, strconv.FormatInt(r.Row, 10), strconv.FormatInt(r.Line, 10),
			strings.Join(codes, ";"), strings.Join(texts, "；"),
		}
		if raw {
			text := r.Raw
			if text == "" {
				text = strings.Join(r.Cells, "|")
			}
			line = append(line, text)
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
}
