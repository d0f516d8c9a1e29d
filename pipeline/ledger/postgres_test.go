package ledger

import (
	"bytes"
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"zhida/connectors/conntest/postgres"
	"zhida/connectors/source/wire"
)

// A server that restarts is waited for: what reads and writes meanwhile goes on, and nothing is lost or doubled.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	s := postgres.Start(t)
	l := onServer(s).empty(t)
	release, err := l.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	restart := func() {
		s.Kill()
		s.Up(t)
	}
	land(t, l, aDelivery(1))
	restart()
	if d, isNew := land(t, l, aDelivery(2)); d.Seq != 2 || !isNew {
		t.Errorf("the next delivery: %+v, %v", d, isNew)
	}
	s.Kill()
	up := make(chan struct{})
	go func() {
		defer close(up)
		time.Sleep(300 * time.Millisecond)
		s.Up(t)
	}()
	if all, err := l.Deliveries(t.Context(), DeliveryFilter{}); err != nil || len(all) != 2 {
		t.Errorf("deliveries: %+v, %v", all, err)
	}
	<-up
	n := begin(t, l, night0)
	const many = 2000
	times := 0
	err = l.PublishNight(t.Context(), n, func(yield func(Push, error) bool) {
		times++
		for i := range many {
			if i == many/2 && times == 1 {
				restart()
			}
			if !yield(sms(int64(i)), nil) {
				return
			}
		}
	}, nil)
	if err != nil || times != 2 {
		t.Errorf("published in %d attempts: %v", times, err)
	}
	if got := pushes(t, l, n.ID); len(got) != many {
		t.Errorf("%d pushes, want %d", len(got), many)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

// When the line is cut while a transaction is committed, the server is asked what became of it.
func TestCutWhileCommitting(t *testing.T) {
	t.Parallel()
	s := postgres.Start(t)
	for name, arrives := range map[string]bool{"before it arrives": false, "before the answer": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := onServer(s).place(t)
			direct := at.ledger(t)
			line := newLine(t, at.Server.Host, arrives)
			at.Server.Host = line.address
			l := at.ledger(t)
			land(t, l, aDelivery(1))
			line.cut.Store(true)
			times := 0
			err := l.change(t.Context(), func(tx *sql.Tx) error {
				times++
				_, err := tx.ExecContext(t.Context(), `INSERT INTO audits (at, who, what) VALUES ('', 'x', 'y')`)
				return err
			})
			if want := map[bool]int{false: 2, true: 1}[arrives]; err != nil || times != want || line.cut.Load() {
				t.Errorf("%v, done %d times, want %d; cut: %v", err, times, want, !line.cut.Load())
			}
			if audits, err := direct.Audits(t.Context()); err != nil || len(audits) != 1 {
				t.Errorf("%+v, %v", audits, err)
			}
		})
	}
}

// line stands before a server and cuts a connection when it commits.
type line struct {
	address string
	cut     atomic.Bool // the next commit
	arrives bool        // the commit, and not its answer
}

func newLine(t *testing.T, target string, arrives bool) *line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	l := &line{address: listener.Addr().String(), arrives: arrives}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", target)
			if err != nil {
				_ = client.Close()
				return
			}
			go l.forward(client, server)
		}
	}()
	return l
}

