package ftp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/ftpd"
	"zhida/connectors/source"
	"zhida/connectors/source/ftp"
	"zhida/schemas"
)

// kinds are the servers that there are.
func kinds() map[string]ftpd.Kind {
	return map[string]ftpd.Kind{"MLSD": {}, "LIST": {Listing: true}, "TLS": {TLS: true}}
}

// start starts a server whose place is a new folder.
func start(t testing.TB, kind ftpd.Kind) (config source.Config, server *ftpd.Server, folder string) {
	t.Helper()
	server, folder = ftpd.Start(t, kind), t.TempDir()
	config = source.Config{Name: "platform", Path: folder, Host: server.Address, User: ftpd.User, Password: ftpd.Password, Now: time.Now}
	if kind.TLS {
		config.TLS, config.HostKey = source.TLSExplicit, server.HostKey
	}
	return config, server, folder
}

// place is a folder whose files are written at the time that now tells.
func place(folder string, config source.Config, now func() time.Time) conntest.Place {
	return conntest.Place{
		Put: func(t testing.TB, name string, content []byte) {
			put(t, filepath.Join(folder, name), content)
			check(t, os.Chtimes(filepath.Join(folder, name), now(), now()))
		},
		Remove: func(t testing.TB, name string) { check(t, os.Remove(filepath.Join(folder, name))) },
		Open:   func(d []source.Delivery) (source.Source, error) { config.Deliveries = d; return ftp.New(config) },
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conntest.Source(t, func(t *testing.T) conntest.Place {
				config, _, folder := start(t, kind)
				return place(folder, config, later())
			})
			conntest.Network(t, func(t *testing.T) conntest.Remote {
				config, server, folder := start(t, kind)
				proxy := conntest.NewPassiveProxy(t, config.Host, server.Data)
				config.Host = proxy.Address
				hasty := config
				began := time.Now()
				hasty.Now = func() time.Time { return began.Add(60 * time.Since(began)) }
				return conntest.Remote{Place: place(folder, config, still), Proxy: proxy, Hasty: place(folder, hasty, still).Open}
			})
		})
	}
}

// still is a time that stands: the protocol tells no more than the second, and much can be written in one.
func still() time.Time { return time.Unix(1_780_000_000, 0) }

// later is a time that goes on by a day, which is what LIST tells of files that are older than half a year.
func later() func() time.Time {
	var days atomic.Int64
	return func() time.Time { return still().AddDate(0, 0, int(days.Add(1))) }
}

func TestFlatMemory(t *testing.T) {
	config, _, folder := start(t, ftpd.Kind{})
	conntest.FlatSource(t, place(folder, config, still))
}

func BenchmarkRead(b *testing.B) {
	for name, kind := range kinds() {
		b.Run(name, func(b *testing.B) {
			config, _, folder := start(b, kind)
			conntest.Throughput(b, place(folder, config, still))
		})
	}
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

func list(t *testing.T, config source.Config) (source.Source, []source.Object, error) {
	t.Helper()
	config.Deliveries = []source.Delivery{{Dataset: "tax", Files: "{date}.csv", Mode: schemas.ModeFull}}
	s, err := ftp.New(config)
	check(t, err)
	objects, err := s.List(t.Context())
	return s, objects, err
}

func TestLoggingIn(t *testing.T) {
	t.Parallel()
	open, _, _ := start(t, ftpd.Kind{})
	secure, _, _ := start(t, ftpd.Kind{TLS: true})
	for _, c := range []struct {
		name   string
		config source.Config
		change func(c *source.Config)
		says   string // "": it works
	}{
		{"in the clear", open, func(*source.Config) {}, ""},
		{"within TLS", secure, func(*source.Config) {}, ""},
		{"wrong password", open, func(c *source.Config) { c.Password = "geheim" }, "the password is right"},
		{"unknown user", secure, func(c *source.Config) { c.User = "nobody-here" }, "the password is right"},
		{"somebody else's certificate", secure, func(c *source.Config) { c.HostKey = strings.Repeat("0", 64) }, "is pinned: if its owner confirms"},
		{"no TLS on the server", open, func(c *source.Config) { c.TLS, c.HostKey = secure.TLS, secure.HostKey }, "wants TLS or has none"},
		{"a folder that is not there", open, func(c *source.Config) { c.Path = "/not-there" }, "no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.change(&c.config)
			_, _, err := list(t, c.config)
			if c.says == "" {
				check(t, err)
				return
			}
			if err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.says)) {
				t.Errorf("%v; want it to say %s", err, c.says)
			}
			if !errors.Is(err, source.ErrDenied) && !errors.Is(err, source.ErrGone) {
				t.Errorf("%v is worth a retry", err)
			}
			if strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), ftpd.Password) {
				t.Errorf("the password is in %v", err)
			}
		})
	}
}

