package main

import (
	"context"
	"encoding/csv"
	"math/big"
	"strings"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/pipeline"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// exportVerdicts writes a line per pair that is sure, needs facts or is a near miss, with what it is subject to, its
// readiness, the amount it comes to and what the item ranks by. The last two are worked out from the night's profiles.
func exportVerdicts(_ context.Context, s *site, view *pipeline.View, w *csv.Writer) error {
	header := []string{"统一社会信用代码", "事项", "判定", "须", "就绪", "金额下限", "金额上限", "择优"}
	if err := w.Write(header); err != nil {
		return err
	}
	x := verdictExport{site: s, out: w, matcher: matcher.New(s.Library)}
	items := make([]string, len(s.Library.Items))
	for i := range items {
		items[i] = s.Library.Items[i].ID
	}
	return view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, block := range h.Blocks {
			in, err := view.Block(h, block)
			if err != nil {
				return err
			}
			item := 0
			err = view.Verdicts(h, block, dir.BlockLen(block), items, func(_ string, v matcher.Verdict) error {
				defer func() { item++ }()
				return x.item(in, dir, item, v)
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
	out     *csv.Writer
	matcher *matcher.Matcher
}

// item writes the lines of an item's verdict on a block.
func (x *verdictExport) item(in *plan.Input, dir *current.Directory, item int, v matcher.Verdict) error {
	it := &x.site.Library.Items[item]
	amounts, ranks, err := x.values(in, item, v)
	if err != nil {
		return err
	}
	has := func(set bits.Set, door int) bool { return set != nil && set.Has(door) }
	for _, part := range []struct {
		set  bits.Set
		word string
	}{{v.Sure, "符合"}, {v.Needs, "待补充"}, {v.Near, "差一项"}} {
		if part.set == nil {
			continue
		}
		for door := range part.set.All() {
			line := []string{dir.Code(in.Block.Base() | uint32(door)), it.ID, part.word, "", "", "", "", strings.Join(ranks[door], " ")}
			switch {
			case has(v.Review, door):
				line[3] = "评审"
			case has(v.Declare, door):
				line[3] = "承诺"
			}
			switch {
			case has(v.Ready, door):
				line[4] = string(schemas.ModeNoApplication)
			case has(v.Light, door):
				line[4] = string(schemas.ModeLightApplication)
			}
			if a, ok := amounts[door]; ok {
				line[5], line[6] = exactText(a.Low), exactText(a.High)
			}
			if err := x.out.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
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
