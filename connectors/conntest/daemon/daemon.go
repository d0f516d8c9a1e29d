package daemon

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Daemon is a server's program.
type Daemon struct {
	Address string // host and port
	Folder  string // its user's
	HostKey string // fingerprint of its certificate

	user    *syscall.Credential
	stop    syscall.Signal
	command func(port string) []string
	answers func() error
	running *exec.Cmd
}

// New makes the folder of a program of a user whom the package of the server has added. stop is the signal that ends the program
// at once.
func New(t testing.TB, name string, stop syscall.Signal) *Daemon {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatalf("%v: make servers installs the server", err)
	}
	uid, _ := strconv.ParseUint(u.Uid, 10, 32)
	gid, _ := strconv.ParseUint(u.Gid, 10, 32)
	d := &Daemon{user: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, stop: stop}
	d.Folder, err = os.MkdirTemp("", name) // t.TempDir is below one that is only ours
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(d.Folder) })
	if err := os.Chown(d.Folder, int(uid), int(gid)); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
		"-subj", "/CN=front-end", "-keyout", d.Path("key"), "-out", d.Path("certificate"))
	d.HostKey = d.Run(t, "openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", d.Path("certificate"))
	return d
}

// Path is that of a file of the folder.
func (d *Daemon) Path(name string) string { return filepath.Join(d.Folder, name) }

// Run runs a program of the same user to its end, and returns what it says.
func (d *Daemon) Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := d.as(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: make servers installs it\n%s", name, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (d *Daemon) as(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = d.Folder
	c.SysProcAttr = &syscall.SysProcAttr{Credential: d.user}
	return c
}

// Start starts the program and waits until it answers. It stops when the test ends.
func (d *Daemon) Start(t testing.TB, command func(port string) []string, answers func() error) {
	t.Helper()
	d.command, d.answers = command, answers
	t.Cleanup(func() { d.Kill() })
	var err error
	for range 3 { // somebody may take the port in between
		d.Address = freeAddress(t)
		if err = d.start(t); err == nil {
			return
		}
		d.Kill()
	}
	t.Fatalf("the server does not start: %v", err)
}

// Up starts the program again, after Kill.
func (d *Daemon) Up(t testing.TB) {
	t.Helper()
	if err := d.start(t); err != nil {
		t.Fatal(err)
	}
}

func (d *Daemon) start(t testing.TB) error {
	t.Helper()
	_, port, _ := net.SplitHostPort(d.Address)
	command := d.command(port)
	log, err := os.Create(d.Path("log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := d.as(command[0], command[1:]...)
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		return fmt.Errorf("%w: make servers installs it", err)
	}
	d.running = c
	for range 600 {
		if err = d.answers(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	said, _ := os.ReadFile(log.Name())
	return fmt.Errorf("%w: %s", err, said)
}

// Kill ends the program and all its connections at once.
func (d *Daemon) Kill() {
	if d.running != nil {
		_ = d.running.Process.Signal(d.stop)
		_ = d.running.Wait() // it was ended
		d.running = nil
	}
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
