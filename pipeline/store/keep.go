package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// File is a file in the folder of a night.
type File struct {
	Name string // nights/2026-06-15/units/map-1.json
	Size int64
}

// NightFolders lists the nights that have a folder in the store, in the order of their names.
func (s *Store) NightFolders() ([]string, error) {
	entries, err := fs.ReadDir(s.root.FS(), nightsFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list nights: %w", err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out, nil
}

// Files lists the files in a folder of a night's and below, in the order of their names; none if there is no such folder.
func (s *Store) Files(folder string) ([]File, error) {
	var out []File
	err := fs.WalkDir(s.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			out = append(out, File{name, info.Size()})
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	return out, nil
}

// Remove takes files out of the folders of nights, and the folders that are empty then.
func (s *Store) Remove(files ...File) error {
	for _, f := range files {
		if !fs.ValidPath(f.Name) || path.Dir(path.Dir(f.Name)) == "." {
			return fmt.Errorf("%q is not a file in the folder of a night", f.Name)
		}
		if err := s.root.Remove(f.Name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove: %w", err)
		}
	}
	for _, f := range slices.Backward(files) {
		for dir := path.Dir(f.Name); path.Dir(dir) != nightsFolder && dir != nightsFolder; dir = path.Dir(dir) {
			if s.root.Remove(dir) != nil {
				break // something is in it
			}
			s.mu.Lock()
			delete(s.folders, dir)
			s.mu.Unlock()
		}
	}
	return nil
}

// Named lists the artefacts that a JSON file in the folder of a night names, as Load says; none if there is no such file.
func (s *Store) Named(name string) ([]Ref, error) {
	var text json.RawMessage
	err := s.ReadManifest(name, &text)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return refsIn(text), nil
}

// OnDisk is how many bytes an artefact takes, sealed as it is; 0 if it is not there.
func (s *Store) OnDisk(ref Ref) int64 {
	if ref.check() != nil {
		return 0
	}
	info, err := s.root.Stat(ref.Name)
	if err != nil {
		return 0
	}
	return info.Size()
}
