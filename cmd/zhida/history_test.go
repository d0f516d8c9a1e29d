package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/matcher/table"
	"zhida/schemas"
)

// The tests of this file write small deliveries of their own into a copy of the sample workspace.

func (s *testSite) clear() {
	s.t.Helper()
	files, err := filepath.Glob(s.deliveries("*"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *testSite) deliver(name string, lines ...string) {
	s.t.Helper()
	s.write(s.deliveries(name), []byte(strings.Join(lines, "\n")+"\n"))
}

// uscc completes 17 characters by their check digit.
func uscc(t testing.TB, body string) string {
	t.Helper()
	digit, ok := schemas.CheckDigit(body)
	if !ok {
		t.Fatalf("%s has no check digit", body)
	}
	return body + string(digit)
}

// Headers and rows of the sample's deliveries.
const (
	registrationHead  = "操作,企业名称,统一社会信用代码,企业类型,登记状态,成立日期,注册资本,行政区划,行业代码,住所,经营范围,法定代表人"
	qualificationHead = "操作,统一社会信用代码,资质类型,证书编号,认定日期,有效期至"
	crosswalkHead     = "旧代码,新代码,变更日期"
	contactsHead      = "统一社会信用代码;联系人;联系电话"
)

func registrationRow(code string) string {
	kind := "有限责任公司"
	if strings.HasPrefix(code, "92") {
		kind = "个体工商户"
	}
	return "新增,示例主体," + code + "," + kind + ",开业,2022-07-01,30万元,绵阳,I6513,绵阳市示例路66号,软件,赵某丙"
}

func qualificationRow(code, number string) string {
	return "新增," + code + ",高新技术企业," + number + ",2025-06-16,2028-06-15"
}

func (s *testSite) learnRegion(code string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Join(s.workspace, "codes"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	s.write(filepath.Join(s.workspace, "codes", "regions.csv"), []byte("code,name,from,to\n"+code+",示例新区,2026,\n"))
}

// figure is a number of a dataset in a night's summary.
func (s *testSite) figure(night, dataset, name string) int {
	s.t.Helper()
	for _, d := range s.summary(night)["datasets"].([]any) {
		if line := d.(map[string]any); line["name"] == dataset {
			return int(line[name].(float64))
		}
	}
	s.t.Fatalf("night %s has no dataset %s", night, dataset)
	return 0
}

func (s *testSite) total(night, name string) int {
	s.t.Helper()
	return int(s.summary(night)[name].(float64))
}

// manifest is as much of a manifest as these tests read.
type testManifest struct {
	Pending []any
	Homes   []struct {
		Home      string
		Blocks    []int
		Directory struct{ Name string }
		Current   map[string]struct{ Rows struct{ Name string } }
		Stale     bool
	}
}

func (s *testSite) manifest(night string) testManifest {
	s.t.Helper()
	var m testManifest
	if err := json.Unmarshal(s.read(filepath.Join(s.store, "nights", night, "manifest.json")), &m); err != nil {
		s.t.Fatal(err)
	}
	return m
}

// ids are the ids of all codes that have or had a door. Homes of these tests have one block.
func (s *testSite) ids(night string) map[string]int {
	s.t.Helper()
	out := map[string]int{}
	for _, h := range s.manifest(night).Homes {
		if h.Directory.Name == "" {
			continue
		}
		file, err := os.Open(filepath.Join(s.store, h.Directory.Name))
		if err != nil {
			s.t.Fatal(err)
		}
		info, err := file.Stat()
		if err != nil {
			s.t.Fatal(err)
		}
		r, err := table.OpenReader(file, info.Size())
		if err != nil {
			s.t.Fatal(err)
		}
		rows, err := r.Read(h.Home)
		if err != nil {
			s.t.Fatal(err)
		}
		for i, code := range rows.Column("code").Texts {
			out[code] = h.Blocks[0]<<16 | int(rows.Column("ordinal").Ints[i])
		}
		_ = file.Close()
	}
	return out
}

func (s *testSite) night(date string) { s.t.Helper(); s.zhida(exitDone, "run", "--date", date) }

func TestWaitingRowFollowsCorrectedCode(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "91510703MA0000001"), uscc(t, "91510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(b))
	s.deliver("qualification_20260615_increment.csv", qualificationHead, qualificationRow(a, "GR1"))
	s.night("2026-06-15")
	s.deliver("crosswalk_20260616_increment.csv", crosswalkHead, a+","+b+",2026-06-16")
	s.night("2026-06-16")
	if n := s.figure("2026-06-16", "qualification", "waiting"); n != 0 {
		t.Errorf("%d rows wait under a code that leads to the same home", n)
	}
}

func TestWaitingRowFollowsLearntRegion(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "91519999MA0000001"), uscc(t, "91510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(b))
	s.deliver("qualification_20260615_increment.csv", qualificationHead, qualificationRow(a, "GR1"))
	s.night("2026-06-15")
	s.learnRegion("519999")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(a))
	s.night("2026-06-16")
	if n := s.figure("2026-06-16", "qualification", "waiting"); n != 0 {
		t.Errorf("%d rows wait where their code no longer belongs", n)
	}
}

func TestLinkOfLearntRegionFindsTheDoor(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "91519999MA0000001"), uscc(t, "91510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(a))
	s.night("2026-06-15")
	s.learnRegion("519999")
	s.deliver("crosswalk_20260616_increment.csv", crosswalkHead, a+","+b+",2026-06-16")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(b))
	s.night("2026-06-16")
	if n := s.total("2026-06-16", "enterprises"); n != 1 {
		t.Errorf("%d doors for one enterprise", n)
	}
}

func TestRevisionKeepsDoors(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b, c := uscc(t, "91510703MA0000001"), uscc(t, "91510703MA0000002"), uscc(t, "91510703MA0000003")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(c))
	s.night("2026-06-15")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(b))
	s.night("2026-06-16")
	first := s.ids("2026-06-16")
	s.deliver("registration_20260614_increment.csv", registrationHead, registrationRow(a))
	s.night("2026-06-16")
	second := s.ids("2026-06-16.2")
	if first[b] != second[b] || second[a] == second[b] || len(second) != 3 {
		t.Errorf("doors %v, then %v", first, second)
	}
}

