package explain_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"zhida/matcher/bits"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// TestNearMisses: the tests and distances of near misses are the same for a block at once as for each enterprise.
func TestNearMisses(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	env := richEnvironment(codes)
	r := rand.New(rand.NewPCG(5, 6))
	count, measured := 0, 0
	for range 10 {
		in := damaged(r, codes, nil)
		for range 40 {
			text := someText(r, 3, true)
			x := compiled(t, env, text)
			want, doors := map[int][]explain.Leaf{}, bits.New(in.Block.N)
			doors.Fill(in.Block.N)
			for door := range in.Block.N {
				a, err := explain.Explain(&explain.Question{In: in, Door: door, Expr: x})
				if err != nil {
					t.Fatal(err)
				}
				if len(a.Near) > 0 {
					want[door] = a.Near
				}
			}
			err := explain.NewNearMisses(&explain.Question{In: in, Expr: x}).Each(in, 0, doors, func(door int, leaves []explain.Leaf) {
				for i, l := range leaves {
					if count++; l.Gap != "" {
						measured++
					}
					if l.Gap != "" && (l.Now == "" || l.Asked == "") {
						t.Errorf("%s: %+v lacks a side", text, l)
					}
					leaves[i].Now, leaves[i].Asked, leaves[i].Share = "", "", 0
				}
				if !slices.Equal(leaves, want[door]) {
					t.Errorf("door %d: %s\nin bulk   %v\nexplained %v", door, text, leaves, want[door])
				}
				delete(want, door)
			})
			if err != nil || len(want) > 0 {
				t.Errorf("%s: %v, left out are %v", text, err, want)
			}
		}
	}
	if count < 100 || measured < 30 {
		t.Errorf("only %d near misses, %d of them measured", count, measured)
	}
}

// BenchmarkNearMisses is about 65,536 enterprises that all miss the same comparison.
func BenchmarkNearMisses(b *testing.B) {
	codes := schemas.NewCodes()
	in, env := wide(codes), richEnvironment(codes)
	x := compiled(b, env, "注册资本 <= 1000万元 且 注册地 属于 510704")
	doors := bits.New(in.Block.N)
	doors.Fill(in.Block.N)
	near := explain.NewNearMisses(&explain.Question{In: in, Expr: x})
	b.ResetTimer()
	var spent time.Duration
	for range b.N {
		n := 0
		if err := near.Each(in, 0, doors, func(int, []explain.Leaf) { n++ }); err != nil || n != in.Block.N {
			b.Fatal(n, err)
		}
		spent = b.Elapsed() / time.Duration(b.N*in.Block.N)
	}
	b.ReportMetric(float64(spent.Nanoseconds()), "ns/pair")
}

// wide is a block of 65,536 copies of one enterprise.
func wide(codes *schemas.Codes) *plan.Input {
	one := explain.Cut(richBlock(codes), 2)
	const n = 1 << 16
	b := *one.Block
	b.N, b.Living = n, bits.New(n)
	b.Living.Fill(n)
	b.Rows = nil
	b.Attributes = map[string]*profile.Attribute{}
	for name, a := range one.Block.Attributes {
		b.Attributes[name] = widened(a, n)
	}
	one.Block = &b
	return one
}

func widened(a *profile.Attribute, n int) *profile.Attribute {
	out := *a
	out.Layers = nil
	for _, l := range a.Layers {
		wide := profile.Layer{
			Values: &table.Column{Known: bits.New(n)}, Source: make([]uint8, n), Origin: make([]int64, n), Confirmed: make([]int64, n),
		}
		for range n {
			wide.Values.Ints = append(wide.Values.Ints, l.Values.Ints...)
			wide.Values.Texts = append(wide.Values.Texts, l.Values.Texts...)
		}
		if l.Values.Known.Has(0) {
			wide.Values.Known.Fill(n)
		}
		out.Layers = append(out.Layers, wide)
	}
	return &out
}
