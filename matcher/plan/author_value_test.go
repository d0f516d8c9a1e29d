package plan_test

import (
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// literal writes a small number of the unit: small ones meet each other.
func (a *author) literal(unit string) string {
	n := pick(a.r, "0", "1", "2", "3", "4", "5", "6", "10", "20")
	switch unit {
	case "元":
		return pick(a.r, n+"元", n+"元", n+"元", "0.0005万元", "1.5元", "1万元")
	case "个":
		return n + pick(a.r, "件", "人", "个", "分")
	}
	return pick(a.r, n, "50%", "20%", "5‰", "0.3", "1.5")
}

// number writes a number of the unit (元, 个 or "" for plain), of at most the depth.
func (a *author) number(unit string, depth int) string {
	names := a.within.numbers[unit]
	if depth == 0 || a.deep > 3 || a.r.IntN(4) == 0 {
		if len(names) == 0 || a.r.IntN(3) == 0 {
			return a.literal(unit)
		}
		return pick(a.r, names...)
	}
	a.deep++
	defer func() { a.deep-- }()
	next := func(unit string) string { return a.number(unit, depth-1) }
	ways := []func() string{
		func() string { return "(" + next(unit) + pick(a.r, " + ", " - ") + next(unit) + ")" },
		func() string { return a.product(unit, next) },
		func() string { return a.quotient(unit, next) },
		func() string { return "(" + next(unit) + pick(a.r, " 封顶 ", " 保底 ") + next(unit) + ")" },
		func() string {
			return pick(a.r, "最大", "最小") + "(" + strings.Join([]string{next(unit), next(unit), a.literal(unit)}[a.r.IntN(2):], ", ") + ")"
		},
		func() string { return "(-" + next(unit) + ")" },
		func() string { return a.tiers(unit, next) },
		func() string { return a.tiers(unit, next) },
	}
	switch unit {
	case "元":
		ways = append(ways, func() string { return a.bands(next) })
	case "个":
		ways = append(ways, a.score, a.score)
	}
	if !a.within.rows {
		fold := func() string { return a.fold(unit, depth-1) }
		ways = append(ways, fold, fold, fold)
	}
	return a.one(ways...)
}

func (a *author) product(unit string, next func(string) string) string {
	switch unit {
	case "元":
		return a.one(
			func() string { return "(" + next("元") + " * " + next("") + ")" },
			func() string { return "(" + next("") + " * " + next("元") + ")" },
			func() string {
				return "(" + next("个") + " * " + pick(a.r, "5元/人", "2元", "0.0003万元/件") + ")"
			},
		)
	case "个":
		return "(" + pick(a.r, "2", "5", "0.5", "0") + " * " + next("个") + ")"
	}
	return "(" + next("") + " * " + next("") + ")"
}

func (a *author) quotient(unit string, next func(string) string) string {
	switch unit {
	case "元":
		return "(" + next("元") + " / " + a.divisor(pick(a.r, "个", "")) + ")"
	case "个":
		return "(" + next("个") + " / " + pick(a.r, "2", "0.5", "3") + ")"
	}
	return a.one(
		func() string { return "(" + next("元") + " / " + a.divisor("元") + ")" },
		func() string { return "(" + next("元") + " / " + a.divisor("元") + ")" },
		func() string { return "(" + next("个") + " / " + a.divisor("个") + ")" },
		func() string { return "(" + next("") + " / " + a.divisor("") + ")" },
	)
}

// divisor writes a number that can be other than 0 as far as the checker sees.
func (a *author) divisor(unit string) string {
	names := a.heads(unit)
	one := map[string]string{"元": "1元", "个": "2件", "": "0.5"}[unit]
	if len(names) == 0 {
		return one
	}
	name := pick(a.r, names...)
	return pick(a.r, name, name, "("+name+" + "+one+")", "("+name+" 保底 "+one+")", one)
}

// tiers writes 分档, with a head or without.
func (a *author) tiers(unit string, next func(string) string) string {
	defer a.plain()()
	if names := a.heads("元"); len(names) > 0 && a.r.IntN(2) == 0 {
		return fmt.Sprintf("分档 %s (<= 3元: %s; <= 10元: %s; 其他: %s)", pick(a.r, names...), next(unit), a.literal(unit), a.literal(unit))
	}
	if len(a.within.trades) > 0 && a.r.IntN(3) == 0 {
		return fmt.Sprintf("分档 %s (属于 %s: %s; 其他: %s)", a.within.trades[0], a.industries(), next(unit), a.literal(unit))
	}
	cases := ""
	for range 1 + a.r.IntN(2) {
		cases += a.simple() + ": " + next(unit) + "; "
	}
	return "分档(" + cases + "其他: " + a.literal(unit) + ")"
}

// heads are the names that are one word, with a year or without.
func (a *author) heads(unit string) []string {
	return slices.DeleteFunc(slices.Clone(a.within.numbers[unit]), func(n string) bool { return strings.Contains(n, " ") })
}

func (a *author) bands(next func(string) string) string {
	x := "(" + next("元") + ")"
	if names := a.heads("元"); len(names) > 0 && a.r.IntN(2) == 0 {
		x = pick(a.r, names...)
	}
	above := pick(a.r, "", "; 以上: 10%", "; 以上: 0.5")
	return fmt.Sprintf("累进 %s (3元: 50%%; 10元: 20%%%s)", x, above)
}

func (a *author) score() string {
	defer a.plain()()
	var cases []string
	for range 2 + a.r.IntN(2) {
		cases = append(cases, a.simple()+": "+pick(a.r, "5分", "3分", "1分", "2分"))
	}
	return "计分(" + strings.Join(cases, "; ") + ")"
}

// fold writes a number made of rows.
func (a *author) fold(unit string, depth int) string {
	for {
		text, ok := a.tryFold(unit, depth)
		if ok {
			return text
		}
	}
}

func (a *author) tryFold(unit string, depth int) (string, bool) {
	source, _, out := a.into()
	defer out()
	if unit == "个" && a.r.IntN(2) == 0 {
		if a.r.IntN(2) == 0 {
			if strings.HasPrefix(source, "近") {
				return "计数 " + source + a.simple(), true
			}
			return "计数 " + source + a.where(), true
		}
		names := slices.Concat(a.within.closed, a.within.texts, a.within.regions, a.within.trades, a.within.dates, a.within.numbers["元"])
		return "种数 " + source + a.where() + "." + pick(a.r, names...), true
	}
	if len(a.within.numbers[unit]) == 0 {
		return "", false
	}
	of := pick(a.r, a.within.numbers[unit]...)
	if a.r.IntN(3) == 0 {
		of = "(" + a.number(unit, min(depth, 1)) + ")"
	}
	return pick(a.r, "求和", "求和", "平均", "平均", "最大", "最小") + " " + source + a.where() + "." + of, true
}

// day writes a date of at most the depth.
func (a *author) day(depth int) string {
	if depth == 0 || a.deep > 3 || a.r.IntN(4) == 0 {
		if a.r.IntN(3) == 0 {
			return pick(a.r, "今天", "2025-06-15", "2024-02-29", "申报开始", "申报截止", "参数 起算日")
		}
		return pick(a.r, a.within.dates...)
	}
	a.deep++
	defer func() { a.deep-- }()
	ways := []func() string{
		func() string {
			shift, _ := a.span()
			return "(" + a.day(depth-1) + shift + ")"
		},
		func() string {
			return pick(a.r, "最大", "最小") + "(" + a.day(depth-1) + ", " + a.day(depth-1) + ")"
		},
		func() string {
			defer a.plain()()
			return "分档(" + a.simple() + ": " + a.day(depth-1) + "; 其他: 2025-06-15)"
		},
	}
	if !a.within.rows {
		fold := func() string {
			source, _, out := a.into()
			defer out()
			return pick(a.r, "最早", "最新") + " " + source + a.where() + "." + pick(a.r, a.within.dates...)
		}
		ways = append(ways, fold, fold, fold)
	}
	return a.one(ways...)
}

// date writes a test of a date, and notes the days around which it turns.
func (a *author) date(name string) string {
	base, _, _ := strings.Cut(name, "@")
	shift, back := a.span()
	switch a.r.IntN(7) {
	case 0:
		a.around(base, schemas.NewDate(2025, 1, 1), schemas.NewDate(2025, 12, 31))
		return name + " 在 " + pick(a.r, "2025年", "上年", "2025年")
	case 1:
		a.around(base, schemas.NewDate(2025, 1, 1), today())
		return name + " 在 2025-01-01.." + pick(a.r, "2025-12-31", "今天")
	case 2:
		return name + shift + " " + a.op() + " " + pick(a.r, a.within.dates...)
	case 3:
		day := schemas.NewDate(2025, 2, 28)
		a.around(base, day.Add(back))
		return "2025-02-28 " + a.op() + " " + name + shift
	case 4:
		a.around(base, today())
		return name + " " + a.op() + " 今天" + shift
	default:
		a.around(base, today().Add(back))
		return name + shift + " " + a.op() + " 今天"
	}
}

func (a *author) span() (text string, back schemas.Span) {
	s := pick(a.r, schemas.Span{}, schemas.Span{Years: 1}, schemas.Span{Months: 6}, schemas.Span{Days: 30}, schemas.Span{Years: 2, Months: 1, Days: 3})
	if s.IsZero() {
		return "", s
	}
	if a.r.IntN(3) == 0 {
		return " - " + s.String(), s
	}
	return " + " + s.String(), s.Negate()
}

func (a *author) around(name string, days ...schemas.Date) {
	for _, d := range days {
		for delta := range int64(5) {
			a.pools.numbers[name] = append(a.pools.numbers[name], int64(d)+delta-2)
		}
	}
}
