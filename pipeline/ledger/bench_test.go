package ledger

import (
	"fmt"
	"path/filepath"
	"testing"

	"zhida/connectors/conntest/postgres"
	"zhida/schemas"
)

// BenchmarkPublishNight plans 100,000 pushes of 20 items in one transaction, on a ledger that grows by as many with
// every iteration.
func BenchmarkPublishNight(b *testing.B) {
	onBoth(b, func(b *testing.B, l *Ledger) {
		date := night0
		for b.Loop() {
			date++
			benchNight(b, l, date, 100_000, 20)
		}
	})
}

// BenchmarkDue asks for an item whose million candidates were all told.
func BenchmarkDue(b *testing.B) {
	onBoth(b, func(b *testing.B, l *Ledger) {
		benchNight(b, l, night0, 1_000_000, 1)
		candidates := make([]uint32, 1_000_000)
		for i := range candidates {
			candidates[i] = uint32(i)
		}
		next, err := l.BeginNight(b.Context(), night0+1, evening)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			q := DueQuery{next.ID, "zj-00", int(night0), schemas.NewDate(2026, 1, 1), ChannelSMS}
			due, already, err := l.Due(b.Context(), q, candidates)
			if err != nil || len(due) != 0 || len(already) != len(candidates) {
				b.Fatal(len(due), len(already), err)
			}
		}
	})
}

// BenchmarkLand takes in 200 deliveries and what was seen of them, a transaction each, as a night of many files does.
func BenchmarkLand(b *testing.B) {
	onBoth(b, func(b *testing.B, l *Ledger) {
		n := 0
		for b.Loop() {
			for range 200 {
				n++
				d := aDelivery(n)
				d.Name = fmt.Sprintf("tax_%d.csv", n)
				landed, _, err := l.Land(b.Context(), d)
				if err != nil {
					b.Fatal(err)
				}
				if err := l.See(b.Context(), Sighting{Source: d.Source, Name: d.Name, Bytes: d.Bytes, Version: "v1", Seq: landed.Seq}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkBackup backs up a ledger of 100,000 pushes, and restores it.
func BenchmarkBackup(b *testing.B) {
	onBoth(b, func(b *testing.B, l *Ledger) {
		benchNight(b, l, night0, 100_000, 20)
		for b.Loop() {
			folder := b.TempDir()
			name := filepath.Join(folder, "backup")
			if _, err := l.Backup(b.Context(), name); err != nil {
				b.Fatal(err)
			}
			if _, err := l.Restore(b.Context(), Restoring{File: name, Scratch: folder, Replace: true, Who: "b", At: evening}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func onBoth(b *testing.B, do func(b *testing.B, l *Ledger)) {
	b.Helper()
	server := onServer(postgres.Start(b))
	for _, c := range []struct {
		name string
		db   testDatabase
	}{{"sqlite", inFiles()}, {"postgresql", server}} {
		b.Run(c.name, func(b *testing.B) {
			l := c.db.empty(b)
			b.ReportAllocs()
			do(b, l)
		})
	}
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
