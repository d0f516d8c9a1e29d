package pipeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// spool keeps rows of many lists in one file until they are written: they are made block by block, and lists want them
// item by item. The file has no name, so nothing is left of it whatever happens.
type spool struct {
	file     *os.File
	out      *bufio.Writer
	at       int64
	segments map[spoolKey][]segment
	last     spoolKey
}

// spoolKey is a list of a department, or the part of it about one item.
type spoolKey struct {
	department string
	list       string
	item       int
}

type segment struct{ from, to int64 }

func newSpool(folder string) (*spool, error) {
	f, err := os.CreateTemp(folder, "spool-*")
	if err != nil {
		return nil, fmt.Errorf("begin a spool: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) { // or swept already
		return nil, errors.Join(fmt.Errorf("begin a spool: %w", err), f.Close())
	}
	return &spool{file: f, out: bufio.NewWriterSize(f, 1<<18), segments: map[spoolKey][]segment{}}, nil
}

func (s *spool) close() error { return s.file.Close() }

// put appends a row.
func (s *spool) put(key spoolKey, row any) error {
	data, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("spool a row: %w", err)
	}
	if _, err := s.out.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("spool a row: %w", err)
	}
	from := s.at
	s.at += int64(len(data)) + 1
	own := s.segments[key]
	if len(own) > 0 && s.last == key {
		own[len(own)-1].to = s.at
	} else {
		own = append(own, segment{from, s.at})
	}
	s.segments[key], s.last = own, key
	return nil
}

// spooled goes through the rows of a key, in the order they came. Nothing is put any more.
func spooled[T any](s *spool, key spoolKey, do func(*T) error) error {
	if err := s.out.Flush(); err != nil {
		return fmt.Errorf("spool rows: %w", err)
	}
	for _, seg := range s.segments[key] {
		rows := json.NewDecoder(bufio.NewReader(io.NewSectionReader(s.file, seg.from, seg.to-seg.from)))
		for {
			var row T
			err := rows.Decode(&row)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("read spooled rows: %w", err)
			}
			if err := do(&row); err != nil {
				return err
			}
		}
	}
	return nil
}
