package s3d

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// Server is a server that runs.
type Server struct {
	Address string // host and port
	Region  string
	User    string // who may do everything: the id of the access key
	Secret  string
	HostKey string // SHA-256 of the certificate
	folder  string
	buckets atomic.Int64 // made so far
}

// Domain is the name below which each bucket has one of its own.
const Domain = "store.test"

// Start starts a server that stops when the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{Region: "cn-chengdu", User: "AKIDZHIDA", Secret: "对的密钥 1", folder: t.TempDir()}
	for _, name := range []string{"accounts", "buckets"} {
		check(t, os.Mkdir(filepath.Join(s.folder, name), 0o700))
	}
	s.HostKey = s.certify(t)
	var why string
	for range 3 { // somebody may take the port in between
		if why = s.start(t); why == "" {
			return s
		}
	}
	t.Fatalf("%s does not start: %s: make servers builds it", program(t), why)
	return nil
}

// program is the gateway, as make servers builds it.
func program(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	check(t, err)
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return filepath.Join(folder, "bin", "versitygw")
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("the test does not run within the module")
		}
		folder = filepath.Dir(folder)
	}
}

// start reports why the server does not run; "" if it does.
func (s *Server) start(t testing.TB) string {
	t.Helper()
	s.Address = freeAddress(t)
	log, err := os.Create(filepath.Join(s.folder, "log"))
	check(t, err)
	defer log.Close()
	c := exec.Command(program(t), "--port", s.Address, "--access", s.User, "--secret", s.Secret, "--region", s.Region,
		"--virtual-domain", Domain, "--cert", s.certificate(), "--key", s.key(), "--quiet", "--iam-cache-disable",
		"--iam-dir", filepath.Join(s.folder, "accounts"), "posix", filepath.Join(s.folder, "buckets"))
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		return err.Error()
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
	})
	for range 250 {
		if conn, err := net.Dial("tcp", s.Address); err == nil {
			_ = conn.Close()
			return ""
		}
		time.Sleep(20 * time.Millisecond)
	}
	said, err := os.ReadFile(log.Name())
	check(t, err)
	return string(said)
}

// Account adds somebody who may do nothing until a bucket's policy says so.
func (s *Server) Account(t testing.TB) (user, secret string) {
	t.Helper()
	user, secret = "AKIDREADER", "reader-secret"
	c := exec.Command(program(t), "admin", "--endpoint-url", "https://"+s.Address, "--allow-insecure", "--access", s.User, "--secret", s.Secret,
		"--region", s.Region, "create-user", "--access", user, "--secret", secret, "--role", "user")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("add an account: %v: %s", err, out)
	}
	return user, secret
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	return fmt.Sprint(l.Addr())
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
