package rows

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// File is the bytes of a delivered file for a library that reads it anywhere. It remembers the first failure to read,
// because libraries tell a broken disk and a broken file alike, and counts the bytes.
type File struct {
	*io.SectionReader

	name string
	lock sync.Mutex
	read int64
	err  error
}

// NewFile wraps a section; name is for messages.
func NewFile(section *io.SectionReader, name string) *File {
	return &File{SectionReader: section, name: name}
}

// ReadAt implements io.ReaderAt.
func (f *File) ReadAt(p []byte, offset int64) (int, error) {
	n, err := f.SectionReader.ReadAt(p, offset)
	f.lock.Lock()
	defer f.lock.Unlock()
	f.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) && f.err == nil {
		f.err = fmt.Errorf("read %s: %w", f.name, err)
	}
	return n, err
}

// Err is the first failure to read, nil if all bytes came.
func (f *File) Err() error {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.err
}

// Bytes is the number of bytes read, no more than the file has.
func (f *File) Bytes() int64 {
	f.lock.Lock()
	defer f.lock.Unlock()
	return min(f.read, f.Size())
}
