package exchange

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
	"zhida/schemas"
)

// client asks for pages, one after the other, during one call of List or Open.
type client struct {
	of       *Interface
	ctx      context.Context // of the call, which the connections are for
	http     http.Client
	wire     atomic.Pointer[wire.Conn] // the connection, as nothing is asked twice at a time
	patience time.Duration             // for a platform that asks us to wait
}

const (
	// patience is how long a platform may keep us waiting for a page.
	patience = 5 * time.Minute
	// headerTimeout is how long a platform may take over the head of an answer, however often it says a word (see package wire).
	headerTimeout = 2 * time.Minute
)

// connect makes a client; it connects when it asks.
func (s *Interface) connect(ctx context.Context) *client {
	c := &client{of: s, ctx: ctx, patience: patience}
	c.http.Transport = &http.Transport{
		DialContext: func(_ context.Context, _, address string) (net.Conn, error) {
			c.wire.Store(nil)
			conn, err := wire.Dial(ctx, address, "", s.config.Now) // not for the one request only; there is a port
			if err != nil {
				return nil, err
			}
			c.wire.Store(conn)
			return conn, nil
		},
		TLSClientConfig:       s.pin.TLS(s.base.Hostname()),
		ResponseHeaderTimeout: headerTimeout,
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

func (c *client) close() { c.http.CloseIdleConnections() }

// ask asks for a page, and waits as long as the platform wants us to.
func (c *client) ask(r *request, date schemas.Date, page, size int) (*answer, error) {
	u, err := r.url(c.of.base, date, page, size)
	if err != nil {
		return nil, err
	}
	for {
		a, err := c.once(r, u)
		var later *laterError
		if !errors.As(err, &later) {
			if err == nil {
				c.patience = patience
			}
			return a, err
		}
		if c.patience -= later.after; c.patience < 0 {
			return nil, fmt.Errorf("%w: %w: that is more than the %v we wait in all: run later, or have the platform allow more requests",
				source.ErrDenied, err, patience)
		}
		if err := c.of.wait(c.ctx, later.after); err != nil {
			return nil, err
		}
	}
}

// once asks for a page.
func (c *client) once(r *request, u *url.URL) (*answer, error) {
	if c.ctx.Err() != nil {
		return nil, context.Cause(c.ctx)
	}
	asked, err := http.NewRequestWithContext(c.ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	asked.Header.Set("Accept", "application/json")
	c.of.sign(asked.Header, u)
	response, err := c.http.Do(asked)
	if err != nil {
		return nil, c.known(err)
	}
	defer func() { _ = response.Body.Close() }()
	conn := c.wire.Load()
	conn.Bulk()
	defer conn.Talk()
	if response.StatusCode != http.StatusOK {
		return nil, c.refusal(response.StatusCode, response.Header, message(response.Body))
	}
	a, err := r.read(response.Body)
	switch {
	case err != nil && strings.Contains(response.Header.Get("Content-Type"), "html"):
		return nil, c.known(fmt.Errorf("the answer is a page for people, perhaps one to log in at: %w", err))
	case err != nil:
		return nil, c.known(err)
	case a.failed:
		return nil, c.failure(a, response.Header)
	}
	return a, nil
}

// known says why a connection broke, and what the contract calls an error.
func (c *client) known(err error) error {
	if conn := c.wire.Load(); conn != nil && conn.Fault() != nil {
		return fmt.Errorf("%w: %w", conn.Fault(), err)
	}
	var unverified *tls.CertificateVerificationError
	if errors.As(err, &unverified) {
		return fmt.Errorf("%w: %w: if it is the platform's own certificate, pin it as hostkey", source.ErrDenied, err)
	}
	return err
}
