package script

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// truth is a condition as a BOOLEAN, NULL for unknown.
func (a *asker) truth(x condition.Expr, k asking) string {
	switch x := x.(type) {
	case condition.And:
		return a.joined(x.Parts, " AND ", k)
	case condition.Or:
		return a.joined(x.Parts, " OR ", k)
	case condition.Not:
		return "(NOT " + a.truth(x.X, k.exact()) + ")"
	case condition.AtLeast:
		return a.atLeast(x, k)
	case condition.Stated:
		return "true"
	case condition.Tag:
		if _, ok := a.level["tag "+x.Name]; !ok {
			refuse("tag %s", x.Name)
		}
		return a.read("tag " + x.Name)
	case condition.Compare:
		return a.compare(x, k)
	case condition.Member:
		return a.member(x, k)
	case condition.Contains:
		var found []string
		for _, w := range x.Words {
			found = append(found, fmt.Sprintf("contains(%s, %s)", a.word(x.X, k), text(w)))
		}
		return "(" + strings.Join(found, " OR ") + ")"
	case condition.Known:
		if c, ok := bare(x.X).(condition.Column); ok {
			return "(" + a.column(c, k) + " IS NOT NULL)"
		}
	case condition.Decided:
		return "(" + a.truth(x.X, k.exact()) + " IS NOT NULL)"
	case condition.Exists:
		return a.exists(x, k)
	}
	refuse("%T", x)
	return ""
}

func (a *asker) joined(parts []condition.Expr, word string, k asking) string {
	var out []string
	for _, p := range parts {
		out = append(out, a.truth(p, k))
	}
	return "(" + strings.Join(out, word) + ")"
}

func (a *asker) atLeast(x condition.AtLeast, k asking) string {
	var yes, may []string
	for _, p := range x.Parts {
		t := a.truth(p, k)
		yes = append(yes, "coalesce("+t+", false)::INT")
		may = append(may, "coalesce("+t+", true)::INT")
	}
	sure := fmt.Sprintf("(%s >= %d)", strings.Join(yes, " + "), x.N)
	if k.sure {
		return sure
	}
	return fmt.Sprintf("CASE WHEN %s THEN true WHEN %s < %d THEN false END", sure, strings.Join(may, " + "), x.N)
}

// member asks words by name, and codes by the interval of those that begin with a member: codes are in the order of their
// texts, so that the database's zone maps serve. A code that is coarser than a member may lie in it or not.
func (a *asker) member(x condition.Member, k asking) string {
	if m, ok := a.maskOf(x.X, k); ok {
		return m.within(x.Set.Members)
	}
	name := a.word(x.X, k)
	if x.X.Type().Kind != schemas.KindCode {
		in := fmt.Sprintf("%s IN (%s)", name, texts(x.Set.Members))
		if len(x.Set.Except) > 0 {
			in += fmt.Sprintf(" AND %s NOT IN (%s)", name, texts(x.Set.Except))
		}
		return "(" + in + ")"
	}
	in := begins(name, x.Set.Members)
	if len(x.Set.Except) > 0 {
		in += " AND NOT " + begins(name, x.Set.Except)
	}
	// A code above an exception may be one; of others, one that begins with a member lies in it whatever finer one it stands for.
	above, member := coarser(slices.Concat(x.Set.Members, x.Set.Except)...), begins(name, x.Set.Members)
	if excepted := coarser(x.Set.Except...); len(excepted) > 0 {
		member += fmt.Sprintf(" AND %s NOT IN (%s)", name, texts(excepted))
		in += fmt.Sprintf(" AND %s NOT IN (%s)", name, texts(excepted))
	}
	if k.sure || len(above) == 0 {
		return "(" + in + ")"
	}
	return fmt.Sprintf("CASE WHEN %s IN (%s) AND NOT (%s) THEN NULL ELSE (%s) END", name, texts(above), member, in)
}

// begins asks for the codes that begin with one of some.
func begins(name string, codes []string) string {
	var out []string
	for i := 0; i < len(codes); {
		j := i + 1 // codes that follow each other are one interval
		for j < len(codes) && codes[j] == after(codes[j-1]) {
			j++
		}
		out = append(out, fmt.Sprintf("%[1]s >= %[2]s AND %[1]s < %[3]s", name, text(codes[i]), text(after(codes[j-1]))))
		i = j
	}
	return "(" + strings.Join(out, " OR ") + ")"
}

// after is the first text that comes after all that begin with a code.
func after(code string) string {
	b := []byte(code)
	b[len(b)-1]++
	return string(b)
}

// coarser are the codes above some.
func coarser(codes ...string) []string {
	seen := map[string]bool{}
	var out []string
	for _, c := range codes {
		for n := len(c) - 1; n > 0; n-- {
			if !seen[c[:n]] {
				seen[c[:n]] = true
				out = append(out, c[:n])
			}
		}
	}
	return out
}

func (a *asker) compare(x condition.Compare, k asking) string {
	if t, ok := bare(x.Right).(condition.Tiers); ok && isNumber(t.Type()) {
		return a.tiers(x, t, k)
	}
	if m, ok := a.maskOf(x.Left, k); ok {
		w, ok := bare(x.Right).(condition.Word)
		if !ok {
			refuse("分档 compared with %T", x.Right)
		}
		return m.within([]string{w.Text})
	}
	switch x.Left.Type().Kind {
	case schemas.KindNumber:
		return a.relate(x.Op, a.number(x.Left, k), a.number(x.Right, k), k)
	case schemas.KindDate:
		return fmt.Sprintf("(%s %s %s)", a.day(x.Left, k), sign(x.Op), a.day(x.Right, k))
	case schemas.KindTruth:
		t, ok := bare(x.Right).(condition.Truth)
		if !ok {
			refuse("是 or 否 compared with %T", x.Right)
		}
		if t.Yes {
			return a.word(x.Left, k)
		}
		return "(NOT " + a.word(x.Left, k) + ")"
	}
	return fmt.Sprintf("(%s = %s)", a.word(x.Left, k), a.word(x.Right, k))
}

