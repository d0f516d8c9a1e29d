package script

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// exists asks for rows. 每 is that there is none that is otherwise.
func (a *asker) exists(x condition.Exists, k asking) string {
	if x.Every {
		inner := x
		inner.Every = false
		if x.Where == nil {
			return "true"
		}
		inner.Where = condition.Not{X: x.Where}
		return "(NOT " + a.exists(inner, k.exact()) + ")"
	}
	if x.Dataset == nil {
		return a.someYear(x.Over, k)
	}
	if k.dataset != nil {
		refuse("rows in rows")
	}
	yes, may := a.gather(x.Over, "bool_or(%s)", "boolean"), a.gather(x.Over, "bool_or((%s) IS NULL)", "boolean")
	return a.column0(fmt.Sprintf("CASE WHEN %s THEN true WHEN %s OR NOT %s THEN NULL ELSE false END", yes, may, a.complete(x.Dataset)))
}

// column0 is a column of the lowest level, made once.
func (a *asker) column0(sql string) string {
	name, ok := a.made[sql]
	if !ok {
		name = fmt.Sprintf("x %d", len(a.made))
		a.define(name, sql, 0)
		a.made[sql] = name
	}
	return a.read(name)
}

// someYear is whether some of the last years meets the condition.
func (a *asker) someYear(o condition.Over, k asking) string {
	var out []string
	for _, year := range a.lastYears(o.Years) {
		if o.Where == nil {
			return "true"
		}
		out = append(out, a.truth(o.Where, asking{over: over{year: year}, sure: k.sure}))
	}
	return "(" + strings.Join(out, " OR ") + ")"
}

func (a *asker) lastYears(n int) (out []int) {
	this, _, _ := a.today.YMD()
	for year := this - n; year < this; year++ {
		out = append(out, year)
	}
	return out
}

// complete is whether no row means that there is none: a delivery that lists all covers the enterprises whose region is known to
// lie in its scope, which is the province.
func (a *asker) complete(d *schemas.Dataset) string {
	if d.List != schemas.ListComplete {
		return "false"
	}
	return "listed"
}

// gather is an aggregate over the rows of a dataset, in the query of all that are asked of it.
func (a *asker) gather(o condition.Over, aggregate, kind string) string {
	g := a.gathered[o.Dataset.Name]
	if g == nil {
		g = &gathering{dataset: o.Dataset}
		a.gathered[o.Dataset.Name] = g
	}
	where := "true"
	if o.Where != nil {
		where = a.truth(o.Where, asking{over: over{dataset: o.Dataset}})
	}
	sql := fmt.Sprintf(aggregate, where)
	key := o.Dataset.Name + " " + sql
	name, ok := a.made[key]
	if !ok {
		name = fmt.Sprintf("g %d", len(a.made))
		g.columns = append(g.columns, sql+" AS "+quote(name))
		a.made[key] = name
	}
	return quote(name)
}

// fold makes one number of rows, or of years.
func (a *asker) fold(f condition.Fold, k asking) operand {
	if f.Dataset == nil {
		return a.foldYears(f)
	}
	complete := a.complete(f.Dataset)
	switch f.Op {
	case condition.FoldCount:
		lo := fmt.Sprintf("coalesce(%s, 0)", a.gather(f.Over, "count(*) FILTER (%s)", "count"))
		hi := fmt.Sprintf("CASE WHEN %s THEN coalesce(%s, 0) END", complete, a.gather(f.Over, "count(*) FILTER ((%s) IS NOT false)", "count"))
		return operand{lo: a.column0(lo), hi: a.column0(hi)}
	case condition.FoldSum:
		of := a.number(f.Of, asking{over: over{dataset: f.Dataset}})
		sum := func(format string) string {
			return a.gather(f.Over, strings.ReplaceAll(format, "$", of.lo), "sum")
		}
		lo := fmt.Sprintf("coalesce(%s, 0)", sum("sum($) FILTER (%s)"))
		hi := fmt.Sprintf("CASE WHEN %s AND coalesce(%s, 0) = 0 THEN %s END", complete, sum("count(*) FILTER ((%s) IS NOT false AND $ IS NULL)"), fmt.Sprintf("coalesce(%s, 0)", sum("sum($) FILTER ((%s) IS NOT false)")))
		return operand{lo: a.column0(lo + "::BIGINT"), hi: a.column0("(" + hi + ")::BIGINT"), scale: of.scale}
	}
	refuse("fold %d", f.Op)
	return operand{}
}

// foldYears adds up the last years. An amount that cannot be negative is at least none where it is not known.
func (a *asker) foldYears(f condition.Fold) operand {
	if f.Op != condition.FoldSum || f.Where != nil {
		refuse("fold %d of years", f.Op)
	}
	c, ok := f.Of.(condition.Column)
	if !ok {
		refuse("a sum of %T", f.Of)
	}
	var lo, hi []string
	for _, year := range a.lastYears(f.Years) {
		x := a.column(c, asking{over: over{year: year}})
		hi = append(hi, x)
		if c.Range.Low != nil && *c.Range.Low >= 0 {
			x = fmt.Sprintf("coalesce(%s, %d)", x, *c.Range.Low)
		}
		lo = append(lo, x)
	}
	return operand{lo: "(" + strings.Join(lo, " + ") + ")", hi: "(" + strings.Join(hi, " + ") + ")", scale: c.Kind.Scale}
}
