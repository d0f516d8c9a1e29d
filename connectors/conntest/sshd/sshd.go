package sshd

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Server is a server that runs.
type Server struct {
	Address string // host and port
	User    string // who may log in by key
	Key     string // that user's private key
	HostKey string // as ssh-keygen writes the public half
}

const program = "/usr/sbin/sshd"

// The user who may log in by password, and who owns no file of the tests.
const (
	PasswordUser = "zhida-test"
	Password     = "对的口令 1"
)

// Start starts a server that stops when the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	folder := t.TempDir()
	s := &Server{User: run(t, "id", "-un")}
	for _, name := range []string{"host", "user"} {
		run(t, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", filepath.Join(folder, name))
	}
	s.Key, s.HostKey = read(t, filepath.Join(folder, "user")), read(t, filepath.Join(folder, "host.pub"))
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // where it gives up its rights
		t.Fatal(err)
	}
	addUser(t)
	var why string
	for range 3 { // somebody may take the port in between
		if why = s.start(t, folder); why == "" {
			return s
		}
	}
	t.Fatalf("%s does not start: %s: make test installs it", program, why)
	return nil
}

// start reports why the server does not run; "" if it does.
func (s *Server) start(t testing.TB, folder string) string {
	t.Helper()
	port := freePort(t)
	s.Address = "127.0.0.1:" + port
	config := filepath.Join(folder, "sshd_config")
	write(t, config, strings.Join([]string{
		"ListenAddress 127.0.0.1", "Port " + port, "HostKey " + filepath.Join(folder, "host"), "PidFile none",
		"AuthorizedKeysFile " + filepath.Join(folder, "user.pub"), "StrictModes no", "PermitRootLogin yes", "UsePAM no",
		"PasswordAuthentication yes", "KbdInteractiveAuthentication no", "Subsystem sftp internal-sftp", "LogLevel ERROR",
		"MaxStartups 200", "PerSourceMaxStartups none",
	}, "\n")+"\n")
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := exec.Command(program, "-D", "-e", "-f", config)
	c.Stderr = log
	if err := c.Start(); err != nil {
		return err.Error()
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
	})
	for range 100 {
		if conn, err := net.Dial("tcp", s.Address); err == nil {
			_ = conn.Close()
			return ""
		}
		time.Sleep(20 * time.Millisecond)
	}
	return read(t, log.Name())
}

// addUser adds the user who logs in by password, once on a machine.
func addUser(t testing.TB) {
	t.Helper()
	if exec.Command("id", PasswordUser).Run() == nil {
		return
	}
	hash := run(t, "openssl", "passwd", "-6", Password)
	if out, err := exec.Command("useradd", "--no-create-home", "--home-dir", "/", "--shell", "/bin/sh", "--password", hash, PasswordUser).CombinedOutput(); err != nil &&
		exec.Command("id", PasswordUser).Run() != nil { // another test may have been first
		t.Fatalf("add user %s: %v: %s", PasswordUser, err, out)
	}
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
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
