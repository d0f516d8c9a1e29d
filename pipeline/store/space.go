package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Space is what the disk of a store has left for who is not root.
type Space struct {
	Bytes int64
	Files int64 // that can be made; below zero: the disk sets no limit
}

// Space asks the disk.
func (s *Store) Space() (Space, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(s.dir, &stat); err != nil {
		return Space{}, fmt.Errorf("ask %s for its space: %w", s.dir, err)
	}
	out := Space{Bytes: int64(stat.Bavail) * int64(stat.Bsize), Files: -1}
	if stat.Files > 0 {
		out.Files = int64(stat.Ffree)
	}
	return out, nil
}

// Dir is the folder of the store, for people.
func (s *Store) Dir() string { return s.dir }
