package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// roleVariable tells a copy of the test program to play a process that gets killed, or to run where the disk is small.
const roleVariable = "ZHIDA_STORE_TEST_ROLE"

func TestMain(m *testing.M) {
	roles := map[string]func(dir string) error{"hold": holdLock, "write": writeForEver, "full": fillDisk}
	role, dir, _ := strings.Cut(os.Getenv(roleVariable), ":")
	if play := roles[role]; play != nil {
		if err := play(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child starts a copy of the test program in a role.
func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), roleVariable+"="+role+":"+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// firstLine starts the command and waits for it to say something.
func firstLine(t *testing.T, cmd *exec.Cmd) (string, io.Reader) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(out)
	line, err := reader.ReadString('\n')
	if err != nil {
		t.Fatalf("child: %q, %v", line, err)
	}
	return strings.TrimSpace(line), reader
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

func newKey(t *testing.T) *Key {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func openStore(t *testing.T, dir string, key *Key) *Store {
	t.Helper()
	s, err := Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newStore(t *testing.T) *Store {
	t.Helper()
	return openStore(t, t.TempDir(), newKey(t))
}

// text is a write function for Put.
func text(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func put(t *testing.T, s *Store, sealed bool, content string) Ref {
	t.Helper()
	put := s.Put
	if sealed {
		put = s.PutSealed
	}
	ref, err := put("standard", "txt", text(content))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func read(s *Store, ref Ref) (string, error) {
	open := s.Open
	if ref.Sealed {
		open = s.OpenSealed
	}
	f, size, err := open(ref)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.NewSectionReader(f, 0, size))
	if err != nil {
		return "", err
	}
	return string(data), f.Close()
}

// drafts lists what is in tmp.
func drafts(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, draftsFolder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// artefacts lists the artefacts in a store by file name.
func artefacts(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "standard", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}
