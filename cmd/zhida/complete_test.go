package main

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// completes has the deliveries of a dataset be complete by what is given.
func (s *testSite) completes(dataset, complete string) {
	s.t.Helper()
	s.edit("zhida.yaml", "{dataset: "+dataset+", files: \""+dataset+"_{date}_{mode}.csv\", scope: \"510700\"}",
		"{dataset: "+dataset+", files: \""+dataset+"_{date}_{mode}.csv\", scope: \"510700\", complete: "+complete+"}")
}

// arrived are the datasets of which a night read deliveries.
func (s *testSite) arrived(night string) string {
	s.t.Helper()
	var datasets []string
	for _, d := range s.summary(night)["deliveries"].([]any) {
		datasets = append(datasets, d.(map[string]any)["dataset"].(string))
	}
	slices.Sort(datasets)
	return strings.Join(slices.Compact(datasets), " ")
}

// TestComplete has deliveries come with a marker, with a manifest, and under their final name at once.
func TestComplete(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.night("2026-06-15")
	s.completes("qualification", `{marker: "{file}.ok"}`)
	s.completes("dishonest", `{manifest: "sums_{date}.csv"}`)
	s.completes("annual", `{rest: 10}`)
	const marked, listed = "qualification_20260616_increment.csv", "dishonest_20260616_full.csv"
	content := s.read(s.deliveries(listed))
	manifest := func(rows, bytes int, sum string) {
		s.write(s.deliveries("sums_20260616.csv"), fmt.Appendf(nil, "文件名,行数,字节数,SHA256\n%s,%d,%d,%s\n", listed, rows, bytes, sum))
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(content))
	rows := strings.Count(string(content), "\n") - 1

	said := s.zhida(exitDone, "run", "--date", "2026-06-16")
	mustContain(t, said, marked+" waits: its marker "+marked+".ok is not there", listed+" waits: its manifest sums_20260616.csv is not there")
	if s.arrived("2026-06-16") != "annual contacts crosswalk payments registration" {
		t.Errorf("arrived: %s", s.arrived("2026-06-16"))
	}
	mustContain(t, string(s.read(s.store+"/nights/2026-06-16/report/run.html")), "还没有完成标记 "+marked+".ok", "还没有清单（sums_20260616.csv）")

	s.write(s.deliveries(marked+".ok"), nil)
	manifest(rows, len(content), strings.Replace(sum, sum[:1], "x", 1)[1:]+"0")
	said = s.zhida(exitSources, "run", "--date", "2026-06-16")
	mustContain(t, said, listed+": it has the checksum SHA-256 "+sum+", or SM3 ", "ask the sender to deliver it again")
	if strings.Contains(said, marked) && strings.Contains(said, "is not read") {
		t.Errorf("a marker is taken for a delivery:\n%s", said)
	}
	if s.arrived("2026-06-16.2") != "annual contacts crosswalk payments qualification registration" {
		t.Errorf("arrived when it was marked: %s", s.arrived("2026-06-16.2"))
	}

	manifest(rows, len(content)+1, sum)
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-16"), fmt.Sprintf("it has %d bytes, its manifest sums_20260616.csv says %d", len(content), len(content)+1))

	manifest(rows+1, len(content), sum)
	want := fmt.Sprintf("delivery %s: it has %d rows, its manifest says %d: ask the sender", listed, rows, rows+1)
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-16"), want)
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-16"), want)
	mustContain(t, s.zhida(exitDone, "status"), "held", "broken deliveries: replace the file")

	manifest(rows, len(content), sum)
	s.night("2026-06-16")
	if s.arrived("2026-06-16.3") != "annual contacts crosswalk dishonest payments qualification registration" {
		t.Errorf("arrived when its manifest was right: %s", s.arrived("2026-06-16.3"))
	}

	// Another sender's mistakes: a marker without its delivery, a manifest of what never came.
	s.write(s.deliveries("qualification_20260614_full.csv.ok"), nil)
	s.write(s.deliveries("sums_20260614.csv"), []byte("file,rows\nx.csv,1\n"))
	said = s.zhida(exitDone, "run", "--date", "2026-06-17")
	mustContain(t, said, "the marker qualification_20260614_full.csv.ok stands there without its delivery",
		"the manifest sums_20260614.csv stands there without its delivery")
	mustContain(t, s.zhida(exitDone, "sources"), "dishonest      2, the newest of 2026-06-16: "+listed)
}
