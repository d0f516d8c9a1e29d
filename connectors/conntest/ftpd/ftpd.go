package ftpd

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Server is a server that runs.
type Server struct {
	Address string   // host and port
	Data    []string // hosts and ports of the connections that bring listings and files
	HostKey string   // fingerprint of its certificate
}

// Kind is what a server can do.
type Kind struct {
	TLS     bool // nothing is said in the clear
	Listing bool // only LIST, no MLSD
}

const program = "/usr/sbin/proftpd"

// Users who may log in: one who may read everything, and one who owns no file.
const (
	User     = "front"
	Stranger = "stranger"
	Password = "对的口令 1"
)

// Start starts a server that stops when the test ends.
func Start(t testing.TB, kind Kind) *Server {
	t.Helper()
	folder := t.TempDir()
	hash := run(t, "openssl", "passwd", "-6", Password)
	write(t, filepath.Join(folder, "passwd"), fmt.Sprintf("%s:%s:0:0::/:/bin/sh\n%s:%s:65534:65534::/:/bin/sh\n", User, hash, Stranger, hash))
	s := &Server{}
	if kind.TLS {
		certificate := filepath.Join(folder, "certificate")
		run(t, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=front-end",
			"-keyout", filepath.Join(folder, "key"), "-out", certificate)
		s.HostKey = run(t, "openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", certificate)
	}
	var why string
	for range 3 { // somebody may take the port in between
		if why = s.start(t, folder, kind); why == "" {
			return s
		}
	}
	t.Fatalf("%s does not start: %s: make test installs it", program, why)
	return nil
}

// ports is where the next server's begin: those of servers of one test binary must not meet.
var ports atomic.Int32

const portsEach = 16

// takePorts are ports that nobody uses now, one of the server and those of its data.
func takePorts(t testing.TB) []int {
	t.Helper()
	for range 100 {
		first := 20_000 + (os.Getpid()*7+int(ports.Add(1)))%700*portsEach
		if isFree(first) {
			var out []int
			for i := range portsEach {
				out = append(out, first+i)
			}
			return out
		}
	}
	t.Fatal("no ports are free")
	return nil
}

func isFree(first int) bool {
	for i := range portsEach {
		l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(first+i))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}

// start reports why the server does not run; "" if it does.
func (s *Server) start(t testing.TB, folder string, kind Kind) string {
	t.Helper()
	taken := takePorts(t)
	s.Address, s.Data = "127.0.0.1:"+strconv.Itoa(taken[0]), nil
	for _, port := range taken[1:] {
		s.Data = append(s.Data, "127.0.0.1:"+strconv.Itoa(port))
	}
	at := func(name string) string { return filepath.Join(folder, name) }
	lines := []string{
		"ServerType standalone", "DefaultAddress 127.0.0.1", fmt.Sprintf("Port %d", taken[0]), fmt.Sprintf("PassivePorts %d %d", taken[1], taken[portsEach-1]),
		"SocketBindTight on", "UseReverseDNS off", "WtmpLog off", "TransferLog none", "MaxInstances 200", "TimesGMT on", "RootLogin on", "RequireValidShell off",
		"User root", "Group root", "AuthOrder mod_auth_file.c", "AuthUserFile " + at("passwd"), "AuthPAM off",
		"PidFile " + at("pid"), "ScoreboardFile " + at("scoreboard"), "DelayTable " + at("delay"), "SystemLog " + at("log"),
		"ListOptions -a strict", "FactsOptions UseSlink",
	}
	if kind.Listing {
		lines = append(lines, "FactsAdvertise off")
	}
	if kind.TLS {
		lines = append(lines, "LoadModule mod_tls.c", "TLSEngine on", "TLSRequired on",
			"TLSECCertificateFile "+at("certificate"), "TLSECCertificateKeyFile "+at("key"), "TLSLog "+at("log"))
	}
	write(t, at("config"), strings.Join(lines, "\n")+"\n")
	write(t, at("said"), "")
	said, err := os.OpenFile(at("said"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	c := exec.Command(program, "-n", "-c", at("config"))
	c.Stdout, c.Stderr = said, said
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // with its sessions, which are processes
	if err := c.Start(); err != nil {
		return err.Error()
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		_ = c.Wait() // it was killed
	})
	for range 150 {
		if conn, err := net.Dial("tcp", s.Address); err == nil {
			_ = conn.Close()
			return ""
		}
		time.Sleep(20 * time.Millisecond)
	}
	return read(t, at("said"))
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v: make test installs it", name, err)
	}
	return strings.TrimSpace(string(out))
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
