package matchtest

import (
	"math/big"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/schemas"
)

// agrees reports whether the answer is what is expected. What an expectation does not speak of it leaves open, but 符合
// alone means that nothing is left to 评审 or 承诺.
func (w *want) agrees(a *asking, got *judgement) bool {
	switch {
	case w.verdict.text != "" && !w.sameVerdict(a, got):
		return false
	case w.asked && !sameSet(w.missing, missingOf(got.Answer)):
		return false
	case len(w.near) > 0 && !sameSet(w.near, nearOf(got.Answer)):
		return false
	case w.verdict.text == wordYes && !sameStatements(w.review, got.Statements):
		return false
	}
	if w.ready.text != "" && w.ready.text != got.ready {
		return false
	}
	return w.amount == nil || w.sameValue(got.Benefit)
}

func (w *want) sameVerdict(a *asking, got *judgement) bool {
	if a.kind == kindTag {
		return w.verdict.text == truthWord(got.Tree.Verdict)
	}
	if w.verdict.text == wordNo {
		return got.Outcome == explain.OutcomeNo || got.Outcome == explain.OutcomeNear
	}
	return w.verdict.text == string(got.Outcome)
}

func truthWord(v explain.Verdict) string {
	switch v {
	case explain.Yes:
		return wordTrue
	case explain.No:
		return wordFalse
	case explain.Unknown:
	}
	return wordUnknown
}

func missingOf(got *explain.Answer) []string {
	var out []string
	for _, f := range got.Missing {
		out = append(out, f.Title())
	}
	return out
}

func nearOf(got *explain.Answer) []string {
	var out []string
	for _, l := range got.Near {
		out = append(out, oneLine(l.Text))
	}
	return out
}

// oneLine is a canonical text without its line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// sameStatements compares 须评审 "…" and 须承诺 "…" with the parts left open. One without a text stands for all of its kind.
func sameStatements(expected []stated, open []string) bool {
	rest := map[string]bool{}
	for _, text := range open {
		rest[text] = true
	}
	for _, s := range expected {
		found := false
		for _, text := range open {
			if text == s.canonical() || s.text == "" && strings.HasPrefix(text, s.word()) {
				found = true
				delete(rest, text)
			}
		}
		if !found {
			return false
		}
	}
	return len(rest) == 0
}

// word is the word of the condition: 评审 or 承诺.
func (s stated) word() string {
	if s.declared {
		return "承诺"
	}
	return "评审"
}

func (s stated) canonical() string { return s.word() + " \"" + s.text + "\"" }

// sameValue compares a value, or both ends of an interval, exactly.
func (w *want) sameValue(v *explain.Value) bool {
	if v == nil {
		return false
	}
	switch w.literal {
	case literalUnknown:
		return v.State == explain.StateUnknown || v.State == explain.StateRange
	case literalNone:
		return v.State == explain.StateAbsent
	case literalDay:
		return v.State == explain.StateKnown && v.Text == w.day.String()
	case literalWord: // of a word that is not sure, 小型或微型
		return (v.State == explain.StateKnown || v.State == explain.StateRange) && v.Text == w.word
	case literalNumber:
	}
	if v.State == explain.StateAbsent || w.amount.point && v.State != explain.StateKnown {
		return false
	}
	return (w.amount.most || sameEnd(w.low, v.Low)) && sameEnd(w.high, v.High)
}

func sameEnd(expected *big.Rat, got string) bool {
	if expected == nil || got == "" {
		return expected == nil && got == ""
	}
	x, ok := new(big.Rat).SetString(got)
	return ok && x.Cmp(expected) == 0
}

// write is the answer in the words of a script, so that an author who finds it right can put it there. Of the reasons it has
// those the expectation asks for, and those that follow from the verdict.
func (w *want) write(a *asking, got *judgement) string {
	switch a.kind {
	case kindTag:
		return truthWord(got.Tree.Verdict)
	case kindValue:
		return valueText(got.Benefit, a.value, w.amount)
	case kindCondition, kindItem:
	}
	parts := []string{string(got.Outcome)}
	if len(got.Missing) > 0 {
		parts = append(parts, "缺 "+strings.Join(missingOf(got.Answer), "、"))
	}
	parts = append(parts, nearOf(got.Answer)...)
	for _, s := range got.Statements {
		parts = append(parts, "须"+s)
	}
	if w.amount != nil {
		parts = append(parts, "金额 "+valueText(got.Benefit, a.value, w.amount))
	}
	switch {
	case w.ready.text == "":
	case got.ready == wordNotReady:
		parts = append(parts, wordNotReady)
	default:
		parts = append(parts, wordReady+" "+got.ready)
	}
	return strings.Join(parts, ", ")
}

// valueText is a value as a script writes it: exact, in the unit the author uses for %, money in 万元 where that is a whole
// number of 元.
func valueText(v *explain.Value, of condition.Value, asked *interval) string {
	if v == nil {
		return wordUnknown
	}
	percent := asked != nil && strings.Contains(asked.at.text, "%")
	low, high := endText(v.Low, of.Type().Unit, percent), endText(v.High, of.Type().Unit, percent)
	switch {
	case v.State == explain.StateAbsent:
		return wordNone
	case low == "" && high == "":
		if v.Text != "" {
			return v.Text
		}
		return wordUnknown
	case low == high && v.State == explain.StateKnown:
		return low
	}
	return low + ".." + high
}

func endText(text string, unit schemas.Unit, percent bool) string {
	x, ok := new(big.Rat).SetString(text)
	if !ok {
		return ""
	}
	word := string(unit)
	switch {
	case percent && unit == schemas.UnitNone:
		x, word = new(big.Rat).Mul(x, big.NewRat(100, 1)), "%"
	case unit.IsMoney() && x.Sign() != 0 && new(big.Rat).Quo(x, big.NewRat(10000, 1)).IsInt():
		x, word = new(big.Rat).Quo(x, big.NewRat(10000, 1)), "万"+word
	}
	if n, exact := x.FloatPrec(); exact {
		return x.FloatString(n) + word
	}
	return x.RatString() + word
}
