package arrow

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// Open is the format.Opener of Arrow files and streams: the content tells which, whatever the extension.
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
	magic    = "ARROW1"
	begin    = 8              // of a file's messages: the magic, padded
	tail     = 4 + len(magic) // the footer's length and the magic again
	feather1 = "FEA1"
	endMark  = "\xFF\xFF\xFF\xFF\x00\x00\x00\x00"
)

// open finds the messages and reads the first, the schema.
func (s *scanner) open() (header []string, err error) {
	if s.messages, err = s.find(); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			header, err = nil, s.failure(errDamaged)
		}
	}()
	s.ipc, err = ipc.NewReaderFromMessageReader(s.messages,
		ipc.WithAllocator(bounded{memory.DefaultAllocator, int64(s.limits.Block)}))
	if err != nil {
		return nil, s.failure(err)
	}
	return s.schema()
}

// find tells files from streams, and looks for the marks that end both.
func (s *scanner) find() (*messages, error) {
	size := s.file.Size()
	head, end := make([]byte, min(size, 512)), make([]byte, min(size, int64(tail)))
	if _, err := s.file.ReadAt(head, 0); err != nil && s.file.Err() != nil {
		return nil, s.file.Err()
	}
	if _, err := s.file.ReadAt(end, size-int64(len(end))); err != nil && s.file.Err() != nil {
		return nil, s.file.Err()
	}
	m := &messages{file: s.file, end: size, block: int64(s.limits.Block), columns: s.limits.Columns}
	switch {
	case size == 0:
		return nil, s.fatal("the file is empty", "ask for it again")
	case bytes.HasPrefix(head, []byte(magic+"\x00\x00")):
		if size < int64(begin+tail) || !bytes.HasSuffix(end, []byte(magic)) {
			return nil, s.fatal("the file is cut off: it has no footer", "ask for the whole file again")
		}
		footer := int64(int32(binary.LittleEndian.Uint32(end)))
		if footer < 0 || footer > size-int64(begin+tail) {
			return nil, s.fatal("the file is damaged: its footer cannot be as long as it says", "ask for it again")
		}
		m.at, m.end = begin, size-int64(tail)-footer
		return m, nil
	case bytes.HasPrefix(head, []byte(endMark[:4])):
		if !bytes.HasSuffix(end, []byte(endMark)) {
			return nil, s.fatal("the stream is cut off: it does not say that it ends", "ask for the whole stream again")
		}
		m.mark = true
		return m, nil
	case bytes.HasPrefix(head, []byte(feather1)):
		return nil, s.fatal("this is a Feather file of version 1", "write it as version 2, or as Parquet")
	}
	other := text.OtherFormat(head)
	if other == "" {
		other = "text or something else"
	}
	return nil, s.fatal("this is "+other+", not Arrow", "give it its own extension or deliver it as Arrow")
}
