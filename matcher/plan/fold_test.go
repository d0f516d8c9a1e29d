package plan

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// listed is a row of the test's list: a number with two decimals and a word, and whether it counts.
type listed struct {
	door   int
	value  int64  // or unset
	word   string // "" is unknown
	counts counting
	stale  bool
}

// listOfRows is a dataset of these rows; those of doors that are a multiple of 3 are covered by a full delivery.
func listOfRows(n int, rows []listed, scope func(door int) string) (*Input, *schemas.Dataset) {
	d := &schemas.Dataset{Name: "list", List: schemas.ListComplete, Shelf: schemas.Span{Days: 100}, Fields: []schemas.Field{
		{Name: "值", Type: schemas.FieldNumber, Scale: 2}, {Name: "词", Type: schemas.FieldText}, {Name: "算", Type: schemas.FieldTruth},
	}}
	t := table.Blank([]table.Field{{Name: "值", Kind: table.Decimal, Scale: 2}, {Name: "词", Kind: table.Text}, {Name: "算", Kind: table.Bool}}, len(rows))
	door, confirmed := make([]uint16, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		door[i], confirmed[i] = uint16(r.door), int64(testDay())
		if r.stale {
			confirmed[i] -= 200
		}
		if r.value != unset {
			t.Columns[0].SetInt(i, r.value)
		}
		if r.word != "" {
			t.Columns[1].SetText(i, r.word)
		}
		if r.counts != optional {
			yes := int64(0)
			if r.counts == certain {
				yes = 1
			}
			t.Columns[2].SetInt(i, yes)
		}
	}
	in := blockOf(n, 0, nil)
	in.Block.Rows["list"] = profile.NewRows(t, door, confirmed, nil)
	in.Datasets["list"] = d
	in.Coverage["list"] = []Coverage{{Scope: "51", Full: testDay()}}
	in.RegionOf = "地"
	regions := table.BlankColumn(table.Text, n)
	for i := range n {
		regions.SetText(i, scope(i))
	}
	in.Block.Attributes["地"] = &profile.Attribute{
		Name: "地", Type: schemas.Type{Kind: schemas.KindCode}, Sources: []profile.Source{{}},
		Layers: []profile.Layer{{Values: regions, Source: make([]uint8, n), Origin: make([]int64, n), Confirmed: make([]int64, n)}},
	}
	return in, d
}

