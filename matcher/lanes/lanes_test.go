package lanes

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"
)

// edge draws numbers from all corners.
func edge(r *rand.Rand) float64 {
	switch r.IntN(12) {
	case 0:
		return []float64{0, math.Copysign(0, -1), 1, -1, 3, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1e-300, -1e-251, 1e200, 1e-200}[r.IntN(12)]
	case 1:
		return []float64{math.Inf(1), math.Inf(-1), math.NaN()}[r.IntN(3)]
	case 2:
		return math.Float64frombits(r.Uint64())
	case 3, 4, 5:
		return float64(r.Int64N(1e12) - 5e11)
	}
	return r.NormFloat64() * 1e6
}

func bound(r *rand.Rand, v float64) float64 {
	switch r.IntN(8) {
	case 0:
		return math.Abs(v) * 0x1p-52
	case 1:
		return math.Abs(v) * 0x1p-49
	case 2:
		return math.Abs(v) * r.Float64()
	case 3:
		return []float64{math.Inf(1), math.NaN(), 1e-240, math.SmallestNonzeroFloat64}[r.IntN(4)]
	}
	return 0
}

func draw(r *rand.Rand, n int, tame bool) (v, e []float64) {
	start := r.IntN(4)
	v, e = make([]float64, start+n), make([]float64, start+n)
	for i := range v {
		if tame {
			v[i] = float64(r.Int64N(1e12) - 5e11)
			continue
		}
		v[i] = edge(r)
		e[i] = bound(r, v[i])
	}
	return v[start:], e[start:]
}

func clone(x []float64) []float64 { return append([]float64{}, x...) }

// same is bit by bit, but that lost is lost.
func same(v, e, w, f float64) bool {
	lost := !(e < math.Inf(1))
	return lost && !(f < math.Inf(1)) || math.Float64bits(v) == math.Float64bits(w) && math.Float64bits(e) == math.Float64bits(f)
}

// TestKernelsAreTheirTwins compares arithmetic on lanes with plain Go, to the last bit.
func TestKernelsAreTheirTwins(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 9))
	for round := range 3000 {
		n := r.IntN(70)
		x, xe := draw(r, n, round%3 == 0)
		y, ye := draw(r, n, round%3 == 0)
		f, fe := edge(r), 0.0
		if fe = bound(r, f); round%2 == 0 {
			f, fe = 0.01, 0x1p-58
		}
		if round%5 == 0 { // unknown numbers are open
			for i := range x {
				if r.IntN(3) == 0 {
					x[i], xe[i] = math.Inf(1-2*r.IntN(2)), 0
				}
			}
		}
		for _, op := range []struct {
			name       string
			fast, slow func(x, xe []float64)
		}{
			{"add", func(x, xe []float64) { Add(x, xe, y, ye, 1) }, func(x, xe []float64) { plainAdd(x, xe, y, ye, 1) }},
			{"subtract", func(x, xe []float64) { Add(x, xe, y, ye, -1) }, func(x, xe []float64) { plainAdd(x, xe, y, ye, -1) }},
			{"multiply", func(x, xe []float64) { Multiply(x, xe, y, ye) }, func(x, xe []float64) { plainMultiply(x, xe, y, ye) }},
			{"scale", func(x, xe []float64) { Scale(x, xe, f, fe) }, func(x, xe []float64) { plainScale(x, xe, f, fe) }},
			{"divide", func(x, xe []float64) { Divide(x, xe, y, ye) }, func(x, xe []float64) { plainDivide(x, xe, y, ye) }},
		} {
			a, ae, b, be := clone(x), clone(xe), clone(x), clone(xe)
			op.fast(a, ae)
			op.slow(b, be)
			for i := range a {
				if !same(a[i], ae[i], b[i], be[i]) {
					t.Fatalf("%s: %v±%v and %v±%v by %v±%v: %v±%v, the twin says %v±%v", op.name, x[i], xe[i], y[i], ye[i], f, fe, a[i], ae[i], b[i], be[i])
				}
			}
		}
	}
}

