package arrow

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// What messages can be besides in order.
var (
	errCut     = errors.New("the file is cut off")
	errMessage = errors.New("a message has a length that cannot be")
)

// blockError is a message beyond the limit.
type blockError struct{ bytes int64 }

func (e *blockError) Error() string { return fmt.Sprintf("a batch of %d bytes", e.bytes) }

// messages is the ipc.MessageReader of a part of a file.
type messages struct {
	file  io.ReaderAt
	at    int64
	end   int64
	block int64
	mark  bool // the stream must say that it ends
	last  *ipc.Message

	columns int // at most
}

var _ ipc.MessageReader = (*messages)(nil)

// Retain implements ipc.MessageReader. There is one owner.
func (m *messages) Retain() {}

// Release implements ipc.MessageReader.
func (m *messages) Release() {
	if m.last != nil {
		m.last.Release()
	}
	m.last = nil
}

// continuation comes before the length of a message; streams of before 2019 have none.
const continuation = 0xFFFFFFFF

// maxMetadata bounds what describes a batch or a schema: 4,096 columns with what pandas notes about them are 2 MiB.
const maxMetadata = 16 << 20

// Message implements ipc.MessageReader.
func (m *messages) Message() (*ipc.Message, error) {
	m.Release()
	if m.at == m.end && !m.mark {
		return nil, io.EOF
	}
	length, err := m.word()
	if err == nil && length == continuation {
		length, err = m.word()
	}
	switch {
	case err != nil:
		return nil, err
	case length == 0 && m.at == m.end:
		return nil, io.EOF
	case length == 0: // the mark of an end that is none
		return nil, errMessage
	case length > maxMetadata:
		return nil, errMessage
	}
	meta, err := m.read(int64(length))
	if err != nil {
		return nil, err
	}
	// The message says how long its body is.
	empty := memory.NewBufferBytes(nil)
	probe := ipc.NewMessage(memory.NewBufferBytes(meta), empty)
	size, kind := probe.BodyLen(), probe.Type()
	probe.Release()
	if kind == ipc.MessageSchema {
		if err := checkSchema(meta, m.columns); err != nil {
			return nil, err
		}
	}
	switch {
	case size < 0:
		return nil, errMessage
	case size > m.block:
		return nil, &blockError{size}
	}
	body, err := m.read(size)
	if err != nil {
		return nil, err
	}
	m.last = ipc.NewMessage(memory.NewBufferBytes(meta), memory.NewBufferBytes(body))
	return m.last, nil
}

func (m *messages) word() (uint32, error) {
	word, err := m.read(4)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(word), nil
}

func (m *messages) read(n int64) ([]byte, error) {
	if n > m.end-m.at {
		return nil, errCut
	}
	p := make([]byte, n)
	if _, err := m.file.ReadAt(p, m.at); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read: %w", err)
	}
	m.at += n
	return p, nil
}

// bounded is an allocator that refuses what packed bytes claim to unpack to. It panics, as allocators do; the library
// catches that.
type bounded struct {
	memory.Allocator

	block int64
}

func (b bounded) Allocate(size int) []byte {
	b.check(size)
	return b.Allocator.Allocate(size)
}

func (b bounded) Reallocate(size int, p []byte) []byte {
	b.check(size)
	return b.Allocator.Reallocate(size, p)
}

func (b bounded) check(size int) {
	if size < 0 || int64(size) > b.block {
		panic(errMessage)
	}
}
