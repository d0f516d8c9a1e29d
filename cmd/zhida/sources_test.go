package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/sshd"
)

// overSFTP has the site's deliveries come from an SFTP server, behind a proxy.
func (s *testSite) overSFTP(secret string) (*sshd.Server, *conntest.Proxy) {
	s.t.Helper()
	server := sshd.Start(s.t)
	proxy := conntest.NewProxy(s.t, server.Address)
	s.write(filepath.Join(s.root, "out", "sftp.key"), []byte(server.Key))
	if err := os.Chmod(filepath.Join(s.root, "out", "sftp.key"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	name := filepath.Join(s.workspace, "zhida.yaml")
	s.write(name, []byte(strings.Replace(string(s.read(name)), "    kind: dir\n    path: deliveries\n", fmt.Sprintf(
		"    kind: sftp\n    host: %s\n    user: %s\n    key: %s\n    hostkey: %s\n    path: %s\n",
		proxy.Address, server.User, secret, strings.TrimSpace(server.HostKey), filepath.Join(s.workspace, "deliveries")), 1)))
	return server, proxy
}

// TestNightOverSFTP compares nights whose deliveries come from a server, over a line that is cut, with those of a folder.
func TestNightOverSFTP(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	folder, server := newSite(t, key), newSite(t, key)
	folder.nights()
	_, proxy := server.overSFTP("file:../../../../out/sftp.key")
	proxy.CutAfter(6000)
	server.nights()
	got, want := server.artefacts(), folder.artefacts()
	for _, names := range []map[string]string{got, want} {
		maps.DeleteFunc(names, func(name, _ string) bool {
			return strings.HasPrefix(name, "nights/") && strings.HasSuffix(name, ".json")
		}) // which name zhida.yaml
	}
	if !maps.Equal(got, want) {
		t.Errorf("%d artefacts, want %d, or others", len(got), len(want))
	}
	if len(want) < 20 {
		t.Errorf("only %d artefacts were compared", len(want))
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	said := s.zhida(exitDone, "sources")
	for _, want := range []string{"前置机目录 (dir, ", "ok, 14 files", "registration   2, the newest of 2026-06-16: registration_20260616_increment.csv"} {
		if !strings.Contains(said, want) {
			t.Errorf("a folder: no %q in\n%s", want, said)
		}
	}
	if err := os.Remove(filepath.Join(s.workspace, "deliveries", "payments_20260615_full.csv")); err != nil {
		t.Fatal(err)
	}
	s.write(filepath.Join(s.workspace, "deliveries", "读我.txt"), []byte("x"))
	_, proxy := s.overSFTP("file:../../../../out/sftp.key")
	said = s.zhida(exitDone, "sources", "前置机目录")
	for _, want := range []string{"前置机目录 (sftp, ", "no delivery: 读我.txt: the name matches no pattern"} {
		if !strings.Contains(said, want) {
			t.Errorf("a server: no %q in\n%s", want, said)
		}
	}
	proxy.Down()
	if said := s.zhida(exitSources, "sources"); !strings.Contains(said, "FAILED") || !strings.Contains(said, "connection refused") {
		t.Errorf("a server that is away:\n%s", said)
	}
	if said := s.zhida(exitInput, "sources", "别处"); !strings.Contains(said, "it has 前置机目录") {
		t.Errorf("a source that is not there:\n%s", said)
	}
}

// TestSourceWithoutItsSecret runs a night whose server's key is not there: the night says so, and reading commands do not ask.
func TestSourceWithoutItsSecret(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	s.overSFTP("env:ZHIDA_TEST_NO_SUCH_KEY")
	s.zhida(exitDone, "status")
	if said := s.zhida(exitSources, "sources"); !strings.Contains(said, "environment variable ZHIDA_TEST_NO_SUCH_KEY is not set") {
		t.Errorf("sources:\n%s", said)
	}
	if said := s.zhida(exitSources, "run", "--date", "2026-06-17"); !strings.Contains(said, "environment variable ZHIDA_TEST_NO_SUCH_KEY is not set") {
		t.Errorf("run:\n%s", said)
	}
}
