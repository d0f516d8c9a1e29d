package source

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Entry is what a place says of a name in one of its folders. Links are not followed.
type Entry struct {
	Name    string // without the folder
	Kind    EntryKind
	Size    int64
	Version string // see Object.Version
}

// EntryKind is what an entry is.
type EntryKind int

// Kinds of entries.
const (
	EntryFile EntryKind = iota
	EntryFolder
	EntryLink
	EntryOther // a device, a pipe, a socket
)

// KindOf is the kind of entry that a file mode, with its type bits, says.
func KindOf(mode fs.FileMode) EntryKind {
	switch {
	case mode.IsRegular():
		return EntryFile
	case mode.IsDir():
		return EntryFolder
	case mode&fs.ModeSymlink != 0:
		return EntryLink
	}
	return EntryOther
}

// Walk lists a place that has folders, for Source.List: read gives the entries of a folder, "." the place itself, and ErrGone
// for one that is there no longer. A folder of deliveries that cannot be read is an error, any other one an object with a
// problem.
func (r *Rules) Walk(ctx context.Context, read func(ctx context.Context, folder string) ([]Entry, error)) ([]Object, error) {
	entries, err := read(ctx, ".")
	if err != nil {
		return nil, err
	}
	w := &walk{rules: r, read: read}
	if err := w.folder(ctx, ".", entries); err != nil {
		return nil, err
	}
	slices.SortFunc(w.objects, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return w.objects, nil
}

type walk struct {
	rules   *Rules
	read    func(ctx context.Context, folder string) ([]Entry, error)
	objects []Object
}

func (w *walk) folder(ctx context.Context, folder string, entries []Entry) error {
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if Ignored(e.Name) {
			continue
		}
		name := path.Join(folder, e.Name)
		if e.Name == "" || strings.Contains(e.Name, "/") || name != path.Clean("/" + name)[1:] { // "." and ".." are ignored
			w.problem(folder+"/"+strings.ReplaceAll(e.Name, "/", "|"), "its name would lead to another folder")
			continue
		}
		switch e.Kind {
		case EntryLink:
			w.problem(name, "a symbolic link")
		case EntryOther:
			w.problem(name, "not a regular file")
		case EntryFile:
			object := w.rules.Classify(name, e.Size)
			object.Version = e.Version
			w.objects = append(w.objects, object)
		case EntryFolder:
			if err := w.below(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walk) below(ctx context.Context, name string) error {
	entries, err := w.read(ctx, name)
	switch {
	case err == nil:
		return w.folder(ctx, name, entries)
	case errors.Is(err, ErrGone): // removed while we were listing
		return nil
	case ctx.Err() != nil, w.rules.Reaches(name), !errors.Is(err, ErrDenied):
		return err
	}
	w.problem(name, "the folder cannot be listed")
	return nil
}

func (w *walk) problem(name, what string) {
	w.objects = append(w.objects, Object{Name: name, Problem: what})
}
