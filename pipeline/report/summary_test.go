package report_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"zhida/pipeline/report"
	"zhida/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSummaryText compares the whole text of a first and a second night with golden files.
func TestSummaryText(t *testing.T) {
	t.Parallel()
	first := report.Summary{
		Night: "2026-06-15", Baseline: true, RowsRead: 294, RowsAccepted: 242, RowsFlagged: 50, RowsRejected: 2,
		RowsWaiting: 9, RowsUnplaced: 7, Enterprises: 288, Living: 282, Tags: 15, Items: 2, PolicyTags: 35, Sure: 427,
		NeedsFacts: 1167, BaselinePairs: 352,
		Deliveries: []report.Delivery{{
			File: "registration_20260615_full.csv", Mode: schemas.ModeFull, Read: 294, Accepted: 242, Flagged: 50, Rejected: 2,
			Reasons: map[string]int64{"code.empty": 2},
			Flags:   map[string]int64{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 7, "i": 8, "j": 7},
		}},
		Datasets: []report.Dataset{{Name: "registration", Rows: 288, Inserted: 290, Duplicates: 2, Waiting: 2}},
		ByItem: []report.Item{
			{ID: "MY-1", Title: "补助", Sure: 44, NeedsFacts: 59, Pushed: true},
			{ID: "MY-2", Title: "补贴", Sure: 37, NeedsFacts: 46, Why: "window closed"},
		},
		Seconds: 0.44,
	}
	second := first
	second.Night, second.Last, second.Baseline, second.Deliveries = "2026-06-16", "2026-06-15", false, nil
	second.Entered, second.Left, second.SMSPushes, second.PortalPushes, second.PushPairs = 25, 16, 40, 52, 61
	second.Stages = []report.Stage{{Name: "reduce", Seconds: 0.3}, {Name: report.StageReport, Seconds: 2.06}}
	second.Problems = []string{"source 前置机: late.csv is still being written: left for the next night"}
	for name, s := range map[string]report.Summary{"first": first, "second": second} {
		var out strings.Builder
		if err := s.Write(&out); err != nil {
			t.Fatal(err)
		}
		golden := "testdata/" + name + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(out.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || out.String() != string(want) {
			t.Errorf("the %s night reads (%v)\n%s", name, err, &out)
		}
	}
}
