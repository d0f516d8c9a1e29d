package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/pipeline/report"
	"zhida/schemas"
)

// sampleSummaries runs the three nights of testdata/mianyang as make run does, and returns their summaries.
func sampleSummaries(t *testing.T) []report.Summary {
	t.Helper()
	s := newCity(t, newKey(t), "../../testdata/mianyang")
	var nights []report.Summary
	s.cityNights(func(date string) {
		s.zhida(exitDone, "run", "--date", date)
		var night report.Summary
		if err := json.Unmarshal(s.read(filepath.Join(s.store, "nights", date, "summary.json")), &night); err != nil {
			t.Fatal(err)
		}
		nights = append(nights, night)
	})
	return nights
}

// TestSampleOfACity: three nights of the sample of a city end, their rows add up, what is rejected and flagged is told in the
// sample's README, and something of everything happens.
func TestSampleOfACity(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../testdata/mianyang/README.md")
	if err != nil {
		t.Fatal(err)
	}
	nights := sampleSummaries(t)
	causes, reasons := map[schemas.Cause]bool{}, map[string]int64{}
	for i := range nights {
		s := &nights[i]
		if s.RowsRead == 0 || s.RowsRead != s.RowsAccepted+s.RowsFlagged+s.RowsRejected {
			t.Errorf("night %s: %d rows read, %d accepted, %d flagged, %d rejected", s.Night, s.RowsRead, s.RowsAccepted, s.RowsFlagged, s.RowsRejected)
		}
		for _, d := range s.Deliveries {
			if d.Read != d.Accepted+d.Flagged+d.Rejected {
				t.Errorf("%s: %d rows read, %d accepted, %d flagged, %d rejected", d.File, d.Read, d.Accepted, d.Flagged, d.Rejected)
			}
			for reason, n := range d.Reasons {
				reasons[reason] += n
			}
			for flag := range d.Flags {
				word := strings.Join(strings.SplitN(flag, ".", 3)[:2], ".")
				if !strings.Contains(string(readme), word) {
					t.Errorf("%s: the README does not tell why rows are flagged %s", d.File, flag)
				}
			}
		}
		for _, c := range s.Changes {
			causes[c.Cause] = true
		}
	}
	for reason, want := range map[string]int64{"code.empty": 2, "row.fields": 4, "code.personal": 1, "op.unknown": 1} {
		if reasons[reason] != want {
			t.Errorf("%d rows are rejected for %s, want %d", reasons[reason], reason, want)
		}
		delete(reasons, reason)
	}
	if len(reasons) > 0 {
		t.Errorf("rows are rejected for %v", reasons)
	}
	for _, cause := range []schemas.Cause{
		schemas.CauseNew, schemas.CauseClosed, schemas.CauseMerged, schemas.CauseRules, schemas.CauseValue, schemas.CauseFresh, schemas.CauseDate,
	} {
		if !causes[cause] {
			t.Errorf("no verdict changes because of %s", cause)
		}
	}
	checkLastNight(t, &nights[2])
}

// checkLastNight holds the last summary to what the sample is for.
func checkLastNight(t *testing.T, s *report.Summary) {
	t.Helper()
	if s.Enterprises < 1990 || s.Enterprises > 2000 || s.Tags < 78 || s.Items < 120 || s.PolicyTags < 250 {
		t.Errorf("%d enterprises, %d tags, %d items of %d policy tags", s.Enterprises, s.Tags, s.Items, s.PolicyTags)
	}
	for what, n := range map[string]int64{
		"sure": s.Sure, "needs facts": s.NeedsFacts, "near misses": s.NearMisses, "ready": s.Ready, "ready with a light application": s.Light,
		"subject to review": s.Review, "entered": s.Entered, "left": s.Left, "SMS": s.SMSPushes, "portal": s.PortalPushes,
	} {
		if n == 0 {
			t.Errorf("nothing is %s", what)
		}
	}
	matched := 0
	for i := range s.ByItem {
		if s.ByItem[i].Sure > 0 {
			matched++
		}
	}
	if matched*20 < s.Items*19 {
		t.Errorf("%d of %d items have a match", matched, s.Items)
	}
	for _, d := range s.Datasets {
		if d.Name == "registration" && d.Superseded != 4 {
			t.Errorf("%d registrations came too late, want 4", d.Superseded)
		}
	}
}
