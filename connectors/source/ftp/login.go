package ftp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"

	"github.com/jlaffaye/ftp"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

const port = "21"

// login is how to log in to a server.
type login struct {
	pinned wire.Pin // nil: in the clear
}

// newLogin checks what the site says about logging in.
func newLogin(config source.Config) (*login, error) {
	l := &login{}
	switch {
	case config.Host == "" || config.User == "":
		return nil, errors.New("an FTP server needs a host and a user")
	case config.Password == "":
		return nil, errors.New("an FTP server needs a password")
	case config.TLS != source.TLSExplicit && config.HostKey != "":
		return nil, errors.New("an FTP server has a host key only within TLS")
	case config.TLS != source.TLSExplicit:
		return l, nil
	case config.HostKey == "":
		return nil, errors.New("an FTP server within TLS needs its host key, the fingerprint of its certificate, so that nobody can pass for it")
	}
	var err error
	l.pinned, err = wire.ReadPin(config.HostKey)
	return l, err
}

// config is that of TLS. Servers want the connection of a file to go on with the session in which the password was told, which
// they can tell only before TLS 1.3.
func (l *login) config(host string) *tls.Config {
	config := l.pinned.TLS(host)
	config.MaxVersion = tls.VersionTLS12
	config.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	return config
}

// connection is a session of a server.
type connection struct {
	control *wire.Conn
	data    *wire.Conn // the last one
	ftp     *ftp.ServerConn
	root    string // the folder, as the server calls it
	records bool   // what is brought is a listing
	listing bytes.Buffer
}

// connect logs in.
func (s *Server) connect(ctx context.Context) (*connection, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	c := &connection{}
	options := []ftp.DialOption{}
	secure := func(conn net.Conn) net.Conn { return conn }
	if s.login.pinned != nil {
		config := s.login.config(s.config.Host)
		options = append(options, ftp.DialWithExplicitTLS(config))
		secure = func(conn net.Conn) net.Conn { return tls.Client(conn, config) }
	}
	options = append(options, ftp.DialWithDialFunc(func(_, address string) (net.Conn, error) {
		conn, err := wire.Dial(ctx, address, port, s.config.Now)
		if err != nil {
			return nil, err
		}
		if c.control == nil {
			c.control = conn // the client makes it secure when the server is ready
			return conn, nil
		}
		c.data = conn
		return &recorded{secure(conn), c}, nil
	}))
	var err error
	c.ftp, err = ftp.Dial(s.config.Host, options...)
	if err == nil {
		err = c.ftp.Login(s.config.User, s.config.Password)
	}
	if err != nil {
		c.close()
		return nil, c.refusal(err)
	}
	if s.config.Path != "" {
		err = c.ftp.ChangeDir(s.config.Path)
	}
	if err == nil {
		c.root, err = c.ftp.CurrentDir()
	}
	if err != nil {
		c.close()
		return nil, c.known(err)
	}
	return c, nil
}

// recorded is the connection of a listing or a file.
type recorded struct {
	net.Conn
	of *connection
}

// Read implements net.Conn.
func (r *recorded) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	if r.of.records {
		r.of.listing.Write(p[:n])
	}
	return n, err
}

// refusal tells a refused login, which no retry helps, from a broken connection.
func (c *connection) refusal(err error) error {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply) || reply.Code < ftp.StatusBadCommand:
		return fmt.Errorf("log in: %w", c.known(err))
	case reply.Code == ftp.StatusNotLoggedIn:
		return fmt.Errorf("%w: log in: %w: see that the user exists and that the password is right", source.ErrDenied, err)
	}
	return fmt.Errorf("%w: log in: %w: see whether the server wants TLS or has none", source.ErrDenied, err)
}

// fault is why a connection was given up.
func (c *connection) fault() error {
	for _, conn := range []*wire.Conn{c.data, c.control} {
		if conn != nil && conn.Fault() != nil {
			return conn.Fault()
		}
	}
	return nil
}

// close ends the session without ceremony: read only, nothing is lost.
func (c *connection) close() {
	for _, conn := range []*wire.Conn{c.data, c.control} {
		if conn != nil {
			_ = conn.Close()
		}
	}
}
