package exchanged

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The application that may ask, and its token or key.
const (
	App = "app-3701"
	Key = "对的密钥 1/+"
)

// Server is a platform. Its interfaces are /api/NAME?date=2026-06-15&page=1&size=100.
type Server struct {
	URL string

	now    func() time.Time
	hmac   bool
	server *httptest.Server
	mu     sync.Mutex
	tables map[string]Table // by name and date
	nonces map[string]bool
	plans  []*plan
	asked  []string
}

// Table is the rows of a date.
type Table struct {
	Rows  int
	Row   func(i int) string // as JSON
	Total int                // that the interface tells
	Batch string             // its version
}

// Rows is a table of given rows.
func Rows(rows ...string) Table {
	return Table{Rows: len(rows), Row: func(i int) string { return rows[i] }, Total: len(rows), Batch: "1"}
}

// Options of a server.
type Options struct {
	TLS  bool // the server speaks https
	HMAC bool // requests must be signed; else they bear the token
	Now  func() time.Time
}

// Start starts a platform that stops when the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s := &Server{now: o.Now, hmac: o.HMAC, tables: map[string]Table{}, nonces: map[string]bool{}}
	s.server = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // of clients that do not like its certificate
	if o.TLS {
		s.server.StartTLS()
	} else {
		s.server.Start()
	}
	s.URL = s.server.URL
	t.Cleanup(s.server.Close)
	return s
}

// Address is where it listens, host and port.
func (s *Server) Address() string { return s.server.Listener.Addr().String() }

// Fingerprint is that of its certificate, as openssl says it.
func (s *Server) Fingerprint() string {
	return fmt.Sprintf("sha256 Fingerprint=%X", sha256.Sum256(s.server.Certificate().Raw))
}

// Put makes or replaces the rows of a date, 2026-06-15.
func (s *Server) Put(name, date string, t Table) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tables[name+" "+date] = t
}

// Remove takes the rows of a date away.
func (s *Server) Remove(name, date string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tables, name+" "+date)
}

// Asked returns the paths and queries that were asked for since it was last called.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.RequestURI)
	s.mu.Unlock()
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	if status, why := s.refuse(r); status != 0 {
		say(w, status, why)
		return
	}
	if do := s.planned(r); do != nil {
		do(w, r, s.honest)
		return
	}
	s.honest(w, r)
}

// honest answers as it should.
func (s *Server) honest(w http.ResponseWriter, r *http.Request) {
	name, found := strings.CutPrefix(r.URL.Path, "/api/")
	if !found {
		say(w, http.StatusNotFound, "没有这个接口")
		return
	}
	q := r.URL.Query()
	page, size := number(q.Get("page")), number(q.Get("size"))
	if page < 1 || size < 1 {
		say(w, http.StatusBadRequest, "page、size 应是正整数")
		return
	}
	s.mu.Lock()
	t := s.tables[name+" "+q.Get("date")]
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	var out strings.Builder
	fmt.Fprintf(&out, `{"code": 0, "msg": "成功", "data": {"total": %d, "batch": %q, "list": [`, t.Total, t.Batch)
	for i := (page - 1) * size; i < min(page*size, t.Rows); i++ {
		if i > (page-1)*size {
			out.WriteString(",\n ")
		}
		out.WriteString(t.Row(i))
	}
	out.WriteString("]}}")
	_, _ = io.WriteString(w, out.String()) // who asked may be gone
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// say answers with a status and words.
func say(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"code": %d, "msg": %q, "data": null}`, status, words)
}
