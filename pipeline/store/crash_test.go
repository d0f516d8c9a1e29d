package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestLock(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	release, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	_, err = openStore(t, s.dir, s.key).Lock()
	if want := fmt.Sprintf("another zhida (pid %d) is running in %s", os.Getpid(), s.dir); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("second Lock = %v, want %q", err, want)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if release, err = s.Lock(); err != nil {
		t.Fatalf("Lock after release = %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// holdLock is the role of a process that runs a night until it is killed.
func holdLock(dir string) error {
	s, err := Open(dir, nil)
	if err != nil {
		return err
	}
	if _, err := s.Lock(); err != nil {
		return err
	}
	fmt.Println("locked")
	time.Sleep(time.Hour)
	return nil
}

func TestLockEndsWithItsProcess(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	cmd := child(t, "hold", s.dir)
	if line, _ := firstLine(t, cmd); line != "locked" {
		t.Fatal(line)
	}
	if _, err := s.Lock(); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("Lock = %v, want ErrLocked by %d", err, cmd.Process.Pid)
	}
	kill(t, cmd)
	release, err := s.Lock()
	if err != nil {
		t.Fatalf("Lock after kill = %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// writeForEver is the role of a process that writes artefacts, and says which are stored, until it is killed.
func writeForEver(dir string) error {
	key, err := LoadKey("file:k", filepath.Dir(dir))
	if err != nil {
		return err
	}
	s, err := Open(dir, key)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		put := s.Put
		if i%2 == 1 {
			put = s.PutSealed
		}
		ref, err := put("standard", "txt", func(w io.Writer) error {
			for j := range 3000 {
				if _, err := fmt.Fprintln(w, i, j); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := s.WriteManifest("nights/n/manifest.json", ref); err != nil {
			return err
		}
		fmt.Println(i)
	}
}

func TestKilledWriterLeavesOnlyDrafts(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	key := newKey(t)
	if err := key.WriteFile(filepath.Join(base, "k")); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(base, "store")
	swept := 0
	for round := range 8 {
		cmd := child(t, "write", dir)
		if line, _ := firstLine(t, cmd); line != "0" {
			t.Fatal(line)
		}
		time.Sleep(time.Duration(round*7) * time.Millisecond)
		kill(t, cmd)
		swept += len(drafts(t, dir))
		s := openStore(t, dir, key)
		if left := drafts(t, dir); len(left) != 0 {
			t.Fatalf("round %d: drafts were not swept: %v", round, left)
		}
		checkAll(t, s)
	}
	t.Logf("%d drafts were left by 8 killed processes and swept", swept)
}

// checkAll makes sure that every file with an artefact's name is sound, and that the manifest names one.
func checkAll(t *testing.T, s *Store) {
	t.Helper()
	for _, file := range artefacts(t, s.dir) {
		sum, _, _ := strings.Cut(filepath.Base(file), ".")
		sealed := strings.HasSuffix(file, sealedSuffix)
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		ref := newRef("standard", "txt", sum, info.Size(), sealed)
		if sealed {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			_, size, err := s.unseal(ref.Name, f, info.Size())
			if err != nil {
				t.Fatal(err)
			}
			ref.Size = size
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Check(ref); err != nil {
			t.Fatal(err)
		}
	}
	var last Ref
	if err := s.ReadManifest("nights/n/manifest.json", &last); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(last); err != nil {
		t.Fatalf("the manifest names a missing artefact: %v", err)
	}
}

func TestSweepSparesLivingDrafts(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	dead := filepath.Join(s.dir, draftsFolder, "1-1")
	if err := os.WriteFile(dead, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	ref, err := s.Put("standard", "txt", func(w io.Writer) error {
		openStore(t, s.dir, s.key)
		if left := drafts(t, s.dir); len(left) != 1 || left[0] == dead {
			t.Errorf("after a sweep there is %v, want the draft being written", left)
		}
		return text("x")(w)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(s, ref); err != nil {
		t.Fatal(err)
	}
}

// fillDisk is the role of a process with a small disk of its own.
func fillDisk(dir string) error {
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=600k"); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	key, err := NewKey()
	if err != nil {
		return err
	}
	s, err := Open(dir, key)
	if err != nil {
		return err
	}
	if _, err := s.Put("standard", "txt", text("fits")); err != nil {
		return err
	}
	if err := s.WriteManifest("nights/n/manifest.json", "before"); err != nil {
		return err
	}
	big := text(strings.Repeat("x", 1<<20))
	_, plain := s.Put("standard", "txt", big)
	_, sealed := s.PutSealed("standard", "txt", big)
	manifest := s.WriteManifest("nights/n/manifest.json", strings.Repeat("x", 1<<20))
	for _, err := range []error{plain, sealed, manifest} {
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free some space and run again") {
			return fmt.Errorf("want a full disk, got: %w", err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, draftsFolder, "*"))
	if err != nil || len(left) != 0 {
		return errors.Join(err, fmt.Errorf("left behind: %v", left))
	}
	var kept string
	if err := s.ReadManifest("nights/n/manifest.json", &kept); err != nil || kept != "before" {
		return errors.Join(err, fmt.Errorf("the manifest is %q", kept))
	}
	_, err = s.Put("standard", "txt", text(strings.Repeat("y", 300_000)))
	return err // there is room again
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	cmd := child(t, "full", t.TempDir())
	// In a mount namespace of its own, so that nothing is left mounted; also without root's rights.
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
	}
	cmd.Stderr = nil
	if out, err := cmd.Output(); err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("%v: %s", err, out)
	}
}
