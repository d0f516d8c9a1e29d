package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"zhida/matcher"
	"zhida/pipeline"
	"zhida/pipeline/current"
)

// TestTakenOver: nights that take over what has not changed say what nights say that judge everybody, in all that can be read
// of them: after increments and full deliveries, after policies were amended, and where nothing moves but the date, by a
// day or over shelf lives.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	key, city := newKey(t), makeCity(t)
	reusing, afresh := newCity(t, key, city), newCity(t, key, city)
	taken := 0
	for _, date := range []string{"2026-06-15", "2026-06-16", "2026-06-17", "2026-06-18", "2026-07-28", "2026-12-31"} {
		for _, s := range []*testSite{reusing, afresh} {
			if date == "2026-06-17" {
				s.amend()
			}
		}
		reusing.zhida(exitDone, "run", "--date", date, "--ahead")
		afresh.zhida(exitDone, "run", "--date", date, "--ahead", "--afresh")
		sameTold(t, date, reusing.told(date), afresh.told(date))
		for _, h := range reusing.manifest(date).Homes {
			if h.Stale {
				taken++
			}
		}
	}
	if taken < 10 {
		t.Errorf("only %d homes' verdicts were taken over", taken)
	}
}

// told is all that can be read of a night.
func (s *testSite) told(night string) map[string]string {
	s.t.Helper()
	out := map[string]string{"summary": s.summaryBut(night, "seconds", "stages", "judged")}
	a := &app{stdout: io.Discard, stderr: io.Discard, now: afterTheSample, workspace: s.workspace}
	site, err := a.open(s.t.Context(), 1, nil, false)
	if err != nil {
		s.t.Fatal(err)
	}
	defer site.close()
	v, err := site.View(s.t.Context(), night)
	if err != nil {
		s.t.Fatal(err)
	}
	defer v.Close()
	err = v.Homes(func(h *pipeline.HomeState, _ *current.Directory) error {
		for _, number := range h.Blocks {
			if err := tellBlock(site, v, h, number, out); err != nil {
				return err
			}
		}
		i := 0
		return v.Changes(h, func(c pipeline.Change) error {
			i++
			out[fmt.Sprint("change ", h.Home, i)] = fmt.Sprint(c)
			return nil
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func tellBlock(site *site, v *pipeline.View, h *pipeline.HomeState, number uint16, out map[string]string) error {
	in, err := v.Block(h, number)
	if err != nil {
		return err
	}
	for name, rows := range in.Block.Rows {
		out[fmt.Sprint("rows ", number, name)] = fmt.Sprint(rows.Door, rows.Confirmed, rows.Origin, asJSON(rows.Table))
	}
	for name, a := range in.Block.Attributes {
		values, known, layer := a.On(in.Today)
		out[fmt.Sprint("attribute ", number, name)] = fmt.Sprintf("%v %v %v %v", asJSON(values), known, layer, a.Layers[0].Confirmed)
	}
	for name, truth := range in.Block.Tags {
		out[fmt.Sprint("tag ", number, name)] = fmt.Sprint(truth)
	}
	var items []string
	for _, item := range site.Library.Items {
		items = append(items, item.ID)
	}
	return v.Verdicts(h, number, in.Block.N, items, func(item string, verdict matcher.Verdict) error {
		out[fmt.Sprint("verdict ", number, item)] = fmt.Sprint(verdict)
		return nil
	})
}

// summaryBut is a night's summary without some of its figures.
func (s *testSite) summaryBut(night string, but ...string) string {
	s.t.Helper()
	var summary map[string]any
	if err := json.Unmarshal(s.read(filepath.Join(s.store, "nights", night, "summary.json")), &summary); err != nil {
		s.t.Fatal(err)
	}
	for _, name := range but {
		delete(summary, name)
	}
	text, err := json.MarshalIndent(summary, "", " ")
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// asJSON is what a value holds, without what is derived from it.
func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
