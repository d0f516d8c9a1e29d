package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// row is the scratch for writing rows.
type row struct {
	text    []byte // without spaces and outer braces
	ends    []int  // in text, of its members
	members [][]byte
}

// append writes a row, which is whole JSON, with its keys in order and no spaces. What stands in quotes and numbers stay as they
// are, so that connectors/format/jsonl sees what the platform wrote.
func (r *row) append(dst []byte, raw json.RawMessage) ([]byte, error) {
	if raw[0] != '{' {
		return dst, errors.New("want a JSON object")
	}
	r.split(raw[1:bytes.LastIndexByte(raw, '}')])
	slices.SortStableFunc(r.members, func(a, b []byte) int { return bytes.Compare(key(a), key(b)) })
	dst = append(dst, '{')
	for i, m := range r.members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, m...)
	}
	return append(dst, '}'), nil
}

// split takes the inside of an object apart at the commas between its members, and leaves out spaces.
func (r *row) split(inside []byte) {
	r.text, r.ends, r.members = r.text[:0], r.ends[:0], r.members[:0]
	depth := 0
	for i := 0; i < len(inside); i++ {
		switch c := inside[i]; {
		case c == '"':
			end := i + quotes(inside[i:])
			r.text = append(r.text, inside[i:end+1]...)
			i = end
			continue
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 0:
			r.ends = append(r.ends, len(r.text))
			continue
		}
		r.text = append(r.text, inside[i])
	}
	if len(r.text) > 0 {
		r.ends = append(r.ends, len(r.text))
	}
	from := 0
	for _, end := range r.ends {
		r.members = append(r.members, r.text[from:end])
		from = end
	}
}

// key is a member's key, in quotes.
func key(member []byte) []byte { return member[:quotes(member)+1] }

// quotes is where the text that begins in front ends.
func quotes(text []byte) int {
	for i := 1; ; i++ {
		switch text[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
}
