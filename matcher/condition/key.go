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
// Member, Contains, Tag, Known, and Exists and Decided as a whole. Those of AtLeast are those of its parts. What data
// cannot decide, Stated, is none.
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
		case AtLeast:
			for _, part := range e.Parts {
				walk(part)
			}
		case Not:
			walk(e.X)
		case Stated, nil:
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
	case Contains:
		b.WriteString("(contains ")
		writeValueKey(b, e.X)
		writeWords(b, e.Words)
		b.WriteByte(')')
	case Known:
		b.WriteString("(known ")
		writeValueKey(b, e.X)
		b.WriteByte(')')
	default:
		writeCountKey(b, e)
	}
}

// writeCountKey writes conditions about rows and about conditions.
func writeCountKey(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case Exists:
		word := "some"
		if e.Every {
			word = "every"
		}
		writeOver(b, word, e.Over)
		b.WriteByte(')')
	case AtLeast: // a part that stands there twice counts twice
		keys := make([]string, len(e.Parts))
		for i, part := range e.Parts {
			keys[i] = Key(part)
		}
		slices.Sort(keys)
		b.WriteString("(atleast " + strconv.Itoa(e.N) + " " + strings.Join(keys, " ") + ")")
	case Decided:
		b.WriteString("(decided ")
		writeKey(b, e.X)
		b.WriteByte(')')
	case Stated:
		word := "judged"
		if e.Declared {
			word = "declared"
		}
		b.WriteString("(" + word + " " + strconv.Quote(e.Text) + ")")
	}
}

// writeOver begins an expression about rows.
func writeOver(b *strings.Builder, word string, o Over) {
	b.WriteString("(" + word + " ")
	if o.Dataset != nil {
		b.WriteString(strconv.Quote(o.Dataset.Name))
	} else {
		b.WriteString("last " + strconv.Itoa(o.Years))
	}
	if o.Where != nil {
		b.WriteByte(' ')
		writeKey(b, o.Where)
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