// TestTLSIsWanted: the server refuses a user in the clear before it hears the password, and says why.
func TestTLSIsWanted(t *testing.T) {
	t.Parallel()
	config, _, _ := start(t, ftpd.Kind{TLS: true})
	config.TLS, config.HostKey = source.TLSNone, ""
	if _, _, err := list(t, config); err == nil || !strings.Contains(err.Error(), "TLS required") {
		t.Errorf("got %v", err)
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	config := source.Config{Name: "platform", Host: "h", User: "u", Password: "p", TLS: source.TLSExplicit, HostKey: strings.Repeat("0", 64)}
	for _, c := range []struct {
		name   string
		change func(c *source.Config)
		says   string
	}{
		{"host", func(c *source.Config) { c.Host = "" }, "a host and a user"},
		{"user", func(c *source.Config) { c.User = "" }, "a host and a user"},
		{"password", func(c *source.Config) { c.Password = "" }, "needs a password"},
		{"host key", func(c *source.Config) { c.HostKey = "" }, "needs its host key"},
		{"another host key", func(c *source.Config) { c.HostKey = "SHA256:AAAA" }, "the host key cannot be read"},
		{"host key without TLS", func(c *source.Config) { c.TLS = source.TLSNone }, "only within TLS"},
	} {
		config := config
		c.change(&config)
		if _, err := ftp.New(config); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestLinksAreRefused(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, _, folder := start(t, kind)
			outside := t.TempDir()
			put(t, filepath.Join(outside, "20260615.csv"), []byte("x"))
			put(t, filepath.Join(folder, "real", "20260615.csv"), []byte("x"))
			check(t, os.Symlink(filepath.Join(outside, "20260615.csv"), filepath.Join(folder, "20260616.csv")))
			check(t, os.Symlink(outside, filepath.Join(folder, "20260617")))
			s, objects, err := list(t, config)
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
		})
	}
}

// TestRights: what is there and not ours is told from what is not there.
func TestRights(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, _, folder := start(t, kind)
			config.Path = everybodys(t)
			config.User = ftpd.Stranger
			put(t, filepath.Join(config.Path, "20260615.csv"), []byte("x"))
			check(t, os.Chmod(filepath.Join(config.Path, "20260615.csv"), 0o600))
			s, objects, err := list(t, config)
			check(t, err)
			if len(objects) != 1 || !objects[0].IsDelivery() {
				t.Fatalf("listed %+v", objects)
			}
			if _, err := s.Open(t.Context(), objects[0], 0); !errors.Is(err, source.ErrDenied) {
				t.Errorf("a file: %v", err)
			}
			config.Path = folder
			check(t, os.Chmod(filepath.Dir(folder), 0o700))
			if _, _, err := list(t, config); err == nil {
				t.Error("a folder that is not ours is listed")
			}
		})
	}
}

// everybodys is a folder that everybody may read; t.TempDir is below one that is only ours.
func everybodys(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "zhida-ftp-")
	check(t, err)
	t.Cleanup(func() { check(t, os.RemoveAll(folder)) })
	check(t, os.Chmod(folder, 0o755))
	return folder
}
