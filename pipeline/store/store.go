package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
)

// Permissions: the group may read (backup, operators), nobody else. Finished artefacts are read-only.
const (
	folderMode   = 0o750
	draftMode    = 0o640
	artefactMode = 0o440
)

// keyFile holds the public half of the key, so that a wrong key is noticed when the store is opened.
const keyFile = "key.txt"

// Store is a folder of artefacts. Its methods may be called from several goroutines and from several processes at a
// time; all take constant memory.
type Store struct {
	dir    string
	root   *os.Root // every access goes through it: no name, and no link inside, leads out of the folder
	key    *Key
	below  *below // nil: this is no scratch
	drafts atomic.Uint64

	mu       sync.Mutex
	folders  map[string]bool    // folders made and synced by this Store
	verified map[string]*notice // what is known of artefacts by name
}

// Open opens the store in folder dir, which is made if it isn't there, and sweeps the drafts of killed processes.
// A nil key gives a store without sealed artefacts: PutSealed and OpenSealed fail with ErrNoKey. A key other than the
// one used here before is ErrWrongKey.
func Open(dir string, key *Key) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, draftsFolder), folderMode); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{dir: dir, root: root, key: key, folders: map[string]bool{}, verified: map[string]*notice{}}
	if err := errors.Join(s.sweep(), s.claim()); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), root.Close())
	}
	return s, nil
}

// Temp is the folder of drafts, on the disk of the store: for files that a task needs in between, which are swept like the
// drafts of killed processes.
func (s *Store) Temp() string { return filepath.Join(s.dir, draftsFolder) }

// Close gives the store's folder back; artefacts that are open stay so.
func (s *Store) Close() error {
	err := s.root.Close()
	if s.below != nil {
		err = errors.Join(err, s.below.close())
	}
	return err
}

// claim compares the key with the one the store belongs to, or makes the store belong to it.
func (s *Store) claim() error {
	if s.key == nil {
		return nil
	}
	mine := s.key.String()
	data, err := s.root.ReadFile(keyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.writeFile(keyFile, []byte(mine+"\n"))
	case err != nil:
		return err
	}
	if theirs := strings.TrimSpace(string(data)); theirs != mine {
		return fmt.Errorf("%w: the files in %s are sealed for %s, the key given is %s: give the key the store was made with",
			ErrWrongKey, s.dir, theirs, mine)
	}
	return nil
}

// folder makes the folders of a name and syncs those above them, once per Store: a folder that a process killed
// before us made may not be on disk yet.
func (s *Store) folder(dir string) error {
	if dir == "." {
		return nil
	}
	s.mu.Lock()
	known := s.folders[dir]
	s.mu.Unlock()
	if known {
		return nil
	}
	if err := s.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := s.root.Mkdir(dir, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := s.syncFolder(path.Dir(dir)); err != nil {
		return err
	}
	s.mu.Lock()
	s.folders[dir] = true
	s.mu.Unlock()
	return nil
}

// syncFolder makes the names in a folder durable.
func (s *Store) syncFolder(dir string) error {
	f, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
