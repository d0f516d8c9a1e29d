package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"

	"zhida/connectors/all"
	"zhida/connectors/conntest"
	"zhida/connectors/conntest/mariadb"
	"zhida/connectors/conntest/postgres"
	"zhida/connectors/format"
)

// exchange is a database of a server.
type exchange struct {
	kind, address, user, password, database string
	exec                                    func(t testing.TB, database string, statements ...string)
	quote                                   func(text string) string
}

func onPostgres(t testing.TB) *exchange {
	t.Helper()
	s := postgres.Start(t)
	return &exchange{"postgresql", s.Address, postgres.User, postgres.Password, s.Database(t), s.Exec, postgres.Quote}
}

func onMariaDB(t testing.TB) *exchange {
	t.Helper()
	s := mariadb.Start(t)
	return &exchange{"mysql", s.Address, mariadb.User, mariadb.Password, s.Database(t), s.Exec, mariadb.Quote}
}

// overTables has the site's deliveries come from tables, one per dataset and mode, behind a proxy.
func (s *testSite) overTables(e *exchange) *conntest.Proxy {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.workspace, "deliveries", "*.csv"))
	if err != nil || len(files) == 0 {
		s.t.Fatal("no deliveries", err)
	}
	var deliveries []string
	for _, file := range files {
		parts := strings.Split(strings.TrimSuffix(filepath.Base(file), ".csv"), "_") // dataset, date, mode
		table := parts[0] + "_" + parts[2]
		day := parts[1][:4] + "-" + parts[1][4:6] + "-" + parts[1][6:]
		if deliveries == nil || !strings.Contains(deliveries[len(deliveries)-1], table+",") {
			way := "date"
			if parts[2] != "full" {
				way = "watermark"
			}
			scope := `, scope: "510700"`
			if parts[0] == "crosswalk" {
				scope = ""
			}
			deliveries = append(deliveries, fmt.Sprintf("{dataset: %s, table: %s, mode: %s, %s: 日期%s}", parts[0], table, parts[2], way, scope))
			s.load(e, table, day, file, true)
			continue
		}
		s.load(e, table, day, file, false)
	}
	proxy := conntest.NewProxy(s.t, e.address)
	s.secret(e.password)
	name := filepath.Join(s.workspace, "zhida.yaml")
	before, _, _ := strings.Cut(string(s.read(name)), "    kind: dir\n")
	s.write(name, []byte(before+fmt.Sprintf("    kind: %s\n    host: %s\n    database: %s\n    user: %s\n    password: %s\n    deliveries:\n      - %s\n",
		e.kind, proxy.Address, e.database, e.user, secret, strings.Join(deliveries, "\n      - "))))
	return proxy
}

// load puts the rows of a file into a table, all as text, in their order.
func (s *testSite) load(e *exchange, table, day, file string, create bool) {
	s.t.Helper()
	content := s.read(file)
	r, err := all.Open(file, io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content))), format.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Close()
	quote := `"`
	if e.kind == "mysql" {
		quote = "`"
	}
	var columns []string
	for _, name := range r.Header() {
		columns = append(columns, quote+name+quote+" VARCHAR(500)")
	}
	var statements []string
	if create {
		statements = append(statements, fmt.Sprintf("CREATE TABLE %s (%s, 日期 DATE, 行号 INT, PRIMARY KEY (日期, 行号))", table, strings.Join(columns, ", ")))
	}
	number := 0
	for {
		record, err := r.Next(s.t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(r.Faults()) > 0 {
			s.t.Fatal(err, r.Faults())
		}
		for i := range int(record.NumRows()) {
			number++
			var values []string
			for j := range columns {
				values = append(values, e.quote(record.Column(format.Positions+j).(*array.String).Value(i)))
			}
			statements = append(statements, fmt.Sprintf("INSERT INTO %s VALUES (%s, '%s', %d)", table, strings.Join(values, ", "), day, number))
		}
		record.Release()
	}
	e.exec(s.t, e.database, statements...)
}

// contents are the hashes of the site's artefacts by folder, but of those that name deliveries or say how large they are.
func (s *testSite) contents() map[string][]string {
	out := map[string][]string{}
	for name, hash := range s.named() {
		folder, _, _ := strings.Cut(name, "/")
		if base := filepath.Base(name); folder == "summary" || base == "summary.json" || base == "run.html" || strings.Contains(base, "校核") {
			continue
		}
		if folder == "nights" { // its files are not named by content
			hash = name + " " + hash
		}
		out[folder] = append(out[folder], hash)
	}
	for _, hashes := range out {
		slices.Sort(hashes)
	}
	return out
}

// TestNightOverTables compares nights whose deliveries are tables, over a line that is cut, with those of a folder's files.
func TestNightOverTables(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	folder := newSite(t, key)
	folder.nights()
	want := folder.contents()
	for name, start := range map[string]func(testing.TB) *exchange{"postgresql": onPostgres, "mariadb": onMariaDB} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tables := newSite(t, key)
			tables.t = t
			tables.overTables(start(t)).CutAfter(6000)
			tables.nights()
			got := tables.contents()
			for folder, hashes := range want {
				if !slices.Equal(got[folder], hashes) {
					t.Errorf("%s: %d artefacts, want %d, or others", folder, len(got[folder]), len(hashes))
				}
			}
			said := tables.zhida(exitDone, "sources")
			for _, want := range []string{"ok, 14 files", "registration   2, the newest of 2026-06-16: registration_increment/20260616.csv\n"} {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in\n%s", want, said)
				}
			}
		})
	}
	if len(want) < 10 {
		t.Errorf("only %d folders were compared", len(want))
	}
}