// TestBackfillTellsNobody: the regular night after a backfill tells of its matches, once.
func TestBackfillTellsNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b, c := uscc(t, "92510703MA0000001"), uscc(t, "92510703MA0000002"), uscc(t, "92510703MA0000003")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(c))
	s.night("2026-06-15")
	s.deliver("registration_20260617_increment.csv", registrationHead, registrationRow(b))
	s.night("2026-06-17")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(a))
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-16"), "backfilled night: nobody is told")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-14"), "backfilled night: nobody is told")
	s.night("2026-06-18")
	s.night("2026-06-19")
	told := map[string]int{}
	for _, night := range []string{"2026-06-17", "2026-06-18", "2026-06-19"} {
		for _, pair := range s.portal(night) {
			told[pair]++
		}
	}
	for _, code := range []string{a, b} {
		found := false
		for pair, n := range told {
			if found = found || strings.HasPrefix(pair, code); n != 1 {
				t.Errorf("%s is told %d times", pair, n)
			}
		}
		if !found {
			t.Errorf("%s is never told", code)
		}
	}
}

func TestSMSWhenTheNumberComes(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "92510703MA0000001"), uscc(t, "92510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(b))
	s.night("2026-06-15")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(a))
	s.night("2026-06-16")
	s.deliver("contacts_20260617_increment.csv", contactsHead, a+";赵某丙;16600005546")
	s.night("2026-06-17")
	s.night("2026-06-18")
	for night, want := range map[string][2]int{"2026-06-16": {1, 0}, "2026-06-17": {0, 1}, "2026-06-18": {0, 0}} {
		if got := [2]int{s.total(night, "portal_pushes"), s.total(night, "sms_pushes")}; got != want {
			t.Errorf("night %s pushes %v to portal and SMS, want %v", night, got, want)
		}
	}
}

func TestPendingLinkIsListedOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "91510703MA0000001"), uscc(t, "91510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(a), registrationRow(b))
	s.night("2026-06-15")
	for _, day := range []string{"16", "17", "18"} {
		s.deliver("crosswalk_202606"+day+"_full.csv", crosswalkHead, a+","+b+",2026-06-15")
		s.night("2026-06-" + day)
	}
	s.night("2026-06-19")
	if n := len(s.manifest("2026-06-19").Pending); n != 1 {
		t.Errorf("one link is pending %d times", n)
	}
}

