package plan

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// codeSet is a set of codes of a hierarchy, where a finer code is a longer prefix. Each mark says that its code and
// everything finer lies inside the set or, for an exception, outside of it, whatever coarser marks say; an exception
// also overrules members below it.
type codeSet struct {
	system string
	marks  map[string]verdict
	above  map[string]bool // codes that have a mark below them, on which it then depends
}

func newCodeSet(system string, set condition.Set) codeSet {
	s := codeSet{system: system, marks: map[string]verdict{}, above: map[string]bool{}}
	for _, e := range set.Except {
		s.marks[e] = no
	}
	for _, m := range set.Members {
		if !hasPrefixOf(set.Except, m) {
			s.marks[m] = yes
		}
	}
	for m := range s.marks {
		for n := 1; n < len(m); n++ {
			s.above[m[:n]] = true
		}
	}
	return s
}

func hasPrefixOf(prefixes []string, code string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(code, p) {
			return true
		}
	}
	return false
}

// verdict is yes if everything the code may stand for lies inside, no if everything lies outside. A code that is
// known coarsely stands for the finer codes the table has below it: C394 has C3940 only, so that it is a member where
// C3940 is one.
func (s codeSet) verdict(code string, h *hierarchy) verdict {
	inherited := no
	for n := 1; n <= len(code); n++ {
		if v, ok := s.marks[code[:n]]; ok {
			inherited = v
			if v == no {
				return no
			}
		}
	}
	if !s.above[code] || s.uniform(code, inherited) {
		return inherited
	}
	children := h.children(s.system, code)
	if !s.reached(code, children) {
		return unknown // a mark on a code the table does not have
	}
	first := s.verdict(children[0], h)
	for _, child := range children[1:] {
		if s.verdict(child, h) != first {
			return unknown
		}
	}
	return first
}

// uniform reports that no mark below the code says anything else than what it inherits.
func (s codeSet) uniform(code string, inherited verdict) bool {
	for m, v := range s.marks {
		if v != inherited && strings.HasPrefix(m, code) {
			return false
		}
	}
	return true
}

// reached reports whether there are children and each mark below the code is one of them or lies below one.
func (s codeSet) reached(code string, children []string) bool {
	for m := range s.marks {
		if len(m) > len(code) && strings.HasPrefix(m, code) && !hasPrefixOf(children, m) {
			return false
		}
	}
	return len(children) > 0
}

// hierarchy remembers the codes directly below a code that are in force on a day.
type hierarchy struct {
	codes *schemas.Codes
	today schemas.Date
	known map[branch][]string
}

type branch struct{ system, code string }

// of returns the hierarchy of the night, which is h if that is it already.
func (h *hierarchy) of(in *Input) *hierarchy {
	if h == nil || h.codes != in.Codes || h.today != in.Today {
		return &hierarchy{codes: in.Codes, today: in.Today, known: map[branch][]string{}}
	}
	return h
}

// children are none if there is no table. The table is asked for each code that may exist, at most a hundred.
func (h *hierarchy) children(system, code string) []string {
	if h.codes == nil {
		return nil
	}
	at := branch{system, code}
	if found, ok := h.known[at]; ok {
		return found
	}
	form, count := "%s%02d", 100
	if system == schemas.SystemIndustry && len(code) > 1 {
		form, count = "%s%d", 10
	}
	var out []string
	for i := range count {
		if child := fmt.Sprintf(form, code, i); h.has(system, child) {
			out = append(out, child)
		}
	}
	h.known[at] = out
	return out
}

func (h *hierarchy) has(system, code string) bool {
	switch system {
	case schemas.SystemRegion:
		now, ok, _ := h.codes.CurrentRegion(code, h.today)
		return ok && now == code
	case schemas.SystemIndustry:
		info, ok := h.codes.Industry(code)
		return ok && info.Code == code
	}
	return false
}
