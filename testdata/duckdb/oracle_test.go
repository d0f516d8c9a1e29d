package duckdb_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
	"zhida/testdata/duckdb"
)

// TestSample runs the sample's nights and has DuckDB decide every item, tag and attribute of the last.
func TestSample(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	s.run("run", "--ahead", "--date", "2026-06-15")
	s.run("run", "--ahead", "--date", "2026-06-16")
	last := "2026-06-16"
	if s.amend() {
		last = "2026-06-17"
		s.run("run", "--ahead", "--date", last)
	}
	s.agree(last)
}

// agree compares all that a night exported with what SQL makes of it.
func (s *sample) agree(date string) {
	s.t.Helper()
	night, verdicts := s.export(date)
	o, err := duckdb.Open(s.t.Context(), night)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	s.readme(filepath.Dir(verdicts))
	for _, tag := range night.Workspace.Tags {
		d, err := o.Tag(tag.Name, night.Workspace.TagRules[tag.Name])
		s.expect("tag "+tag.Name, d, err)
	}
	s.attributes(o, night)
	sure, open, pairs, amounts := s.summary(date), int64(0), int64(0), int64(0)
	for _, item := range night.Workspace.Items() {
		d, matches, unknown, err := o.Item(item.ID, night.Workspace.Conditions[item.ID], verdicts)
		s.expect("item "+item.ID, d, err)
		if matches != sure[item.ID] {
			s.t.Errorf("item %s: %d are sure by SQL, the night says %d", item.ID, matches, sure[item.ID])
		}
		open, pairs = open+unknown, pairs+matches
		if benefit := night.Workspace.Benefits[item.ID]; benefit != nil {
			d, n, err := o.Amount(item.ID, benefit, verdicts)
			s.expect("amount of "+item.ID, d, err)
			amounts += n
		}
		if matches > 0 {
			s.notices(o, item, night, verdicts, matches)
		}
	}
	if pairs == 0 || open == 0 || amounts == 0 {
		s.t.Errorf("%d pairs are sure, %d need facts, %d have amounts: there is nothing to agree on", pairs, open, amounts)
	}
	s.t.Logf("night %s: %d items, %d tags; %d pairs sure, %d need facts, %d amounts", date, len(sure), len(night.Workspace.Tags), pairs, open, amounts)
}

// notices checks that a wrong condition would be noticed: 非 of it makes every match a difference.
func (s *sample) notices(o *duckdb.Oracle, item *schemas.Item, night *duckdb.Night, verdicts string, matches int64) {
	s.t.Helper()
	d, _, _, err := o.Item(item.ID, condition.Not{X: night.Workspace.Conditions[item.ID]}, verdicts)
	if err != nil || d.Count < matches {
		s.t.Errorf("item %s: its opposite differs for %d of %d matches: %v", item.ID, d.Count, matches, err)
	}
}

func (s *sample) attributes(o *duckdb.Oracle, night *duckdb.Night) {
	s.t.Helper()
	for i := range night.Workspace.Attributes {
		a := &night.Workspace.Attributes[i]
		switch {
		case a.Rule.Text != "":
			d, err := o.Derived(a, night.Workspace.Derived[a.Name])
			s.expect("derived attribute "+a.Name, d, err)
		case a.Yearly:
			for _, year := range o.Years(a.Name) {
				d, err := o.Attribute(a.Name, year)
				s.expect("yearly attribute "+a.Name, d, err)
			}
		default:
			d, err := o.Attribute(a.Name, 0)
			s.expect("attribute "+a.Name, d, err)
		}
	}
}

func (s *sample) expect(what string, d duckdb.Difference, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Errorf("%s: %v", what, err)
	} else if d.Count > 0 {
		s.t.Errorf("%s: %d differ\n%s", what, d.Count, d.First)
	}
}

// summary is how many matches the night counted, by item.
func (s *sample) summary(date string) map[string]int64 {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.store, "nights", date, "summary.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	var summary struct {
		Items []struct {
			ID   string `json:"id"`
			Sure int64  `json:"sure"`
		} `json:"by_item"`
	}
	if err := json.Unmarshal(data, &summary); err != nil {
		s.t.Fatal(err)
	}
	out := map[string]int64{}
	for _, item := range summary.Items {
		out[item.ID] = item.Sure
	}
	return out
}
