package push

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
)

// Notice tells one enterprise of the items it newly matches.
type Notice struct {
	Night   string `json:"night"`
	Code    string `json:"code"`              // unified social credit code
	Contact string `json:"contact,omitempty"` // contact reference of the mobile number; "" if there is none
	Items   []Due  `json:"items"`
}

// Due is one item of a notice.
type Due struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Mode  string `json:"mode"`
	Until string `json:"until,omitempty"` // last day of the window
}

// List writes notices to one channel's list.
type List interface {
	Add(n Notice) error
	Close() error
}

// NewSMSList writes a CSV file with a header: night, contact, code, items; item ids joined by ";". Numbers never
// appear in it.
func NewSMSList(w io.Writer) List { return &smsList{w: csv.NewWriter(w)} }

type smsList struct {
	w      *csv.Writer
	headed bool
}

func (l *smsList) head() error {
	if l.headed {
		return nil
	}
	l.headed = true
	return l.w.Write([]string{"night", "contact", "code", "items"})
}

func (l *smsList) Add(n Notice) error {
	if err := l.head(); err != nil {
		return err
	}
	ids := make([]string, 0, len(n.Items))
	for _, it := range n.Items {
		ids = append(ids, it.ID)
	}
	return l.w.Write([]string{n.Night, n.Contact, n.Code, strings.Join(ids, ";")})
}

func (l *smsList) Close() error {
	if err := l.head(); err != nil {
		return err
	}
	l.w.Flush()
	return l.w.Error()
}

// NewPortalList writes one JSON object per line and enterprise.
func NewPortalList(w io.Writer) List {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return &portalList{e}
}

type portalList struct{ e *json.Encoder }

func (l *portalList) Add(n Notice) error {
	n.Contact = "" // the portal knows its users
	return l.e.Encode(n)
}

func (l *portalList) Close() error { return nil }
