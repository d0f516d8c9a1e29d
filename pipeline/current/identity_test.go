package current_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"zhida/pipeline/current"
	"zhida/schemas"
)

func TestDirectoryKeepsDoors(t *testing.T) {
	t.Parallel()
	d := current.NewDirectory("510703")
	if err := d.Open([]string{"C", "A", "B"}, []uint16{5}); err != nil {
		t.Fatal(err)
	}
	if err := d.Open([]string{"0"}, nil); err != nil {
		t.Fatal(err)
	}
	d.Rename("Z", []string{"B", "Z"})
	read, err := current.ReadDirectory("510703", d.Blocks, d.Table())
	if err != nil {
		t.Fatal(err)
	}
	for code, door := range map[string]uint32{"A": 0, "B": 1, "C": 2, "0": 3, "Z": 1} {
		if id, ok := read.Lookup(code); !ok || id != 5<<16|door {
			t.Errorf("%s is at %x, %v; want door %d of block 5", code, id, ok, door)
		}
	}
	if got := read.Code(5<<16 | 1); got != "Z" {
		t.Errorf("the enterprise at door 1 goes by %q, want the corrected code", got)
	}
	if !read.Table().Equal(d.Table()) {
		t.Error("a directory does not survive being stored")
	}
}

func TestDirectoryFillsBlocks(t *testing.T) {
	t.Parallel()
	d := current.NewDirectory("510703")
	codes := make([]string, current.Doors+1)
	for i := range codes {
		codes[i] = fmt.Sprintf("%06d", i)
	}
	if n := d.BlocksFor(len(codes)); n != 2 {
		t.Errorf("%d enterprises need %d blocks, want 2", len(codes), n)
	}
	if err := d.Open(codes, []uint16{3}); !errors.Is(err, current.ErrBlocks) {
		t.Errorf("opening too many doors gives %v", err)
	}
	d = current.NewDirectory("510703")
	if err := d.Open(codes, []uint16{3, 9}); err != nil {
		t.Fatal(err)
	}
	if id, _ := d.Lookup(codes[current.Doors]); id != 9<<16 {
		t.Errorf("the first enterprise of the second block is at %x", id)
	}
	if d.BlockLen(3) != current.Doors || d.BlockLen(9) != 1 || d.BlockLen(4) != 0 {
		t.Errorf("blocks hold %d, %d, %d", d.BlockLen(3), d.BlockLen(9), d.BlockLen(4))
	}
}

// Real codes of Mianyang and Chengdu, as published in registrations.
const (
	inMianyang = "91510703205451059P"
	inChengdu  = "91510104202038699K"
	inZigong   = "91510302204203942D"
	oldNumber  = "510132000055145"
)

