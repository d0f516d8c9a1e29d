package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Show gives an artefact a name that people find, beside the manifest of its night: "nights/2026-06-15/sms.csv". It
// is the same file under two names, so it costs nothing and cannot differ. Doing it again is harmless.
func (s *Store) Show(ref Ref, name string) error {
	if err := ref.check(); err != nil {
		return err
	}
	if !fs.ValidPath(name) || !strings.HasPrefix(name, nightsFolder+"/") {
		return fmt.Errorf("%q is not a name in the folder of a night", name)
	}
	if err := s.folder(path.Dir(name)); err != nil {
		return s.writing(name, err)
	}
	err := s.root.Link(ref.Name, name)
	if errors.Is(err, fs.ErrExist) {
		if s.sameFile(ref.Name, name) {
			return nil
		}
		if err = s.root.Remove(name); err == nil {
			err = s.root.Link(ref.Name, name)
		}
	}
	if err == nil {
		err = s.syncFolder(path.Dir(name))
	}
	if err != nil {
		return s.writing(name, err)
	}
	return nil
}

func (s *Store) sameFile(a, b string) bool {
	x, err := s.root.Stat(a)
	if err != nil {
		return false
	}
	y, err := s.root.Stat(b)
	return err == nil && os.SameFile(x, y)
}
