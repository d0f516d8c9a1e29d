package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// draft is a file being written in tmp. Its writer holds a lock on it (flock) while it lives, which tells the drafts
// of living processes from those of killed ones.
type draft struct {
	store *Store
	file  *os.File
	name  string
	err   error // the first error of a Write: callers of Put may lose it, we don't
}

func (s *Store) newDraft() (*draft, error) {
	for {
		name := fmt.Sprintf("%s/%d-%d", draftsFolder, os.Getpid(), s.drafts.Add(1))
		file, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, draftMode)
		if errors.Is(err, fs.ErrExist) {
			continue // of a process with our number, or of another Store in this one
		}
		if err != nil {
			return nil, err
		}
		d := &draft{store: s, file: file, name: name}
		if err := flock(file, syscall.LOCK_EX); err != nil {
			return nil, errors.Join(err, d.discard())
		}
		if s.isAt(name, file) {
			return d, nil
		}
		// A sweep got in between the two calls and took it for a dead one.
		if err := file.Close(); err != nil {
			return nil, err
		}
	}
}

// Write writes to the draft.
func (d *draft) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	if err != nil && d.err == nil {
		d.err = err
	}
	return n, err
}

// discard removes the draft. It does nothing once the draft was published.
func (d *draft) discard() error {
	if d.file == nil {
		return nil
	}
	err := errors.Join(d.store.root.Remove(d.name), d.file.Close())
	d.file = nil
	return err
}

// publish makes the draft durable under its final name, replacing what is there.
func (d *draft) publish(name string, mode os.FileMode) (os.FileInfo, error) {
	s := d.store
	if err := s.folder(path.Dir(name)); err != nil {
		return nil, err
	}
	if err := d.file.Chmod(mode); err != nil {
		return nil, err
	}
	if err := d.file.Sync(); err != nil {
		return nil, err
	}
	if err := s.root.Rename(d.name, name); err != nil {
		return nil, err
	}
	info, err := d.file.Stat()
	err = errors.Join(err, d.file.Close())
	d.file = nil
	if err != nil {
		return nil, err
	}
	return info, s.syncFolder(path.Dir(name))
}

// sweep removes the drafts and scratches nobody writes any more.
func (s *Store) sweep() error {
	folder, err := s.root.Open(draftsFolder)
	if err != nil {
		return err
	}
	names, err := folder.Readdirnames(-1)
	if err := errors.Join(err, folder.Close()); err != nil {
		return err
	}
	for _, name := range names {
		if err := s.sweepDraft(draftsFolder + "/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sweep drafts: %w", err)
		}
	}
	return nil
}

func (s *Store) sweepDraft(name string) error {
	file, err := s.root.Open(name)
	if err != nil {
		return err
	}
	err = flock(file, syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		err = nil // its writer lives
	case err == nil && s.isAt(name, file):
		err = s.root.RemoveAll(name)
	}
	return errors.Join(err, file.Close())
}

// isAt reports whether the open file is still the one of that name.
func (s *Store) isAt(name string, file *os.File) bool {
	there, err := s.root.Lstat(name)
	if err != nil {
		return false
	}
	mine, err := file.Stat()
	return err == nil && os.SameFile(there, mine)
}

// writeFile writes a small file in one step: readers see the old content or the new.
func (s *Store) writeFile(name string, data []byte) (err error) {
	d, err := s.newDraft()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.discard()) }()
	if _, err := d.Write(data); err != nil {
		return err
	}
	_, err = d.publish(name, draftMode)
	return err
}
