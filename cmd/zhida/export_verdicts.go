package main

import (
	"math/big"
	"strings"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/pipeline/export"
	"zhida/schemas"
)

// amountScale is the scale of amounts. Their ends are rounded outwards, so that what lies between them stays true; an end
// that does not fit is open.
const amountScale = 4

// exportVerdicts writes a line per pair that is sure, needs facts or is a near miss, with what it is subject to, its
// readiness, the amount it comes to and what the item ranks by. The last two are worked out from the night's profiles.
func exportVerdicts(x *exporting) error {
	w, err := x.table([]export.Column{
		{Name: "统一社会信用代码", Kind: export.Text},
		{Name: "事项", Kind: export.Text},
		{Name: "判定", Kind: export.Text},
		{Name: "须", Kind: export.Text},
		{Name: "就绪", Kind: export.Text},
		{Name: "金额下限", Kind: export.Decimal, Scale: amountScale},
		{Name: "金额上限", Kind: export.Decimal, Scale: amountScale},
		{Name: "择优", Kind: export.Text},
	})
	if err != nil {
		return err
	}
	v := verdictExport{site: x.site, out: w, matcher: matcher.New(x.site.Library)}
	items := make([]string, len(x.site.Library.Items))
	for i := range items {
		items[i] = x.site.Library.Items[i].ID
	}
	return x.view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			in, err := x.view.Block(h, block)
			if err != nil {
				return err
			}
			item := 0
			err = x.view.Verdicts(h, block, dir.BlockLen(block), items, func(_ string, verdict matcher.Verdict) error {
				defer func() { item++ }()
				return v.item(in, dir, item, verdict)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type verdictExport struct {
	site    *site
	out     *export.Writer
	matcher *matcher.Matcher
}

// item writes the lines of an item's verdict on a block.
func (x *verdictExport) item(in *plan.Input, dir *current.Directory, item int, v matcher.Verdict) error {
	it := &x.site.Library.Items[item]
	amounts, ranks, err := x.values(in, item, v)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		set  bits.Set
		word string
	}{{v.Sure, "符合"}, {v.Needs, "待补充"}, {v.Near, "差一项"}} {
		if part.set == nil {
			continue
		}
		for door := range part.set.All() {
			x.out.Text(0, dir.Code(in.Block.Base()|uint32(door)))
			x.out.Text(1, it.ID)
			x.out.Text(2, part.word)
			x.fitness(v, door)
			if a, ok := amounts[door]; ok {
				x.amount(a)
			}
			if len(ranks[door]) > 0 {
				x.out.Text(7, strings.Join(ranks[door], " "))
			}
			if err := x.out.End(); err != nil {
				return err
			}
		}
	}
	return nil
}

// fitness writes what a match is subject to and what it is fit for.
func (x *verdictExport) fitness(v matcher.Verdict, door int) {
	has := func(set bits.Set) bool { return set != nil && set.Has(door) }
	switch {
	case has(v.Review):
		x.out.Text(3, "评审")
	case has(v.Declare):
		x.out.Text(3, "承诺")
	}
	switch {
	case has(v.Ready):
		x.out.Text(4, string(schemas.ModeNoApplication))
	case has(v.Light):
		x.out.Text(4, string(schemas.ModeLightApplication))
	}
}

func (x *verdictExport) amount(a plan.Amount) {
	for column, end := range map[int]*big.Rat{5: a.Low, 6: a.High} {
		rounding := export.Down
		if column == 6 {
			rounding = export.Up
		}
		if end == nil {
			continue
		}
		if stored, ok := export.Round(end, amountScale, rounding); ok {
			x.out.Int(column, stored)
		}
	}
}

// values are the amounts, and what is ranked by, of those who are sure or need facts.
func (x *verdictExport) values(in *plan.Input, item int, v matcher.Verdict) (map[int]plan.Amount, map[int][]string, error) {
	doors := bits.New(in.Block.N)
	for _, set := range []bits.Set{v.Sure, v.Needs} {
		if set != nil {
			doors.Or(set)
		}
	}
	amounts, ranks := map[int]plan.Amount{}, map[int][]string{}
	if err := x.matcher.Amounts(in, item, doors, func(door int, a plan.Amount) { amounts[door] = a }); err != nil {
		return nil, nil, err
	}
	for k := range x.site.Library.Items[item].Prefer {
		err := x.matcher.Preference(in, item, k, doors, func(door int, a plan.Amount) {
			text := "?"
			if a.IsPoint() {
				text = exactText(a.Low)
			}
			ranks[door] = append(ranks[door], text)
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return amounts, ranks, nil
}

// exactText writes a number with all its decimals, or with six if they do not end; "" is an open end.
func exactText(x *big.Rat) string {
	if x == nil {
		return ""
	}
	digits, exact := x.FloatPrec()
	if !exact {
		digits = 6
	}
	return x.FloatString(digits)
}