// TestWordsAreTheirTwins compares what gives a word for 64 lanes with plain Go.
func TestWordsAreTheirTwins(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 9))
	for round := range 3000 {
		n := 64
		if round%4 == 0 {
			n = r.IntN(64)
		}
		x, xe := draw(r, n, false)
		y, ye := draw(r, n, false)
		for i := range x {
			if r.IntN(3) == 0 {
				y[i] = x[i]
			}
		}
		which := r.Uint64() & (^uint64(0) >> (64 - n))
		put1, put2 := clone(x), clone(x)
		v := edge(r)
		Put(put1, which, v)
		plainPut(put2, which, v)
		for i := range put1 {
			if math.Float64bits(put1[i]) != math.Float64bits(put2[i]) {
				t.Fatalf("put %x: %v, the twin says %v", which, put1, put2)
			}
		}
		a, b, c := Compare(x, xe, y, ye)
		if d, e, f := plainCompare(x, xe, y, ye); a != d || b != e || c != f {
			t.Fatalf("compare: %x %x %x, the twin says %x %x %x", a, b, c, d, e, f)
		}
		if got, want := Unproven(x, xe), plainUnproven(x, xe); got != want {
			t.Fatalf("unproven: %x, the twin says %x", got, want)
		}
		codes, twins := make([]int64, n), make([]int64, n)
		if got, want := Encode(x, xe, codes), plainEncode(x, xe, twins); got != want {
			t.Fatalf("encode: rough are %x, the twin says %x", got, want)
		}
		for i := range codes {
			if codes[i] != twins[i] {
				t.Fatalf("the code of %v±%v is %x, the twin's %x", x[i], xe[i], codes[i], twins[i])
			}
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 9))
	for range 2000 {
		n := r.IntN(30)
		values, x := make([]int64, n), make([]float64, n)
		for i := range values {
			values[i] = []int64{0, 1, -1, 1<<51 - 1, -1 << 51, r.Int64N(1 << 51)}[r.IntN(6)]
		}
		large := n > 0 && r.IntN(3) == 0
		if large {
			values[r.IntN(n)] = []int64{1 << 51, -1<<51 - 1, math.MaxInt64, math.MinInt64, 1 << 52, 1 << 62}[r.IntN(6)]
		}
		if ok := Load(values, x); ok && large || !ok && !large && fast() {
			t.Fatalf("%v: loaded is %v", values, ok)
		} else if !ok {
			continue
		}
		for i := range x {
			if x[i] != float64(values[i]) {
				t.Fatalf("%d is loaded as %v", values[i], x[i])
			}
		}
	}
}

// TestCodesOrder draws true numbers within the bounds of two ends and compares their order with what the codes prove.
func TestCodesOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 9))
	proven := 0
	for range 200_000 {
		x := edge(r)
		y := x * (1 + float64(r.IntN(401)-200)*0x1p-52)
		if r.IntN(4) == 0 {
			y = edge(r)
		}
		xe, ye := bound(r, x), bound(r, y)
		a, ok := Code(x, xe)
		b, also := Code(y, ye)
		if !ok || !also || math.IsInf(x, 0) || math.IsInf(y, 0) {
			continue
		}
		p, q := within(r, x, xe), within(r, y, ye)
		switch {
		case a > b+Nearby && p.Cmp(q) <= 0, a < b-Nearby && p.Cmp(q) >= 0:
			t.Fatalf("%v±%v has the code %x and %v±%v the code %x", x, xe, a, y, ye, b)
		case a&1 == 0 && b&1 == 0 && a == b && p.Cmp(q) != 0:
			t.Fatalf("%v±%v and %v±%v have the same code", x, xe, y, ye)
		case a > b+Nearby || a < b-Nearby || a == b:
			proven++
		}
	}
	if proven < 50_000 {
		t.Errorf("only %d were proven", proven)
	}
}

