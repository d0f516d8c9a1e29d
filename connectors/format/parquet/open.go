package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// Open is the format.Opener of Parquet files.
func Open(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	if err := options.Check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	s := &scanner{name: name, limits: options.Limits.WithDefaults(), file: rows.NewFile(file, name)}
	header, err := s.open()
	if err != nil {
		return nil, err
	}
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	if err := rows.CheckHeader(name, 0, header, s.limits.Columns, "look at the file's schema"); err != nil {
		return nil, err
	}
	return rows.New(name, s.limits, header, s), nil
}

const (
	magic     = "PAR1"
	encrypted = "PARE"
	tail      = 8 // the footer's length and the magic again
)

// maxFooter bounds the list of columns and row groups: a file of 4,096 columns and 100 row groups has 40 MiB of it.
const maxFooter = 64 << 20

// open reads the footer.
func (s *scanner) open() (header []string, err error) {
	if err := s.checkEnds(); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			header, err = nil, s.failure(errDamaged)
		}
	}()
	s.parquet, err = parquet.OpenFile(s.file, s.file.Size(),
		parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(readBuffer))
	if err != nil {
		return nil, s.failure(err)
	}
	return s.schema()
}

// readBuffer is what is read at once of each column.
const readBuffer = 64 << 10

// checkEnds looks at what a Parquet file begins and ends with.
func (s *scanner) checkEnds() error {
	size := s.file.Size()
	head, end := make([]byte, min(size, 512)), make([]byte, min(size, tail))
	if _, err := s.file.ReadAt(head, 0); err != nil && s.file.Err() != nil {
		return s.file.Err()
	}
	if _, err := s.file.ReadAt(end, size-int64(len(end))); err != nil && s.file.Err() != nil {
		return s.file.Err()
	}
	switch {
	case size == 0:
		return s.fatal("the file is empty", "ask for it again")
	case bytes.HasPrefix(head, []byte(encrypted)):
		return s.fatal("the file is encrypted", "deliver it without encryption")
	case !bytes.HasPrefix(head, []byte(magic)):
		other := text.OtherFormat(head)
		if other == "" {
			other = "text or something else"
		}
		return s.fatal("this is "+other+", not a Parquet file", "give it its own extension or deliver it as Parquet")
	case size < int64(len(magic)+tail) || string(end[tail-len(magic):]) != magic:
		return s.fatal("the file is cut off: it has no footer", "ask for the whole file again")
	}
	footer := int64(binary.LittleEndian.Uint32(end))
	if footer > size-int64(len(magic)+tail) || footer > maxFooter {
		return s.fatal("the file is damaged: its footer cannot be as long as it says", "ask for it again")
	}
	return nil
}
