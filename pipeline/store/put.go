package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"strings"

	"filippo.io/age"
)

// writeBuffer gathers small writes: Parquet and bitmap writers make many, and each costs a system call and a hash.
const writeBuffer = 128 << 10

// Put stores what write writes, in clear, and returns its Ref once it is durable. kind is the folder (lower-case ASCII),
// ext the extension with or without its dot. If write fails or panics nothing is left. An artefact that is there
// already and sound is kept as it is; a damaged one is replaced. Memory is constant.
func (s *Store) Put(kind, ext string, write func(io.Writer) error) (Ref, error) {
	return s.put(kind, ext, false, func(d *draft) (hash.Hash, int64, error) {
		sum := sha256.New()
		n, err := fill(io.MultiWriter(sum, d), write)
		return sum, n, err
	})
}

// PutSealed is Put with encryption on the way: the plaintext never touches the disk. See the package comment for name
// and checksum. The store must have a key.
func (s *Store) PutSealed(kind, ext string, write func(io.Writer) error) (Ref, error) {
	if s.key == nil {
		return Ref{}, fmt.Errorf("seal artefact of %s: %w: give the store a key", kind, ErrNoKey)
	}
	return s.put(kind, ext, true, func(d *draft) (hash.Hash, int64, error) {
		sum := s.key.sum()
		cipher, err := age.Encrypt(d, s.key.identity.Recipient())
		if err != nil {
			return nil, 0, err
		}
		n, err := fill(io.MultiWriter(sum, cipher), write)
		if err == nil {
			err = cipher.Close()
		}
		return sum, n, err
	})
}

func (s *Store) put(kind, ext string, sealed bool, content func(*draft) (hash.Hash, int64, error)) (ref Ref, err error) {
	ext = strings.TrimPrefix(ext, ".")
	if err := checkName(kind, ext); err != nil {
		return Ref{}, err
	}
	d, err := s.newDraft()
	if err != nil {
		return Ref{}, s.writing("artefact of "+kind, err)
	}
	defer func() { err = errors.Join(err, d.discard()) }()
	sum, size, err := content(d)
	if err == nil {
		err = d.err
	}
	if err != nil {
		return Ref{}, s.writing("artefact of "+kind, err)
	}
	ref = newRef(kind, ext, hex.EncodeToString(sum.Sum(nil)), size, sealed)
	if s.Check(ref) == nil {
		return ref, nil
	}
	info, err := d.publish(ref.Name, artefactMode)
	if err != nil {
		return Ref{}, s.writing("artefact of "+kind, err)
	}
	s.notice(ref.Name).learn(info)
	return ref, nil
}

// fill lets write fill w and counts the bytes.
func fill(w io.Writer, write func(io.Writer) error) (int64, error) {
	count := &counter{w: w}
	buffered := bufio.NewWriterSize(count, writeBuffer)
	if err := write(buffered); err != nil {
		return 0, err
	}
	err := buffered.Flush()
	return count.n, err
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// Discard takes an artefact away that no manifest names: what tasks hand to each other and nobody asks for again.
func (s *Store) Discard(ref Ref) error {
	if err := ref.check(); err != nil {
		return err
	}
	if err := s.root.Remove(ref.Name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("discard %s: %w", ref.Name, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.verified, ref.Name)
	return nil
}
