package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// row is the scratch for writing rows.
type row struct {
	text    bytes.Buffer
	members [][]byte
}

// append writes a row with its keys in order and no spaces. What stands in quotes and numbers stay as they are, so that
// connectors/format/jsonl sees what the platform wrote.
func (r *row) append(dst, raw []byte) ([]byte, error) {
	r.text.Reset()
	if err := json.Compact(&r.text, raw); err != nil {
		return dst, err
	}
	text := r.text.Bytes()
	if text[0] != '{' {
		return dst, errors.New("want a JSON object")
	}
	r.members = split(r.members[:0], text[1:len(text)-1])
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

// split takes the inside of an object apart at the commas between its members.
func split(out [][]byte, inside []byte) [][]byte {
	depth, from := 0, 0
	for i := 0; i < len(inside); i++ {
		switch inside[i] {
		case '"':
			i += quotes(inside[i:])
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, inside[from:i])
				from = i + 1
			}
		}
	}
	if from < len(inside) {
		out = append(out, inside[from:])
	}
	return out
}

// key is a member's key, in quotes.
func key(member []byte) []byte { return member[:quotes(member)+1] }

// quotes is where the text that begins in front ends.
func quotes(text []byte) int {
	i := 1
	for ; text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}
