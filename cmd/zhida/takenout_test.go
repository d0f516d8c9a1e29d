package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestItemsTakenOut: who was sure of an item that is there no more has left it, and its department is told. By item and
// by cause the figures add up to the night's.
func TestItemsTakenOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	sure := map[string]float64{}
	for _, item := range s.summary("2026-06-16")["by_item"].([]any) {
		line := item.(map[string]any)
		sure[line["id"].(string)] = line["sure"].(float64)
	}
	if err := os.Remove(filepath.Join(s.workspace, "policies", "nation-small.yaml")); err != nil {
		t.Fatal(err)
	}
	s.night("2026-06-17")
	summary := s.summary("2026-06-17")
	var left, gone float64
	var departments []string
	takenOut := map[string]bool{}
	for _, item := range summary["by_item"].([]any) {
		line := item.(map[string]any)
		left += line["left"].(float64)
		if line["taken_out"] == true {
			gone += line["left"].(float64)
			takenOut[line["id"].(string)] = true
			departments = append(departments, line["department"].(string))
			if line["left"] != sure[line["id"].(string)] || line["title"] == "" || line["pushed"] != false {
				t.Errorf("%v were sure of %v", sure[line["id"].(string)], line)
			}
		}
	}
	var causes float64
	for _, change := range summary["changes"].([]any) {
		causes += change.(map[string]any)["left"].(float64)
	}
	if left != summary["left"] || causes != summary["left"] || gone == 0 {
		t.Errorf("%v left, by item %v, by cause %v, items taken out %v", summary["left"], left, causes, gone)
	}
	told := 0
	for name, book := range s.workbooks(s.departments("2026-06-17")) {
		for _, row := range body(book["变化"]) {
			if row[5] != "退出" || sure[row[3]] == 0 || !takenOut[row[3]] {
				continue
			}
			if told++; !slices.Contains(departments, name) {
				t.Errorf("%s is told of %v", name, row)
			}
		}
	}
	if told != int(gone) {
		t.Errorf("%v left items that were taken out, %d are told of", gone, told)
	}
}
