package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"zhida/connectors/all"
	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/pipeline"
	"zhida/pipeline/collect"
	"zhida/pipeline/engine"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// site is a workspace with everything it runs on.
type site struct {
	*pipeline.Night
	closers []func() error
}

func (s *site) close() {
	for _, c := range s.closers {
		_ = c() // the process ends; the ledger's transactions and the store's artefacts are durable already
	}
}

// load reads the workspace; faults are printed in full.
func (a *app) load() (*workspace.Workspace, error) { return a.loadBy(workspace.Load) }

func (a *app) loadBy(load func(dir string) (*workspace.Workspace, error)) (*workspace.Workspace, error) {
	ws, err := load(a.workspace)
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return nil, inputError(err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, inputError(fmt.Errorf("%w: is %s a workspace? zhida init makes one", err, a.workspace))
	}
	return ws, err
}

// open opens the workspace's store, ledger and sources. Reading commands pass write false: they make no new store, and
// change nothing but that an older ledger is brought to today's form.
func (a *app) open(ctx context.Context, workers int, observer engine.Observer, write bool) (*site, error) {
	s, err := a.openSite(ctx, workers, observer, write)
	if err != nil {
		return nil, err
	}
	if err := s.Prepare(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// openBare is open for a reading command that does not match all items: it leaves the library of a province's ten
// thousand items uncompiled.
func (a *app) openBare(ctx context.Context) (*site, error) {
	ws, err := a.load()
	if err != nil {
		return nil, err
	}
	return a.openReading(ctx, ws)
}

// openItem is openBare for who asks about one item. If there is no such item the site has them all, for who suggests another.
func (a *app) openItem(ctx context.Context, item string) (*site, error) {
	ws, err := a.loadBy(func(dir string) (*workspace.Workspace, error) { return workspace.LoadItem(dir, item) })
	if err != nil {
		return nil, err
	}
	if ws.Conditions[item] == nil {
		return a.openBare(ctx)
	}
	return a.openReading(ctx, ws)
}

// openReading is openBare for a workspace that is read already.
func (a *app) openReading(ctx context.Context, ws *workspace.Workspace) (*site, error) {
	a.timing.lap("workspace")
	s, err := a.openLoaded(ctx, ws, 1, nil, false)
	if err != nil {
		return nil, err
	}
	s.PrepareReading()
	a.timing.lap("open")
	return s, nil
}

// openSite is open without compiling.
func (a *app) openSite(ctx context.Context, workers int, observer engine.Observer, write bool) (*site, error) {
	ws, err := a.load()
	if err != nil {
		return nil, err
	}
	a.timing.lap("workspace")
	return a.openLoaded(ctx, ws, workers, observer, write)
}

// openLoaded is openSite for a workspace that is read already.
func (a *app) openLoaded(ctx context.Context, ws *workspace.Workspace, workers int, observer engine.Observer, write bool) (*site, error) {
	root := ws.Path(ws.Store)
	if _, err := os.Stat(ledgerSign(ws)); err != nil && !write {
		return nil, inputError(fmt.Errorf("%s holds no night yet: run one with zhida run: %w", root, pipeline.ErrNoNight))
	}
	key, err := store.LoadKey(ws.Key, ws.Dir)
	if err != nil {
		return nil, inputError(err)
	}
	s := &site{Night: &pipeline.Night{
		Workspace: ws, Key: key, Workers: workers, Observer: observer, Clock: a.now, Wait: a.wait, Formats: all.Open,
	}}
	if s.Store, err = store.Open(root, key); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, s.Store.Close)
	if s.Ledger, err = openLedger(ctx, ws); err != nil {
		s.close()
		return nil, err
	}
	s.closers = append(s.closers, s.Ledger.Close)
	if err := s.connect(ws); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// connect makes the sources and remembers what the site says of the format of their files.
func (s *site) connect(ws *workspace.Workspace) error {
	rules := map[string]*source.Rules{}
	for i := range ws.Sources {
		c := &ws.Sources[i]
		config := place(ws, c, s.Clock)
		var err error
		if rules[c.Name], err = source.Compile(config.Deliveries); err != nil {
			return inputError(err)
		}
		s.Sources = append(s.Sources, &collected{c.Name, all.Since(config), reach(ws, c, config, all.Source)})
	}
	s.Options = func(source, name string) format.Options {
		if r := rules[source]; r != nil {
			return r.Classify(name, 0).Format
		}
		return format.Options{}
	}
	return nil
}

// place is where a source is, without its secrets.
func place(ws *workspace.Workspace, c *workspace.SourceConfig, now func() time.Time) source.Config {
	config := source.Config{
		Name: c.Name, Kind: c.Kind, Path: c.Path, Host: c.Server.Host, User: c.Server.User, TLS: c.Server.TLS, HostKey: c.Server.HostKey, Now: now,
		Database: c.Server.Database, Bucket: c.Server.Bucket, Region: c.Server.Region, Sign: c.Server.Sign, Days: c.Days,
	}
	if c.Kind == all.KindDir {
		config.Path = ws.Path(c.Path)
	}
	for _, d := range c.Deliveries {
		config.Deliveries = append(config.Deliveries, source.Delivery{
			Dataset: d.Dataset, Files: d.Files, Table: d.Table, Request: d.Request, Mode: d.Mode, Scope: d.Scope, Complete: d.Complete,
			Format: format.Options{Delimiter: d.Delimiter, Encoding: d.Encoding, Sheet: d.Sheet},
		})
	}
	return config
}

// reach makes a source with its secrets. One that cannot be made, as its password is not there, fails like one that cannot be
// reached: the night goes on with the others, and says so.
func reach(ws *workspace.Workspace, c *workspace.SourceConfig, config source.Config, open func(source.Config) (source.Source, error)) source.Source {
	for _, secret := range []struct {
		ref  string
		into *string
	}{{c.Server.Password, &config.Password}, {c.Server.Key, &config.Key}, {reference(c.Server.User), &config.User}} {
		if secret.ref == "" {
			continue
		}
		text, err := store.LoadSecret(secret.ref, ws.Dir)
		if err != nil {
			return unreachable{err}
		}
		*secret.into = text
	}
	made, err := open(config)
	if err != nil {
		return unreachable{err}
	}
	return made
}

// reference is a user's name that is to be looked up; "" if it is the name: the ids of access keys are kept as secrets are.
func reference(user string) string {
	if strings.HasPrefix(user, "env:") || strings.HasPrefix(user, "file:") {
		return user
	}
	return ""
}

// unreachable is a source that cannot be made.
type unreachable struct{ err error }

func (u unreachable) List(context.Context) ([]source.Object, error) { return nil, u.err }

func (u unreachable) Open(context.Context, source.Object, int64) (io.ReadCloser, error) {
	return nil, u.err
}

// collected is a connector's source as collect sees it.
type collected struct {
	name  string
	since schemas.Date
	source.Source
}

func (c *collected) Name() string { return c.name }

func (c *collected) Since() schemas.Date { return c.since }

func (c *collected) List(ctx context.Context) ([]collect.Object, error) {
	objects, err := c.Source.List(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]collect.Object, len(objects))
	for i, o := range objects {
		out[i] = collect.Object{
			Name: o.Name, Size: o.Size, Version: o.Version, Dataset: o.Dataset, Date: o.Date, Mode: o.Mode, Scope: o.Scope,
			Complete: o.Complete, Part: o.Part, Problem: o.Problem,
		}
	}
	return out, nil
}

func (c *collected) Open(ctx context.Context, o collect.Object) (io.ReadCloser, error) {
	body, err := c.Source.Open(ctx, source.Object{
		Name: o.Name, Size: o.Size, Version: o.Version, Dataset: o.Dataset, Date: o.Date, Mode: o.Mode, Scope: o.Scope,
		Complete: o.Complete, Part: o.Part,
	}, 0)
	if err != nil {
		return nil, told(err)
	}
	return &collectedBody{body}, nil
}

// collectedBody says in the words of collect what went wrong.
type collectedBody struct{ io.ReadCloser }

func (b *collectedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = told(err)
	}
	return n, err
}

// told says in the words of collect what a connector's error means.
func told(err error) error {
	switch {
	case errors.Is(err, source.ErrChanged), errors.Is(err, source.ErrGone):
		return fmt.Errorf("%w: %w", collect.ErrChanging, err)
	case errors.Is(err, source.ErrAgain):
		return fmt.Errorf("%w: %w", collect.ErrAgain, err)
	}
	return err
}
