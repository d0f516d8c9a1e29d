package main

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhida/matcher/table"
)

// pairs reads an export of verdicts: the sure pairs, "code item".
func (s *testSite) surePairs(night string) map[string]bool {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.zhida(exitDone, "export", "verdicts", "--night", night))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]bool{}
	for _, row := range rows[1:] {
		if row[2] == "符合" {
			out[row[0]+" "+row[1]] = true
		}
	}
	return out
}

// portal reads a portal list: the pairs it holds.
func (s *testSite) portal(night string) []string {
	s.t.Helper()
	var out []string
	decoder := json.NewDecoder(strings.NewReader(string(s.read(filepath.Join(s.store, "nights", night, "portal.jsonl")))))
	for decoder.More() {
		var notice struct {
			Code  string
			Items []struct{ ID string }
		}
		if err := decoder.Decode(&notice); err != nil {
			s.t.Fatal(err)
		}
		for _, item := range notice.Items {
			out = append(out, notice.Code+" "+item.ID)
		}
	}
	slices.Sort(out)
	return out
}

// pushedItems are the items whose matches the night pushed, by its summary.
func pushedItems(summary map[string]any) map[string]bool {
	out := map[string]bool{}
	for _, line := range summary["by_item"].([]any) {
		item := line.(map[string]any)
		if item["pushed"].(bool) {
			out[item["id"].(string)] = true
		}
	}
	return out
}

// TestPushesAreDueOnce works out from exported verdicts whom the second night must tell, and checks that a third
// night tells nobody again. Codes that were corrected overnight are followed by the enterprise's new code.
func TestPushesAreDueOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	first, second := sampleNights()[0], sampleNights()[1]
	renamed := s.renamed(second)
	open := [2]map[string]bool{pushedItems(s.summary(first)), pushedItems(s.summary(second))}
	baseline := map[string]bool{}
	for pair := range s.surePairs(first) {
		code, item, _ := strings.Cut(pair, " ")
		if to := renamed[code]; to != "" {
			code = to
		}
		baseline[code+" "+item] = open[0][item]
	}
	var want []string
	for pair := range s.surePairs(second) {
		_, item, _ := strings.Cut(pair, " ")
		if open[1][item] && !baseline[pair] {
			want = append(want, pair)
		}
	}
	slices.Sort(want)
	if got := s.portal(second); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("the portal list has %d pairs, want %d\ngot  %q\nwant %q", len(got), len(want), got, want)
	}
	s.zhida(exitDone, "run", "--date", "2026-06-17")
	if got := s.portal("2026-06-17"); len(got) != 0 {
		t.Errorf("a night without news tells again: %q", got)
	}
}

// renamed are the codes that the crosswalk deliveries of a night correct.
func (s *testSite) renamed(night string) map[string]string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(s.read(s.deliveries("crosswalk_" + strings.ReplaceAll(night, "-", "") + "_increment.csv"))))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range rows[1:] {
		out[row[0]] = row[1]
	}
	return out
}

// TestSupersededNight checks that a late delivery makes a new revision of the night, whose lists replace the old ones,
// and that running it once more changes nothing.
func TestSupersededNight(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-16"), "published already")
	before := s.portal("2026-06-16")
	late := "registration_20260614_increment.csv"
	s.write(s.deliveries(late), s.read(filepath.Join(s.workspace, "late", late)))
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-16"), "night 2026-06-16.2, compared with 2026-06-15", late)
	if after := s.portal("2026-06-16.2"); len(after) < len(before)/2 {
		t.Errorf("the new revision tells %d pairs, the superseded one %d: they were lost", len(after), len(before))
	}
	mustContain(t, s.zhida(exitDone, "status"), "2026-06-16.2")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-16"), "night 2026-06-16.2 is published already")
}

// TestNothingPersonalInClear looks for every telephone number, and for the names in personal columns, in all that
// nights leave behind and print, encrypted artefacts aside.
func TestNothingPersonalInClear(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	said := ""
	for _, date := range sampleNights() {
		said += s.zhida(exitDone, "run", "--date", date)
	}
	for _, args := range [][]string{{"status"}, {"export", "verdicts"}, {"export", "profile"}, {"export", "rejects"}, {"export", "rejects", "--night", "2026-06-15"}, {"export", "rows", "registration"}, {"export", "rows", "qualification"}, {"export", "missing"}, {"export", "changes"}} {
		said += s.zhida(exitDone, args...)
	}
	secrets := s.secrets()
	if len(secrets) < 200 {
		t.Fatalf("the sample has %d personal values only", len(secrets))
	}
	places := map[string]string{"what zhida printed": said}
	err := filepath.WalkDir(s.store, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir() || strings.HasSuffix(path, ".age"):
			return err
		case strings.HasSuffix(path, ".parquet"):
			places[path] = tableText(t, path)
		case strings.HasSuffix(path, ".xlsx"):
			for _, rows := range sheets(t, path) {
				for _, row := range rows {
					places[path] += strings.Join(row, "\n") + "\n"
				}
			}
		default:
			places[path] = string(s.read(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for place, text := range places {
		for secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds a personal value in clear, of %d bytes", place, len(secret))
				break
			}
		}
	}
}

// secrets are the numbers and names of people in the sample's contacts, and sole traders' enterprise names.
func (s *testSite) secrets() map[string]bool {
	s.t.Helper()
	out := map[string]bool{}
	files, err := filepath.Glob(s.deliveries("contacts_*.csv"))
	if err != nil {
		s.t.Fatal(err)
	}
	phone := regexp.MustCompile(`1[3-9]\d{9}`)
	for _, name := range files {
		for _, number := range phone.FindAllString(string(s.read(name)), -1) {
			out[number] = true
		}
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(s.read(s.deliveries("registration_20260615_full.csv"))), "\ufeff"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if strings.HasPrefix(row[1], "92") {
			out[row[0]] = true
		}
	}
	return out
}

// tableText is every text of a Parquet file of ours.
func tableText(t testing.TB, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := table.OpenReader(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, g := range r.Groups() {
		rows, err := r.Read(g.Name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.Columns {
			b.WriteString(strings.Join(rows.Columns[i].Texts, "\n"))
		}
	}
	return b.String()
}

// TestExplainAfterAChange edits a condition and a tag after a night: explain applies both to the night's facts, agrees
// with itself, and says what the night had published.
func TestExplainAfterAChange(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	var code string
	for pair := range s.surePairs("2026-06-15") {
		if c, ok := strings.CutSuffix(pair, " MY-2026-12-1"); ok && (code == "" || c < code) {
			code = c
		}
	}
	tags := filepath.Join(s.workspace, "tags.yaml")
	edited := strings.Replace(string(s.read(tags)), "行业 属于 C\n", "行业 属于 A\n", 1)
	if edited == string(s.read(tags)) {
		t.Fatal("the sample's tag 制造业 reads otherwise than this test thinks")
	}
	s.write(tags, []byte(edited))
	out := s.zhida(exitDone, "explain", code, "MY-2026-12-1")
	mustContain(t, out, "不符合  MY-2026-12-1", "（批次公布时：符合）", "【不符合】标签 制造业", "【不符合】行业 属于 A", "工作区在批次 2026-06-15 之后改过")
}
