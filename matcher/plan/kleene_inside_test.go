package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// forest makes random conditions over tags t0 to t5 and statements; tags t4 and t5 are not attainable.
type forest struct{ r *rand.Rand }

func (f forest) condition(depth int, positive bool) condition.Expr {
	if depth == 0 || f.r.IntN(6) == 0 {
		if positive && f.r.IntN(8) == 0 {
			return condition.Stated{Declared: f.r.IntN(2) == 0, Text: "话"}
		}
		return condition.Tag{Name: fmt.Sprint("t", f.r.IntN(6))}
	}
	parts := func(positive bool) []condition.Expr {
		var out []condition.Expr
		for range 2 + f.r.IntN(3) {
			out = append(out, f.condition(depth-1, positive))
		}
		return out
	}
	switch f.r.IntN(6) {
	case 0:
		return condition.Not{X: f.condition(depth-1, false)}
	case 1:
		return condition.Decided{X: f.condition(depth-1, false)}
	case 2:
		p := parts(positive)
		return condition.AtLeast{N: f.r.IntN(len(p) + 2), Parts: p}
	case 3:
		return condition.Or{Parts: parts(positive)}
	default:
		return condition.And{Parts: parts(positive)}
	}
}

// meant is the truth of a condition for one thing, from the definition.
func meant(x condition.Expr, tags map[string]verdict, grant Grant) verdict {
	count := func(parts []condition.Expr) (yeses, noes int) {
		for _, p := range parts {
			switch meant(p, tags, grant) {
			case yes:
				yeses++
			case no:
				noes++
			}
		}
		return yeses, noes
	}
	atLeast := func(n int, parts []condition.Expr) verdict {
		yeses, noes := count(parts)
		switch {
		case yeses >= n:
			return yes
		case len(parts)-noes < n:
			return no
		}
		return unknown
	}
	switch x := x.(type) {
	case condition.And:
		return atLeast(len(x.Parts), x.Parts)
	case condition.Or:
		return atLeast(1, x.Parts)
	case condition.AtLeast:
		return atLeast(x.N, x.Parts)
	case condition.Not:
		return map[verdict]verdict{yes: no, no: yes}[meant(x.X, tags, grant)]
	case condition.Decided:
		if meant(x.X, tags, grant) == unknown {
			return no
		}
		return yes
	case condition.Stated:
		if grant == GrantEverything || grant == GrantDeclarations && x.Declared {
			return yes
		}
		return unknown
	case condition.Tag:
		return tags[x.Name]
	}
	panic("no such condition")
}

// isOne is LANGUAGE's definition of one, for a condition or its negation.
func isOne(x condition.Expr, negated bool, tags map[string]verdict) bool {
	exactly := func(n int, parts []condition.Expr) bool { // 至少 n with n-1 yes, none unknown, some one
		yeses, some := 0, false
		for _, p := range parts {
			v := meant(p, tags, GrantEverything)
			if v == unknown {
				return false
			}
			if (v == yes) != negated {
				yeses++
			}
			some = some || isOne(p, negated, tags)
		}
		return yeses == n-1 && some
	}
	switch x := x.(type) {
	case condition.Not:
		return isOne(x.X, !negated, tags)
	case condition.And:
		if negated {
			return exactly(1, x.Parts)
		}
		return oneOfAll(x.Parts, negated, tags)
	case condition.Or:
		if negated {
			return oneOfAll(x.Parts, negated, tags)
		}
		return exactly(1, x.Parts)
	case condition.AtLeast:
		n := x.N
		if negated {
			n = len(x.Parts) - n + 1
		}
		return exactly(n, x.Parts)
	case condition.Tag:
		if x.Name == "t4" || x.Name == "t5" {
			return false
		}
	}
	v := meant(x, tags, GrantEverything)
	return v == no && !negated || v == yes && negated
}

// oneOfAll is 且: exactly one part is one and the others are yes.
func oneOfAll(parts []condition.Expr, negated bool, tags map[string]verdict) bool {
	ones := 0
	for _, p := range parts {
		switch v := meant(p, tags, GrantEverything); {
		case isOne(p, negated, tags):
			ones++
		case v == yes && !negated || v == no && negated:
		default:
			return false
		}
	}
	return ones == 1
}

// TestMeaning compares truths under each grant and near misses of random conditions with their definitions, for all that
// six tags can be: no simplification changes anything.
func TestMeaning(t *testing.T) {
	t.Parallel()
	n := 729 // 3^6, and neither a multiple of 64 nor of a chunk
	in := blockOf(n, 0, nil)
	tagsOf := make([]map[string]verdict, n)
	for k := range 6 {
		in.Block.Tags[fmt.Sprint("t", k)] = bits.NewTruth(n)
	}
	for i := range n {
		tagsOf[i] = map[string]verdict{}
		for k, left := 0, i; k < 6; k, left = k+1, left/3 {
			name := fmt.Sprint("t", k)
			tagsOf[i][name] = verdict(left % 3)
			record(verdict(left%3), i, in.Block.Tags[name])
		}
	}
	f := forest{rand.New(rand.NewPCG(1952, 3))}
	b := New()
	var refs []Ref
	var exprs []condition.Expr
	attainable := func(name string) bool { return name < "t4" }
	for range 300 {
		x := f.condition(3, true)
		exprs = append(exprs, x)
		refs = append(refs, b.AddGranting(x, GrantNothing), b.AddGranting(x, GrantDeclarations), b.AddGranting(x, GrantEverything),
			b.AddNear(x, attainable, attainable))
	}
	got := answers(t, NewEvaluator(b.Plan()), in, refs)
	near := 0
	for k, x := range exprs {
		for i := range n {
			want := ""
			for grant := range Grant(3) {
				want += string("?10"[meant(x, tagsOf[i], grant)])
			}
			want += map[bool]string{true: "1", false: "0"}[isOne(x, false, tagsOf[i])]
			near += strings.Count(want[3:], "1")
			if said := string([]byte{got[4*k][i], got[4*k+1][i], got[4*k+2][i], got[4*k+3][i]}); said != want {
				t.Fatalf("%+v\nfor %v: %s, should be %s", x, tagsOf[i], said, want)
			}
		}
	}
	if near < n {
		t.Errorf("%d near misses of %d", near, len(exprs)*n)
	}
}

