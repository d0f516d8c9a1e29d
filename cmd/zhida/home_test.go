package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/schemas"
)

// TestDoorsNeverMove registers an enterprise of a region that no table knows, teaches the workspace the region, and
// checks that the enterprise keeps its door; then it checks that wards cannot be changed.
func TestDoorsNeverMove(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	digit, ok := schemas.CheckDigit("91519999MA0000000")
	if !ok {
		t.Fatal("no check digit")
	}
	code := "91519999MA0000000" + string(digit)
	name := s.deliveries("registration_20260615_full.csv")
	lines := strings.SplitAfterN(string(s.read(name)), "\n", 3)
	row := strings.Replace(lines[1], strings.Split(lines[1], ",")[1], code, 1)
	s.write(name, []byte(lines[0]+row+lines[1]+lines[2]))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	mustContain(t, s.zhida(exitDone, "explain", code), code)
	before := s.summary("2026-06-15")["enterprises"]

	if err := os.MkdirAll(filepath.Join(s.workspace, "codes"), 0o755); err != nil {
		t.Fatal(err)
	}
	s.write(filepath.Join(s.workspace, "codes", "regions.csv"), []byte("code,name,from,to\n519999,示例新区,2026,\n"))
	s.write(s.deliveries("registration_20260616_full.csv"), s.read(name))
	for _, f := range []string{"registration_20260616_increment.csv", "crosswalk_20260616_increment.csv"} {
		if err := os.Remove(s.deliveries(f)); err != nil {
			t.Fatal(err)
		}
	}
	s.zhida(exitDone, "run", "--date", "2026-06-16")
	mustContain(t, s.zhida(exitDone, "explain", code), code)
	if after := s.summary("2026-06-16")["enterprises"]; after != before {
		t.Errorf("%v enterprises before the region was known, %v after: somebody has two doors", before, after)
	}

	config := filepath.Join(s.workspace, "zhida.yaml")
	s.write(config, []byte(strings.Replace(string(s.read(config)), "wards: {}", `wards: {"510703": 2}`, 1)))
	mustContain(t, s.zhida(exitInput, "run", "--date", "2026-06-17"), "510703", "doors never move")
}
