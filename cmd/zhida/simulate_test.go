package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSimulate tries conditions on the small workspace and compares what is printed with testdata/simulate.
func TestSimulate(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	mustContain(t, s.zhida(exitInput, "simulate", "营业收入 >= 500万"), "holds no night yet")
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	draft := filepath.Join(s.root, "draft.yaml")
	policy := string(s.read(filepath.Join(s.workspace, "policies", "city-industry.yaml")))
	s.write(draft, []byte(strings.Replace(policy, "营业收入@上年 >= 500万元 且", "营业收入@上年 >= 800万元 且", 1)))
	for name, args := range map[string][]string{
		"condition": {
			"营业收入 >= 500万 且 行业 属于 C 且 成立年限 >= 3年 且 (标签 科技企业 或 研发费用 / 营业收入 >= 3%)",
			"--benefit", "研发费用 * 10% 封顶 10万元", "--budget", "200万元",
		},
		"draft":      {"--file", draft, "--item", "MY-2026-12-1", "--budget", "5000万元"},
		"draft.json": {"--file", draft, "--item", "MY-2026-12-1", "--budget", "5000万元", "--json"},
		"published":  {"--item", "MY-2026-12-2"},
		"nobody":     {"注册地 属于 110000"},
		"later":      {"标签 高新技术企业 且 从业人数 > 0人", "--date", "2027-03-01"},
		"fault":      {"营业收 >= 500万 且 行业 属于 Z"},
		"amount":     {"营业收入 >= 500万", "--benefit", "3%"},
	} {
		want := exitDone
		if name == "fault" || name == "amount" {
			want = exitInput
		}
		got := s.zhida(want, append([]string{"simulate"}, args...)...)
		file := filepath.Join("testdata", "simulate", name+".golden")
		if *updateScripts {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if golden := string(s.read(file)); got != golden {
			t.Errorf("zhida simulate %v printed\n%s\nand not what %s says", args, got, file)
		}
	}
	mustContain(t, s.zhida(exitInput, "simulate"), "nothing to simulate")
	mustContain(t, s.zhida(exitInput, "simulate", "营业收入 >= 500万", "--item", "MY-2026-12-2"), "or else --file or --item")
	mustContain(t, s.zhida(exitInput, "simulate", "--item", "MY-2026-12-22"), "MY-2026-12-22", "did you mean")
	mustContain(t, s.zhida(exitInput, "simulate", "--file", draft, "--item", "X"), `has no item "X"`)
	mustContain(t, s.zhida(exitInput, "simulate", "营业收入 >= 500万", "--budget", "many"), "--budget")
	s.write(draft, []byte(strings.Replace(policy, "营业收入@上年 >= 500万元", "营业额@上年 >= 500万元", 1)))
	mustContain(t, s.zhida(exitInput, "simulate", "--file", draft), "draft.yaml:", "没有叫“营业额”的指标")
}

// TestSimulateAsPublished simulates every item of the workspace and compares the counts with what the night published,
// once more after a policy has changed, which leaves the night's tags right, and after a tag has, which does not.
func TestSimulateAsPublished(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	items := s.published()
	s.sameAsPublished(items)
	for _, item := range sortedItems(items)[3:] { // a few do for the rest
		delete(items, item)
	}

	county := filepath.Join(s.workspace, "policies", "county.yaml")
	s.write(county, append(s.read(county), "\n# 改过\n"...))
	s.sameAsPublished(items)

	tags := filepath.Join(s.workspace, "tags.yaml")
	s.write(tags, append(s.read(tags), "\n# 改过\n"...))
	if out := s.sameAsPublished(items); !strings.Contains(out, "标签按现在的规则") {
		t.Error("nobody said that tags are worked out again")
	}
}

func sortedItems(items map[string][3]int64) []string { return slices.Sorted(maps.Keys(items)) }

// published reads the counts of each item off the last night's summary.
func (s *testSite) published() map[string][3]int64 {
	s.t.Helper()
	out := map[string][3]int64{}
	for _, item := range s.summary("2026-06-16")["by_item"].([]any) {
		line := item.(map[string]any)
		out[line["id"].(string)] = [3]int64{int64(line["sure"].(float64)), int64(line["needs_facts"].(float64)), int64(line["near_misses"].(float64))}
	}
	return out
}

func (s *testSite) sameAsPublished(items map[string][3]int64) (said string) {
	s.t.Helper()
	for item, want := range items {
		said = s.zhida(exitDone, "simulate", "--item", item, "--json")
		var got []simulated
		if err := json.NewDecoder(strings.NewReader(said)).Decode(&got); err != nil {
			s.t.Fatal(err)
		}
		if c := got[0].Counts; c != (countsView{want[0], want[1], want[2]}) {
			s.t.Errorf("%s: %+v, the night published %v", item, c, want)
		}
	}
	return said
}
