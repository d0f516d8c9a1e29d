package jsonl

import (
	"bytes"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// What a line can be instead of a flat object.
var (
	errSyntax    = errors.New("not one JSON object")
	errSurrogate = errors.New("half a surrogate pair in a text")
)

// object takes the text of one JSON object apart, member by member.
type object struct {
	text []byte
	at   int
	key  []byte // scratch for keys with escapes
}

// kind is the kind of a value.
type kind uint8

const (
	plain  kind = iota // raw is what is between the quotes
	number             // raw is the literal
	word               // raw is true or false
	null
	nested // an object or array begins; nothing can be read after it
)

// begin reads the opening brace.
func (o *object) begin(line []byte) error {
	o.text, o.at = line, 0
	o.space()
	if !o.take('{') {
		return errSyntax
	}
	return nil
}

// next reads a member; done says that the object has ended, and the line with it. key is valid until the next call.
func (o *object) next(first bool) (key []byte, k kind, raw []byte, done bool, err error) {
	o.space()
	if o.take('}') {
		o.space()
		if o.at < len(o.text) {
			return nil, 0, nil, false, errSyntax
		}
		return nil, 0, nil, true, nil
	}
	if !first {
		if !o.take(',') {
			return nil, 0, nil, false, errSyntax
		}
		o.space()
	}
	key, escaped, err := o.quoted()
	if err != nil {
		return nil, 0, nil, false, err
	}
	if escaped {
		if o.key, err = appendText(o.key[:0], key); err != nil {
			return nil, 0, nil, false, err
		}
		key = o.key
	}
	o.space()
	if !o.take(':') {
		return nil, 0, nil, false, errSyntax
	}
	o.space()
	k, raw, err = o.value()
	return key, k, raw, false, err
}

func (o *object) value() (kind, []byte, error) {
	if o.at == len(o.text) {
		return 0, nil, errSyntax
	}
	switch c := o.text[o.at]; {
	case c == '"':
		raw, _, err := o.quoted()
		return plain, raw, err
	case c == '{' || c == '[':
		return nested, nil, nil
	case c == '-' || isDigit(c):
		raw, ok := o.literal()
		if !ok {
			return 0, nil, errSyntax
		}
		return number, raw, nil
	}
	for _, w := range [...]struct {
		word string
		kind kind
	}{{"true", word}, {"false", word}, {"null", null}} {
		if end := o.at + len(w.word); end <= len(o.text) && string(o.text[o.at:end]) == w.word {
			raw := o.text[o.at:end]
			o.at = end
			return w.kind, raw, nil
		}
	}
	return 0, nil, errSyntax
}

// quoted reads a text and returns what is between its quotes, and whether there are escapes in it.
func (o *object) quoted() (raw []byte, escaped bool, err error) {
	if !o.take('"') {
		return nil, false, errSyntax
	}
	from := o.at
	for i := from; i < len(o.text); i++ {
		switch c := o.text[i]; {
		case c == '"':
			o.at = i + 1
			return o.text[from:i], escaped, nil
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			return nil, false, errSyntax
		}
	}
	return nil, false, errSyntax
}

// literal reads a number.
func (o *object) literal() ([]byte, bool) {
	from := o.at
	o.take('-')
	digits := func() bool {
		start := o.at
		for o.at < len(o.text) && isDigit(o.text[o.at]) {
			o.at++
		}
		return o.at > start
	}
	if !o.take('0') && !digits() {
		return nil, false
	}
	if o.take('.') && !digits() {
		return nil, false
	}
	if o.take('e') || o.take('E') {
		if !o.take('-') {
			o.take('+')
		}
		if !digits() {
			return nil, false
		}
	}
	return o.text[from:o.at], true
}

func (o *object) space() {
	for o.at < len(o.text) && (o.text[o.at] == ' ' || o.text[o.at] == '\t' || o.text[o.at] == '\r' || o.text[o.at] == '\n') {
		o.at++
	}
}

func (o *object) take(c byte) bool {
	if o.at < len(o.text) && o.text[o.at] == c {
		o.at++
		return true
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// appendText writes the content of a text with its escapes resolved.
func appendText(dst, raw []byte) ([]byte, error) {
	for i := 0; i < len(raw); i++ {
		plain := bytes.IndexByte(raw[i:], '\\')
		if plain < 0 {
			return append(dst, raw[i:]...), nil
		}
		dst = append(dst, raw[i:i+plain]...)
		i += plain + 1
		if i == len(raw) {
			return dst, errSyntax
		}
		switch c := raw[i]; c {
		case '"', '\\', '/':
			dst = append(dst, c)
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r, width, err := unescape(raw[i+1:])
			if err != nil {
				return dst, err
			}
			dst = utf8.AppendRune(dst, r)
			i += width
		default:
			return dst, errSyntax
		}
	}
	return dst, nil
}

// unescape reads four hexadecimal digits, and the second half of a surrogate pair.
func unescape(raw []byte) (rune, int, error) {
	r, ok := hex(raw)
	if !ok {
		return 0, 0, errSyntax
	}
	if !utf16.IsSurrogate(r) {
		return r, 4, nil
	}
	if len(raw) < 10 || raw[4] != '\\' || raw[5] != 'u' {
		return 0, 0, errSurrogate
	}
	second, ok := hex(raw[6:])
	if !ok {
		return 0, 0, errSyntax
	}
	if r = utf16.DecodeRune(r, second); r == utf8.RuneError {
		return 0, 0, errSurrogate
	}
	return r, 10, nil
}

func hex(raw []byte) (rune, bool) {
	if len(raw) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range raw[:4] {
		switch {
		case isDigit(c):
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
