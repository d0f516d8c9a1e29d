package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// What the XML of a part can be besides in order.
var (
	errXML     = errors.New("not XML in order")
	errDoctype = errors.New("XML with a document type, which workbooks do not have")
	errUTF16   = errors.New("XML that is not UTF-8")
	errLong    = errors.New("an element longer than any in a workbook")
)

// maxToken bounds a tag or a text. A cell of Excel has at most 32,767 characters.
const maxToken = 1 << 20

// tokenKind is the kind of a token.
type tokenKind uint8

const (
	opens  tokenKind = iota // <name attributes>
	closes                  // </name>
	chars
)

// token is a piece of XML. Its slices are valid until the next call of next.
type token struct {
	kind  tokenKind
	name  []byte // without prefix
	attrs []byte // opens: as they stand
	empty bool   // opens: <name/>, which no token closes
	text  []byte // text: as it stands
	plain bool   // text: without entities to resolve, from a CDATA section
}

// tokens cuts XML as it comes. It knows what the two large parts of a workbook need: encoding/xml took five times as
// long on them. Namespaces are not looked at: the parts say what they are by their place in the workbook.
type tokens struct {
	src     io.Reader
	buf     []byte
	at      int
	started bool
	eof     bool
	err     error
}

const chunk = 64 << 10

// fill reads more. It returns io.EOF if there is none.
func (x *tokens) fill() error {
	if x.err != nil {
		return x.err
	}
	if x.eof {
		return io.EOF
	}
	if x.at > 0 {
		n := copy(x.buf, x.buf[x.at:])
		x.buf, x.at = x.buf[:n], 0
	}
	if len(x.buf) > maxToken {
		x.err = errLong
		return x.err
	}
	if cap(x.buf)-len(x.buf) < chunk {
		grown := make([]byte, len(x.buf), 2*len(x.buf)+2*chunk)
		copy(grown, x.buf)
		x.buf = grown
	}
	for range 100 {
		n, err := x.src.Read(x.buf[len(x.buf):cap(x.buf)])
		x.buf = x.buf[:len(x.buf)+n]
		switch {
		case errors.Is(err, io.EOF):
			x.eof = true
			if n > 0 {
				return nil
			}
			return io.EOF
		case err != nil:
			x.err = fmt.Errorf("read: %w", err)
			return x.err
		case n > 0:
			return nil
		}
	}
	x.err = io.ErrNoProgress
	return x.err
}

// find returns the offset of mark behind from, reading on as long as it takes; offsets count from x.at.
func (x *tokens) find(mark string, from int) (int, error) {
	for {
		if rest := x.buf[x.at:]; len(rest) > from {
			if i := bytes.Index(rest[from:], []byte(mark)); i >= 0 {
				return from + i, nil
			}
			from = max(from, len(rest)-len(mark)+1)
		}
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

// start passes over a byte order mark.
func (x *tokens) start() error {
	x.started = true
	for len(x.buf) < 4 {
		if err := x.fill(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	switch {
	case bytes.HasPrefix(x.buf, []byte("\uFEFF")):
		x.at = len("\uFEFF")
	case bytes.HasPrefix(x.buf, []byte("\xFF\xFE")), bytes.HasPrefix(x.buf, []byte("\xFE\xFF")), bytes.HasPrefix(x.buf, []byte("<\x00")):
		return errUTF16
	}
	return nil
}

// next returns the next token, io.EOF after the last.
func (x *tokens) next() (token, error) {
	if !x.started {
		if err := x.start(); err != nil {
			return token{}, err
		}
	}
	for {
		if x.at == len(x.buf) {
			if err := x.fill(); err != nil {
				return token{}, err
			}
		}
		if x.buf[x.at] != '<' {
			return x.text()
		}
		t, done, err := x.markup()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return token{}, err
		}
		if done {
			return t, nil
		}
	}
}

func (x *tokens) text() (token, error) {
	end, err := x.find("<", 0)
	if errors.Is(err, io.EOF) {
		end, err = len(x.buf)-x.at, nil
	}
	if err != nil {
		return token{}, err
	}
	t := token{kind: chars, text: x.buf[x.at : x.at+end]}
	x.at += end
	return t, nil
}

// markup reads what begins with "<"; done is false for what is no token.
func (x *tokens) markup() (t token, done bool, err error) {
	for len(x.buf)-x.at < len("<![CDATA[") && !x.eof {
		if err := x.fill(); err != nil && !errors.Is(err, io.EOF) {
			return token{}, false, err
		}
	}
	rest := x.buf[x.at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return token{}, false, x.skip("-->", 4)
	case bytes.HasPrefix(rest, []byte("<?")):
		return token{}, false, x.skip("?>", 2)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		const open = len("<![CDATA[")
		end, err := x.find("]]>", open)
		if err != nil {
			return token{}, false, err
		}
		t = token{kind: chars, text: x.buf[x.at+open : x.at+end], plain: true}
		x.at += end + len("]]>")
		return t, true, nil
	case bytes.HasPrefix(rest, []byte("<!")):
		return token{}, false, errDoctype
	}
	end, err := x.tagEnd()
	if err != nil {
		return token{}, false, err
	}
	t, err = parseTag(x.buf[x.at+1 : x.at+end])
	x.at += end + 1
	return t, true, err
}

func (x *tokens) skip(mark string, from int) error {
	end, err := x.find(mark, from)
	if err == nil {
		x.at += end + len(mark)
	}
	return err
}

// tagEnd is the offset of the ">" that ends the tag at x.at: one within quotes does not.
func (x *tokens) tagEnd() (int, error) {
	end := 1
	for {
		var err error
		if end, err = x.find(">", end); err != nil {
			return 0, err
		}
		if !quoteOpen(x.buf[x.at : x.at+end]) {
			return end, nil
		}
		end++
	}
}

func quoteOpen(tag []byte) bool {
	var quote byte
	for _, c := range tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

func parseTag(tag []byte) (token, error) {
	t := token{kind: opens}
	if len(tag) > 0 && tag[0] == '/' {
		t.kind, tag = closes, tag[1:]
	} else if len(tag) > 0 && tag[len(tag)-1] == '/' {
		t.empty, tag = true, tag[:len(tag)-1]
	}
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	t.name, t.attrs = tag[:end], tag[end:]
	if i := bytes.IndexByte(t.name, ':'); i >= 0 {
		t.name = t.name[i+1:]
	}
	if len(t.name) == 0 || bytes.IndexByte(t.name, '<') >= 0 {
		return t, errXML
	}
	return t, nil
}

// attr is the raw value of an attribute without prefix, nil if there is none.
func (t *token) attr(name string) []byte {
	rest := t.attrs
	for {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := bytes.TrimSpace(rest[:equals])
		rest = bytes.TrimLeft(rest[equals+1:], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		rest = rest[end+2:]
	}
}

// appendXML writes a text with its entities resolved and its line ends as "\n".
func appendXML(dst []byte, t token) ([]byte, error) {
	raw := t.text
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if t.plain {
			i = bytes.IndexByte(raw, '\r')
		}
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		if raw[i] == '\r' {
			dst = append(dst, '\n')
			raw = bytes.TrimPrefix(raw[i+1:], []byte("\n"))
			continue
		}
		end := bytes.IndexByte(raw[i:], ';')
		if end < 0 {
			return dst, errXML
		}
		r, ok := entity(string(raw[i+1 : i+end]))
		if !ok {
			return dst, errXML
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[i+end+1:]
	}
	return dst, nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
