package sftp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/sshd"
	"zhida/connectors/source"
	"zhida/connectors/source/sftp"
	"zhida/schemas"
)

// start starts a server whose place is a new folder.
func start(t testing.TB) (config source.Config, folder string) {
	t.Helper()
	server, folder := sshd.Start(t), t.TempDir()
	return source.Config{
		Name: "platform", Path: folder, Host: server.Address, User: server.User, Key: server.Key, HostKey: server.HostKey, Now: time.Now,
	}, folder
}

// place is a folder whose files are written at the time that now tells.
func place(folder string, config source.Config, now func() time.Time) conntest.Place {
	return conntest.Place{
		Put: func(t testing.TB, name string, content []byte) {
			put(t, filepath.Join(folder, name), content)
			check(t, os.Chtimes(filepath.Join(folder, name), now(), now()))
		},
		Remove: func(t testing.TB, name string) { check(t, os.Remove(filepath.Join(folder, name))) },
		Open:   func(d []source.Delivery) (source.Source, error) { config.Deliveries = d; return sftp.New(config) },
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Source(t, func(t *testing.T) conntest.Place {
		config, folder := start(t)
		return place(folder, config, later())
	})
	conntest.Network(t, func(t *testing.T) conntest.Remote {
		config, folder := start(t)
		proxy := conntest.NewProxy(t, config.Host)
		config.Host = proxy.Address
		hasty := config
		began := time.Now()
		hasty.Now = func() time.Time { return began.Add(60 * time.Since(began)) }
		return conntest.Remote{Place: place(folder, config, still), Proxy: proxy, Hasty: place(folder, hasty, still).Open}
	})
}

// still is a time that stands: the protocol tells no more than the second, and much can be written in one.
func still() time.Time { return time.Unix(1_780_000_000, 0) }

// later is a time that goes on by a second.
func later() func() time.Time {
	var seconds atomic.Int64
	return func() time.Time { return still().Add(time.Duration(seconds.Add(1)) * time.Second) }
}

func TestFlatMemory(t *testing.T) {
	config, folder := start(t)
	conntest.FlatSource(t, place(folder, config, still))
}

func BenchmarkRead(b *testing.B) {
	config, folder := start(b)
	conntest.Throughput(b, place(folder, config, still))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, path string, content []byte) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, content, 0o644))
}

func list(t *testing.T, config source.Config) ([]source.Object, error) {
	t.Helper()
	config.Deliveries = []source.Delivery{{Dataset: "tax", Files: "{date}.csv", Mode: schemas.ModeFull}}
	s, err := sftp.New(config)
	check(t, err)
	return s.List(t.Context())
}

func TestLoggingIn(t *testing.T) {
	t.Parallel()
	config, _ := start(t)
	config.Path = everybodys(t)
	other := sshd.Start(t)
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string // "": it works
	}{
		{"key", func(*source.Config) {}, ""},
		{"password", func(c *source.Config) { c.Key, c.User, c.Password = "", sshd.PasswordUser, sshd.Password }, ""},
		{"host key of known_hosts", func(c *source.Config) { c.HostKey = "127.0.0.1 " + c.HostKey }, ""},
		{"wrong password", func(c *source.Config) { c.Key, c.User, c.Password = "", sshd.PasswordUser, "geheim" }, "knows the key or the password"},
		{"unknown user", func(c *source.Config) { c.User = "nobody-here" }, "knows the key or the password"},
		{"key of another server", func(c *source.Config) { c.Key = other.Key }, "knows the key or the password"},
		{"somebody else's server", func(c *source.Config) { c.Host = other.Address }, "is pinned: if its owner confirms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := config
			c.change(&config)
			_, err := list(t, config)
			if c.says == "" {
				check(t, err)
				return
			}
			if !errors.Is(err, source.ErrDenied) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %v, saying %s", err, source.ErrDenied, c.says)
			}
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("the password is in %v", err)
			}
		})
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	config := source.Config{Name: "platform", Host: "h", User: "u", Password: "p", HostKey: "SHA256:" + strings.Repeat("A", 43)}
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string
	}{
		{"host", func(c *source.Config) { c.Host = "" }, "a host and a user"},
		{"user", func(c *source.Config) { c.User = "" }, "a host and a user"},
		{"host key", func(c *source.Config) { c.HostKey = "" }, "needs its host key"},
		{"fingerprint", func(c *source.Config) { c.HostKey = "SHA256:AAAA" }, "the host key cannot be read"},
		{"another host key", func(c *source.Config) { c.HostKey = "ssh-ed25519 AAAA" }, "the host key cannot be read"},
		{"password", func(c *source.Config) { c.Password = "" }, "a key or a password"},
		{"key", func(c *source.Config) { c.Key = "geheim" }, "the private key cannot be read"},
	} {
		config := config
		c.change(&config)
		if _, err := sftp.New(config); err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestLinksAreRefused(t *testing.T) {
	t.Parallel()
	config, folder := start(t)
	outside := t.TempDir()
	put(t, filepath.Join(outside, "20260615.csv"), []byte("x"))
	put(t, filepath.Join(folder, "real", "20260615.csv"), []byte("x"))
	check(t, os.Symlink(filepath.Join(outside, "20260615.csv"), filepath.Join(folder, "20260616.csv")))
	check(t, os.Symlink(outside, filepath.Join(folder, "20260617")))
	config.Deliveries = []source.Delivery{{Dataset: "tax", Files: "{date}.csv", Mode: schemas.ModeFull}}
	s, err := sftp.New(config)
	check(t, err)
	objects, err := s.List(t.Context())
	check(t, err)
	want := map[string]string{
		"20260616.csv": "a symbolic link", "20260617": "a symbolic link", "real/20260615.csv": "the name matches no pattern",
	}
	for _, o := range objects {
		if o.IsDelivery() || o.Problem != want[o.Name] {
			t.Errorf("%s: %q, want %q", o.Name, o.Problem, want[o.Name])
		}
	}
	if len(objects) != len(want) {
		t.Errorf("listed %+v", objects)
	}
	for _, name := range []string{"20260616.csv", "20260617/20260615.csv", "../" + filepath.Base(outside) + "/20260615.csv", "real"} {
		if _, err := s.Open(t.Context(), source.Object{Name: name, Size: 1, Dataset: "tax"}, 0); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}

// everybodys is a folder that everybody may read; t.TempDir is below one that is only ours.
func everybodys(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "sftp")
	check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	check(t, os.Chmod(folder, 0o755))
	return folder
}

func TestRights(t *testing.T) {
	t.Parallel()
	config, _ := start(t)
	config.Key, config.User, config.Password = "", sshd.PasswordUser, sshd.Password
	folder := everybodys(t)
	put(t, filepath.Join(folder, "20260615.csv"), []byte("x"))
	check(t, os.Chmod(filepath.Join(folder, "20260615.csv"), 0o600))
	config.Path = folder
	objects, err := list(t, config)
	check(t, err)
	s, err := sftp.New(config)
	check(t, err)
	if _, err := s.Open(t.Context(), objects[0], 0); !errors.Is(err, source.ErrDenied) {
		t.Errorf("a file that may not be read: %v", err)
	}
	check(t, os.Chmod(folder, 0o700))
	if _, err := list(t, config); !errors.Is(err, source.ErrDenied) {
		t.Errorf("a folder that may not be listed: %v", err)
	}
	config.Path = filepath.Join(folder, "absent")
	if _, err := list(t, config); err == nil {
		t.Error("a folder that is not there is listed")
	}
}
