package exchange

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"zhida/connectors/source"
)

// laterError is a platform that wants to be asked later.
type laterError struct {
	said  string
	after time.Duration
}

func (e *laterError) Error() string {
	return fmt.Sprintf("the platform wants us to wait for %v: %s", e.after, e.said)
}

const (
	// unsaid is how long a platform is left alone that says 429 and not how long.
	unsaid = 10 * time.Second
	// skew is how far clocks may differ before it is worth saying.
	skew = time.Minute
)

// refusal is what an answer with another status than 200 means, or one whose body says such a status.
func (c *client) refusal(status int, header http.Header, message string) error {
	said := fmt.Sprintf("the platform answers %d, %s", status, c.quote(message))
	after := header.Get("Retry-After")
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && after != "":
		return &laterError{said, c.after(header)}
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fmt.Errorf("%w: %s%s: see that application id and key are right, that the interface has been granted to it, and that our address is on the platform's list",
			source.ErrDenied, said, c.clocks(header))
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusGone:
		return fmt.Errorf("%w: %s: see that the request's path is that of the interface", source.ErrDenied, said)
	case status >= 300 && status < 400:
		return fmt.Errorf("%w: %s: it leads to %s, where we do not follow: if that is right, write it as host and request",
			source.ErrDenied, said, c.quote(header.Get("Location")))
	case status == http.StatusRequestTimeout, status < 400, status >= 500:
		return errors.New(said)
	}
	return fmt.Errorf("%w: %s: see that the request has what the interface wants", source.ErrDenied, said)
}

// failure is what an answer means that says of itself that it is none. A code that is a status of HTTP means the same.
func (c *client) failure(a *answer, header http.Header) error {
	switch status, _ := strconv.Atoi(a.code); status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusTooManyRequests:
		return c.refusal(status, header, a.message)
	}
	return fmt.Errorf("the platform answers code %s, %s", c.quote(a.code), c.quote(a.message))
}

// after is how long to wait. The platform's date is by its own clock.
func (c *client) after(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return max(time.Second, time.Duration(seconds)*time.Second) //nolint:gosec // 31 bits
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return unsaid
	}
	return max(time.Second, at.Sub(c.theirs(header)))
}

// theirs is the time by the platform's clock, by ours if it does not say.
func (c *client) theirs(header http.Header) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at
	}
	return c.of.config.Now()
}

// clocks says that the clocks differ, if that may be why a signature is refused.
func (c *client) clocks(header http.Header) string {
	ours := c.of.config.Now()
	apart := ours.Sub(c.theirs(header)).Abs()
	if c.of.config.Sign != SignHMAC || apart < skew {
		return ""
	}
	return fmt.Sprintf(": our clock (%s) and the platform's (%s) are %v apart, and signatures hold for minutes only: set the clock that is wrong",
		ours.UTC().Format(time.RFC3339), c.theirs(header).UTC().Format(time.RFC3339), apart.Round(time.Second))
}
