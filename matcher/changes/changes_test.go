package changes_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/changes"
	"zhida/schemas"
)

// TestExplain makes random nights and looks for the cause of each changed pair one enterprise and one swap at a time, with
// the reference. Explain, in bulk, must say the same.
func TestExplain(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	seen := map[schemas.Cause]int{}
	explainer := changes.NewExplainer()
	for seed := range uint64(150) {
		h := newHistory(t, maker{rand.New(rand.NewPCG(seed, 4))}, codes)
		h.explain(t, explainer, seed, seen)
	}
	for _, cause := range []schemas.Cause{
		schemas.CauseRules, schemas.CauseCodes, schemas.CauseValue, schemas.CauseFresh, schemas.CauseDate, schemas.CauseSeveral,
	} {
		if seen[cause] < 20 {
			t.Errorf("only %d changes by %s: the histories are too tame", seen[cause], cause)
		}
	}
	t.Log(seen)
}

// history is two nights with the definitions of both and those between them.
type history struct {
	last, tonight         *night
	before, after         *site
	codes                 *site // what stands for other code tables: any other rules
	parts                 []*site
	mixed                 *site // tonight's definitions, with the last night's code tables
	people                int
	sameRules, sameTables bool
}

func newHistory(t *testing.T, m maker, tables *schemas.Codes) *history {
	t.Helper()
	h := &history{people: 1 + m.IntN(150)}
	h.last = m.first(h.people, schemas.NewDate(2026, 6, 14)+schemas.Date(m.IntN(3)))
	h.tonight = m.tonight(h.last)
	before := m.definitions()
	mixed, codes := before, before
	h.sameRules, h.sameTables = m.IntN(3) == 0, m.IntN(2) == 0
	if !h.sameRules {
		mixed = m.revised(before)
	}
	if !h.sameTables {
		codes = m.revised(before)
	}
	h.before, h.mixed, h.codes = before.compile(t, tables), mixed.compile(t, tables), codes.compile(t, tables)
	h.after = h.mixed
	if !h.sameTables {
		h.after = m.revised(mixed).compile(t, tables)
	}
	for _, part := range parts() {
		h.parts = append(h.parts, before.with(mixed, part).compile(t, tables))
	}
	return h
}

// base is what the last night saw of an enterprise, by some rules.
func (h *history) base(s *site, door int) *view {
	v := &view{site: s, today: h.last.date, fresh: map[string]schemas.Date{}, rows: map[string][]row{}, lists: h.last.coverage}
	for _, name := range datasetNames() {
		v.fresh[name], v.rows[name] = h.last.date, h.last.people[door][name]
	}
	return v
}

// value swaps the rows of a dataset for tonight's.
func (h *history) value(v *view, door int, dataset string) {
	var rows []row
	for _, r := range h.tonight.people[door][dataset] {
		for _, was := range h.last.people[door][dataset] {
			if was.key == r.key && was.origin == r.origin {
				r.confirmed = was.confirmed
			}
		}
		rows = append(rows, r)
	}
	v.rows[dataset] = rows
}

// fresh swaps how fresh a dataset's rows are for what they are tonight.
func (h *history) fresh(v *view, door int, dataset string) {
	var rows []row
	for _, r := range h.last.people[door][dataset] {
		for _, is := range h.tonight.people[door][dataset] {
			if is.key == r.key && is.origin == r.origin {
				r.confirmed = is.confirmed
			}
		}
		rows = append(rows, r)
	}
	v.rows[dataset], v.fresh[dataset] = rows, h.tonight.date
	if dataset == "certificate" {
		v.lists = h.tonight.coverage
	}
}

// cause finds the first swap that makes tonight's verdict.
func (h *history) cause(door int, item string, verdict bool) (schemas.Cause, string) {
	if h.base(h.mixed, door).sure(item) == verdict {
		for i, part := range h.parts {
			if h.base(part, door).sure(item) == verdict {
				return schemas.CauseRules, parts()[i]
			}
		}
		return schemas.CauseRules, ""
	}
	if h.base(h.codes, door).sure(item) == verdict {
		return schemas.CauseCodes, ""
	}
	for _, swap := range []struct {
		cause schemas.Cause
		do    func(v *view, door int, dataset string)
	}{{schemas.CauseValue, h.value}, {schemas.CauseFresh, h.fresh}} {
		all := h.base(h.before, door)
		alone := ""
		for _, name := range datasetNames() {
			swap.do(all, door, name)
			one := h.base(h.before, door)
			swap.do(one, door, name)
			if alone == "" && one.sure(item) == verdict {
				alone = h.before.datasets[name].Title
			}
		}
		if all.sure(item) == verdict {
			return swap.cause, alone
		}
	}
	v := h.base(h.before, door)
	v.today = h.tonight.date
	if v.sure(item) == verdict {
		return schemas.CauseDate, ""
	}
	return schemas.CauseSeveral, ""
}

// explain compares what Explain says with what cause finds, for every changed pair.
func (h *history) explain(t *testing.T, explainer *changes.Explainer, seed uint64, seen map[schemas.Cause]int) {
	t.Helper()
	var pairs []changes.Pairs
	want := map[string]string{}
	for _, item := range itemNames() {
		p := changes.Pairs{Item: item, Entered: bits.New(h.people), Left: bits.New(h.people)}
		for door := range h.people {
			now := &view{site: h.after, today: h.tonight.date, rows: h.tonight.people[door], lists: h.tonight.coverage}
			was, is := h.base(h.before, door).sure(item), now.sure(item)
			if was == is {
				continue
			}
			p.Entered.Put(door, is)
			p.Left.Put(door, was)
			cause, detail := h.cause(door, item, is)
			want[fmt.Sprintf("%s %d %t", item, door, is)] = fmt.Sprintf("%s %s", cause, detail)
			seen[cause]++
		}
		if !p.Entered.IsEmpty() || !p.Left.IsEmpty() {
			pairs = append(pairs, p)
		}
	}
	between := &changes.Between{}
	if !h.sameRules {
		between.Rules = h.mixed.rules
		for i, name := range parts() {
			between.Parts = append(between.Parts, changes.Part{Name: name, Rules: func() (*changes.Rules, error) { return h.parts[i].rules, nil }})
		}
	}
	if !h.sameTables {
		between.Codes = h.codes.rules
	}
	got := map[string]string{}
	err := explainer.Explain(h.people, h.last.judged(h.before), h.tonight.judged(h.after), between, pairs, func(r changes.Reason) {
		for door := range r.Doors.All() {
			key := fmt.Sprintf("%s %d %t", r.Item, door, r.Entered)
			if got[key] != "" {
				t.Errorf("seed %d: %s is told twice", seed, key)
			}
			got[key] = fmt.Sprintf("%s %s", r.Cause, r.Detail)
		}
	})
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	for key, cause := range want {
		if got[key] != cause {
			t.Errorf("seed %d: %s: explained by %q, the reference finds %q", seed, key, got[key], cause)
		}
	}
	if len(got) != len(want) {
		t.Errorf("seed %d: %d pairs are explained of %d that changed", seed, len(got), len(want))
	}
}
