package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// memberTest asks whether a text or a code lies in a set. The answer depends on the value only, so it is looked up in
// a table with one verdict per distinct value of the block.
type memberTest struct {
	field   field
	set     condition.Set
	words   map[string]bool // texts: the members that no exception takes out
	codes   codeSet         // codes
	unknown verdict         // of an unknown value

	// Where the verdict changes among words in order: at what begins with one of whole, and at each of single.
	whole, single []string
}

func memberOf(c condition.Column, set condition.Set) *memberTest {
	t := &memberTest{field: fieldOf(c), set: condition.Set{Members: canonical(set.Members), Except: canonical(set.Except)}}
	if c.Kind.Kind == schemas.KindCode {
		t.codes = newCodeSet(c.Kind.System, t.set)
		t.whole, t.single = slices.Sorted(maps.Keys(t.codes.marks)), slices.Sorted(maps.Keys(t.codes.above))
		return t
	}
	t.words = map[string]bool{}
	for _, m := range t.set.Members {
		if !slices.Contains(t.set.Except, m) {
			t.words[m] = true
		}
	}
	t.single = slices.Sorted(maps.Keys(t.words))
	t.unknown = ofClosedList(c.Kind.Values, func(v string) bool { return t.words[v] })
	return t
}

// ofClosedList is the verdict on an unknown value that must be one of the list.
func ofClosedList(list []string, has func(string) bool) verdict {
	if len(list) == 0 {
		return unknown
	}
	inside := 0
	for _, v := range list {
		if has(v) {
			inside++
		}
	}
	switch inside {
	case len(list):
		return yes
	case 0:
		return no
	}
	return unknown
}

func canonical(words []string) []string {
	sorted := slices.Sorted(slices.Values(words))
	return slices.Compact(sorted)
}

func (t *memberTest) key() string {
	return keyOf("member", t.field.String(), quoted(t.set.Members), "except", quoted(t.set.Except), strconv.Itoa(int(t.unknown)))
}

func quoted(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(strconv.Quote(w))
	}
	return b.String()
}

func (*memberTest) cost() int { return costLookup }

func (t *memberTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(t.field)
	if err != nil {
		return err
	}
	if c.isNumbered(f.n) {
		t.evalNumbered(f, c, out)
		return nil
	}
	d := c.dictionary(f)
	table := f.verdicts(len(d.values))
	table[0] = t.unknown
	for i, v := range d.values[1:] {
		table[i+1] = t.of(v, f)
	}
	lookUp(d.ids, table, out)
	return nil
}

// of is the verdict on one value.
func (t *memberTest) of(value string, f *frame) verdict {
	switch {
	case t.words == nil:
		return t.codes.verdict(value, f.codes)
	case t.words[value]:
		return yes
	}
	return no
}

// lookUp writes the verdict of each thing's value.
func lookUp[ID uint16 | uint32](ids []ID, table []verdict, out bits.Truth) {
	for w := range out.Yes {
		var y, n uint64
		for i, id := range ids[w<<6 : min(w<<6+64, len(ids))] {
			v := uint64(table[id])
			y |= (v & 1) << (i & 63)
			n |= (v >> 1) << (i & 63)
		}
		out.Yes[w], out.No[w] = y, n
	}
}
