package conntest

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy stands before a server and does what networks do: it cuts connections, brings little at a time, and is away.
type Proxy struct {
	Address string // host and port
	ports   []port

	mu        sync.Mutex
	listeners []net.Listener
	open      map[net.Conn]bool
	taken     int   // connections
	cut       int64 // bytes after which a connection is cut; 0: none is
	cutFrom   int   // the first connection that may be
	pace      int   // bytes per tenth of a second; 0: all there are
}

// port is one that a proxy takes connections at.
type port struct {
	address, target string // hosts and ports
	talk            bool   // of commands and answers, which is not cut: what is brought comes through others
}

// NewProxy starts a proxy that stops when the test ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p := &Proxy{ports: []port{{"127.0.0.1:0", target, false}}, open: map[net.Conn]bool{}}
	p.Up(t)
	t.Cleanup(p.Down)
	return p
}

// NewPassiveProxy starts a proxy before a server that has ports of its own for what it brings, as FTP does. It has the same ports
// of another address.
func NewPassiveProxy(t testing.TB, target string, data []string) *Proxy {
	t.Helper()
	p := &Proxy{open: map[net.Conn]bool{}}
	for i, target := range append([]string{target}, data...) {
		_, number, err := net.SplitHostPort(target)
		if err != nil {
			t.Fatal(err)
		}
		p.ports = append(p.ports, port{"127.0.0.2:" + number, target, i == 0})
	}
	p.Up(t)
	t.Cleanup(p.Down)
	return p
}

func (p *Proxy) accept(l net.Listener, at port) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go p.serve(c, at)
	}
}

// CutAfter cuts the first of the connections to come that brings so many bytes, and no other.
func (p *Proxy) CutAfter(bytes int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut, p.cutFrom = bytes, p.taken
}

// Slow brings no more than so many bytes in a tenth of a second.
func (p *Proxy) Slow(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pace = bytes
}

// Down cuts all connections and takes no new ones.
func (p *Proxy) Down() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.listeners {
		_ = l.Close()
	}
	p.listeners = nil
	for c := range p.open {
		_ = c.Close()
	}
}

// Up takes connections again.
func (p *Proxy) Up(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, at := range p.ports {
		l, err := net.Listen("tcp", at.address)
		if err != nil {
			t.Fatal(err)
		}
		p.ports[i].address = l.Addr().String()
		p.listeners = append(p.listeners, l)
		go p.accept(l, at)
	}
	p.Address = p.ports[0].address
}

func (p *Proxy) serve(client net.Conn, at port) {
	server, err := net.Dial("tcp", at.target)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.open[client], p.open[server] = true, true
	number := p.taken
	p.taken++
	p.mu.Unlock()
	go func() {
		_, _ = io.Copy(server, client)
		p.end(client, server)
	}()
	p.bring(client, server, func(brought int64) bool { return !at.talk && p.isCut(number, brought) })
	p.end(client, server)
}

func (p *Proxy) end(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
		delete(p.open, c)
	}
}

// reset has a connection end as a broken one does, and not as one whose other side is done.
func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // else it ends as if it were done, which is a harder case
	}
}

// bring copies what the server says, up to where it is cut.
func (p *Proxy) bring(client net.Conn, server io.Reader, isCut func(brought int64) bool) {
	buffer := make([]byte, 16<<10)
	brought := int64(0)
	for {
		p.mu.Lock()
		pace := p.pace
		p.mu.Unlock()
		part := buffer
		if pace > 0 {
			time.Sleep(100 * time.Millisecond)
			part = buffer[:pace]
		}
		n, err := server.Read(part)
		if brought += int64(n); isCut(brought) {
			reset(client)
			return
		}
		if err != nil {
			return
		}
		if _, err := client.Write(part[:n]); err != nil {
			return
		}
	}
}

// isCut reports whether a connection that brought so many bytes is the one to cut.
func (p *Proxy) isCut(number int, brought int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut == 0 || number < p.cutFrom || brought < p.cut {
		return false
	}
	p.cut = 0
	return true
}
