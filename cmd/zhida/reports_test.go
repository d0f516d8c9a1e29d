package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestRunReport checks that each night leaves its report and guides, that a held one says what to do, and that the
// commands write the same again.
func TestRunReport(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	page := string(s.read(filepath.Join(s.store, "nights/2026-06-16/report/run.html")))
	mustContain(t, page, "<!DOCTYPE html>", "与 2026-06-15 相比", "registration_20260616_increment.csv", `href="guides/`, "没写币种，按人民币计")
	if links := regexp.MustCompile(`(src|href)="(https?:|//)`).FindString(page); links != "" {
		t.Errorf("the report points elsewhere: %s", links)
	}
	for _, link := range regexp.MustCompile(`href="(guides/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !s.exists("nights/2026-06-16/report/" + link[1]) {
			t.Errorf("%s is not there", link[1])
		}
	}

	again := filepath.Join(s.root, "run.html")
	s.zhida(exitDone, "report", "run", "-o", again)
	plain := regexp.MustCompile(`<a href="guides/[^>]*>([^<]*)</a>`)
	if got, want := string(s.read(again)), plain.ReplaceAllString(strings.Replace(page, `<a href="guides/index.html">办事指南</a>`, "", 1), "$1"); got != want {
		t.Error("zhida report run says something else than the night's own report")
	}
	mustContain(t, s.zhida(exitDone, "report", "run", "--night", "2026-06-15"), "首夜，已发布")

	dir := filepath.Join(s.root, "guides")
	s.zhida(exitDone, "report", "guides", "-o", dir)
	files, err := filepath.Glob(filepath.Join(s.store, "nights/2026-06-16/report/guides/*"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d guides: %v", len(files), err)
	}
	for _, name := range files {
		if string(s.read(filepath.Join(dir, filepath.Base(name)))) != string(s.read(name)) {
			t.Errorf("%s is written otherwise by zhida report guides", filepath.Base(name))
		}
	}
}

// TestHeldReport checks the page of a held night, and that the report takes its place once the night is published.
func TestHeldReport(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	name := s.deliveries("registration_20260615_full.csv")
	whole := s.read(name)
	s.write(name, whole[:len(whole)*2/3])
	s.zhida(exitHeld, "run", "--date", "2026-06-15")
	page := filepath.Join(s.store, "nights/2026-06-15/report/run.html")
	mustContain(t, string(s.read(page)), "暂停待处理", "registration_20260615_full.csv", "用同名文件替换", "还没有发布过任何批次")
	if _, err := os.Stat(filepath.Join(filepath.Dir(page), "guides")); err == nil {
		t.Error("a held night left guides")
	}
	s.write(name, whole)
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	if text := string(s.read(page)); strings.Contains(text, "暂停待处理") || !strings.Contains(text, "首夜，已发布") {
		t.Error("the report of the published night did not take the place of the held one's")
	}
}
