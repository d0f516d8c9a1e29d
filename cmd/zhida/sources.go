package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zhida/connectors/all"
	"zhida/connectors/source"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// sourceView is what sources says of one source.
type sourceView struct {
	Name     string       `json:"name"`
	Kind     string       `json:"kind"`
	Place    string       `json:"place"`
	Error    string       `json:"error,omitempty"` // why deliveries cannot be had
	Files    int          `json:"files"`
	Datasets []newestView `json:"datasets,omitempty"` // that the source should bring, in the order of zhida.yaml
	Others   []otherView  `json:"others,omitempty"`   // files that are no delivery
	Seconds  float64      `json:"seconds"`
}

// newestView is the newest delivery of a dataset.
type newestView struct {
	Dataset    string       `json:"dataset"`
	Deliveries int          `json:"deliveries"`
	Date       schemas.Date `json:"date,omitempty"`
	File       string       `json:"file,omitempty"`
	Bytes      int64        `json:"bytes,omitempty"` // -1: a table or an interface, whose size is not known
}

type otherView struct {
	File    string `json:"file"`
	Problem string `json:"problem"`
}

// sourceTimeout is how long a source may take to answer when somebody waits for it.
const sourceTimeout = 2 * time.Minute

func (a *app) newSourcesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "sources [NAME]",
		Short: "test whether every source can be reached and read",
		Long: `Ask every source, or the one of that name, for what it holds, and begin to read its newest delivery, without taking anything:
the server answers, it is the one we know, it lets us in, and the files may be read. Shown are each dataset's newest delivery,
the datasets of which nothing is there, and files that are no delivery and why. Nothing is tried twice, and no night is needed.`,
		Args: between(0, 1, "the name of a source or nothing"),
		RunE: func(c *cobra.Command, args []string) error {
			ws, err := a.load()
			if err != nil {
				return err
			}
			var views []sourceView
			failed := 0
			for i := range ws.Sources {
				if len(args) > 0 && ws.Sources[i].Name != args[0] {
					continue
				}
				v := a.ask(c.Context(), ws, &ws.Sources[i])
				if v.Error != "" {
					failed++
				}
				views = append(views, v)
			}
			if len(views) == 0 {
				return inputError(fmt.Errorf("zhida.yaml has no source %q: it has %s", args[0], strings.Join(sourceNames(ws), ", ")))
			}
			if a.json {
				err = writeJSON(a.stdout, views)
			} else {
				for i := range views {
					views[i].write(a.stdout)
				}
			}
			if err == nil && failed > 0 {
				err = &exitError{code: exitSources, err: fmt.Errorf("%d of %d sources cannot be used", failed, len(views))}
			}
			return err
		},
	}
	return a.readingFlags(c)
}

func sourceNames(ws *workspace.Workspace) []string {
	var names []string
	for i := range ws.Sources {
		names = append(names, ws.Sources[i].Name)
	}
	return names
}

// ask lists a source and begins to read its newest delivery.
func (a *app) ask(ctx context.Context, ws *workspace.Workspace, c *workspace.SourceConfig) sourceView {
	ctx, cancel := context.WithTimeoutCause(ctx, sourceTimeout, fmt.Errorf("no answer within %v", sourceTimeout))
	defer cancel()
	config := place(ws, c, a.now)
	v := sourceView{Name: c.Name, Kind: c.Kind, Place: config.Path}
	switch {
	case c.Kind == all.KindHTTP:
		v.Place = c.Server.Host
	case c.Server.Host != "":
		v.Place = c.Server.User + "@" + c.Server.Host + ":" + path.Join(c.Server.Database, c.Server.Bucket, c.Path)
	}
	began := a.now()
	src := reach(ws, c, config, func(config source.Config) (source.Source, error) {
		open, err := all.Sources(config.Kind)
		if err != nil {
			return nil, err
		}
		return open(config)
	})
	objects, err := src.List(ctx)
	if err == nil {
		v.Files = len(objects)
		newest := v.sort(c, objects)
		if newest.IsDelivery() {
			err = begin(ctx, src, newest)
		}
	}
	if err != nil {
		v.Error = err.Error()
	}
	v.Seconds = a.now().Sub(began).Seconds()
	return v
}

// sort counts what a source holds, and returns the newest delivery.
func (v *sourceView) sort(c *workspace.SourceConfig, objects []source.Object) source.Object {
	for _, d := range c.Deliveries {
		if !slices.ContainsFunc(v.Datasets, func(n newestView) bool { return n.Dataset == d.Dataset }) {
			v.Datasets = append(v.Datasets, newestView{Dataset: d.Dataset})
		}
	}
	var newest source.Object
	for _, o := range objects {
		if o.Part != "" {
			continue
		}
		if !o.IsDelivery() {
			v.Others = append(v.Others, otherView{o.Name, o.Problem})
			continue
		}
		at := slices.IndexFunc(v.Datasets, func(n newestView) bool { return n.Dataset == o.Dataset })
		n := &v.Datasets[at]
		if n.Deliveries++; o.Date >= n.Date {
			n.Date, n.File, n.Bytes = o.Date, o.Name, o.Size
		}
		if o.Date >= newest.Date {
			newest = o
		}
	}
	return newest
}

// begin reads the first bytes of a file.
func begin(ctx context.Context, src source.Source, o source.Object) error {
	r, err := src.Open(ctx, o, 0)
	if err != nil {
		return err
	}
	if _, err = io.CopyN(io.Discard, r, 1<<10); errors.Is(err, io.EOF) { // all that there is
		err = nil
	}
	return errors.Join(err, r.Close())
}

// othersShown is how many files that are no delivery are shown by name.
const othersShown = 5

func (v *sourceView) write(w io.Writer) {
	state := fmt.Sprintf("ok, %d files", v.Files)
	if v.Error != "" {
		state = "FAILED"
	}
	fmt.Fprintf(w, "%s (%s, %s): %s in %.1f s\n", v.Name, v.Kind, v.Place, state, v.Seconds)
	if v.Error != "" {
		fmt.Fprintf(w, "  %s\n", v.Error)
		return
	}
	for _, n := range v.Datasets {
		if n.Deliveries == 0 {
			fmt.Fprintf(w, "  %-14s nothing is there\n", n.Dataset)
			continue
		}
		fmt.Fprintf(w, "  %-14s %d, the newest of %v: %s", n.Dataset, n.Deliveries, n.Date, n.File)
		if n.Bytes >= 0 {
			fmt.Fprintf(w, ", %d bytes", n.Bytes)
		}
		fmt.Fprintln(w)
	}
	for i, o := range v.Others {
		if i == othersShown {
			fmt.Fprintf(w, "  %d more files are no delivery: --json lists them\n", len(v.Others)-i)
			break
		}
		fmt.Fprintf(w, "  no delivery: %s: %s\n", o.File, o.Problem)
	}
}