func (l *line) forward(client, server net.Conn) {
	defer client.Close()
	defer server.Close()
	var deaf atomic.Bool
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || deaf.Load() { // what comes is the answer to the commit
				_ = client.Close()
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		commits := bytes.Contains(buffer[:n], []byte("commit\x00")) && l.cut.CompareAndSwap(true, false)
		if commits && !l.arrives {
			return
		}
		if commits {
			deaf.Store(true)
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
		if commits {
			<-answered
			return
		}
	}
}

// Two machines that share a ledger run one night at a time, also when the connection of one is lost.
func TestOneNightAtATime(t *testing.T) {
	t.Parallel()
	s := postgres.Start(t)
	at := onServer(s).place(t)
	one, two := at.ledger(t), at.ledger(t)
	if _, err := one.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.Lock(t.Context()); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "zhida on "+machine) {
		t.Errorf("a second night: %v", err)
	}
	n := begin(t, one, night0)
	// Its connection is lost, and it takes the lock again.
	s.Exec(t, at.Server.Database, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 2026061503`)
	land(t, one, aDelivery(1))
	if _, err := two.Lock(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("a second night after the connection was lost: %v", err)
	}
	// It is lost again, and the other is faster.
	if err := one.writer.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := two.Lock(t.Context())
	for range 500 { // the server notices in a moment
		if !errors.Is(err, ErrLocked) {
			break
		}
		time.Sleep(20 * time.Millisecond)
		other, err = two.Lock(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := other(); err != nil {
		t.Fatal(err)
	}
	config, err := at.Server.config("off")
	if err != nil {
		t.Fatal(err)
	}
	one.writer = stdlib.OpenDB(*config)
	one.writer.SetMaxOpenConns(1)
	n.Manifest = "nights/other.json"
	if err := one.PublishNight(t.Context(), n, each(sms(1)), nil); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "run again") {
		t.Errorf("a night whose lock another had: %v", err)
	}
	if n, err := two.Night(t.Context(), n.ID); err != nil || n.State != NightRunning {
		t.Errorf("it is %+v, %v", n, err)
	}
	if other, err = two.Lock(t.Context()); err != nil {
		t.Errorf("when it has ended: %v", err)
	} else if err := other(); err != nil {
		t.Error(err)
	}
}

// What an operator can help is said.
func TestServerRefuses(t *testing.T) {
	t.Parallel()
	s := postgres.Start(t)
	good := onServer(s).place(t).Server
	s.Exec(t, "postgres", "CREATE DATABASE latin OWNER "+postgres.User+" ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'", "CREATE DATABASE foreign1 TEMPLATE template0")
	pin, err := wire.ReadPin(s.HostKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Server)
		want   string
	}{
		"within TLS":               {func(at *Server) { at.TLS = pin.TLS("") }, ""},
		"another's certificate":    {func(at *Server) { at.TLS = wire.Pin(make([]byte, 32)).TLS("") }, "is pinned"},
		"nobody knows the issuer":  {func(at *Server) { at.TLS = &tls.Config{MinVersion: tls.VersionTLS12} }, "certificate"},
		"wrong password":           {func(at *Server) { at.Password = "geheim" }, "pg_hba.conf"},
		"no such database":         {func(at *Server) { at.Database = "none" }, "CREATE DATABASE"},
		"another encoding":         {func(at *Server) { at.Database = "latin" }, "its encoding is LATIN1"},
		"somebody else's database": {func(at *Server) { at.Database = "foreign1" }, "make it the owner"},
		"nobody there":             {func(at *Server) { at.Host = "127.0.0.1:1" }, "cannot be reached"},
		"no port":                  {func(at *Server) { at.Host = "127.0.0.1:x" }, "the port is not a number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := good
			c.change(&at)
			l, err := OpenServer(t.Context(), at)
			if err == nil {
				err = l.Close()
			}
			if (err != nil) != (c.want != "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), postgres.Password)) {
				t.Errorf("the password is in %v", err)
			}
		})
	}
}

// A broken artefact that is read on the way is not taken for a connection that is lost.
func TestBrokenPushListIsNoLostConnection(t *testing.T) {
	t.Parallel()
	l := onServer(postgres.Start(t)).empty(t)
	times := 0
	err := l.PublishNight(t.Context(), begin(t, l, night0), func(yield func(Push, error) bool) {
		times++
		yield(Push{}, io.ErrUnexpectedEOF)
	}, nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) || times != 1 || strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("read %d times: %v", times, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Nights(ctx); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("cancelled: %v", err)
	}
	if all, err := l.Nights(t.Context()); err != nil || !slices.ContainsFunc(all, func(n Night) bool { return n.State == NightRunning }) {
		t.Errorf("%+v, %v", all, err)
	}
}
