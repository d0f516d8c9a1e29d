package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhida/connectors/conntest/exchanged"
)

// overInterface has two of the site's datasets come from an exchange platform, which signs, and is busy now and then.
func (s *testSite) overInterface() *exchanged.Server {
	s.t.Helper()
	platform := exchanged.Start(s.t, exchanged.Options{TLS: true, HMAC: true, Now: afterTheSample})
	s.write(filepath.Join(s.root, "out", "server.secret"), []byte(exchanged.Key))
	name := filepath.Join(s.workspace, "zhida.yaml")
	config := string(s.read(name))
	deliveries := ""
	for _, dataset := range []string{"dishonest", "payments"} {
		file := dataset + "_{date}_{mode}.csv"
		config = strings.Replace(config, `      - {dataset: `+dataset+`, files: "`+file+`", scope: "510700"}`+"\n", "", 1)
		deliveries += "      - {dataset: " + dataset + `, mode: full, scope: "510700", request: "/api/` + dataset +
			`?size={size}&page={page}&date={date}", size: 10, rows: data.list, total: data.total, version: data.batch}` + "\n"
		for _, date := range sampleNights() {
			path := s.deliveries(strings.NewReplacer("{date}", strings.ReplaceAll(date, "-", ""), "{mode}", "full").Replace(file))
			platform.Put(dataset, date, exchanged.Rows(s.objects(path)...))
			if err := os.Remove(path); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	s.write(name, []byte(config+strings.Join([]string{
		"  - name: 共享交换平台", "kind: http", "host: " + platform.URL, "user: " + exchanged.App, "password: " + secret, "sign: hmac",
		"days: 20", "hostkey: " + platform.Fingerprint(), "deliveries:\n",
	}, "\n    ")+deliveries))
	return platform
}

// objects are the rows of a CSV file as JSON.
func (s *testSite) objects(path string) []string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(s.read(path)), "\ufeff"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, row := range rows[1:] {
		members := map[string]any{}
		for i, name := range rows[0] {
			members[name] = row[i]
			if name == "金额" {
				members[name] = json.Number(row[i])
			}
		}
		text, err := json.Marshal(members)
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// TestNightOverInterface compares nights two of whose datasets come from an interface that misbehaves with those of a folder.
func TestNightOverInterface(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	folder, asked := newSite(t, key), newSite(t, key)
	folder.nights()
	platform := asked.overInterface()
	platform.Misbehave(2, 1, exchanged.Refuse(429, "访问过于频繁", "Retry-After", "1"))
	platform.Misbehave(2, 1, exchanged.Half)
	platform.Misbehave(3, 1, exchanged.Refuse(500, ""))
	asked.nights()
	for _, what := range [][]string{{"verdicts"}, {"rows", "dishonest"}, {"rows", "payments"}} {
		got, want := asked.exported(what...), folder.exported(what...)
		if len(want) < 10 || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%v: %d rows, want %d, or others", what, len(got), len(want))
		}
	}
	platform.Asked()
	if said := asked.zhida(exitDone, "run", "--date", "2026-06-16"); !strings.Contains(said, "2026-06-16") {
		t.Errorf("once more:\n%s", said)
	}
	for _, uri := range platform.Asked() {
		if strings.Contains(uri, "size=10") {
			t.Errorf("%s is asked for though nothing has changed", uri)
		}
	}
	if asked.exists("nights/2026-06-16.2") {
		t.Error("the same rows make another revision")
	}
	said := asked.zhida(exitDone, "sources", "共享交换平台")
	for _, want := range []string{"共享交换平台 (http, https://127.0.0.1:", "ok, 4 files", "payments       2, the newest of 2026-06-16: payments/5107/20260616.jsonl\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

// TestNightDuringDrift runs a night while a row is taken out from among those that were read: none of them is taken, and the next
// run takes those that are there.
func TestNightDuringDrift(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	rows := s.objects(s.deliveries("dishonest_20260615_full.csv"))
	platform := s.overInterface()
	platform.Misbehave(2, 1, exchanged.Before(func() { platform.Put("dishonest", "2026-06-15", exchanged.Rows(rows[1:]...)) }))
	const left = "dishonest/5107/20260615.jsonl is still being written: left for the next night"
	said := s.zhida(exitDone, "run", "--date", "2026-06-15")
	for _, want := range []string{left, "it had 13 rows, version"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if n := len(s.exported("rows", "dishonest")) - 1; n != 0 {
		t.Errorf("%d rows of a delivery that moved were taken", n)
	}
	if said := s.zhida(exitDone, "run", "--date", "2026-06-15"); strings.Contains(said, left) {
		t.Errorf("the next run:\n%s", said)
	}
	if n := len(s.exported("rows", "dishonest")) - 1; n != len(rows)-1 {
		t.Errorf("%d rows were taken, want %d", n, len(rows)-1)
	}
}
