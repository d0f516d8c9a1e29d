package text

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Lines cuts a stream into physical lines. The bytes from the mark on are kept, so that a row which turns out not to
// be one can be read again from its second line.
type Lines struct {
	src   io.Reader
	buf   []byte // bytes read and not given up
	mark  int    // first byte kept: where the current row begins
	at    int    // next byte to hand out
	count int64  // lines handed out
	end   byte   // the byte that ends a line: '\n', or '\r' in files without any '\n'
	limit int    // bytes from the mark to the end of a line; a line that goes beyond is cut
	eof   bool
	err   error // of src, io.EOF aside
}

// Line is one physical line without its line end. Its text is valid until the next call of Lines.
type Line struct {
	Text   []byte // as delivered; Decoder makes UTF-8 of it
	Number int64  // from 1
	Ended  bool   // false only for a last line without line end
	Cut    bool   // longer than the limit: Text holds the beginning, Skip goes on after its end
}

// chunk is the least free space a read is offered; larger ones gained nothing from 64 KiB on.
const chunk = 64 << 10

// Begin gives up everything before the next line and makes it the first of a row.
func (l *Lines) Begin() { l.mark = l.at }

// Next returns the next line, io.EOF after the last one.
func (l *Lines) Next() (Line, error) {
	scanned := l.at
	for {
		if i := bytes.IndexByte(l.buf[scanned:], l.end); i >= 0 && scanned+i-l.mark <= l.limit {
			return l.hand(scanned+i, 1), nil
		}
		if len(l.buf)-l.mark > l.limit {
			l.count++
			text := l.buf[l.at:max(l.at, l.mark+l.limit)]
			return Line{Text: text, Number: l.count, Cut: true}, nil
		}
		if l.eof {
			if l.at == len(l.buf) {
				return Line{}, io.EOF
			}
			return l.hand(len(l.buf), 0), nil
		}
		done := len(l.buf) - l.mark
		if err := l.fill(); err != nil {
			return Line{}, err
		}
		scanned = l.mark + done
	}
}

// hand returns the line up to stop and moves behind its line end of the given width.
func (l *Lines) hand(stop, width int) Line {
	text := l.buf[l.at:stop]
	if l.end == '\n' {
		// Every \r before \n belongs to the line end: files that went twice through a text-mode copy have "\r\r\n".
		text = bytes.TrimRight(text, "\r")
	}
	l.at = stop + width
	l.count++
	return Line{Text: text, Number: l.count, Ended: width > 0}
}

// Skip drops the rest of a cut line. It reports whether the line had an end.
func (l *Lines) Skip() (bool, error) {
	for {
		if i := bytes.IndexByte(l.buf[l.at:], l.end); i >= 0 {
			l.at += i + 1
			return true, nil
		}
		l.at = len(l.buf)
		l.Begin()
		if l.eof {
			return false, nil
		}
		if err := l.fill(); err != nil {
			return false, err
		}
	}
}

// Place is a position behind the mark to which Back can return until the next Begin.
type Place struct {
	offset int
	count  int64
}

// Here is the place of the next line.
func (l *Lines) Here() Place { return Place{l.at - l.mark, l.count} }

// Back returns to a place.
func (l *Lines) Back(p Place) { l.at, l.count = l.mark+p.offset, p.count }

// First returns the bytes from the mark to p without the line end: the first line of a row again.
func (l *Lines) First(p Place) []byte {
	text := bytes.TrimSuffix(l.buf[l.mark:l.mark+p.offset], []byte{l.end})
	if l.end == '\n' {
		text = bytes.TrimRight(text, "\r")
	}
	return text
}

// Peek returns what follows without moving: at least n bytes, or all there is.
func (l *Lines) Peek(n int) ([]byte, error) {
	for len(l.buf)-l.at < n && !l.eof {
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
	return l.buf[l.at:], nil
}

// fill reads once, giving up the bytes before the mark.
func (l *Lines) fill() error {
	if l.err != nil {
		return l.err
	}
	if l.mark > 0 {
		n := copy(l.buf, l.buf[l.mark:])
		l.buf, l.at, l.mark = l.buf[:n], l.at-l.mark, 0
	}
	if cap(l.buf)-len(l.buf) < chunk {
		grown := make([]byte, len(l.buf), 2*len(l.buf)+chunk)
		copy(grown, l.buf)
		l.buf = grown
	}
	for range 100 {
		n, err := l.src.Read(l.buf[len(l.buf):cap(l.buf)])
		l.buf = l.buf[:len(l.buf)+n]
		switch {
		case errors.Is(err, io.EOF):
			l.eof = true
			return nil
		case err != nil:
			l.err = fmt.Errorf("read: %w", err)
			return l.err
		case n > 0:
			return nil
		}
	}
	l.err = io.ErrNoProgress
	return l.err
}
