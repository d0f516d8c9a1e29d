package wire

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// pair is a connection and its other side.
func pair(t *testing.T, now func() time.Time) (*Conn, net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c, err := Dial(ctx, l.Addr().String(), "22", now)
	if err != nil {
		t.Fatal(err)
	}
	other, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = c.Close(), other.Close() })
	return c, other
}

func TestSilenceEndsAConnection(t *testing.T) {
	t.Parallel()
	c, _ := pair(t, time.Now)
	c.idle = 20 * time.Millisecond
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, ErrIdle) || !errors.Is(c.Fault(), ErrIdle) {
		t.Errorf("%v, fault %v", err, c.Fault())
	}
	if _, err := c.Write([]byte("x")); !errors.Is(err, ErrIdle) {
		t.Errorf("after that: %v", err)
	}
}

func TestAnAnswerMayTakeLonger(t *testing.T) {
	t.Parallel()
	c, other := pair(t, time.Now)
	c.idle = 20 * time.Millisecond
	c.Await(time.Minute)
	time.AfterFunc(200*time.Millisecond, func() { _, _ = other.Write([]byte("x")) })
	if n, err := c.Read(make([]byte, 1)); n != 1 || err != nil {
		t.Fatalf("the answer: %d bytes, %v", n, err)
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, ErrIdle) {
		t.Errorf("behind it: %v", err)
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	const half = paceWindow / 2
	for _, test := range []struct {
		name  string
		bulk  bool
		bytes []int // that come after half a minute each
		keeps bool
	}{
		{"a file comes", true, []int{leastPerSpan, leastPerSpan, 1, leastPerSpan}, true},
		{"a file comes in pieces", true, []int{leastPerSpan - 1, 1}, true},
		{"a file hardly comes", true, []int{leastPerSpan, leastPerSpan / 2, leastPerSpan/2 - 1}, false},
		{"no file is asked for", false, []int{1, 1, 1}, true},
	} {
		c := &Conn{}
		if test.bulk {
			c.Bulk()
		}
		keeps := true
		for _, n := range test.bytes {
			keeps = c.keepsPace(n, half)
		}
		if keeps != test.keeps {
			t.Errorf("%s: %v", test.name, keeps)
		}
	}
}

func TestTheEndOfTheCallEndsAConnection(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Dial(ctx, "127.0.0.1", portOf(l), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := io.ReadAll(c); err == nil {
		t.Error("it is read to its end")
	}
}

func portOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