// tiers compares with 分档: with the first case's limit where its condition is yes, with the rest where it is no, with
// both where that is not known.
func (a *asker) tiers(x condition.Compare, t condition.Tiers, k asking) string {
	with := func(v condition.Value) string {
		return a.compare(condition.Compare{Op: x.Op, Left: x.Left, Right: v}, k)
	}
	out := with(t.Else)
	for i := len(t.Cases) - 1; i >= 0; i-- {
		when, then := a.truth(t.Cases[i].When, k.exact()), with(t.Cases[i].Then)
		out = fmt.Sprintf("((NOT %[1]s OR %[2]s) AND (%[1]s OR %[3]s) AND (%[2]s OR %[3]s))", when, then, out)
	}
	return out
}

func sign(op condition.Op) string {
	return map[condition.Op]string{
		condition.Equal: "=", condition.Less: "<", condition.LessOrEqual: "<=", condition.Greater: ">", condition.GreaterOrEqual: ">=",
	}[op]
}

// word is a text, a code or a truth value.
func (a *asker) word(v condition.Value, k asking) string {
	switch v := bare(v).(type) {
	case condition.Column:
		return a.column(v, k)
	case condition.Word:
		return text(v.Text)
	case condition.Truth:
		return fmt.Sprint(v.Yes)
	}
	refuse("%T as a word", v)
	return ""
}

// column is an attribute of the enterprise, or a field of the row.
func (a *asker) column(c condition.Column, k asking) string {
	switch {
	case c.Dataset != nil:
		return "r." + quote(c.Name)
	case c.Within > 0:
		return a.yearly(c.Name, k.year)
	case c.Yearly:
		return a.yearly(c.Name, c.Year.On(a.today))
	}
	return quote(c.Name)
}

func (a *asker) yearly(name string, year int) string {
	if a.years[name] == nil {
		a.years[name] = map[int]bool{}
	}
	a.years[name][year] = true
	return quote(fmt.Sprintf("%s@%d", name, year))
}

func bare(v condition.Value) condition.Value {
	for {
		n, ok := v.(condition.Named)
		if !ok {
			return v
		}
		v = n.X
	}
}

func isNumber(t schemas.Type) bool { return t.Kind == schemas.KindNumber }

// mask is the set of words that 分档 can come to, a bit each.
type mask struct {
	column string
	words  []string
}

// within is whether all that is possible lies in a set, NULL if some of it does.
func (m mask) within(set []string) string {
	bits, all := 0, 1<<len(m.words)-1
	for i, w := range m.words {
		for _, s := range set {
			if s == w {
				bits |= 1 << i
			}
		}
	}
	return fmt.Sprintf("CASE WHEN %[1]s & %[2]d = 0 THEN true WHEN %[1]s & %[3]d = 0 THEN false END", m.column, all&^bits, bits)
}

// maskOf makes the column of a 分档 of words.
func (a *asker) maskOf(v condition.Value, k asking) (m mask, ok bool) {
	t, ok := bare(v).(condition.Tiers)
	if !ok || t.Type().Kind != schemas.KindText {
		return m, false
	}
	key := condition.ValueKey(v)
	if m, ok = a.masks[key]; ok {
		return mask{a.read(strings.Trim(m.column, `"`)), m.words}, true
	}
	a.above(func(level func() int) {
		var leaves []string
		a.branches(t, "true", k.exact(), func(reach, word string) {
			i := 0
			for i < len(m.words) && m.words[i] != word {
				i++
			}
			if i == len(m.words) {
				m.words = append(m.words, word)
			}
			leaves = append(leaves, fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", reach, 1<<i))
		})
		m.column = a.define(fmt.Sprintf("mask %d", len(a.masks)), "("+strings.Join(leaves, " | ")+")", level())
	})
	a.masks[key] = m
	return m, true
}

// branches are the words that 分档 can come to, and where each can be reached. Whether a case holds is a column of its own,
// since it is asked often.
func (a *asker) branches(v condition.Value, reach string, k asking, found func(reach, word string)) {
	switch v := bare(v).(type) {
	case condition.Word:
		found(reach, v.Text)
	case condition.Tiers:
		for _, c := range v.Cases {
			var when string
			a.above(func(level func() int) {
				sql := a.truth(c.When, k)
				if name, ok := a.made["case "+sql]; ok {
					when = a.read(name)
					return
				}
				name := fmt.Sprintf("case %d", len(a.made))
				when = a.define(name, sql, level())
				a.made["case "+sql] = name
			})
			a.branches(c.Then, reach+" AND "+when+" IS NOT false", k, found)
			reach += " AND " + when + " IS NOT true"
		}
		a.branches(v.Else, reach, k, found)
	default:
		refuse("%T in 分档 of words", v)
	}
}

// scaled is a number as a whole number at a scale; ok is false if it is none.
func scaled(n *big.Rat, scale int) (*big.Rat, bool) {
	out := new(big.Rat).Mul(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	return out, out.IsInt()
}
