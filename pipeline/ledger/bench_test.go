package ledger

import (
	"fmt"
	"path/filepath"
	"testing"

	"zhida/schemas"
)

// BenchmarkPublishNight plans 100,000 pushes of 20 items in one transaction, on a ledger that grows by as many with
// every iteration.
func BenchmarkPublishNight(b *testing.B) {
	l := benchLedger(b)
	b.ReportAllocs()
	date := night0
	for b.Loop() {
		date++
		benchNight(b, l, date, 100_000, 20)
	}
}

// BenchmarkDue asks for an item whose million candidates were all told.
func BenchmarkDue(b *testing.B) {
	l := benchLedger(b)
	benchNight(b, l, night0, 1_000_000, 1)
	candidates := make([]uint32, 1_000_000)
	for i := range candidates {
		candidates[i] = uint32(i)
	}
	next, err := l.BeginNight(b.Context(), night0+1, evening)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		q := DueQuery{next.ID, "zj-00", int(night0), schemas.NewDate(2026, 1, 1), ChannelSMS}
		due, already, err := l.Due(b.Context(), q, candidates)
		if err != nil || len(due) != 0 || len(already) != len(candidates) {
			b.Fatal(len(due), len(already), err)
		}
	}
}

func benchLedger(b *testing.B) *Ledger {
	b.Helper()
	l, err := Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	return l
}

func benchNight(b *testing.B, l *Ledger, date schemas.Date, n, items int) {
	b.Helper()
	night, err := l.BeginNight(b.Context(), date, evening)
	if err != nil {
		b.Fatal(err)
	}
	err = l.PublishNight(b.Context(), night, func(yield func(Push, error) bool) {
		for i := range n {
			p := sms(int64(i))
			p.Item, p.Revision = fmt.Sprintf("zj-%02d", i*items/n), int(date)
			if !yield(p, nil) {
				return
			}
		}
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
}
