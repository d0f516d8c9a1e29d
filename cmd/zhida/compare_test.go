package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/pipeline"
)

// widen changes the library: one item wants less, one gets another name.
func (s *testSite) widen() {
	s.t.Helper()
	s.edit("policies/nation-small.yaml", "condition: 标签 个体工商户", "condition: 标签 企业 或 (标签 个体工商户 且 注册地 属于 510703)")
	s.edit("policies/nation-small.yaml", "GJ-2026-01-3", "GJ-2026-01-9")
}

// words are what export says of a night: the word by code and item.
func (s *testSite) words(night string) map[string]string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.zhida(exitDone, "export", "verdicts", "--night", night))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range rows[1:] {
		out[row[0]+" "+row[1]] = row[2]
	}
	return out
}

// TestCompareWithLibrary compares a night with an amended library, and what is found with a site that amended its library
// before that night.
func TestCompareWithLibrary(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	s, amended := newSite(t, key), newSite(t, key)
	s.nights()
	amended.night("2026-06-15")
	amended.widen()
	amended.zhida(exitDone, "run", "--date", "2026-06-16")
	want := s.artefacts()

	pairs := filepath.Join(s.root, "pairs.csv")
	var found pipeline.Compared
	c := &child{args: []string{"compare", "2026-06-16", "--with", amended.workspace, "--json", "-o", pairs}}
	if code := s.run(c); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, &c.stderr)
	}
	if err := json.Unmarshal(c.stdout.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	s.same(want)
	s.tidy()

	before, after := s.words("2026-06-16"), amended.words("2026-06-16")
	moved := map[string]pipeline.Moved{}
	for kind, word := range map[string]string{"sure": "符合", "needs": "待补充", "near": "差一项"} {
		more, fewer := apart(having(before, word), having(after, word))
		if more+fewer > 0 {
			moved[kind] = pipeline.Moved{More: more, Fewer: fewer}
		}
	}
	if more, fewer := apart(s.portal("2026-06-16"), amended.portal("2026-06-16")); more+fewer > 0 {
		moved["portal"] = pipeline.Moved{More: more, Fewer: fewer}
	}
	for _, kind := range []string{"sure", "portal"} {
		if moved[kind].More == 0 {
			t.Fatalf("the amendment does nothing for %s: %v", kind, moved)
		}
	}
	delete(found.Total.Changes, "sms") // its list has no items in a form that is easily read
	if got, want := fmt.Sprint(found.Total.Changes), fmt.Sprint(moved); got != want || found.LeftOut != 0 {
		t.Errorf("compare finds %s and leaves out %d, the nights differ by %s", got, found.LeftOut, want)
	}
	var ids []string
	for _, it := range found.Items {
		ids = append(ids, it.ID+it.Only)
	}
	for _, id := range []string{"GJ-2026-01-1", "GJ-2026-01-3before", "GJ-2026-01-9after"} {
		if !slices.Contains(ids, id) {
			t.Errorf("items %v: want %s", ids, id)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(string(s.read(pairs)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for i, side := range []map[string]string{before, after} {
			word, _, _ := strings.Cut(row[2+i], "（")
			if word == "没有这个事项" || word == "不再存续，不参与匹配" {
				word = "不符合"
			}
			if is := side[row[0]+" "+row[1]]; is != word && (is != "" || word != "不符合") {
				t.Errorf("%v: the night says %q", row, is)
			}
		}
	}
	text := s.zhida(exitDone, "compare", "2026-06-16", "--with", amended.workspace)
	mustContain(t, text, "GJ-2026-01-1  个体工商户经营所得减半征收", "不符合 -> 符合", "门户推送新增", "现在：", "（当晚没有这个事项）")
}

func having(words map[string]string, word string) []string {
	var out []string
	for pair, is := range words {
		if is == word {
			out = append(out, pair)
		}
	}
	return out
}

// apart counts what only the second and only the first has.
func apart(before, after []string) (more, fewer int64) {
	for _, x := range after {
		if !slices.Contains(before, x) {
			more++
		}
	}
	for _, x := range before {
		if !slices.Contains(after, x) {
			fewer++
		}
	}
	return more, fewer
}

// TestCompareBinary: the same program comes to the same, with the definitions the night kept; what is none is refused.
func TestCompareBinary(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	tags := filepath.Join(s.workspace, "tags.yaml")
	s.write(tags, append(s.read(tags), "\n# another\n"...))
	want := s.artefacts()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(s.root, "zhida") // under this name the test's binary is one: see TestMain
	if err := os.Symlink(program, binary); err != nil {
		t.Fatal(err)
	}
	mustContain(t, s.zhida(exitDone, "compare", "2026-06-16", "--binary", binary), "16 个事项都相同")
	mustContain(t, s.zhida(exitInput, "compare", "2026-06-16", "--binary", "/bin/true"), "it must be a zhida that knows compare")
	mustContain(t, s.zhida(exitInput, "compare", "2026-06-16", "--binary", binary+"x"), "no such file")
	mustContain(t, s.zhida(exitInput, "compare", "2026-06-16"), "--binary a zhida, or --with")
	mustContain(t, s.zhida(exitInput, "compare", "2026-06-14", "--binary", binary), "is not published")
	s.same(want)
	s.tidy()
}

// fakeOutcome is an outcome that was made up.
type fakeOutcome struct {
	head   pipeline.OutcomeHead
	blocks []map[string]pipeline.OutcomeSets
}

func (f *fakeOutcome) Head() *pipeline.OutcomeHead { return &f.head }

func (f *fakeOutcome) Block(i int) (map[string]pipeline.OutcomeSets, error) { return f.blocks[i], nil }

func (f *fakeOutcome) Reason(i, door int, item string) (pipeline.OutcomeReason, error) {
	if door == 9 {
		return pipeline.OutcomeReason{}, errors.New("door 9 is ajar")
	}
	return pipeline.OutcomeReason{Code: fmt.Sprint(i, door), Verdict: "符合", Reason: item}, nil
}

func (f *fakeOutcome) Close() error { return nil }

// TestOutcomeOverAPipe: what another process says arrives as it was said, errors too.
func TestOutcomeOverAPipe(t *testing.T) {
	t.Parallel()
	fake := &fakeOutcome{
		head:   pipeline.OutcomeHead{Night: "2026-06-16", Engine: "x", Blocks: []pipeline.OutcomeBlock{{Number: 7, Doors: 10}}},
		blocks: []map[string]pipeline.OutcomeSets{{"a": {"sure": roaring.BitmapOf(1, 9)}}},
	}
	questions, ask := io.Pipe()
	answers, answer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- pipeline.ServeOutcome(fake, questions, answer)
		answer.Close()
	}()
	c, err := pipeline.NewOutcomeClient(ask, answers, ask.Close)
	if err != nil || c.Head().Engine != "x" || c.Head().Blocks[0].Number != 7 {
		t.Fatalf("%+v, %v", c, err)
	}
	sets, err := c.Block(0)
	if err != nil || !sets["a"]["sure"].Equals(roaring.BitmapOf(1, 9)) {
		t.Errorf("Block = %v, %v", sets, err)
	}
	r, err := c.Reason(0, 1, "a")
	if err != nil || r.Code != "0 1" || r.Reason != "a" {
		t.Errorf("Reason = %+v, %v", r, err)
	}
	if _, err := c.Reason(0, 9, "a"); err == nil || !strings.Contains(err.Error(), "door 9 is ajar") {
		t.Errorf("Reason = %v", err)
	}
	if _, err := c.Block(1); err == nil {
		t.Error("there is no second block")
	}
	if err := errors.Join(c.Close(), <-served); err != nil {
		t.Error(err)
	}
}
