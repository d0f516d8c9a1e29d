package reference

import (
	"math/big"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// found is a row of a source: counts says whether it meets the condition.
type found struct {
	scope
	counts Truth
}

// rows lists the rows that can meet the condition of a source, and says whether there can be further ones. Of a stale row
// nothing is known any more: neither whether it still stands nor what it says.
func (s scope) rows(over condition.Over) (out []found, further bool) {
	add := func(r scope, counts Truth) {
		if counts.Yes {
			out = append(out, found{r, counts})
		}
	}
	meets := func(r scope) Truth {
		if over.Where == nil {
			return Sure(true)
		}
		return r.truth(over.Where)
	}
	if over.Dataset == nil {
		this, _, _ := s.Today.YMD()
		for year := this - over.Years; year < this; year++ {
			r := s
			r.year = year
			add(r, meets(r))
		}
		return out, false
	}
	stored := s.who.Rows[over.Dataset.Name]
	for i := range stored {
		r := s
		r.row = &stored[i]
		if s.inDate(over.Dataset, r.row.Confirmed) {
			add(r, meets(r))
		} else {
			add(s.blank(), Unknown())
		}
	}
	return out, !s.complete(over.Dataset)
}

// blank is a row of which nothing is known, so that no condition on it is decided, 已知 not either.
func (s scope) blank() scope {
	s.row, s.blind = &Row{}, true
	return s
}

func (s scope) fold(f condition.Fold) operand {
	rows, further := s.rows(f.Over)
	if f.Op == condition.FoldCount {
		return count(rows, further)
	}
	var sure, maybe []operand
	for _, r := range rows {
		if v := r.operand(f.Of); r.counts.No {
			maybe = append(maybe, v)
		} else {
			sure = append(sure, v)
		}
	}
	if f.Op == condition.FoldDistinct {
		return distinct(sure, maybe, further, f.Of.Type())
	}
	var more *operand
	if further {
		v := s.blank().operand(f.Of)
		more = &v
	}
	switch f.Op {
	case condition.FoldSum:
		return sum(sure, maybe, more)
	case condition.FoldAverage:
		return average(sure, maybe, more)
	}
	return utmost(f.Op == condition.FoldMax, sure, maybe, more)
}

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }

func count(rows []found, further bool) operand {
	sure := 0
	for _, r := range rows {
		if !r.counts.No {
			sure++
		}
	}
	out := interval{whole(sure), whole(len(rows))}
	if further {
		out.high = nil
	}
	return number(out)
}

// sum adds a row that may count as itself or 0, and further ones as any number of what a row can be.
func sum(sure, maybe []operand, more *operand) operand {
	zero := point(new(big.Rat))
	total := zero
	for _, v := range sure {
		total = calculate(condition.Add, total, v.interval)
	}
	for _, v := range maybe {
		total = calculate(condition.Add, total, v.hull(zero))
	}
	if more != nil {
		if more.low == nil || more.low.Sign() < 0 {
			total.low = nil
		}
		if more.high == nil || more.high.Sign() > 0 {
			total.high = nil
		}
	}
	return number(total)
}

// utmost is the greatest, or the least. With no row that counts for sure, any that may can be it, and there may be none.
func utmost(most bool, sure, maybe []operand, more *operand) operand {
	if more != nil {
		maybe = append(maybe, *more)
	}
	if len(sure) == 0 {
		return anyOf(maybe)
	}
	out := sure[0].interval
	for _, v := range sure[1:] {
		out = extreme(most, out, v.interval)
	}
	for _, v := range maybe {
		out = out.hull(extreme(most, out, v.interval))
	}
	return number(out)
}

// anyOf is one of the values, or none.
func anyOf(values []operand) operand {
	if len(values) == 0 {
		return operand{never: true}
	}
	out := values[0].interval
	for _, v := range values[1:] {
		out = out.hull(v.interval)
	}
	return operand{interval: out, perhaps: true}
}

// average takes from the rows that may count those that bring it furthest down, or up. Enough further rows bring it
// as near as one likes to what a row can be.
func average(sure, maybe []operand, more *operand) operand {
	all := slices.Concat(sure, maybe)
	if more != nil {
		out := anyOf(append(all, *more))
		out.perhaps = len(sure) == 0
		return out
	}
	if len(all) == 0 {
		return operand{never: true}
	}
	low := lowestAverage(sure, maybe)
	for i := range sure {
		sure[i].interval = negate(sure[i].interval)
	}
	for i := range maybe {
		maybe[i].interval = negate(maybe[i].interval)
	}
	high := negate(interval{low: lowestAverage(sure, maybe)}).high
	return operand{interval: interval{low, high}, perhaps: len(sure) == 0}
}

func lowestAverage(sure, maybe []operand) *big.Rat {
	for _, v := range slices.Concat(sure, maybe) {
		if v.low == nil {
			return nil
		}
	}
	ascending := slices.SortedFunc(slices.Values(maybe), func(a, b operand) int { return a.low.Cmp(b.low) })
	total := new(big.Rat)
	for _, v := range sure {
		total.Add(total, v.low)
	}
	var best *big.Rat
	for n := len(sure); ; n++ {
		if n > 0 {
			mean := new(big.Rat).Quo(total, whole(n))
			if best == nil || mean.Cmp(best) < 0 {
				best = mean
			}
		}
		if n-len(sure) == len(ascending) {
			return best
		}
		total.Add(total, ascending[n-len(sure)].low)
	}
}

// distinct counts values. A row whose value is not one only may repeat another's or bring a new one; a code known coarsely
// is the same as another at least if one of the two lies in the other.
func distinct(sure, maybe []operand, further bool, t schemas.Type) operand {
	least, points, vague := map[string]bool{}, map[string]bool{}, 0
	for _, v := range sure {
		if key, ok := pointKey(v, t); ok {
			least[key] = true
		}
	}
	for _, v := range slices.Concat(sure, maybe) {
		if key, ok := pointKey(v, t); ok {
			points[key] = true
		} else {
			vague++
		}
	}
	low := len(least)
	if t.Kind == schemas.KindCode {
		low = apart(sure)
	}
	if low == 0 && len(sure) > 0 {
		low = 1
	}
	out := interval{whole(low), whole(len(points) + vague)}
	if further {
		out.high = nil
	}
	if n := len(t.Values); n > 0 && t.Kind == schemas.KindText && (out.high == nil || out.high.Cmp(whole(n)) > 0) {
		out.high = whole(n)
	}
	return number(out)
}

func pointKey(v operand, t schemas.Type) (string, bool) {
	if t.Kind == schemas.KindNumber || t.Kind == schemas.KindDate {
		if !v.isPoint() {
			return "", false
		}
		return v.low.RatString(), true
	}
	if v.any || len(v.words) != 1 {
		return "", false
	}
	return v.words[0], true
}

// apart counts the codes that have no other one within them: codes lie in each other or apart.
func apart(codes []operand) int {
	groups := map[string][]string{}
	for _, v := range codes {
		if !v.any {
			groups[strings.Join(v.words, " ")] = v.words
		}
	}
	n := 0
	for key, words := range groups {
		within := false
		for other, finer := range groups {
			within = within || other != key && slices.Contains(words, finer[0]) && len(finer) < len(words)
		}
		if !within {
			n++
		}
	}
	return n
}