// within is one of the ends of what a number can be, or the number.
func within(r *rand.Rand, v, e float64) *big.Rat {
	x := new(big.Rat).SetFloat64(v)
	d := new(big.Rat).SetFloat64(e)
	switch r.IntN(3) {
	case 0:
		return x.Add(x, d)
	case 1:
		return x.Sub(x, d)
	}
	return x
}

// FuzzLanes holds multiplication and division to their twins.
func FuzzLanes(f *testing.F) {
	f.Add(1.0, 0.0, 3.0, 0.0)
	f.Add(0.0, 0.0, math.Inf(-1), 0.0)
	f.Add(1e-200, 1e-220, 1e-100, 0.0)
	f.Fuzz(func(t *testing.T, a, ae, b, be float64) {
		if ae < 0 || be < 0 {
			return
		}
		four := func(v float64) []float64 { return []float64{v, 1, v, v} }
		x, xe, y, ye := four(a), four(ae), four(b), four(be)
		Multiply(x, xe, y, ye)
		if v, e := Product(a, ae, b, be); !same(x[2], xe[2], v, e) {
			t.Fatalf("%v±%v times %v±%v: %v±%v, should be %v±%v", a, ae, b, be, x[2], xe[2], v, e)
		}
		x, xe = four(a), four(ae)
		Divide(x, xe, y, ye)
		if v, e := Quotient(a, ae, b, be); !same(x[2], xe[2], v, e) {
			t.Fatalf("%v±%v by %v±%v: %v±%v, should be %v±%v", a, ae, b, be, x[2], xe[2], v, e)
		}
	})
}

// BenchmarkLanes measures each kernel on 512 lanes and its twin in the same run.
func BenchmarkLanes(b *testing.B) {
	const n = 512
	r := rand.New(rand.NewPCG(5, 9))
	x, xe := draw(r, n, true)
	y, ye := draw(r, n, true)
	for i := range y {
		y[i] = math.Abs(y[i]) + 1
	}
	codes := make([]int64, n)
	tame := func(op func()) func() {
		return func() {
			for i := range x {
				x[i], xe[i] = y[i], 0
			}
			op()
		}
	}
	words := func(op func(at int)) func() {
		return func() {
			for at := 0; at < n; at += 64 {
				op(at)
			}
		}
	}
	for _, k := range []struct {
		name       string
		fast, slow func()
	}{
		{"Add", tame(func() { Add(x, xe, y, ye, 1) }), tame(func() { plainAdd(x, xe, y, ye, 1) })},
		{"Multiply", tame(func() { Multiply(x, xe, y, ye) }), tame(func() { plainMultiply(x, xe, y, ye) })},
		{"Divide", tame(func() { Divide(x, xe, y, ye) }), tame(func() { plainDivide(x, xe, y, ye) })},
		{"Compare", words(func(at int) { Compare(x[at:at+64], xe[at:], y[at:], ye[at:]) }), words(func(at int) { plainCompare(x[at:at+64], xe[at:], y[at:], ye[at:]) })},
		{"Encode", words(func(at int) { Encode(x[at:at+64], xe[at:], codes[at:]) }), words(func(at int) { plainEncode(x[at:at+64], xe[at:], codes[at:]) })},
	} {
		b.Run(k.name, func(b *testing.B) {
			var ours, twins time.Duration
			rounds := 0
			for b.Loop() {
				began := time.Now()
				for range 50 {
					k.fast()
				}
				half := time.Now()
				for range 50 {
					k.slow()
				}
				ours, twins = ours+half.Sub(began), twins+time.Since(half)
				rounds += 50 * n
			}
			b.ReportMetric(float64(ours.Nanoseconds())/float64(rounds), "ns/lane")
			b.ReportMetric(float64(twins.Nanoseconds())/float64(rounds), "ns/lane-go")
			b.ReportMetric(twins.Seconds()/ours.Seconds(), "go-over-kernel")
			b.ReportMetric(0, "ns/op")
		})
	}
}
