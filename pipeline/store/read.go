package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"sync"

	"filippo.io/age"
)

// ReaderAtCloser is an open artefact. ReadAt may be called from several goroutines.
type ReaderAtCloser interface {
	io.ReaderAt
	io.Closer
}

// Open opens an artefact that was Put and returns its size in bytes. The size is checked always, the checksum the
// first time this Store meets the file and whenever the file has changed since. ErrDamaged says that it is not what
// was written, or gone.
func (s *Store) Open(ref Ref) (ReaderAtCloser, int64, error) {
	if ref.Sealed {
		return nil, 0, fmt.Errorf("open %s: it is sealed", ref.Name)
	}
	return s.open(ref)
}

// OpenSealed opens an artefact that was PutSealed and returns the size of its plaintext. It checks as Open does;
// besides, every read is authenticated, and one that fails is ErrDamaged.
func (s *Store) OpenSealed(ref Ref) (ReaderAtCloser, int64, error) {
	if !ref.Sealed {
		return nil, 0, fmt.Errorf("open %s: it is not sealed", ref.Name)
	}
	return s.open(ref)
}

// Check reports whether the artefact is there and is what was written, with the same errors as Open.
func (s *Store) Check(ref Ref) error {
	f, _, err := s.open(ref)
	if err != nil {
		return err
	}
	return f.Close()
}

// Has reports whether an artefact with the Ref's name and size is there, without reading all of it.
func (s *Store) Has(ref Ref) bool {
	f, _, err := s.openSized(ref)
	return err == nil && f.Close() == nil
}

func (s *Store) open(ref Ref) (ReaderAtCloser, int64, error) {
	f, info, err := s.openSized(ref)
	if err != nil {
		return nil, 0, err
	}
	if err := s.verify(ref, f, info); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, ref.Size, nil
}

// openSized opens the artefact, through its encryption if it has one, if the size is right.
func (s *Store) openSized(ref Ref) (ReaderAtCloser, os.FileInfo, error) {
	if err := ref.check(); err != nil {
		return nil, nil, err
	}
	if ref.Sealed && s.key == nil {
		return nil, nil, fmt.Errorf("open %s: %w: give the store a key", ref.Name, ErrNoKey)
	}
	f, err := s.openFile(ref.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, s.absent(ref.Name)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open artefact: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open artefact: %w", err), f.Close())
	}
	var artefact ReaderAtCloser = f
	size := info.Size()
	if ref.Sealed {
		artefact, size, err = s.unseal(ref.Name, f, size)
		if err != nil {
			return nil, nil, errors.Join(err, f.Close())
		}
	}
	if size != ref.Size {
		return nil, nil, errors.Join(s.damaged(ref.Name, fmt.Sprintf("%d bytes instead of %d", size, ref.Size)), f.Close())
	}
	return artefact, info, nil
}

// unseal puts age between the reader and the file.
func (s *Store) unseal(name string, f *os.File, size int64) (ReaderAtCloser, int64, error) {
	plain, size, err := age.DecryptReaderAt(f, size, s.key.identity)
	if err != nil {
		return nil, 0, s.unsealing(name, err)
	}
	return &sealed{store: s, name: name, plain: plain, file: f}, size, nil
}

// unsealing sorts the errors of age: what isn't an error of the disk is damage, since Open made sure of the key.
func (s *Store) unsealing(name string, err error) error {
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return fmt.Errorf("read artefact: %w", err)
	}
	return s.damaged(name, err.Error())
}

// sealed is an open sealed artefact.
type sealed struct {
	store *Store
	name  string
	plain io.ReaderAt
	file  *os.File
}

func (a *sealed) ReadAt(p []byte, off int64) (int, error) {
	n, err := a.plain.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		err = a.store.unsealing(a.name, err)
	}
	return n, err
}

func (a *sealed) Close() error { return a.file.Close() }

// verify compares the checksum, unless the file is the one it was compared for.
func (s *Store) verify(ref Ref, f io.ReaderAt, info os.FileInfo) error {
	known := s.notice(ref.Name)
	known.mu.Lock() // one reader sums, the others wait for it
	defer known.mu.Unlock()
	if known.covers(info) {
		return nil
	}
	var sum hash.Hash
	if ref.Sealed {
		sum = s.key.sum()
	} else {
		sum = sha256.New()
	}
	if _, err := io.CopyBuffer(sum, io.NewSectionReader(f, 0, ref.Size), make([]byte, writeBuffer)); err != nil {
		return fmt.Errorf("check artefact: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != ref.Sum {
		return s.damaged(ref.Name, "its checksum differs")
	}
	known.info = info
	return nil
}

// notice is what this Store knows of the file of an artefact: it was found sound in the state of info.
type notice struct {
	mu   sync.Mutex
	info os.FileInfo
}

func (s *Store) notice(name string) *notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.verified[name]
	if n == nil {
		n = &notice{}
		s.verified[name] = n
	}
	return n
}

func (n *notice) learn(info os.FileInfo) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.info = info
}

func (n *notice) covers(info os.FileInfo) bool {
	return n.info != nil && os.SameFile(n.info, info) && n.info.Size() == info.Size() && n.info.ModTime().Equal(info.ModTime())
}
