package department

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Rows wait in files between those who find them and those who write sheets. As JSON they took a quarter of a workbook's time:
// a row three times as long to write and seven times to read as now (BenchmarkRows).

// What a cell is, in one letter.
const (
	cellText  = 't'
	cellInt   = 'i'
	cellMoney = 'm'
	cellNone  = 'n' // an amount that is open
	cellShare = 's'
)

// ErrRow is returned for bytes that are no row.
var ErrRow = errors.New("not a row of a workbook")

// AppendRow appends a row to a file of rows.
func AppendRow(to []byte, cells []any) []byte {
	to = binary.AppendUvarint(to, uint64(len(cells)))
	for _, c := range cells {
		switch x := c.(type) {
		case string:
			to = binary.AppendUvarint(append(to, cellText), uint64(len(x)))
			to = append(to, x...)
		case int:
			to = binary.AppendVarint(append(to, cellInt), int64(x))
		case *int64:
			if x == nil {
				to = append(to, cellNone)
				continue
			}
			to = binary.AppendVarint(append(to, cellMoney), *x)
		case float64:
			to = binary.LittleEndian.AppendUint64(append(to, cellShare), math.Float64bits(x))
		default:
			panic(fmt.Sprintf("department: no cell is a %T", c))
		}
	}
	return to
}

// maxCells is more than a sheet of these has columns.
const maxCells = 64

// ReadRow reads the next row into cells, which it returns; io.EOF is the end. The error is ErrRow for what is no row.
func ReadRow(r *bufio.Reader, cells []any) ([]any, error) {
	n, err := binary.ReadUvarint(r)
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err == nil && n > maxCells {
		err = fmt.Errorf("%d cells", n)
	}
	cells = cells[:0]
	for ; err == nil && n > 0; n-- {
		var c any
		c, err = readCell(r)
		cells = append(cells, c)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRow, err)
	}
	return cells, nil
}

func readCell(r *bufio.Reader) (any, error) {
	kind, err := r.ReadByte()
	if err != nil {
		return nil, err
	}
	switch kind {
	case cellText:
		return readText(r)
	case cellInt:
		x, err := binary.ReadVarint(r)
		return int(x), err
	case cellMoney:
		x, err := binary.ReadVarint(r)
		return &x, err
	case cellNone:
		return (*int64)(nil), nil
	case cellShare:
		var b [8]byte
		_, err := io.ReadFull(r, b[:])
		return math.Float64frombits(binary.LittleEndian.Uint64(b[:])), err
	}
	return nil, fmt.Errorf("no cell begins with %q", kind)
}

// maxText is more than the longest text of a row.
const maxText = 1 << 24

func readText(r *bufio.Reader) (string, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return "", err
	}
	if n > maxText {
		return "", fmt.Errorf("a text of %d bytes", n)
	}
	if peek, err := r.Peek(int(min(n, uint64(r.Size())))); err == nil && uint64(len(peek)) == n {
		s := string(peek)
		_, err := r.Discard(int(n))
		return s, err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return string(b), err
}
