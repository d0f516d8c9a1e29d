package browser_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhida/testdata/browser"
)

// reports is the folder of the last night of make run.
func reports(t *testing.T) string {
	t.Helper()
	nights, err := filepath.Glob("../../out/mianyang/nights/*/report")
	if err != nil || len(nights) == 0 {
		t.Fatalf("no reports: make run makes them: %v", err)
	}
	return nights[len(nights)-1]
}

func start(t *testing.T) *browser.Chromium {
	t.Helper()
	c, err := browser.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// some are the pages looked at: the report, the index, and guides from all over the list.
func some(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "guides", "*.html"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d guides: %v", len(files), err)
	}
	pages := []string{filepath.Join(dir, "run.html"), filepath.Join(dir, "guides", "index.html")}
	for i := 0; i < len(files); i += len(files)/12 + 1 {
		pages = append(pages, files[i])
	}
	return pages
}

// wide names what is wider than the screen, but for what scrolls in itself.
const wide = `(() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return "";
  for (const e of document.querySelectorAll("body *"))
    if (!e.closest(".scroll") && e.getBoundingClientRect().right > window.innerWidth + 1) return over + "px: " + e.outerHTML.slice(0, 200);
  return over + "px";
})()`

// TestPages opens pages on a desktop and on a phone: they ask for nothing, complain of nothing, fit, and have headings.
func TestPages(t *testing.T) {
	t.Parallel()
	c := start(t)
	for _, file := range some(t, reports(t)) {
		for _, width := range []int{1280, 390} {
			p, err := c.Open(file, width, 900)
			if err != nil {
				t.Fatal(err)
			}
			var over string
			var headings, unnamed int
			for expression, value := range map[string]any{
				wide: &over,
				`document.querySelectorAll("h1").length * 100 + document.querySelectorAll("h2").length`: &headings,
				`document.querySelectorAll("svg:not([aria-label]),table:not(:has(caption))").length`:    &unnamed,
			} {
				if err := p.Evaluate(expression, value); err != nil {
					t.Fatal(err)
				}
			}
			name := filepath.Base(file)
			if over != "" {
				t.Errorf("%s at %d pixels is too wide by %s", name, width, over)
			}
			if headings/100 != 1 || headings%100 < 3 {
				t.Errorf("%s: %d first and %d second headings", name, headings/100, headings%100)
			}
			if unnamed > 0 {
				t.Errorf("%s: %d pictures or tables without a name", name, unnamed)
			}
			if there := p.Elsewhere(); len(there) > 0 || len(p.Requests) == 0 {
				t.Errorf("%s asks for %v (of %d)", name, there, len(p.Requests))
			}
			if len(p.Messages) > 0 {
				t.Errorf("%s: the console says %s", name, strings.Join(p.Messages, "\n"))
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNetworkIsNoticed: a page that fetches something and complains is found out, or the tests above are worth nothing.
func TestNetworkIsNoticed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "bad.html")
	text := `<!DOCTYPE html><p style="width:2000px">x<img src="http://127.0.0.1:9/x.png"><script>console.error("no")</script>`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := start(t).Open(file, 390, 800)
	if err != nil {
		t.Fatal(err)
	}
	var over string
	if err := p.Evaluate(wide, &over); err != nil {
		t.Fatal(err)
	}
	if len(p.Elsewhere()) != 1 || len(p.Messages) == 0 || over == "" {
		t.Errorf("requests %v, messages %v, too wide %q", p.Requests, p.Messages, over)
	}
}

// TestPrint prints pages: a guide takes one or two sheets, the report more, and none is empty.
func TestPrint(t *testing.T) {
	t.Parallel()
	c := start(t)
	for i, file := range some(t, reports(t)) {
		p, err := c.Open(file, 1280, 900)
		if err != nil {
			t.Fatal(err)
		}
		pdf, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		pages := texts(t, pdf)
		least, most := 1, 2
		if i < 2 { // the report and the index
			least, most = 3, 40
		}
		if len(pages) < least || len(pages) > most {
			t.Errorf("%s prints on %d sheets, want %d to %d", filepath.Base(file), len(pages), least, most)
		}
		for n, text := range pages {
			if len(strings.TrimSpace(text)) == 0 {
				t.Errorf("sheet %d of %s is empty", n+1, filepath.Base(file))
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// texts is the text of each sheet.
func texts(t *testing.T, pdf []byte) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal("pdftotext (make browser installs it):", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// TestSorting clicks on the head of a column: the greatest number comes first.
func TestSorting(t *testing.T) {
	t.Parallel()
	p, err := start(t).Open(filepath.Join(reports(t), "run.html"), 1280, 900)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	err = p.Evaluate(`(() => {
	  const th = [...document.querySelectorAll("table.sorts th")].find(e => e.textContent === "符合");
	  th.click();
	  return JSON.stringify([...document.querySelectorAll("table.sorts tbody tr")].map(r => Number(r.cells[th.cellIndex].textContent.replaceAll(",", ""))));
	})()`, &text)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	if err := json.Unmarshal([]byte(text), &numbers); err != nil {
		t.Fatal(err)
	}
	if len(numbers) < 10 || numbers[0] == 0 {
		t.Fatalf("numbers %v", numbers)
	}
	for i := range numbers[1:] {
		if numbers[i] < numbers[i+1] {
			t.Fatalf("not in order: %v", numbers)
		}
	}
}
