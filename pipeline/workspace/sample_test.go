package workspace

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"zhida/schemas"
)

// sample is what a city's workspace holds, counted.
type sample struct {
	levels, themes, modes, kinds, statuses, classes, groups map[string]bool
	items, tags, policyTags                                 int
}

func takeSample(w *Workspace) sample {
	s := sample{
		levels: map[string]bool{}, themes: map[string]bool{}, modes: map[string]bool{}, kinds: map[string]bool{},
		statuses: map[string]bool{}, classes: map[string]bool{}, groups: map[string]bool{},
		tags: len(w.Tags), policyTags: w.PolicyTags(),
	}
	for policy, item := range w.Items() {
		s.items++
		s.levels[string(policy.Level)] = true
		s.themes[policy.Theme] = true
		s.modes[string(item.Mode)] = true
		s.kinds[string(item.Kind)] = true
		s.statuses[string(item.Status)] = true
		if item.Exclusive != nil {
			s.groups[item.Exclusive.Group] = true
		}
	}
	for _, tag := range w.Tags {
		s.classes[string(tag.Class)] = true
	}
	return s
}

// TestSamplePromises holds testdata/mianyang to what is said of it: a city's policies of every level, theme, mode and
// status, with the guide of each item complete, since clear cards are printed from them. The policies as amended before
// the third night keep the promises, too.
func TestSamplePromises(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"as first published": "../../testdata/mianyang", "as amended": amended(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := takeSample(w)
			for _, promise := range []struct {
				what        string
				have, least int
			}{
				{"items", s.items, 120},
				{"policy tags", s.policyTags, 250},
				{"tags", s.tags, 78},
				{"classes of tags", len(s.classes), 4},
				{"levels", len(s.levels), 4},
				{"themes", len(s.themes), 7},
				{"modes", len(s.modes), 3},
				{"kinds", len(s.kinds), 4},
				{"statuses", len(s.statuses), 6},
				{"exclusive groups", len(s.groups), 3},
			} {
				if promise.have < promise.least {
					t.Errorf("%d %s, want at least %d", promise.have, promise.what, promise.least)
				}
			}
			for _, item := range w.Items() {
				checkGuide(t, item)
			}
			checkTagsUsed(t, w)
			checkCanonical(t, dir)
		})
	}
}

// amended is the sample with the policies that replace others before the third night.
func amended(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, from := range []string{"../../testdata/mianyang", "../../testdata/mianyang/amended"} {
		for _, pattern := range []string{"*.yaml", "datasets/*.yaml", "policies/*.yaml"} {
			copyFiles(t, from, dir, pattern)
		}
	}
	return dir
}

func copyFiles(t *testing.T, from, to, pattern string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(from, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, filepath.Dir(pattern), filepath.Base(file))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// checkGuide reports the fields of an item's guide that are empty, and phones that could be somebody's.
func checkGuide(t *testing.T, item *schemas.Item) {
	t.Helper()
	guide := reflect.ValueOf(item.Guide)
	for i := range guide.NumField() {
		if guide.Field(i).String() == "" {
			t.Errorf("%s: the guide has no %s", item.ID, guide.Type().Field(i).Name)
		}
	}
	if !strings.HasPrefix(item.Guide.Phone, "0816-0000") {
		t.Errorf("%s has the phone %s, which is not a made-up one", item.ID, item.Guide.Phone)
	}
}

// checkTagsUsed reports tags that no item and no other tag asks for.
func checkTagsUsed(t *testing.T, w *Workspace) {
	t.Helper()
	var b strings.Builder
	for policy, item := range w.Items() {
		b.WriteString(policy.Scope.Text + "\n" + item.Condition.Text + "\n" + item.Benefit.Text + "\n")
		for _, gate := range item.Gates {
			b.WriteString(gate.Condition.Text + "\n")
		}
	}
	for _, tag := range w.Tags {
		b.WriteString(tag.Rule.Text + "\n")
	}
	used := map[string]bool{}
	words := strings.FieldsFunc(b.String(), func(r rune) bool { return strings.ContainsRune(" \n();:,", r) })
	for i, word := range words[1:] {
		if words[i] == "标签" {
			used[word] = true
		}
	}
	for _, tag := range w.Tags {
		if !used[tag.Name] {
			t.Errorf("no item and no tag asks for the tag %s", tag.Name)
		}
	}
}

// checkCanonical reports files that the formatter would change.
func checkCanonical(t *testing.T, dir string) {
	t.Helper()
	revision, err := Reformat(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range revision.Files {
		t.Errorf("%s is not in its canonical form", file.Name)
	}
}