// TestFolds compares each fold of random rows, in floating point and exactly, with what comes out when every choice of the
// rows that may count is tried.
func TestFolds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 3))
	zero := int64(0)
	for round := range 60 {
		n := []int{1, 64, 65, 130}[round%4]
		rows := make([]listed, r.IntN(4*n))
		for i := range rows {
			rows[i] = listed{
				door: r.IntN(n), value: []int64{0, 100, 150, -50, 333, unset}[r.IntN(6)], word: []string{"", "甲", "乙"}[r.IntN(3)],
				counts: counting(r.IntN(3)), stale: r.IntN(8) == 0,
			}
			if round%2 == 0 && rows[i].value < 0 && rows[i].value != unset {
				rows[i].value = 7
			}
		}
		in, d := listOfRows(n, rows, func(door int) string { return []string{"5107", "50"}[door%2] })
		within := schemas.Range{}
		if round%2 == 0 {
			within.Low = &zero
		}
		value := condition.Column{Name: "值", Dataset: d, Kind: schemas.Type{Kind: schemas.KindNumber, Scale: 2}, Range: within}
		word := condition.Column{Name: "词", Dataset: d, Kind: schemas.Type{Kind: schemas.KindText}}
		where := compare(condition.Column{Name: "算", Dataset: d, Kind: schemas.Type{Kind: schemas.KindTruth}}, condition.Equal, condition.Truth{Yes: true})
		over := condition.Over{Dataset: d, Where: where}
		for _, f := range []condition.Fold{
			{Over: over, Op: condition.FoldCount},
			{Over: over, Op: condition.FoldSum, Of: value},
			{Over: over, Op: condition.FoldAverage, Of: value},
			{Over: over, Op: condition.FoldMin, Of: value},
			{Over: over, Op: condition.FoldMax, Of: value},
			{Over: over, Op: condition.FoldDistinct, Of: value},
			{Over: over, Op: condition.FoldDistinct, Of: word},
			{Over: over, Op: condition.FoldSum, Of: calc(value, condition.Divide, number("3"))},
		} {
			b := New()
			v := b.AddValue(f)
			p := b.Plan()
			enclosed(t, p, in)
			all := bits.New(n)
			all.Fill(n)
			err := NewEvaluator(p).Amounts(in, v, all, func(door int, a Amount) {
				want := tried(f, rows, door, round%2 == 0)
				if !sameEnd(a.Low, want.low) || !sameEnd(a.High, want.high) || a.Absent != (want.absence == absent) || a.Perhaps != (want.absence == perhaps) {
					t.Fatalf("round %d, fold %d, door %d: %v to %v, %+v; should be %v to %v, %d", round, f.Op, door, a.Low, a.High, a, want.low, want.high, want.absence)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func sameEnd(x, y *big.Rat) bool {
	return x == nil && y == nil || x != nil && y != nil && x.Cmp(y) == 0
}

// tried tries every choice of rows.
func tried(f condition.Fold, rows []listed, door int, natural bool) interval {
	var own []listed
	for _, r := range rows {
		if r.door == door && (r.stale || r.counts != skipped) {
			if r.stale {
				r.counts, r.value, r.word = optional, unset, ""
			}
			own = append(own, r)
		}
	}
	covered := door%2 == 0
	var out *interval
	for choice := range 1 << len(own) {
		var chosen []listed
		for i, r := range own {
			if choice>>i&1 == 1 {
				chosen = append(chosen, r)
			}
		}
		if !slices.ContainsFunc(own, func(r listed) bool { return r.counts == certain && !slices.Contains(chosen, r) }) && countCertain(chosen) == countCertain(own) {
			x := folds(f, chosen, natural)
			if out != nil {
				x = eitherOf(*out, x)
			}
			out = &x
		}
	}
	if covered {
		return *out
	}
	some := countCertain(own) > 0
	x := interval{absence: perhaps}
	if some {
		x.absence = present
	}
	switch f.Op {
	case condition.FoldCount, condition.FoldDistinct:
		return interval{low: out.low}
	case condition.FoldSum:
		if natural {
			return interval{low: out.low}
		}
		return interval{}
	case condition.FoldAverage:
		if natural {
			x.low = new(big.Rat)
		}
	case condition.FoldMin:
		if natural {
			x.low = new(big.Rat)
		}
		if some {
			x.high = out.high
		}
	case condition.FoldMax:
		if natural {
			x.low = new(big.Rat)
		}
		if some {
			x.low = out.low
		}
	}
	return x
}

func countCertain(rows []listed) int {
	n := 0
	for _, r := range rows {
		if r.counts == certain {
			n++
		}
	}
	return n
}

// folds is the fold of exactly these rows.
func folds(f condition.Fold, rows []listed, natural bool) interval {
	n := int64(len(rows))
	if f.Op == condition.FoldCount {
		return exactly(big.NewRat(n, 1))
	}
	if f.Op == condition.FoldDistinct {
		known, unknown := map[any]bool{}, 0
		for _, r := range rows {
			switch {
			case f.Of.Type().Kind == schemas.KindText && r.word != "":
				known[r.word] = true
			case f.Of.Type().Kind == schemas.KindNumber && r.value != unset:
				known[r.value] = true
			default:
				unknown++
			}
		}
		least := len(known)
		if least == 0 && unknown > 0 {
			least = 1
		}
		return interval{low: big.NewRat(int64(least), 1), high: big.NewRat(int64(len(known)+unknown), 1)}
	}
	var values []interval
	for _, r := range rows {
		x := exactly(big.NewRat(r.value, 100))
		if r.value == unset {
			if x = (interval{}); natural {
				x.low = new(big.Rat)
			}
		}
		if _, ok := f.Of.(condition.Arithmetic); ok {
			x = combine(opDivide, x, exactly(big.NewRat(3, 1)))
		}
		values = append(values, x)
	}
	if n == 0 && f.Op != condition.FoldSum {
		return interval{absence: absent}
	}
	code := map[condition.FoldOp]opcode{condition.FoldMin: opLeast, condition.FoldMax: opMost}[f.Op]
	out := exactly(new(big.Rat))
	for i, v := range values {
		switch {
		case code == 0:
			out = combine(opAdd, out, v)
		case i == 0:
			out = v
		default:
			out = combine(code, out, v)
		}
	}
	if f.Op == condition.FoldAverage {
		out = combine(opDivide, out, exactly(big.NewRat(n, 1)))
	}
	return out
}

// TestAbsent checks the comparisons of the greatest of no row: no whatever the relation, and the negation yes.
func TestAbsent(t *testing.T) {
	t.Parallel()
	in, d := listOfRows(4, []listed{{door: 2, value: 500, counts: certain}, {door: 3, value: 500, counts: optional}}, func(door int) string { return []string{"50", "5107", "5107", "5107"}[door] })
	value := condition.Column{Name: "值", Dataset: d, Kind: schemas.Type{Kind: schemas.KindNumber, Scale: 2}}
	where := compare(condition.Column{Name: "算", Dataset: d, Kind: schemas.Type{Kind: schemas.KindTruth}}, condition.Equal, condition.Truth{Yes: true})
	most := condition.Fold{Over: condition.Over{Dataset: d, Where: where}, Op: condition.FoldMax, Of: value}
	for _, c := range []struct {
		x    condition.Expr
		want string
	}{ // door 0 is open, 1 has no row, 2 one and 3 perhaps one
		{compare(most, condition.Greater, number("4")), "?01?"},
		{compare(most, condition.Less, number("4")), "?000"},
		{compare(most, condition.Less, number("6")), "?01?"},
		{compare(most, condition.LessOrEqual, number("5")), "?01?"},
		{compare(number("4"), condition.Less, most), "?01?"},
		{compare(most, condition.Equal, number("5")), "?01?"},
		{condition.Not{X: compare(most, condition.Equal, number("5"))}, "?10?"},
		{compare(calc(most, condition.Add, number("1")), condition.GreaterOrEqual, number("6")), "?01?"},
		{condition.Known{X: most}, "0010"},
		{compare(condition.Tiers{Cases: []condition.Case{{When: compare(most, condition.Greater, number("1")), Then: number("1")}}, Else: number("2")}, condition.Equal, number("1")), "?01?"},
	} {
		if got := truths(t, in, c.x)[0]; got != c.want {
			t.Errorf("%+v\n%s, should be %s", c.x, got, c.want)
		}
	}
}