func TestUnpublishedNightIsNotRead(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.run(&child{args: []string{"run", "--date", "2026-06-15"}, kill: "manifest written"})
	mustContain(t, s.zhida(exitInput, "export", "verdicts", "--night", "2026-06-15"), "not published")
	mustContain(t, s.zhida(exitInput, "explain", "91510703205451059P", "--night", "tomorrow"), "no such night")
}

// TestPersonalLater declares fields personal after a night was run: the next night's rows hold no names in clear.
func TestPersonalLater(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	secrets := s.secrets()
	name := filepath.Join(s.workspace, "datasets", "registration.yaml")
	document := s.read(name)
	s.write(name, []byte(strings.ReplaceAll(string(document), "    personal: sole_trader\n", "")))
	s.night("2026-06-15")
	s.write(name, document)
	s.night("2026-06-16")
	for _, h := range s.manifest("2026-06-16").Homes {
		if rows := h.Current["registration"].Rows.Name; rows != "" {
			text := tableText(t, filepath.Join(s.store, rows))
			for secret := range secrets {
				if strings.Contains(text, secret) {
					t.Fatalf("%s holds a sole trader's name in clear", rows)
				}
			}
		}
	}
}

// TestHolds lists what holds a night though every file can be read.
func TestHolds(t *testing.T) {
	t.Parallel()
	head := func(s *testSite, name string) []byte {
		line, _, _ := strings.Cut(string(s.read(s.deliveries(name))), "\n")
		return []byte(line + "\n")
	}
	for _, c := range []struct {
		name    string
		prepare func(s *testSite)
		says    string
	}{
		{"a first night without registrations", func(s *testSite) { s.clear() }, "no enterprise is registered"},
		{"a first night without its folder", func(s *testSite) {
			if err := os.Rename(s.deliveries(""), s.deliveries("")+"-away"); err != nil {
				s.t.Fatal(err)
			}
		}, "some sources failed"},
		{"a full list that is suddenly empty", func(s *testSite) {
			s.night("2026-06-15")
			s.write(s.deliveries("dishonest_20260616_full.csv"), head(s, "dishonest_20260616_full.csv"))
		}, "would delete everything"},
		{"a ledger that was lost", func(s *testSite) {
			s.night("2026-06-15")
			for _, suffix := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(filepath.Join(s.store, "ledger.db"+suffix)); err != nil && !os.IsNotExist(err) {
					s.t.Fatal(err)
				}
			}
		}, "restore it from its latest backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, newKey(t))
			c.prepare(s)
			run := &child{args: []string{"run", "--date", "2026-06-16"}}
			code := s.run(run)
			if code != exitHeld && code != exitInput {
				t.Errorf("exit code %d", code)
			}
			mustContain(t, run.stderr.String(), c.says)
			if s.exists("nights/2026-06-16/sms.csv") {
				t.Error("a push list was handed out")
			}
		})
	}
}

// TestLostArtefactIsMadeAgain deletes artefacts of a published night; running it again brings back the same bytes.
func TestLostArtefactIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	want := s.artefacts()
	for _, pattern := range []string{
		"current/*/*", "profile/*/*", "match/*/*", "identity/*/*", "standard/*/*", "rejects/*/*", "contacts/*/*", "unplaced/*/*", "push/*/*",
		"nights/*/sms.csv", "nights/2026-06-16/summary.json",
	} {
		files, err := filepath.Glob(filepath.Join(s.store, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, f := range files {
			if err := os.Remove(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.nights()
	s.same(want)
}

// TestRandomHistories runs nights of random registrations, qualifications and links between codes of several homes, and
// compares doors, rows and waiting rows with a naive model; no door may ever move.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := newNaive(t, rand.New(rand.NewPCG(seed, 1)))
			for night := range 5 {
				h.night(night)
			}
		})
	}
}

// naive knows enterprises as sets of codes.
type naive struct {
	*testSite
	r      *rand.Rand
	codes  []string
	parent map[string]string // towards the code that stands for an enterprise
	doors  map[string]bool   // by the code that stands for it
	came   []string          // codes under which registrations came
	rows   []string          // codes under which qualifications came
	ids    map[string]int
	story  []string
}

func newNaive(t *testing.T, r *rand.Rand) *naive {
	h := &naive{testSite: newSite(t, newKey(t)), r: r, parent: map[string]string{}, doors: map[string]bool{}}
	h.clear()
	for i, region := range []string{"510703", "510703", "510703", "510704", "510704", "519999", "510700"} {
		h.codes = append(h.codes, uscc(t, fmt.Sprintf("91%sMA000000%d", region, i)))
	}
	h.codes = append(h.codes, "510703000000011", "510703000000022")
	h.came = append(h.came, h.codes[0])
	return h
}

