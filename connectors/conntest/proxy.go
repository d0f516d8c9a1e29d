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
	target  string

	mu       sync.Mutex
	listener net.Listener
	open     map[net.Conn]bool
	cut      int64 // bytes after which the next connection is cut; 0: it is not
	pace     int   // bytes per tenth of a second; 0: all there are
}

// NewProxy starts a proxy that stops when the test ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p := &Proxy{target: target, open: map[net.Conn]bool{}}
	if err := p.listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Down)
	return p
}

func (p *Proxy) listen(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.listener, p.Address = l, l.Addr().String()
	p.mu.Unlock()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
	return nil
}

// CutAfter cuts the next connection when it has brought so many bytes, and no other.
func (p *Proxy) CutAfter(bytes int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = bytes
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
	_ = p.listener.Close()
	for c := range p.open {
		_ = c.Close()
	}
}

// Up takes connections again.
func (p *Proxy) Up(t testing.TB) {
	t.Helper()
	if err := p.listen(p.Address); err != nil {
		t.Fatal(err)
	}
}

func (p *Proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.open[client], p.open[server] = true, true
	cut := p.cut
	p.cut = 0
	p.mu.Unlock()
	go func() {
		_, _ = io.Copy(server, client)
		p.end(client, server)
	}()
	p.bring(client, server, cut)
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

// bring copies what the server says, up to where it is cut.
func (p *Proxy) bring(client io.Writer, server io.Reader, cut int64) {
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
		if brought += int64(n); cut > 0 && brought >= cut || err != nil {
			return
		}
		if _, err := client.Write(part[:n]); err != nil {
			return
		}
	}
}
