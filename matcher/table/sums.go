package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	// stretch is the number of bytes under one sum. A reader of one small column chunk reads and sums at least as much;
	// the sums themselves are 0.02% of the file.
	stretch    = 16 << 10
	sumsMagic  = "ZHDSUMS1"
	recordSize = len(sumsMagic) + 8 + 4
	endSize    = 8 // the footer's length and "PAR1"
	magicEnd   = "PAR1"
)

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// sumWriter passes a Parquet file through to w and puts the sums of all that precedes the footer before the footer.
// See the package comment for the layout.
type sumWriter struct {
	w       io.Writer
	size    int64    // bytes passed through
	sums    []uint32 // of the stretches begun; the last one may go on
	held    []byte
	holding bool
}

// Write passes p on, or keeps it once hold was called.
func (s *sumWriter) Write(p []byte) (int, error) {
	if s.holding {
		s.held = append(s.held, p...)
		return len(p), nil
	}
	return s.pass(p)
}

// hold keeps what is written from now on, until close: the page index and the footer.
func (s *sumWriter) hold() { s.holding = true }

func (s *sumWriter) pass(p []byte) (int, error) {
	n, err := s.w.Write(p)
	for rest := p[:n]; len(rest) > 0; {
		part := rest[:min(len(rest), stretch-int(s.size%stretch))]
		if s.size%stretch == 0 {
			s.sums = append(s.sums, 0)
		}
		last := &s.sums[len(s.sums)-1]
		*last = crc32.Update(*last, castagnoli(), part)
		s.size += int64(len(part))
		rest = rest[len(part):]
	}
	return n, err
}

// close writes what was held, with the sums before the footer.
func (s *sumWriter) close() error {
	if len(s.held) < endSize {
		return io.ErrShortWrite
	}
	footer := int(binary.LittleEndian.Uint32(s.held[len(s.held)-endSize:])) + endSize
	if footer > len(s.held) {
		return io.ErrShortWrite
	}
	cut := len(s.held) - footer
	if _, err := s.pass(s.held[:cut]); err != nil {
		return err
	}
	var record []byte
	for _, sum := range s.sums {
		record = binary.LittleEndian.AppendUint32(record, sum)
	}
	record = append(record, sumsMagic...)
	record = binary.LittleEndian.AppendUint64(record, uint64(s.size))
	sum := crc32.Checksum(record, castagnoli())
	sum = crc32.Update(sum, castagnoli(), s.held[cut:])
	record = binary.LittleEndian.AppendUint32(record, sum)
	if _, err := s.w.Write(record); err != nil {
		return err
	}
	_, err := s.w.Write(s.held[cut:])
	return err
}

// summed is a file whose end has been checked: the sums, and how many bytes they cover.
type summed struct {
	r    io.ReaderAt
	size int64
	data int64    // bytes under the sums
	sums []uint32 // one per stretch of data
	end  []byte   // the footer with its length and magic
}

// openSums reads and checks the end of a file.
func openSums(r io.ReaderAt, size int64) (*summed, error) {
	var end [endSize]byte
	if size < int64(len(magicEnd)+recordSize+endSize) {
		return nil, damaged("%d bytes are too few", size)
	}
	if err := readFull(r, end[:], size-endSize); err != nil {
		return nil, err
	}
	if string(end[4:]) != magicEnd {
		return nil, damaged("it does not end in %q: cut off, or no Parquet file", magicEnd)
	}
	footer := int64(binary.LittleEndian.Uint32(end[:4])) + endSize
	if footer+int64(recordSize) > size {
		return nil, damaged("its footer would begin before the file")
	}
	record := make([]byte, recordSize)
	if err := readFull(r, record, size-footer-int64(recordSize)); err != nil {
		return nil, err
	}
	if magic := string(record[:len(sumsMagic)]); magic != sumsMagic {
		if magic[:len(magic)-1] == sumsMagic[:len(sumsMagic)-1] {
			return nil, fmt.Errorf("its checksums are of version %q: %w", magic[len(magic)-1:], ErrVersion)
		}
		return nil, damaged("no checksums before the Parquet footer: written by another program, or altered")
	}
	data := binary.LittleEndian.Uint64(record[len(sumsMagic):])
	count := (data + stretch - 1) / stretch
	if data > uint64(size) || int64(data)+4*int64(count)+int64(recordSize)+footer != size {
		return nil, damaged("the length recorded in it is not its length: cut off, or bytes lost or added")
	}
	tail := make([]byte, 4*int64(count)+int64(recordSize)+footer)
	if err := readFull(r, tail, int64(data)); err != nil {
		return nil, err
	}
	at := len(tail) - int(footer) - 4 // where the record's own sum stands
	sum := crc32.Update(crc32.Checksum(tail[:at], castagnoli()), castagnoli(), tail[at+4:])
	if sum != binary.LittleEndian.Uint32(tail[at:]) {
		return nil, damaged("the checksum of its footer is wrong")
	}
	s := &summed{r: r, size: size, data: int64(data), sums: make([]uint32, count), end: tail[len(tail)-int(footer):]}
	for i := range s.sums {
		s.sums[i] = binary.LittleEndian.Uint32(tail[4*i:])
	}
	return s, nil
}

// readFull fills p from off. A file that ends too soon is damaged; other errors are the medium's and stay what
// they are.
func readFull(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends at byte %d, within bytes %d to %d", off+int64(n), off, off+int64(len(p)))
	}
	return fmt.Errorf("read bytes %d to %d: %w", off, off+int64(len(p)), err)
}
