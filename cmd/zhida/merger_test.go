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
		day              string
		pairs            []string
		living, two, all string // who lives, and has the certificates of a and b, and of all
		says             string
	}{
		{"16", []string{"ab"}, "b c", "b", "", ""},
		{"17", []string{"ab", "bc"}, "c", "c", "c", ""},
		{"18", []string{"ab", "bc", "ca"}, "c", "c", "c", "row 3: " + s.c + " -> " + s.a + " is not followed: the other enterprise was merged into this one before"},
		{"19", []string{"ab", "ac"}, "b c", "b", "", "row 2: " + s.a + " -> " + s.c + " is not followed: the enterprise was merged into another one before"},
		{"20", []string{"ac"}, "b c", "", "", ""},
		{"21", []string{"ba"}, "a c", "a", "", ""},
		{"22", []string{"ac", "bc"}, "c", "c", "c", ""},
	} {
		night := "2026-06-" + step.day
		s.merges(step.day, step.pairs...)
		said := s.zhida(exitDone, "run", "--date", night)
		if got := s.living(night); got != step.living {
			t.Errorf("%s: %q are matched, want %q", night, got, step.living)
		}
		if two, all := s.sure(night, "两证"), s.sure(night, "三证"); two != step.two || all != step.all {
			t.Errorf("%s: %q and %q have the certificates, want %q and %q", night, two, all, step.two, step.all)
		}
		if followed := !strings.Contains(said, "is not followed"); followed != (step.says == "") {
			t.Errorf("%s:\n%s", night, said)
		}
		mustContain(t, said, step.says)
	}
	mustContain(t, s.zhida(exitDone, "explain", s.c, "三证"), "已吸收合并 "+s.a+"、"+s.b, "符合  三证", "qualification_20260602_increment.csv")
	mustContain(t, s.zhida(exitDone, "explain", s.a, "三证"), "已并入 "+s.c+"，不参与匹配")
	rows := s.zhida(exitDone, "export", "rows", "qualification")
	if strings.Count(rows, s.c) != 3 || strings.Contains(rows, s.a) {
		t.Errorf("the heir's rows:\n%s", rows)
	}
}

// TestMergerTakenOver: nights that take over what has not changed say what nights say that judge everybody, when enterprises
// merge, when rows come, expire and go behind the door of one that was merged, and when a merger is taken back.
func TestMergerTakenOver(t *testing.T) {
	t.Parallel()
	reusing, afresh := newSite(t, newKey(t)), newSite(t, newKey(t))
	codes := livingCodes(reusing)
	gone, near, far := codes["510703"][0], codes["510703"][1], codes["510704"][0]
	certificate := func(operation, code string) []string {
		return []string{qualificationHead, operation + "," + code + ",科技型中小企业,Z9,2026-06-17,2026-06-21"}
	}
	links := func(pairs ...string) []string { return append([]string{crosswalkHead}, pairs...) }
	before := map[string]func(s *testSite){
		"2026-06-17": func(s *testSite) { s.deliver("crosswalk_20260617_full.csv", links(gone+","+far+",2026-06-17")...) },
		"2026-06-18": func(s *testSite) { s.deliver("qualification_20260618_increment.csv", certificate("新增", gone)...) },
		"2026-06-19": func(s *testSite) {
			s.deliver("crosswalk_20260619_full.csv", links(gone+","+far+",2026-06-17", far+","+near+",2026-06-19")...)
		},
		"2026-06-20": func(s *testSite) { s.deliver("qualification_20260620_increment.csv", certificate("新增", far)...) },
		"2026-06-21": func(s *testSite) { s.deliver("qualification_20260621_increment.csv", certificate("删除", gone)...) },
		"2026-06-22": func(*testSite) {},
		"2026-06-23": func(s *testSite) { s.deliver("crosswalk_20260623_full.csv", links(near+","+gone+",2026-06-23")...) },
		"2026-06-24": func(s *testSite) {
			s.deliver("crosswalk_20260624_full.csv", links("510703000000011,"+gone+",2026-06-24")...)
		},
	}
	taken := 0
	for _, date := range append(sampleNights(), days("2026-06-", 17, 24)...) {
		for _, s := range []*testSite{reusing, afresh} {
			if change := before[date]; change != nil {
				change(s)
			}
		}
		reusing.night(date)
		afresh.zhida(exitDone, "run", "--date", date, "--afresh")
		sameTold(t, date, reusing.told(date), afresh.told(date))
		if said := reusing.summary(date); said["judged"].(float64) < said["enterprises"].(float64) {
			taken++
		}
	}
	if n := strings.Count(string(reusing.read(reusing.store+"/nights/2026-06-19/manifest.json")), `"from_home"`); n != 2 {
		t.Errorf("%d mergers are followed", n)
	}
	if taken < 5 {
		t.Errorf("only %d nights took something over", taken)
	}
}

// livingCodes are codes that the sample registers by home, in the order of the file.
func livingCodes(s *testSite) map[string][]string {
	s.t.Helper()
	out := map[string][]string{}
	for _, line := range strings.Split(string(s.read(s.deliveries("qualification_20260615_full.csv"))), "\n") {
		for _, cell := range strings.Split(line, ",") {
			if len(cell) == 18 && strings.HasPrefix(cell, "91") && !slices.Contains(out[cell[2:8]], cell) {
				out[cell[2:8]] = append(out[cell[2:8]], cell)
			}
		}
	}
	return out
}
