package wire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Bounds of a connection. A platform's server behind a slow line brings 100 KiB a second; what brings less than a hundredth of
// that is broken: a file of 2 GB would take weeks.
const (
	dialTimeout  = 15 * time.Second
	idleTimeout  = 60 * time.Second // until the next byte, read or written
	paceWindow   = 60 * time.Second // of waiting
	leastPerSpan = 64 << 10         // bytes in that time
)

// Errors of a connection that is open. Both are worth a retry.
var (
	ErrIdle = errors.New("the server said nothing for a minute")
	ErrSlow = errors.New("the server brings less than 1 KiB a second")
)

// Conn is a connection with bounds. Waiting for the other side is measured, not what we do in between.
type Conn struct {
	net.Conn
	now    func() time.Time
	cancel func() bool
	idle   time.Duration // until the next byte
	answer time.Duration // until the first byte of an answer; 0: as any
	bulk   bool          // what is read is a file
	mu     sync.Mutex
	waited time.Duration // in the span
	came   int           // bytes in the span
	fault  error
}

// Fault is why the connection was given up; nil if it was not. Protocols have errors of their own for what follows.
func (c *Conn) Fault() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fault
}

// giveUp notes why.
func (c *Conn) giveUp(why error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault == nil {
		c.fault = why
	}
	return why
}

// Dial connects to host, with the port unless the host names one. When ctx ends the connection is closed: who waits on it gets
// an error, and should return ctx's cause.
func Dial(ctx context.Context, host, port string, now func() time.Time) (*Conn, error) {
	address := host
	if _, _, err := net.SplitHostPort(host); err != nil {
		address = net.JoinHostPort(host, port)
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", address, err)
	}
	conn := &Conn{Conn: c, now: now, idle: idleTimeout}
	conn.cancel = context.AfterFunc(ctx, func() { _ = c.Close() })
	return conn, nil
}

// Bulk says that from here on a file is read, which has to come at some pace.
func (c *Conn) Bulk() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bulk, c.waited, c.came = true, 0, 0
}

// Await says that the server works for as long as that before it answers. From the first byte on it is as before.
func (c *Conn) Await(answer time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = answer
}

// Talk says that from here on no file is read: questions wait for their answers.
func (c *Conn) Talk() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bulk = false
}

// Read implements net.Conn.
func (c *Conn) Read(p []byte) (int, error) {
	began := c.now()
	defer c.watch().Stop()
	n, err := c.Conn.Read(p)
	if err != nil {
		return n, c.because(err)
	}
	c.Await(0)
	if !c.keepsPace(n, c.now().Sub(began)) {
		err = c.giveUp(ErrSlow)
	}
	return n, err
}

// Write implements net.Conn.
func (c *Conn) Write(p []byte) (int, error) {
	defer c.watch().Stop()
	n, err := c.Conn.Write(p)
	if err != nil {
		err = c.because(err)
	}
	return n, err
}

// watch gives the connection up unless it is stopped in time. Deadlines would go by the wall clock, which is not ours to read.
func (c *Conn) watch() *time.Timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.AfterFunc(max(c.idle, c.answer), func() {
		_ = c.giveUp(ErrIdle) // told to who waits
		_ = c.Conn.Close()
	})
}

// because is why the connection was given up, if that is what came before an error.
func (c *Conn) because(err error) error {
	if fault := c.Fault(); fault != nil {
		return fault
	}
	return err
}

// keepsPace counts what came, and in how much time of waiting, and reports whether it is enough.
func (c *Conn) keepsPace(n int, waited time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.came, c.waited = c.came+n, c.waited+waited
	if c.came >= leastPerSpan {
		c.came, c.waited = 0, 0
	}
	return !c.bulk || c.waited < paceWindow
}

// Close implements net.Conn.
func (c *Conn) Close() error {
	c.cancel()
	return c.Conn.Close()
}
