package exchanged

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
)

// Misdeed answers a request of somebody who may ask; honest would answer it as it should.
type Misdeed func(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc)

// plan is a misdeed to be done.
type plan struct {
	page, times int
	do          Misdeed
}

// Always is more often than any test asks.
const Always = 1 << 30

// Misbehave has the next requests for a page be answered by a misdeed, so many times.
func (s *Server) Misbehave(page, times int, do Misdeed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plans = append(s.plans, &plan{page, times, do})
}

// planned is the misdeed that is due; nil: none.
func (s *Server) planned(r *http.Request) Misdeed {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.plans {
		if p.times > 0 && p.page == number(r.URL.Query().Get("page")) {
			p.times--
			return p.do
		}
	}
	return nil
}

// Refuse answers with a status; headers are names and values.
func Refuse(status int, words string, headers ...string) Misdeed {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		say(w, status, words)
	}
}

// Fail answers with status 200 and a body that says that it is none.
func Fail(body string) Misdeed {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

// LoginPage is what a platform shows whose session has ended.
func LoginPage(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!DOCTYPE html><title>统一身份认证</title><form action=login>用户名 <input name=user></form>")
}

// Redirect leads elsewhere.
func Redirect(to string) Misdeed {
	return func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
		http.Redirect(w, r, to, http.StatusFound)
	}
}

// Before does something before the honest answer.
func Before(do func()) Misdeed {
	return func(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc) {
		do()
		honest(w, r)
	}
}

// Page answers with another page than was asked for.
func Page(page int) Misdeed {
	return func(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc) {
		q := r.URL.Query()
		q.Set("page", strconv.Itoa(page))
		r.URL.RawQuery = q.Encode()
		honest(w, r)
	}
}

// Replace answers honestly but for a text.
func Replace(text, with string) Misdeed {
	return func(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, strings.Replace(answer(r, honest), text, with, 1))
	}
}

// Half answers with half of what it should, as if it were all.
func Half(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc) {
	text := answer(r, honest)
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, text[:len(text)/2])
}

// Gzip packs the answer; cut leaves out its last bytes.
func Gzip(cut int) Misdeed {
	return func(w http.ResponseWriter, r *http.Request, honest http.HandlerFunc) {
		var packed strings.Builder
		z := gzip.NewWriter(&packed)
		_, _ = io.WriteString(z, answer(r, honest)) // to memory
		_ = z.Close()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, packed.String()[:packed.Len()-cut])
	}
}

// Huge answers with one page of so many bytes, most of them spaces, which are read fast.
func Huge(bytes int) Misdeed {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"code":0,"data":{"total":1000,"batch":"1","list":[{},`)
		part := strings.Repeat(" ", 1<<20)
		for sent := 0; sent < bytes; sent += len(part) {
			if _, err := io.WriteString(w, part); err != nil {
				return // who asked has had enough
			}
		}
		_, _ = io.WriteString(w, `{}]}}`)
	}
}

// answer is the honest answer.
func answer(r *http.Request, honest http.HandlerFunc) string {
	recorder := httptest.NewRecorder()
	honest(recorder, r)
	return recorder.Body.String()
}
