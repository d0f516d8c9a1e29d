package page_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"zhida/pipeline/report"
	"zhida/pipeline/report/page"
	"zhida/schemas"
)

// fill puts another number into each number of a summary, and texts into its texts.
func fill(v reflect.Value, next *int64) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), next)
		}
	case reflect.Int, reflect.Int64:
		*next += 1237
		v.SetInt(*next)
	case reflect.String:
		*next++
		v.SetString("文" + strconv.FormatInt(*next, 10))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i), next)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"row.fields", "money.no_amount.注册资本"} {
			*next++
			v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf(*next))
		}
	}
}

func summary() *report.Summary {
	s := &report.Summary{}
	next := int64(1000)
	fill(reflect.ValueOf(s).Elem(), &next)
	s.Date = schemas.NewDate(2026, 6, 16)
	for i := range s.Changes {
		s.Changes[i].Cause = schemas.Causes()[i]
	}
	s.ByItem[1].Pushed, s.ByItem[2].Pushed, s.ByItem[2].Sure = true, true, 0
	return s
}

func write(t *testing.T, r *page.Run) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// numbers flattens JSON: "by_item/MY-1/sure" -> 44. Elements of lists are named by what identifies them.
func numbers(path string, v any, out map[string]int64) {
	join := func(key string) string { return strings.TrimPrefix(path+"/"+key, "/") }
	switch x := v.(type) {
	case map[string]any:
		for key, e := range x {
			numbers(join(key), e, out)
		}
	case []any:
		for _, e := range x {
			m, ok := e.(map[string]any)
			if !ok {
				continue
			}
			for _, id := range []string{"id", "cause", "seq", "name"} {
				if m[id] != nil {
					numbers(join(fmt.Sprint(m[id])), e, out)
					break
				}
			}
		}
	case float64:
		out[path] = int64(x)
	}
}

var (
	row    = regexp.MustCompile(`(?s)data-row="([^"]*)">(.*?)</tr>`)
	figure = regexp.MustCompile(`<(?:td|data)[^>]* data-of="([^"]*)"[^>]*>([^<]*)<`)
)

// shown lists the numbers of a page under their names in summary.json.
func shown(t *testing.T, text string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	collect := func(prefix, text string) {
		for _, m := range figure.FindAllStringSubmatch(text, -1) {
			name := strings.TrimPrefix(prefix+"/"+m[1], "/")
			out[name] = append(out[name], m[2])
		}
	}
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		collect(m[1], m[2])
	}
	collect("", row.ReplaceAllString(text, ""))
	return out
}

// TestNumbersAreThoseOfTheSummary compares each number of the page with summary.json, and looks whether one that an
// operator wants is left out.
func TestNumbersAreThoseOfTheSummary(t *testing.T) {
	t.Parallel()
	s := summary()
	s.Last, s.Baseline = "2026-06-15", false
	text := write(t, &page.Run{Site: "样例", Summary: s, Datasets: []page.Dataset{{Name: s.Datasets[0].Name, Title: "登记"}}})
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{}
	numbers("", tree, want)
	got := shown(t, text)
	for name, texts := range got {
		n, ok := want[name]
		for _, text := range texts {
			if !ok || text != page.Group(n) {
				t.Errorf("%s reads %q, summary.json says %d (%v)", name, text, n, ok)
			}
		}
	}
	beside := regexp.MustCompile(`seconds|/seq$|/fields/|/tests$|/decidable$|^baseline_pairs$`)
	for name := range want {
		if got[name] == nil && !beside.MatchString(name) {
			t.Errorf("%s is in summary.json and not on the page", name)
		}
	}
}

// TestNothingIsMarkup puts markup where people write words; none may reach the page as such.
func TestNothingIsMarkup(t *testing.T) {
	t.Parallel()
	const evil = `<script>alert("1")</script>'"><img src=x>`
	s := summary()
	s.Problems = []string{evil}
	s.ByItem[0].Title, s.ByItem[0].ID, s.ByItem[0].Department = evil, evil, evil
	s.ByItem[1].Sure, s.ByItem[1].Title = 0, evil
	s.ByTag[0].Name, s.ByTag[0].Class = evil, evil
	s.Deliveries[0].File, s.Deliveries[0].Missing = evil, []string{evil}
	s.Deliveries[0].Reasons = map[string]int64{evil: 3}
	r := &page.Run{Site: evil, Summary: s, Datasets: []page.Dataset{{Name: s.Deliveries[0].Dataset, Title: evil, Owner: evil}}, Guides: true, Explain: func(string) string { return evil }}
	text := write(t, r)
	if n := strings.Count(text, "<script>"); n != 1 {
		t.Errorf("%d scripts, want the one that sorts", n)
	}
	if strings.Contains(text, "<img") || strings.Contains(text, "ZgotmplZ") {
		t.Error("markup went through")
	}
}

// TestPlainNights writes nights that have nothing to say in one way or another.
func TestPlainNights(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*report.Summary{
		"nothing": {Night: "2026-06-15"},
		"first":   {Night: "2026-06-15", Baseline: true, BaselinePairs: 5},
		"old":     {Night: "2026-06-10", Backfill: true},
		"quiet":   {Night: "2026-06-16", Last: "2026-06-15", Living: 4, ByTag: []report.Tag{{Name: "存续", Class: "法人信息", Yes: 4}}},
	} {
		text := write(t, &page.Run{Site: "样例", Summary: s})
		for _, bad := range []string{"NaN", "Inf", "%!", "<nil>"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: %s on the page", name, bad)
			}
		}
		if !strings.Contains(text, "没有要处理的事") {
			t.Errorf("%s: nothing is wrong, and the page does not say so", name)
		}
	}
}

// TestFreshness checks what is said of datasets by their shelf life.
func TestFreshness(t *testing.T) {
	t.Parallel()
	today := schemas.NewDate(2026, 6, 16)
	s := &report.Summary{Night: "2026-06-16", Date: today}
	for _, c := range []struct {
		what string
		d    page.Dataset
		want string
		over bool
	}{
		{"in date", page.Dataset{Shelf: schemas.Span{Days: 40}, Full: today - 3}, "2026-07-23 到期<", false},
		{"the last day", page.Dataset{Shelf: schemas.Span{Days: 40}, Full: today - 40}, "2026-06-16 到期，还有 0 天", false},
		{"a day over", page.Dataset{Shelf: schemas.Span{Days: 40}, Full: today - 41}, "已过期 1 天", true},
		{"kept alive by an increment that vouches", page.Dataset{Shelf: schemas.Span{Days: 40}, Full: today - 41, Seen: today - 1}, "2026-07-25 到期<", false},
		{"for ever", page.Dataset{Full: today - 4000}, "长期有效", false},
		{"a list that never came whole", page.Dataset{Complete: true, Shelf: schemas.Span{Days: 40}}, "还没有全量", true},
	} {
		c.d.Name, c.d.Title, c.d.Owner = "x", "某类", "某局"
		text := write(t, &page.Run{Site: "样例", Summary: s, Datasets: []page.Dataset{c.d}})
		if !strings.Contains(text, c.want) || strings.Contains(text, "badge over") != c.over {
			t.Errorf("%s: want %q, over %v", c.what, c.want, c.over)
		}
	}
}
