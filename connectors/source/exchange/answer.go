package exchange

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"zhida/connectors/source"
)

// maxPage bounds what is read of one page.
const maxPage = 64 << 20

// answer is a page as the platform gave it.
type answer struct {
	total   int64
	version string              // with the total; "": the interface has none
	lines   []byte              // its rows, as JSON lines
	rows    [][sha256.Size]byte // a sum of each

	failed        bool // it says that it is none
	code, message string
}

// envelope takes an answer apart while it comes, so that of a page only its rows are held.
type envelope struct {
	*request
	answer *answer
	in     *json.Decoder
	found  map[string]string // texts, by where they are
	empty  bool              // null stands where rows would
	listed bool              // there is a list of rows
	row    row
}

// read reads an answer.
func (r *request) read(body io.Reader) (*answer, error) {
	limited := &io.LimitedReader{R: body, N: maxPage + 1}
	e := &envelope{request: r, answer: &answer{}, in: json.NewDecoder(limited), found: map[string]string{}}
	err := e.whole()
	if limited.N == 0 {
		return nil, fmt.Errorf("%w: a page has more than %d MiB: ask for fewer rows a page (size)", source.ErrRefused, maxPage>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return e.answer, e.judge()
}

// whole reads one object and the end.
func (e *envelope) whole() error {
	if t, err := e.in.Token(); err != nil {
		return unended(err)
	} else if t != json.Delim('{') {
		return errors.New("want a JSON object")
	}
	if err := e.object(""); err != nil {
		return unended(err)
	}
	_, err := e.in.Token()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return errors.New("something follows the JSON object")
	}
	return err
}

// unended tells an answer that is cut off from one that has been read.
func unended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// object reads the members of an object whose brace has been read.
func (e *envelope) object(at string) error {
	for e.in.More() {
		t, err := e.in.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := e.member(strings.TrimPrefix(at+"."+key, ".")); err != nil {
			return err
		}
	}
	_, err := e.in.Token()
	return err
}

// member reads what stands at a place: rows, an object on the way to something wanted, or a value.
func (e *envelope) member(at string) error {
	leads := func(to string) bool { return strings.HasPrefix(to, at+".") }
	switch {
	case at == e.Rows:
		return e.list()
	case leads(e.Rows), leads(e.Total), leads(e.Version), leads(e.codeAt):
		t, err := e.in.Token()
		switch {
		case err != nil:
			return err
		case t == json.Delim('{'):
			return e.object(at)
		case t == nil:
			e.empty = e.empty || leads(e.Rows)
			return nil
		}
		return fmt.Errorf("%s is no object", at)
	}
	var raw json.RawMessage
	if err := e.in.Decode(&raw); err != nil {
		return err
	}
	if slices.Contains([]string{e.Total, e.Version, e.codeAt}, at) || slices.Contains(messageKeys(), at) {
		e.found[at] = scalar(raw)
	}
	return nil
}

// list reads the rows.
func (e *envelope) list() error {
	t, err := e.in.Token()
	switch {
	case err != nil:
		return err
	case t == nil:
		e.empty = true
		return nil
	case t != json.Delim('['):
		return fmt.Errorf("%s is no list", e.Rows)
	}
	e.listed = true
	var raw json.RawMessage
	for e.in.More() {
		if len(e.answer.rows) == maxSize {
			return fmt.Errorf("%w: a page has more than %d rows, whatever is asked for", source.ErrRefused, maxSize)
		}
		if err := e.in.Decode(&raw); err != nil {
			return err
		}
		from := len(e.answer.lines)
		if e.answer.lines, err = e.row.append(e.answer.lines, raw); err != nil {
			return fmt.Errorf("row %d of the page: %w", len(e.answer.rows)+1, err)
		}
		e.answer.rows = append(e.answer.rows, sha256.Sum256(e.answer.lines[from:]))
		e.answer.lines = append(e.answer.lines, '\n')
	}
	_, err = e.in.Token()
	return err
}

// judge says what the answer is, when all of it has been read.
func (e *envelope) judge() error {
	a := e.answer
	said := e.success()
	if a.failed {
		return nil
	}
	total, counted := e.found[e.Total]
	switch {
	case e.Success != "" && !said:
		return fmt.Errorf("the answer has no %s, which would say that it is one", e.codeAt)
	case said && e.empty && !counted: // how some platforms say that there is nothing
		return nil
	case !e.listed && !e.empty:
		return fmt.Errorf("the answer has no %s, where the rows are to be", e.Rows)
	}
	var err error
	if a.total, err = strconv.ParseInt(total, 10, 64); err != nil || a.total < 0 {
		return fmt.Errorf("the answer has no number of rows as %s", e.Total)
	}
	if e.Version != "" && a.total > 0 {
		if e.found[e.Version] == "" {
			return fmt.Errorf("the answer has no %s, where its version is to be", e.Version)
		}
		a.version = fmt.Sprintf("%s of %d", e.found[e.Version], a.total)
	}
	return nil
}

// success looks at how the answer says that it is one, and whether it says so at all.
func (e *envelope) success() (said bool) {
	code, said := e.found[e.codeAt]
	if !said {
		return false
	}
	good := code == e.code
	if e.code == "" {
		good = code == "200" || strings.Trim(code, "0") == "" && code != ""
	}
	if good {
		return true
	}
	e.answer.failed, e.answer.code = true, code
	for _, key := range messageKeys() {
		if e.answer.message == "" {
			e.answer.message = e.found[key]
		}
	}
	return true
}