func TestCrosswalk(t *testing.T) {
	t.Parallel()
	homeOf := func(code string) schemas.Home {
		if len(code) != 18 {
			return "unplaced"
		}
		return schemas.Home(code[2:8])
	}
	link := func(old, corrected string, seq int64) current.Link {
		return current.Link{Old: old, New: corrected, Date: day(1), Seq: seq}
	}
	for _, c := range []struct {
		name    string
		links   []current.Link
		doors   []string
		targets map[string]current.Target
		pending string
	}{
		{
			"an old number leads to the home of its code",
			[]current.Link{link(oldNumber, inMianyang, 1)},
			nil,
			map[string]current.Target{oldNumber: {Canonical: inMianyang, Home: "510703"}, inMianyang: {Canonical: inMianyang, Home: "510703"}},
			"",
		},
		{
			"a corrected code leads to the door of the old one",
			[]current.Link{link(inChengdu, inMianyang, 1)},
			[]string{inChengdu},
			map[string]current.Target{inChengdu: {Canonical: inMianyang, Home: "510104"}, inMianyang: {Canonical: inMianyang, Home: "510104"}},
			"",
		},
		{
			"a chain leads to its end",
			[]current.Link{link(inMianyang, inZigong, 2), link(inChengdu, inMianyang, 1)},
			[]string{inChengdu},
			map[string]current.Target{inChengdu: {Canonical: inZigong, Home: "510104"}, inZigong: {Canonical: inZigong, Home: "510104"}},
			"",
		},
		{
			"a correction can be taken back",
			[]current.Link{link(inChengdu, inMianyang, 1), link(inMianyang, inChengdu, 2)},
			[]string{inChengdu},
			map[string]current.Target{inMianyang: {Canonical: inChengdu, Home: "510104"}},
			"",
		},
		{
			"a late link to an old name does not take the name back",
			[]current.Link{link(inMianyang, inZigong, 1), link(inChengdu, inMianyang, 2)},
			[]string{inZigong},
			map[string]current.Target{inChengdu: {Canonical: inZigong, Home: "510302"}, inMianyang: {Canonical: inZigong, Home: "510302"}},
			"",
		},
		{
			"two enterprises with doors are a merger",
			[]current.Link{link(inChengdu, inMianyang, 1)},
			[]string{inChengdu, inMianyang},
			nil, current.PendingMerger,
		},
		{"the new code must be one", []current.Link{link(inChengdu, oldNumber, 1)}, nil, nil, current.PendingCode},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := current.NewCrosswalk()
			_, pending := w.Add(c.links, homeOf, func(_ schemas.Home, code string) (uint32, bool) {
				i := slices.Index(c.doors, code)
				return uint32(i), i >= 0
			})
			w = current.ReadCrosswalk(w.Table())
			for code, want := range c.targets {
				if got, ok := w.Target(code); !ok || got != want {
					t.Errorf("%s belongs to %+v, %v; want %+v", code, got, ok, want)
				}
			}
			switch {
			case c.pending == "" && len(pending) > 0:
				t.Errorf("pending: %+v", pending)
			case c.pending != "" && (len(pending) != 1 || pending[0].Reason != c.pending):
				t.Errorf("pending %+v, want %q", pending, c.pending)
			}
		})
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	doors := []string{inMianyang, inChengdu, inZigong}
	door := func(_ schemas.Home, code string) (uint32, bool) {
		i := slices.Index(doors, code)
		return uint32(i), i >= 0
	}
	homeOf := func(code string) schemas.Home { return schemas.Home(code[2:8]) }
	const a, b, c = inMianyang, inChengdu, inZigong
	for _, tt := range []struct {
		name  string
		links []string // old and new
		want  []string // ids of from and into, or the reason why not
	}{
		{"one", []string{a, b}, []string{"0>1"}},
		{"a chain", []string{a, b, b, c}, []string{"0>2", "1>2"}},
		{"a chain, the other way round", []string{b, c, a, b}, []string{"1>2", "0>2"}},
		{"two into one", []string{a, c, b, c}, []string{"0>2", "1>2"}},
		{"the same again", []string{a, b, a, b}, []string{"0>1"}},
		{"a contradiction", []string{a, b, a, c}, []string{"0>1", current.PendingTwice}},
		{"a circle", []string{a, b, b, c, c, a}, []string{"0>2", "1>2", current.PendingCircle}},
		{"there and back", []string{a, b, b, a}, []string{"0>1", current.PendingCircle}},
		{"to no code", []string{a, oldNumber}, []string{current.PendingCode}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := current.NewCrosswalk()
			var links []current.Link
			for i := 0; i < len(tt.links); i += 2 {
				links = append(links, current.Link{Old: tt.links[i], New: tt.links[i+1], Date: day(1), Seq: 1, Pos: int64(i)})
			}
			_, pending := w.Add(links, homeOf, door)
			var got []string
			for _, p := range w.Settle(pending, homeOf, door) {
				if p.Merger == nil {
					got = append(got, p.Reason)
					continue
				}
				if m := p.Merger; m.FromHome != homeOf(doors[m.From]) || m.IntoHome != homeOf(doors[m.Into]) {
					t.Errorf("homes of %+v", m)
				}
				got = append(got, fmt.Sprintf("%d>%d", p.Merger.From, p.Merger.Into))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
