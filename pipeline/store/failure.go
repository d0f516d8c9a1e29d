package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// Errors a caller may branch on.
var (
	// ErrDamaged is an artefact or manifest that is not what was written: changed, cut short or gone.
	ErrDamaged = errors.New("damaged")
	// ErrLocked is a store in which another process runs a night.
	ErrLocked = errors.New("store is in use")
	// ErrNoKey is a sealed artefact asked of a store that was opened without a key.
	ErrNoKey = errors.New("no key")
	// ErrWrongKey is a key that is not the one the store's sealed artefacts belong to.
	ErrWrongKey = errors.New("wrong key")
)

// damaged is the error for the file of that name; reason is a phrase such as "its checksum differs".
func (s *Store) damaged(name, reason string) error {
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	return fmt.Errorf("%s is %w (%s): delete it and run the night again, or restore it from a backup", file, ErrDamaged, reason)
}

// absent is the error for a file that should be there and is not. It is ErrDamaged and fs.ErrNotExist.
func (s *Store) absent(name string) error {
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	return fmt.Errorf("%s is missing (%w): run the night again, or restore it from a backup: %w", file, ErrDamaged, fs.ErrNotExist)
}

// writing explains an error met while writing. It stays the error it was: errors.Is(err, syscall.ENOSPC) holds.
func (s *Store) writing(what string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("write %s: the disk of %s is full: free some space and run again: %w", what, s.dir, err)
	}
	return fmt.Errorf("write %s: %w", what, err)
}