// TestChoose checks lifted 分档 against its three cases.
func TestChoose(t *testing.T) {
	t.Parallel()
	in := blockOf(27, 0, nil)
	for k, name := range []string{"c", "t", "e"} {
		in.Block.Tags[name] = bits.NewTruth(27)
		for i := range 27 {
			record(verdict(i/[]int{1, 3, 9}[k]%3), i, in.Block.Tags[name])
		}
	}
	b := New()
	tag := func(name string) Ref { return b.Add(condition.Tag{Name: name}) }
	r := b.choose(enterprises, tag("c"), tag("t"), tag("e"))
	got := answers(t, NewEvaluator(b.Plan()), in, []Ref{r})[0]
	for i := range 27 {
		c, then, otherwise := verdict(i%3), verdict(i/3%3), verdict(i/9)
		want := unknown
		switch {
		case c == yes, then == otherwise:
			want = then
		case c == no:
			want = otherwise
		}
		if got[i] != "?10"[want] {
			t.Errorf("%d ? %d : %d is %c", c, then, otherwise, got[i])
		}
	}
}

// TestNearSkips checks that a gate which nobody in the block passes or can bring about ends near misses too.
func TestNearSkips(t *testing.T) {
	t.Parallel()
	in := blockOf(100, 0, map[string][]int64{"a": make([]int64, 100), "b": make([]int64, 100)})
	b := New()
	x := condition.And{Parts: []condition.Expr{
		compare(cents("a", 0), condition.Greater, number("3")),
		compare(calc(cents("b", 0), condition.Divide, cents("b", 0)), condition.Greater, number("3")),
		condition.Or{Parts: []condition.Expr{compare(cents("b", 0), condition.Greater, number("1")), compare(cents("b", 0), condition.Greater, number("2"))}},
	}}
	near := b.AddNear(x, func(name string) bool { return name != "a" }, nil)
	ev := NewEvaluator(b.Plan())
	if got := answers(t, ev, in, []Ref{b.Add(x), near}); strings.Contains(got[1], "1") {
		t.Error("near miss of what is not attainable")
	}
	if s := ev.Stats(); s.Evaluated != 1 || s.Skipped != 3 {
		t.Errorf("%+v", s)
	}
}

// TestYears checks columns as of a year and rows of years.
func TestYears(t *testing.T) {
	t.Parallel()
	in := yearly(t, 3, func(door, year int) (int64, bool) { return int64(100*door + year - 2022), door != 2 || year != 2024 })
	yearColumn := condition.Column{Name: "收入", Within: 3, Yearly: true, Kind: schemas.Type{Kind: schemas.KindNumber}}
	over := condition.Over{Years: 3}
	where := compare(yearColumn, condition.GreaterOrEqual, number("2"))
	met := condition.Over{Years: 3, Where: where}
	of := func(year condition.Year) condition.Value {
		return condition.Column{Name: "收入", Yearly: true, Year: year, Kind: schemas.Type{Kind: schemas.KindNumber}}
	}
	for _, c := range []struct {
		x    condition.Expr
		want string
	}{
		{compare(of(condition.Year{Offset: -1}), condition.Greater, number("3")), "011"},
		{compare(of(condition.Year{Calendar: 2024}), condition.Equal, number("2")), "10?"},
		{compare(of(condition.Year{Calendar: 2019}), condition.Equal, number("2")), "???"},
		{condition.Exists{Over: met, Every: true}, "01?"},
		{condition.Exists{Over: met}, "111"},
		{compare(condition.Fold{Over: over, Op: condition.FoldCount}, condition.Equal, number("3")), "111"},
		{compare(condition.Fold{Over: met, Op: condition.FoldCount}, condition.GreaterOrEqual, number("3")), "01?"},
		{compare(condition.Fold{Over: over, Op: condition.FoldSum, Of: yearColumn}, condition.Equal, number("6")), "10?"},
		{compare(condition.Fold{Over: over, Op: condition.FoldMax, Of: yearColumn}, condition.GreaterOrEqual, number("103")), "011"},
		{compare(calc(of(condition.Year{Offset: -1}), condition.Divide, of(condition.Year{Offset: -2})), condition.Greater, number("1")), "11?"},
	} {
		if got := truths(t, in, c.x)[0]; got != c.want {
			t.Errorf("%+v\n%s, should be %s", c.x, got, c.want)
		}
	}
}
