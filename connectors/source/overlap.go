package source

import (
	"fmt"
	"regexp/syntax"
	"unicode"
)

// overlap reports whether one name can match both patterns. It runs the two programs in step through every pair of
// states that some name leads to; patterns are short, so the pairs are few.
func overlap(a, b *pattern) (bool, error) {
	p, err := program(a)
	if err != nil {
		return false, err
	}
	q, err := program(b)
	if err != nil {
		return false, err
	}
	type pair struct{ p, q uint32 }
	seen := map[pair]bool{}
	next := []pair{{uint32(p.Start), uint32(q.Start)}}
	for len(next) > 0 {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		i, j := &p.Inst[at.p], &q.Inst[at.q]
		switch {
		case isStep(i):
			next = append(next, pair{i.Out, at.q})
			if i.Op == syntax.InstAlt {
				next = append(next, pair{i.Arg, at.q})
			}
		case isStep(j):
			next = append(next, pair{at.p, j.Out})
			if j.Op == syntax.InstAlt {
				next = append(next, pair{at.p, j.Arg})
			}
		case i.Op == syntax.InstMatch && j.Op == syntax.InstMatch:
			return true, nil
		case i.Op != syntax.InstMatch && j.Op != syntax.InstMatch && shareRune(i, j):
			next = append(next, pair{i.Out, j.Out})
		}
	}
	return false, nil
}

func program(p *pattern) (*syntax.Prog, error) {
	tree, err := syntax.Parse(p.expression, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", p.text, err)
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", p.text, err)
	}
	return prog, nil
}

// isStep reports whether the instruction goes on without a character. The only empty-width ones are the anchors at
// both ends, which always hold there.
func isStep(i *syntax.Inst) bool {
	switch i.Op {
	case syntax.InstAlt, syntax.InstAltMatch, syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
		return true
	}
	return false
}

// shareRune reports whether some character lets both instructions go on: the least one of some range of either.
func shareRune(i, j *syntax.Inst) bool {
	for _, r := range append(starts(i), starts(j)...) {
		if i.MatchRune(r) && j.MatchRune(r) {
			return true
		}
	}
	return false
}

// starts lists the first character of each range an instruction matches.
func starts(i *syntax.Inst) []rune {
	switch i.Op {
	case syntax.InstRune:
		var out []rune
		for k := 0; k < len(i.Rune); k += 2 {
			out = append(out, i.Rune[k])
		}
		return out
	case syntax.InstRune1:
		return []rune{i.Rune[0]} // a copy: literals share one array
	case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return []rune{0, unicode.MaxRune}
	}
	return nil
}
