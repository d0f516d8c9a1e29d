package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// WriteFile writes a file that people read and no night starts from, in one step: "nights/2026-06-15/report/run.html".
// It replaces what is there. If write fails nothing is left of it.
func (s *Store) WriteFile(name string, write func(io.Writer) error) (err error) {
	if !fs.ValidPath(name) || !strings.HasPrefix(name, nightsFolder+"/") {
		return fmt.Errorf("%q is not a name in the folder of a night", name)
	}
	if err := s.folder(path.Dir(name)); err != nil {
		return s.writing(name, err)
	}
	d, err := s.newDraft()
	if err != nil {
		return s.writing(name, err)
	}
	defer func() { err = errors.Join(err, d.discard()) }()
	if _, err := fill(d, write); err != nil {
		return s.writing(name, err)
	}
	if _, err := d.publish(name, draftMode); err != nil {
		return s.writing(name, err)
	}
	return nil
}

// HasFile reports whether there is a file of that name in the folder of a night.
func (s *Store) HasFile(name string) bool {
	_, err := s.root.Stat(name)
	return err == nil
}
