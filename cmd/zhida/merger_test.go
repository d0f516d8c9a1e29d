package main

import (
	"slices"
	"strings"
	"testing"
)

// mergerSite is a site of enterprises in two homes with a certificate each, of which nobody has been merged.
type mergerSite struct {
	*changesSite
	c string
}

func newMergerSite(t *testing.T) *mergerSite {
	t.Helper()
	s := &mergerSite{newChangesSite(t), uscc(t, "91510704MA0000003")}
	s.items = append(s.items, [2]string{"两证", `有 资质(证书编号 = "GRa") 且 有 资质(证书编号 = "GRb")`}, [2]string{"三证", `有 资质(证书编号 = "GRa") 且 有 资质(证书编号 = "GRb") 且 有 资质(证书编号 = "GRc")`})
	s.policy()
	s.deliver("registration_20260602_increment.csv", registrationHead, s.registered(s.a), s.registered(s.b), s.registered(s.c))
	s.deliver("qualification_20260602_increment.csv", qualificationHead, qualificationRow(s.a, "GRa"), qualificationRow(s.b, "GRb"), qualificationRow(s.c, "GRc"))
	s.night("2026-06-15")
	return s
}

// merges delivers the whole crosswalk of a day: pairs of a, b and c.
func (s *mergerSite) merges(day string, pairs ...string) {
	lines := []string{crosswalkHead}
	for _, p := range pairs {
		lines = append(lines, s.codes(p[:1]+","+p[1:]+",2026-06-16"))
	}
	s.deliver("crosswalk_202606"+day+"_full.csv", lines...)
}

// codes puts the codes of a, b and c in the place of their letters.
func (s *mergerSite) codes(text string) string {
	return strings.NewReplacer("a,", s.a+",", "b,", s.b+",", "c,", s.c+",").Replace(text)
}

// sure lists who is sure of the item 守信, which everybody has who lives.
func (s *mergerSite) living(night string) string {
	s.t.Helper()
	return s.sure(night, "守信")
}

func (s *mergerSite) sure(night, item string) string {
	s.t.Helper()
	var out []string
	for _, line := range strings.Split(s.zhida(exitDone, "export", "verdicts", "--night", night), "\n") {
		cells := strings.Split(line, ",")
		for letter, code := range map[string]string{"a": s.a, "b": s.b, "c": s.c} {
			if slices.Contains(cells, code) && slices.Contains(cells, item) && slices.Contains(cells, "符合") {
				out = append(out, letter)
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestMerger merges enterprises, in a chain and over homes, takes a merger back, and contradicts itself.
func TestMerger(t *testing.T) {
	t.Parallel()
	s := newMergerSite(t)
	for _, step := range []struct {
		day    string
		pairs  []string
		living string
		says   string
	}{
		{"16", []string{"ab"}, "b c", ""},
		{"17", []string{"ab", "bc"}, "c", ""},
		{"18", []string{"ab", "bc", "ca"}, "c", "row 3: " + s.c + " -> " + s.a + " is not followed: the other enterprise was merged into this one before"},
		{"19", []string{"ab", "ac"}, "b c", "row 2: " + s.a + " -> " + s.c + " is not followed: the enterprise was merged into another one before"},
		{"20", []string{"ac"}, "b c", ""},
		{"21", []string{"ba"}, "a c", ""},
	} {
		night := "2026-06-" + step.day
		s.merges(step.day, step.pairs...)
		said := s.zhida(exitDone, "run", "--date", night)
		if got := s.living(night); got != step.living {
			t.Errorf("%s: %q are matched, want %q", night, got, step.living)
		}
		if followed := !strings.Contains(said, "is not followed"); followed != (step.says == "") {
			t.Errorf("%s:\n%s", night, said)
		}
		mustContain(t, said, step.says)
	}
}
