package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/connectors/conntest/postgres"
)

// onServer has the site's ledger in a new database of a server, within TLS.
func (s *testSite) onServer(server *postgres.Server, database string) {
	s.t.Helper()
	server.Exec(s.t, "postgres", "CREATE DATABASE "+database+" OWNER "+postgres.User+" TEMPLATE template0")
	s.write(filepath.Join(s.root, "out", "ledger.password"), []byte(postgres.Password+"\n"))
	_, pin, _ := strings.Cut(server.HostKey, "=")
	config := filepath.Join(s.workspace, "zhida.yaml")
	s.write(config, append(s.read(config), fmt.Sprintf(`ledger:
  host: %s
  database: %s
  user: %s
  password: file:../../../../out/ledger.password
  tls: explicit
  hostkey: "%s"
`, server.Address, database, postgres.User, pin)...))
}

// TestLedgerOnServer runs the nights with a ledger on PostgreSQL: the artefacts are those of a ledger in a file.
func TestLedgerOnServer(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	file := newSite(t, key)
	file.nights()
	want := file.artefacts()
	server := postgres.Start(t)

	s := newSite(t, key)
	s.onServer(server, "nights")
	mustContain(t, s.zhida(exitInput, "status"), "holds no night yet")
	s.nights()
	s.same(want)
	if s.exists(ledgerFile) {
		t.Error("there is a ledger in the store too")
	}
	mustContain(t, s.zhida(exitDone, "status"), "2026-06-16")

	// A night that is killed as the server is goes on when both are there again.
	killed := newSite(t, key)
	killed.onServer(server, "killed")
	killed.night("2026-06-15")
	if code := killed.run(&child{args: []string{"run", "--date", "2026-06-16"}, kill: "manifest written"}); code != -1 {
		t.Fatalf("it ended with %d", code)
	}
	server.Kill()
	run := &child{args: []string{"run", "--date", "2026-06-16"}}
	if code := killed.run(run); code != exitInternal {
		t.Errorf("without its server: %d", code)
	}
	mustContain(t, run.stderr.String(), "cannot be reached: see that it runs")
	server.Up(t)
	killed.night("2026-06-16")
	killed.same(want)

	// One that still runs keeps others out, whatever store they have.
	other := newSite(t, key)
	config := filepath.Join(other.workspace, "zhida.yaml")
	other.write(filepath.Join(other.root, "out", "ledger.password"), []byte(postgres.Password))
	other.write(config, s.read(filepath.Join(s.workspace, "zhida.yaml")))
	waiting := s.command(&child{args: []string{"run", "--date", "2026-06-17"}, pause: "planned"})
	waiting.Stdout = nil
	out, err := waiting.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	mustContain(t, other.zhida(exitInput, "run", "--date", "2026-06-17"), "runs a night with it")
	if err := waiting.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = waiting.Wait() // it was killed
}

// TestLedgerRestored: a site whose ledger was lost goes on from its backup as if nothing had happened, and so does one whose ledger
// moves to a server.
func TestLedgerRestored(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	whole := newSite(t, key)
	whole.nights()
	want := whole.artefacts()
	server := postgres.Start(t)
	for name, move := range map[string]func(s *testSite){
		"the file is lost":      func(s *testSite) { s.lose() },
		"it moves to a server":  func(s *testSite) { s.onServer(server, "moved") },
		"the database is empty": func(s *testSite) { s.lose(); s.onServer(server, "filled") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, key)
			backup := filepath.Join(s.root, "ledger.backup")
			mustContain(t, s.zhida(exitInput, "ledger", "backup", backup), "nothing to back up")
			s.night("2026-06-15")
			mustContain(t, s.zhida(exitDone, "ledger", "backup", backup), " rows")
			mustContain(t, s.zhida(exitInput, "ledger", "backup", backup), "is there already")
			mustContain(t, s.zhida(exitInput, "ledger", "restore", backup), "add --replace")
			move(s)
			mustContain(t, s.zhida(exitInput, "run", "--date", "2026-06-16"), "restore it from its latest backup")
			cut := s.read(backup)
			s.write(backup+".cut", cut[:len(cut)-5000])
			mustContain(t, s.zhida(exitInput, "ledger", "restore", backup+".cut"), "cut off or damaged")
			mustContain(t, s.zhida(exitInput, "ledger", "restore", "--replace", backup+".none"), "no such file")
			mustContain(t, s.zhida(exitDone, "ledger", "restore", "--replace", backup), "rows restored")
			if _, err := os.Stat(filepath.Join(s.store, restoring)); !os.IsNotExist(err) {
				t.Errorf("a copy of the backup is left: %v", err)
			}
			s.night("2026-06-16")
			s.same(want)
		})
	}
}

// lose takes the ledger away.
func (s *testSite) lose() {
	s.t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(s.store, ledgerFile+suffix)); err != nil && !os.IsNotExist(err) {
			s.t.Fatal(err)
		}
	}
}