func (h *naive) of(code string) string {
	for h.parent[code] != "" {
		code = h.parent[code]
	}
	return code
}

func (h *naive) pick() string { return h.codes[h.r.IntN(len(h.codes))] }

func (h *naive) night(n int) {
	h.t.Helper()
	date := schemas.NewDate(2026, 6, 15+n)
	registrations, qualifications, links := []string{registrationHead}, []string{qualificationHead}, []string{crosswalkHead}
	if n == 0 {
		registrations = append(registrations, registrationRow(h.codes[0]))
	}
	for range h.r.IntN(3) {
		if old, corrected := h.pick(), h.codes[h.r.IntN(7)]; old != corrected && n > 0 {
			links = append(links, old+","+corrected+","+date.String())
			if a, b := h.of(old), h.of(corrected); a != b && !(h.doors[a] && h.doors[b]) { // two doors: a merger
				h.parent[a] = b
				h.doors[b] = h.doors[a] || h.doors[b]
			}
		}
	}
	for range h.r.IntN(3) {
		h.came = append(h.came, h.pick())
		registrations = append(registrations, registrationRow(h.came[len(h.came)-1]))
	}
	for range h.r.IntN(3) {
		h.rows = append(h.rows, h.pick())
		qualifications = append(qualifications, qualificationRow(h.rows[len(h.rows)-1], fmt.Sprintf("GR%d", len(h.rows))))
	}
	for _, code := range h.came {
		if len(h.of(code)) == 18 {
			h.doors[h.of(code)] = true
		}
	}
	for dataset, lines := range map[string][]string{"registration": registrations, "qualification": qualifications, "crosswalk": links} {
		if len(lines) > 1 {
			h.deliver(fmt.Sprintf("%s_%s_increment.csv", dataset, strings.ReplaceAll(date.String(), "-", "")), lines...)
			h.story = append(h.story, date.String()+" "+dataset+"\n\t"+strings.Join(lines[1:], "\n\t"))
		}
	}
	h.testSite.night(date.String())
	h.compare(date.String())
}

func (h *naive) compare(night string) {
	h.t.Helper()
	doors, placed, waiting := map[string]bool{}, 0, 0
	for code, has := range h.doors {
		if has {
			doors[h.of(code)] = true
		}
	}
	for _, code := range h.rows {
		if doors[h.of(code)] {
			placed++
		} else {
			waiting++
		}
	}
	got := [3]int{h.total(night, "enterprises"), h.figure(night, "qualification", "rows"), h.figure(night, "qualification", "waiting")}
	if want := [3]int{len(doors), placed, waiting}; got != want {
		h.t.Fatalf("night %s has %v enterprises, rows and waiting rows, want %v\n%s", night, got, want, strings.Join(h.story, "\n"))
	}
	ids := h.testSite.ids(night)
	for code, id := range h.ids {
		if ids[code] != id {
			h.t.Fatalf("night %s: %s moved from %d to %d\n%s", night, code, id, ids[code], strings.Join(h.story, "\n"))
		}
	}
	h.ids = ids
}

// TestDateAhead: a mistyped year must not turn all nights before it into backfills.
func TestDateAhead(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	mustContain(t, s.zhida(exitInput, "run", "--date", "2036-06-15"), "after today, 2026-07-01", "--ahead")
	if s.exists("nights/2036-06-15") {
		t.Error("it left a night")
	}
}

// TestContentComesBack delivers a list, a wrong one in its place, and the right one again.
func TestContentComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.night("2026-06-15")
	name := s.deliveries("dishonest_20260616_full.csv")
	right := s.read(name)
	s.night("2026-06-16")
	rows := s.figure("2026-06-16", "dishonest", "rows")
	s.write(name, []byte(strings.Join(strings.SplitAfter(string(right), "\n")[:3], "")))
	s.night("2026-06-16")
	if n := s.figure("2026-06-16.2", "dishonest", "rows"); n >= rows {
		t.Fatalf("the wrong list has %d rows, the right one %d", n, rows)
	}
	s.write(name, right)
	s.night("2026-06-16")
	if n := s.figure("2026-06-16.3", "dishonest", "rows"); n != rows {
		t.Errorf("after the right list came back there are %d rows, want %d", n, rows)
	}
}
