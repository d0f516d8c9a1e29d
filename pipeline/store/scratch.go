package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// Scratch opens a store over this one: it reads what this one holds, and what is written to it stays in a folder of its own
// beside the drafts and goes when it is closed, or as a killed process's when this store is next opened. What people read,
// see HasFile, it does not take from below. This store must stay open.
func (s *Store) Scratch() (*Store, error) {
	for {
		name := fmt.Sprintf("%s/%d-%d", draftsFolder, os.Getpid(), s.drafts.Add(1))
		err := s.root.Mkdir(name, folderMode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, s.writing("scratch", err)
		}
		alive, err := s.root.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a sweep took it for a dead one
		}
		if err != nil {
			return nil, s.writing("scratch", err)
		}
		if err := flock(alive, syscall.LOCK_EX); err != nil {
			return nil, errors.Join(err, alive.Close())
		}
		if !s.isAt(name, alive) {
			_ = alive.Close() // nothing was written
			continue
		}
		over, err := Open(filepath.Join(s.dir, filepath.FromSlash(name)), s.key)
		if err != nil {
			return nil, errors.Join(err, s.root.RemoveAll(name), alive.Close())
		}
		over.below = &below{Store: s, name: name, alive: alive}
		return over, nil
	}
}

// below is the store that a scratch stands on.
type below struct {
	*Store
	name  string   // of the scratch's folder
	alive *os.File // the folder, locked while its process lives
}

func (b *below) close() error { return errors.Join(b.root.RemoveAll(b.name), b.alive.Close()) }

// openFile opens a file of this store, or of the one below.
func (s *Store) openFile(name string) (*os.File, error) {
	f, err := s.root.Open(name)
	if s.below != nil && errors.Is(err, fs.ErrNotExist) {
		return s.below.openFile(name)
	}
	return f, err
}

// Compared is a file that a scratch wrote, or that stands below it.
type Compared struct {
	Name         string
	Bytes        int64
	Above, Below bool // where it is
	Equal        bool
}

// Compare compares the files that were written below a folder of a night's with those of the store below, by name.
func (s *Store) Compare(folder string) ([]Compared, error) {
	found := map[string]*Compared{}
	for _, side := range []*Store{s, s.below.Store} {
		err := fs.WalkDir(side.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			if found[name] == nil {
				found[name] = &Compared{Name: name}
			}
			found[name].Above, found[name].Below = found[name].Above || side == s, found[name].Below || side != s
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", folder, err)
		}
	}
	var out []Compared
	for _, c := range found {
		if c.Above && c.Below {
			var err error
			if c.Bytes, c.Equal, err = s.compareFile(c.Name); err != nil {
				return nil, fmt.Errorf("compare %s: %w", c.Name, err)
			}
		}
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Compared) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	return out, nil
}

// compareFile compares a file with the one of its name below.
func (s *Store) compareFile(name string) (size int64, equal bool, err error) {
	mine, err := s.root.Open(name)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, mine.Close()) }()
	theirs, err := s.below.root.Open(name)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, theirs.Close()) }()
	a, b := make([]byte, writeBuffer), make([]byte, writeBuffer)
	for {
		n, errA := io.ReadFull(mine, a)
		m, errB := io.ReadFull(theirs, b)
		size += int64(n)
		switch endA, endB := ended(errA), ended(errB); {
		case errA != nil && !endA, errB != nil && !endB:
			return size, false, errors.Join(errA, errB)
		case !bytes.Equal(a[:n], b[:m]):
			return size, false, nil
		case endA || endB:
			return size, endA == endB, nil
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
