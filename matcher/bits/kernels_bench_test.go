package bits

import (
	"math/rand/v2"
	"testing"
	"time"
)

// BenchmarkKernels measures each kernel on a full block, and its plain twin in the same run: go-over-kernel says how many
// times longer the twin takes. Sets are 8 KiB, columns 512 KiB.
func BenchmarkKernels(b *testing.B) {
	const n = 1 << 16
	r := rand.New(rand.NewPCG(4, 4))
	s := make([]Set, 6)
	for i := range s {
		s[i] = words(r, 0, n/64, true)
	}
	values, fl, codes, bytes := make([]int64, n), make([]float64, n), make([]uint16, n), make([]uint8, n)
	for i := range n {
		values[i], codes[i], bytes[i] = r.Int64N(1000), uint16(r.IntN(1000)), uint8(r.IntN(200))
		fl[i] = float64(values[i])
	}
	empty, full := New(n), New(n)
	full.Fill(n)
	five := Candidates{Clean: s[0], May: s[1], Found: s[2]}
	var parts []Part
	for range 5 {
		parts = append(parts, PartOf(Truth{Yes: words(r, 0, n/64, true), No: words(r, 0, n/64, true)}, true))
	}
	for _, k := range []struct {
		name       string
		fast, slow func()
	}{
		{"NarrowAll5", func() { five.NarrowAll(full, parts) }, func() { five.plainNarrowAll(full, parts, 0) }},
		{"Narrow, five times", func() {
			for _, p := range parts {
				narrow(s[0], s[1], s[2], p.yes, p.no, 1)
			}
		}, func() {
			for _, p := range parts {
				plainNarrow(s[0], s[1], s[2], p.yes, p.no, 1)
			}
		}},
		{"And", func() { and(s[0], s[1]) }, func() { plainAnd(s[0], s[1]) }},
		{"Or", func() { or(s[0], s[1]) }, func() { plainOr(s[0], s[1]) }},
		{"AndNot", func() { andNot(s[0], s[1]) }, func() { plainAndNot(s[0], s[1]) }},
		{"AndAny", func() { andAny(s[0], s[1]) }, func() { plainAndAny(s[0], s[1]) }},
		{"AndAll5", func() { andAll(s[0], s[1:]) }, func() { plainAndAll(s[0], s[1:]) }},
		{"Split", func() { split(s[0], s[1], s[2], s[3]) }, func() { plainSplit(s[0], s[1], s[2], s[3]) }},
		{"Narrow", func() { narrow(s[0], s[1], s[2], s[3], s[4], 1) }, func() { plainNarrow(s[0], s[1], s[2], s[3], s[4], 1) }},
		{"Count", func() { count(s[0]) }, func() { plainCount(s[0]) }},
		{"IsEmpty", func() { intersects(empty, empty) }, func() { plainIntersects(empty, empty) }},
		{"Within", func() { within(s[5], full) }, func() { plainWithin(s[5], full) }},
		{"Between", func() { between(values, -100, 900, s[0]) }, func() { plainBetween(values, -100, 900, s[0]) }},
		{"Greater", func() { greater(values, values, s[0]) }, func() { plainGreater(values, values, s[0]) }},
		{"BetweenFloats", func() { betweenFloats(fl, 100, 900, s[0]) }, func() { plainBetweenFloats(fl, 100, 900, s[0]) }},
		{"OrBetweenCodes", func() { orBetweenCodes(codes, 100, 800, s[0]) }, func() { plainOrBetweenCodes(codes, 100, 800, s[0]) }},
		{"BetweenBytes", func() { betweenBytes(bytes, 10, 80, s[0]) }, func() { plainBetweenBytes(bytes, 10, 80, s[0]) }},
	} {
		b.Run(k.name, func(b *testing.B) { ratio(b, k.fast, k.slow) })
	}
}

// ratio measures both in turns, so that a busy machine slows both.
func ratio(b *testing.B, fast, slow func()) {
	var ours, twins time.Duration
	rounds := 0
	for b.Loop() {
		began := time.Now()
		for range 20 {
			fast()
		}
		half := time.Now()
		for range 20 {
			slow()
		}
		ours, twins = ours+half.Sub(began), twins+time.Since(half)
		rounds += 20
	}
	b.ReportMetric(float64(ours.Nanoseconds())/float64(rounds), "ns/kernel")
	b.ReportMetric(float64(twins.Nanoseconds())/float64(rounds), "ns/go")
	b.ReportMetric(twins.Seconds()/ours.Seconds(), "go-over-kernel")
	b.ReportMetric(0, "ns/op")
}
