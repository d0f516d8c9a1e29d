package dir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
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
	var objects []source.Object
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		switch {
		case name == ".":
			return err
		case source.Ignored(path.Base(name)):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case errors.Is(err, fs.ErrNotExist):
			return nil // removed while we were listing
		case err != nil && d.rules.Reaches(name):
			return err
		case err != nil:
			objects = append(objects, source.Object{Name: name, Problem: "the folder cannot be listed"})
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		object, err := d.classify(name, entry)
		if err == nil {
			objects = append(objects, object)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
	if err != nil {
		return nil, d.wrap("list folder", err)
	}
	slices.SortFunc(objects, func(a, b source.Object) int { return strings.Compare(a.Name, b.Name) })
	return objects, nil
}

// classify asks the rules about a file, and refuses what is no regular one.
func (d *Dir) classify(name string, entry fs.DirEntry) (source.Object, error) {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		return source.Object{Name: name, Problem: "a symbolic link"}, nil
	case !entry.Type().IsRegular():
		return source.Object{Name: name, Problem: "not a regular file"}, nil
	}
	info, err := entry.Info()
	if err != nil {
		return source.Object{}, fmt.Errorf("look at %s: %w", name, err)
	}
	object := d.rules.Classify(name, info.Size())
	object.Version = version(info)
	return object, nil
}

func version(info fs.FileInfo) string { return info.ModTime().UTC().Format(time.RFC3339Nano) }

func (d *Dir) wrap(what string, err error) error {
	return fmt.Errorf("source %s: %s: %w", d.name, what, err)
}
