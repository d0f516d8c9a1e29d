package store

import (
	"errors"
	"fmt"
	"io/fs"
)

// Nights lists the nights that have a manifest in the store, in the order of their names.
func (s *Store) Nights() ([]string, error) {
	entries, err := fs.ReadDir(s.root.FS(), nightsFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list nights: %w", err)
	}
	var out []string
	for _, e := range entries {
		if _, err := s.root.Stat(nightsFolder + "/" + e.Name() + "/manifest.json"); err == nil {
			out = append(out, e.Name())
		}
	}
	return out, nil
}
