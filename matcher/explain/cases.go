package explain

import (
	"math/big"

	"zhida/matcher/condition"
)

// tiers explains 分档: each case with its verdict and value, and which applies.
func (w *walker) tiers(out *Value, x condition.Tiers, about subject, units []string) {
	out.Kind = ValueTiers
	w.cases(out, x.Cases, about, units)
	out.Cases = append(out.Cases, &Case{Text: "其他", Verdict: Yes, Then: w.value(x.Else, about, units)})
	w.then(func() {
		applies := Yes // whether the cases so far leave this one to apply
		for _, c := range out.Cases {
			c.Applies = both(applies, c.Verdict)
			if applies == Unknown && c.Verdict == Yes {
				c.Applies = Unknown
			}
			applies = both(applies, c.Verdict.not())
		}
	})
}

// both is 且.
func both(a, b Verdict) Verdict {
	switch {
	case a == No || b == No:
		return No
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return Yes
}

// score explains 计分: each case with its verdict and points.
func (w *walker) score(out *Value, x condition.Score, about subject, units []string) {
	out.Kind = ValueScore
	w.cases(out, x.Cases, about, units)
	w.then(func() {
		for _, c := range out.Cases {
			c.Applies = c.Verdict
		}
	})
}

func (w *walker) cases(out *Value, cases []condition.Case, about subject, units []string) {
	for _, c := range cases {
		made := &Case{Text: text(c.When), When: w.node(c.When, about), Then: w.value(c.Then, about, units)}
		w.then(func() { made.Verdict = made.When.Verdict })
		out.Cases = append(out.Cases, made)
	}
}

// bands explains 累进: what is divided, and what each band gives, which is what the bands up to it give less what those
// before it do.
func (w *walker) bands(out *Value, x condition.Bands, about subject, units []string) {
	out.Kind = ValueBands
	out.Parts = w.operand(nil, map[string]bool{}, x.X, about, units)
	unit := unitFor(x.X.Type().Unit, units)
	sums := make([]number, 0, len(x.Steps)+2) // what the bands below give together
	sums = append(sums, number{low: new(big.Rat), high: new(big.Rat)})
	add := func(from, upTo, rate *big.Rat, together condition.Bands) {
		b := Band{From: amount(from, unit), Rate: rateText(rate, x)}
		if upTo != nil {
			b.UpTo = amount(upTo, unit)
		}
		out.Bands = append(out.Bands, b)
		k := len(sums)
		sums = append(sums, number{})
		w.number(together, about, func(n number) { sums[k] = n })
	}
	from := new(big.Rat)
	for i, s := range x.Steps {
		add(from, s.UpTo, s.Rate, condition.Bands{Origin: x.Origin, X: x.X, Steps: x.Steps[:i+1], Unit: x.Unit})
		from = s.UpTo
	}
	if x.Above != nil {
		add(from, nil, x.Above, x)
	}
	w.then(func() {
		for k := range out.Bands {
			if upTo, below := sums[k+1].point(), sums[k].point(); upTo != nil && below != nil {
				out.Bands[k].Amount = amount(new(big.Rat).Sub(upTo, below), x.Unit)
			}
		}
	})
}

// rateText is the rate of a band as officers write it: a percentage of what is divided, unless it gives something else.
func rateText(rate *big.Rat, x condition.Bands) string {
	if x.Unit != x.X.Type().Unit {
		return digits(rate)
	}
	return amount(rate, "%")
}
