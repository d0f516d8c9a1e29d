package exchange

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"zhida/connectors/source"
	"zhida/schemas"
)

// maxSize is the greatest number of rows of a page; what is remembered of a page is bounded by it.
const maxSize = 10_000

// request is a source.Request that has been checked.
type request struct {
	source.Request
	codeAt, code string // where an answer says that it is one, and how; code "": by 0 or 200, if it does
}

// CheckRequest says what is wrong with a request.
func CheckRequest(r source.Request) error {
	_, err := newRequest(r)
	return err
}

func newRequest(r source.Request) (*request, error) {
	out := &request{Request: r, codeAt: "code"}
	switch {
	case r.URL == "":
		return nil, errors.New("an interface needs a request for each delivery")
	case !strings.HasPrefix(r.URL, "/") || strings.HasPrefix(r.URL, "//"):
		return nil, fmt.Errorf("request %q: want a path, with '/' in front, and a query", r.URL)
	case r.Size < 1 || r.Size > maxSize:
		return nil, fmt.Errorf("pages of %d rows: want 1 to %d", r.Size, maxSize)
	case r.Rows == "" || r.Total == "":
		return nil, errors.New("a request needs to know where in the answer its rows and their total are")
	}
	if r.Success != "" {
		var written bool
		if out.codeAt, out.code, written = strings.Cut(r.Success, "="); !written || out.codeAt == "" || out.code == "" {
			return nil, fmt.Errorf("success %q: write code=1, where the answer has it and what it is", r.Success)
		}
	}
	filled := out.fill(0, 1, 1)
	for _, name := range []string{"{page}", "{size}"} {
		if strings.Count(r.URL, name) != 1 {
			return nil, fmt.Errorf("request %q: want one %s", r.URL, name)
		}
	}
	if strings.Count(r.URL, "{date}")+strings.Count(r.URL, "{yyyymmdd}") == 0 {
		return nil, fmt.Errorf("request %q: want {date} (2026-06-15) or {yyyymmdd} (20260615)", r.URL)
	}
	if strings.ContainsAny(filled, "{}") {
		return nil, fmt.Errorf("request %q: known are {date}, {yyyymmdd}, {page} and {size}", r.URL)
	}
	u, err := url.Parse(filled)
	if err == nil {
		_, err = url.ParseQuery(u.RawQuery)
	}
	if err != nil || u.Fragment != "" {
		return nil, fmt.Errorf("request %q is no path and query", r.URL)
	}
	return out, nil
}

// fill puts in what is asked for.
func (r *request) fill(date schemas.Date, page, size int) string {
	return strings.NewReplacer("{date}", date.String(), "{yyyymmdd}", compact(date),
		"{page}", strconv.Itoa(page), "{size}", strconv.Itoa(size)).Replace(r.URL)
}

// compact is a date as names of files have it.
func compact(date schemas.Date) string { return strings.ReplaceAll(date.String(), "-", "") }

// url is what is asked for a page. The query is sorted, as it is signed.
func (r *request) url(base *url.URL, date schemas.Date, page, size int) (*url.URL, error) {
	u, err := base.Parse(r.fill(date, page, size))
	if err != nil {
		return nil, err
	}
	u.RawQuery = u.Query().Encode()
	return u, nil
}
