package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/ftpd"
	"zhida/connectors/conntest/s3d"
	"zhida/connectors/conntest/sshd"
)

// secret is where the site's password or private key of a server is.
const secret = "file:../../../../out/server.secret"

// keep writes a file that only we may read.
func (s *testSite) keep(name, secret string) {
	s.t.Helper()
	file := filepath.Join(s.root, "out", name)
	s.write(file, []byte(secret))
	if err := os.Chmod(file, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// secret writes the password or the private key to where secret says.
func (s *testSite) secret(text string) {
	s.t.Helper()
	s.keep("server.secret", text)
}

// over has the site's deliveries come from a server, as the lines of zhida.yaml say.
func (s *testSite) over(secret string, lines ...string) {
	s.t.Helper()
	s.secret(secret)
	name := filepath.Join(s.workspace, "zhida.yaml")
	lines = append(lines, "path: "+filepath.Join(s.workspace, "deliveries"))
	s.write(name, []byte(strings.Replace(string(s.read(name)), "    kind: dir\n    path: deliveries\n", "    "+strings.Join(lines, "\n    ")+"\n", 1)))
}

// overSFTP has the site's deliveries come from an SFTP server, behind a proxy.
func (s *testSite) overSFTP(key string) *conntest.Proxy {
	s.t.Helper()
	server := sshd.Start(s.t)
	proxy := conntest.NewProxy(s.t, server.Address)
	s.over(server.Key, "kind: sftp", "host: "+proxy.Address, "user: "+server.User, "key: "+key, "hostkey: "+strings.TrimSpace(server.HostKey))
	return proxy
}

// overFTP has the site's deliveries come from an FTP server, within TLS, behind a proxy.
func (s *testSite) overFTP() *conntest.Proxy {
	s.t.Helper()
	server := ftpd.Start(s.t, ftpd.Kind{TLS: true})
	proxy := conntest.NewPassiveProxy(s.t, server.Address, server.Data)
	s.over(ftpd.Password, "kind: ftp", "host: "+proxy.Address, "user: "+ftpd.User, "password: "+secret, "tls: explicit", "hostkey: "+server.HostKey)
	return proxy
}

// overS3 has the site's deliveries come from an object store, behind a proxy.
func (s *testSite) overS3() *conntest.Proxy {
	s.t.Helper()
	server := s3d.Start(s.t)
	bucket := server.Bucket(s.t)
	folder := filepath.Join(s.workspace, "deliveries")
	files, err := os.ReadDir(folder)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Join(folder, file.Name())
		bucket.Put(s.t, strings.TrimPrefix(name, "/"), s.read(name))
	}
	proxy := conntest.NewProxy(s.t, server.Address)
	s.keep("server.user", server.User)
	s.over(server.Secret, "kind: s3", "host: "+proxy.Address, "bucket: "+bucket.Name, "region: "+server.Region,
		"user: file:../../../../out/server.user", "password: "+secret, "hostkey: "+server.HostKey)
	return proxy
}

// TestNightOverServers compares nights whose deliveries come from a server, over a line that is cut, with those of a folder.
func TestNightOverServers(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	folder := newSite(t, key)
	folder.nights()
	want := folder.named()
	if len(want) < 20 {
		t.Errorf("only %d artefacts are compared", len(want))
	}
	for kind, over := range map[string]func(s *testSite) *conntest.Proxy{
		"sftp": func(s *testSite) *conntest.Proxy { return s.overSFTP(secret) },
		"ftp":  (*testSite).overFTP,
		"s3":   (*testSite).overS3,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			server := newSite(t, key)
			over(server).CutAfter(6000)
			server.nights()
			if got := server.named(); !maps.Equal(got, want) {
				t.Errorf("%d artefacts, want %d, or others", len(got), len(want))
			}
			mustContain(t, server.zhida(exitDone, "sources"), "("+kind+", ", "ok, 14 files")
		})
	}
}

// named are the site's artefacts but those that name its zhida.yaml.
func (s *testSite) named() map[string]string {
	names := s.artefacts()
	maps.DeleteFunc(names, func(name, _ string) bool {
		return strings.HasPrefix(name, "nights/") && strings.HasSuffix(name, ".json")
	})
	return names
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
	proxy := s.overSFTP(secret)
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
