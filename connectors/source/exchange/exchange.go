package exchange

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/retry"
	"zhida/connectors/source/wire"
	"zhida/schemas"
)

// How requests are signed.
const (
	SignToken = "token"
	SignHMAC  = "hmac"
)

// Signs lists how requests can be signed.
func Signs() []string { return []string{SignToken, SignHMAC} }

// Interface is a source.Source over the interfaces of a platform.
type Interface struct {
	config   source.Config
	base     *url.URL
	pin      wire.Pin
	rules    *source.Rules
	requests []*request   // by delivery
	today    schemas.Date // asked once, so that a night that goes on after midnight stays what it is
	wait     func(ctx context.Context, d time.Duration) error
}

var _ source.Source = (*Interface)(nil)

// New checks the configuration. The platform is not asked before List.
func New(config source.Config) (source.Source, error) {
	s, err := newInterface(config)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	return s, nil
}

func newInterface(config source.Config) (*Interface, error) {
	s := &Interface{config: config, wait: retry.Sleep}
	var err error
	if s.base, err = readHost(config.Host); err != nil {
		return nil, err
	}
	switch {
	case config.User == "" || config.Password == "":
		return nil, errors.New("an interface needs the application's id as user, and its token or key as password")
	case !slices.Contains(Signs(), config.Sign):
		return nil, fmt.Errorf("unknown way to sign %q: known are %s", config.Sign, strings.Join(Signs(), ", "))
	case config.Days < 1:
		return nil, errors.New("an interface is asked for at least one day")
	case config.HostKey != "" && s.base.Scheme != "https":
		return nil, errors.New("only https has a host key")
	}
	year, month, day := config.Now().Date()
	s.today = schemas.NewDate(year, int(month), day)
	if s.pin, err = wire.ReadPin(config.HostKey); err != nil {
		return nil, err
	}
	for i, d := range config.Deliveries {
		r, err := newRequest(d.Request)
		if err != nil {
			return nil, &source.ConfigError{Delivery: i, Message: err.Error()}
		}
		s.requests = append(s.requests, r)
	}
	s.rules, err = source.Compile(config.Deliveries)
	return s, err
}

// CheckHost says what is wrong with how the address of a platform is written.
func CheckHost(text string) error {
	_, err := readHost(text)
	return err
}

// readHost reads https://name, with or without a port.
func readHost(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil ||
		strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("the host cannot be read: write https://name, with a port if it is not 443; the path belongs to the requests")
	}
	return u, nil
}

// List implements source.Source.
func (s *Interface) List(ctx context.Context) ([]source.Object, error) {
	c := s.connect(ctx)
	defer c.close()
	var objects []source.Object
	for i, r := range s.requests {
		for date := s.today - schemas.Date(s.config.Days-1); date <= s.today; date++ {
			first, err := c.ask(r, date, 1, 1)
			if err != nil {
				return nil, s.wrap(ctx, fmt.Sprintf("ask for %s of %v", s.config.Deliveries[i].Dataset, date), err)
			}
			if first.total == 0 {
				continue
			}
			o := s.rules.Classify(s.name(i, date), -1)
			o.Version = first.version
			objects = append(objects, o)
		}
	}
	slices.SortFunc(objects, func(a, b source.Object) int { return strings.Compare(a.Name, b.Name) })
	return objects, nil
}

// name is what the rows of a date are called.
func (s *Interface) name(delivery int, date schemas.Date) string {
	return s.config.Deliveries[delivery].Name(compact(date))
}

// wrap names the source; what failed because the call was ended is told as that.
func (s *Interface) wrap(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return fmt.Errorf("source %s: %s: %w", s.config.Name, what, err)
}
