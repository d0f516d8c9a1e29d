package condition

import (
	"slices"
	"strconv"
	"strings"
)

// Key is a text that two conditions have in common if they ask the same: 且 and 或 in any order and nesting, with
// repeated parts once; comparisons from either side; lists in any order. Equal keys mean equal verdicts for every
// enterprise; conditions of different keys may still be equivalent. A field and an attribute of one name differ.
func Key(e Expr) string {
	var b strings.Builder
	writeKey(&b, e)
	return b.String()
}

// ValueKey is Key for operands.
func ValueKey(v Value) string {
	var b strings.Builder
	writeValueKey(&b, v)
	return b.String()
}

// Tests returns the elementary tests of a condition, its policy tags, each once, in the order of the text: Compare,
// Member, Tag, Known, and Exists as a whole.
func Tests(e Expr) []Expr {
	var out []Expr
	seen := map[string]bool{}
	var walk func(Expr)
	walk = func(e Expr) {
		switch e := e.(type) {
		case And:
			for _, part := range e.Parts {
				walk(part)
			}
		case Or:
			for _, part := range e.Parts {
				walk(part)
			}
		case Not:
			walk(e.X)
		case nil:
		default:
			if key := Key(e); !seen[key] {
				seen[key] = true
				out = append(out, e)
			}
		}
	}
	walk(e)
	return out
}

func writeKey(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case And:
		writeParts(b, "and", andKeys(nil, e))
	case Or:
		writeParts(b, "or", orKeys(nil, e))
	case Not:
		b.WriteString("(not ")
		writeKey(b, e.X)
		b.WriteByte(')')
	case Compare:
		writeCompare(b, e)
	case Member:
		b.WriteString("(in ")
		writeValueKey(b, e.X)
		writeWords(b, e.Set.Members)
		if len(e.Set.Except) > 0 {
			b.WriteString(" except")
			writeWords(b, e.Set.Except)
		}
		b.WriteByte(')')
	case Tag:
		b.WriteString("(tag " + strconv.Quote(e.Name) + ")")
	case Known:
		b.WriteString("(known ")
		writeValueKey(b, e.X)
		b.WriteByte(')')
	case Exists:
		word := "some"
		if e.Every {
			word = "every"
		}
		b.WriteString("(" + word + " " + strconv.Quote(e.Dataset.Name))
		if e.Where != nil {
			b.WriteByte(' ')
			writeKey(b, e.Where)
		}
		b.WriteByte(')')
	}
}

func andKeys(keys []string, e And) []string {
	for _, part := range e.Parts {
		if inner, ok := part.(And); ok {
			keys = andKeys(keys, inner)
		} else {
			keys = append(keys, Key(part))
		}
	}
	return keys
}

func orKeys(keys []string, e Or) []string {
	for _, part := range e.Parts {
		if inner, ok := part.(Or); ok {
			keys = orKeys(keys, inner)
		} else {
			keys = append(keys, Key(part))
		}
	}
	return keys
}

// writeParts writes parts as a sorted set; one part alone is that part.
func writeParts(b *strings.Builder, word string, keys []string) {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) == 1 {
		b.WriteString(keys[0])
		return
	}
	b.WriteString("(" + word)
	for _, key := range keys {
		b.WriteByte(' ')
		b.WriteString(key)
	}
	b.WriteByte(')')
}

func writeWords(b *strings.Builder, words []string) {
	words = slices.Sorted(slices.Values(words))
	for _, w := range slices.Compact(words) {
		b.WriteByte(' ')
		b.WriteString(strconv.Quote(w))
	}
}

// writeCompare writes > and >= from the other side, and the sides of = in order.
func writeCompare(b *strings.Builder, e Compare) {
	left, right, op := ValueKey(e.Left), ValueKey(e.Right), "="
	switch e.Op {
	case Less:
		op = "<"
	case LessOrEqual:
		op = "<="
	case Greater:
		left, right, op = right, left, "<"
	case GreaterOrEqual:
		left, right, op = right, left, "<="
	default:
		if left > right {
			left, right = right, left
		}
	}
	b.WriteString("(" + op + " " + left + " " + right + ")")
}

func writeValueKey(b *strings.Builder, v Value) {
	switch v := v.(type) {
	case Column:
		if v.Dataset != nil {
			b.WriteString("(field " + strconv.Quote(v.Dataset.Name) + " " + strconv.Quote(v.Name) + ")")
			return
		}
		b.WriteString("(attribute " + strconv.Quote(v.Name) + ")")
	case Number:
		b.WriteString("(number " + v.Value.RatString() + " " + strconv.Quote(string(v.Unit)) + ")")
	case Day:
		b.WriteString(v.Date.String())
	case Today:
		b.WriteString("today")
	case Shift:
		b.WriteString("(shift ")
		writeValueKey(b, v.X)
		b.WriteString(" " + v.Span.String() + ")")
	case Word:
		b.WriteString(strconv.Quote(v.Text))
	case Truth:
		b.WriteString(strconv.FormatBool(v.Yes))
	}
}
