package dir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"zhida/connectors/source"
)

// Dir is a source.Source over a folder.
type Dir struct {
	name  string
	path  string
	rules *source.Rules
}

var _ source.Source = (*Dir)(nil)

// New checks the configuration. The folder need not exist before List.
func New(config source.Config) (source.Source, error) {
	if config.Path == "" {
		return nil, fmt.Errorf("source %s: a folder needs a path", config.Name)
	}
	rules, err := source.Compile(config.Deliveries)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	return &Dir{name: config.Name, path: config.Path, rules: rules}, nil
}

// List implements source.Source.
func (d *Dir) List(ctx context.Context) ([]source.Object, error) {
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return nil, d.wrap("open folder", err)
	}
	defer func() { _ = root.Close() }()
	objects, err := d.rules.Walk(ctx, func(_ context.Context, folder string) ([]source.Entry, error) { return read(root, folder) })
	if err != nil {
		return nil, d.wrap("list folder", err)
	}
	return objects, nil
}

// read lists a folder below root.
func read(root *os.Root, folder string) ([]source.Entry, error) {
	found, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return nil, known(err)
	}
	entries := make([]source.Entry, 0, len(found))
	for _, f := range found {
		info, err := f.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed while we were listing
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", f.Name(), err)
		}
		entries = append(entries, source.Entry{Name: f.Name(), Kind: source.KindOf(info.Mode()), Size: info.Size(), Version: version(info)})
	}
	return entries, nil
}

// known adds what the contract calls an error.
func known(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", source.ErrGone, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", source.ErrDenied, err)
	}
	return err
}

func version(info fs.FileInfo) string { return info.ModTime().UTC().Format(time.RFC3339Nano) }

func (d *Dir) wrap(what string, err error) error {
	return fmt.Errorf("source %s: %s: %w", d.name, what, err)
}
