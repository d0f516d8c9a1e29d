package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

const lockFile = "lock"

// Lock makes this process the only one that runs a night in the store. The lock ends with the returned release, or
// with the process however it ends. If another process has it, or another Store in this one, the error is ErrLocked
// and names that process.
func (s *Store) Lock() (release func() error, err error) {
	file, err := s.root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, draftMode)
	if err != nil {
		return nil, fmt.Errorf("lock store: %w", err)
	}
	if err := flock(file, syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close() //nolint:errcheck // only read
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock store: another zhida (pid %s) is running in %s: %w", holder(file), s.dir, ErrLocked)
		}
		return nil, fmt.Errorf("lock store: %w", err)
	}
	// The number is for people only, so it need not be durable.
	err = file.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintln(file, os.Getpid())
	}
	if err != nil {
		return nil, errors.Join(s.writing("the store's lock", err), file.Close())
	}
	return file.Close, nil
}

// holder reads the process number in a lock file; the holder may not have written it yet.
func holder(file *os.File) string {
	data, err := io.ReadAll(io.LimitReader(file, 32))
	if number := strings.TrimSpace(string(data)); err == nil && number != "" {
		return number
	}
	return "unknown"
}

func flock(file *os.File, how int) error {
	for {
		err := syscall.Flock(int(file.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
