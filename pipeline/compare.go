package pipeline

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Compared is in what two outcomes of one night differ.
type Compared struct {
	Night string         `json:"night"`
	Items []ItemCompared `json:"items"` // those that differ, in the order of the first, then what only the second has
	Total ItemCompared   `json:"total"`
	// LeftOut counts enterprises that came that night in homes whose new doors were given out otherwise: a door is not the same
	// enterprise in both.
	LeftOut int `json:"left_out,omitempty"`
}

// ItemCompared is in what an item differs: who has come to each set in the second outcome, and who has gone.
type ItemCompared struct {
	OutcomeItem
	Only     string           `json:"only,omitempty"` // "before" or "after": the other has no such item
	Changes  map[string]Moved `json:"changes"`        // by outcomeKinds; those without any are left out
	Examples []Example        `json:"examples,omitempty"`
}

// Moved counts those who came and went.
type Moved struct {
	More  int64 `json:"more"`
	Fewer int64 `json:"fewer"`
}

// Example is an enterprise for which an item differs.
type Example struct {
	Item   string        `json:"-"`
	Before OutcomeReason `json:"before"`
	After  OutcomeReason `json:"after"`
	Portal string        `json:"portal,omitempty"` // "new" or "withdrawn": a push of that night
	SMS    string        `json:"sms,omitempty"`
}

// maxExamples is how many enterprises of an item are explained for each way in which they differ.
const maxExamples = 2

// comparing goes through two outcomes.
type comparing struct {
	before    *NightOutcome
	after     Outcome
	items     map[string]*ItemCompared
	explained map[string]map[string]int // by item and way
	out       *Compared
	each      func(Example) error
}

// Compare compares two outcomes of a night, block by block. each is given all pairs that differ, those that are examples
// with their reasons and the others with their codes and verdicts.
func Compare(ctx context.Context, before *NightOutcome, after Outcome, each func(Example) error) (*Compared, error) {
	c := &comparing{
		before: before, after: after, each: each, items: map[string]*ItemCompared{}, explained: map[string]map[string]int{},
		out: &Compared{Night: before.Head().Night, Total: ItemCompared{Changes: map[string]Moved{}}},
	}
	order := c.order()
	theirs := map[uint16]int{}
	for i, b := range after.Head().Blocks {
		theirs[b.Number] = i
	}
	for i, b := range before.Head().Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k, ok := theirs[b.Number]
		if !ok {
			c.out.LeftOut += b.Doors
			continue
		}
		delete(theirs, b.Number)
		if err := c.block(i, k); err != nil {
			return nil, err
		}
	}
	for _, k := range theirs {
		c.out.LeftOut += after.Head().Blocks[k].Doors
	}
	for _, id := range order {
		if it := c.items[id]; len(it.Changes) > 0 || it.Only != "" {
			c.out.Items = append(c.out.Items, *it)
		}
	}
	return c.out, nil
}

// order is the items of both.
func (c *comparing) order() []string {
	var order []string
	for _, side := range []struct {
		items []OutcomeItem
		only  string
	}{{c.before.Head().Items, "before"}, {c.after.Head().Items, "after"}} {
		for _, it := range side.items {
			if known := c.items[it.ID]; known != nil {
				known.Only = ""
				continue
			}
			c.items[it.ID] = &ItemCompared{OutcomeItem: it, Only: side.only, Changes: map[string]Moved{}}
			order = append(order, it.ID)
		}
	}
	return order
}

// block compares a block that is the i-th of one and the k-th of the other.
func (c *comparing) block(i, k int) error {
	mine, other := c.before.Head().Blocks[i], c.after.Head().Blocks[k]
	doors := max(mine.Doors, other.Doors)
	if mine.Home != other.Home || mine.Directory != other.Directory {
		doors = min(mine.Before, other.Before)
		c.out.LeftOut += max(mine.Doors, other.Doors) - doors
	}
	was, err := c.before.Block(i)
	if err != nil {
		return err
	}
	is, err := c.after.Block(k)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for id := range was {
		ids[id] = true
	}
	for id := range is {
		ids[id] = true
	}
	for _, id := range sortedKeys(ids) {
		if err := c.item(i, k, doors, id, was[id], is[id]); err != nil {
			return err
		}
	}
	return nil
}

// item compares an item in a block.
func (c *comparing) item(i, k, doors int, id string, was, is OutcomeSets) error {
	differ := roaring.New()
	more, fewer := OutcomeSets{}, OutcomeSets{}
	for _, kind := range outcomeKinds() {
		more[kind], fewer[kind] = without(is[kind], was[kind], doors), without(was[kind], is[kind], doors)
		for _, of := range []*ItemCompared{c.items[id], &c.out.Total} {
			if m := of.Changes[kind]; !more[kind].IsEmpty() || !fewer[kind].IsEmpty() {
				m.More += int64(more[kind].GetCardinality())
				m.Fewer += int64(fewer[kind].GetCardinality())
				of.Changes[kind] = m
			}
		}
		differ.Or(more[kind])
		differ.Or(fewer[kind])
	}
	for it := differ.Iterator(); it.HasNext(); {
		door := it.Next()
		x := Example{
			Item: id, Before: OutcomeReason{Verdict: verdictIn(was, door)}, After: OutcomeReason{Verdict: verdictIn(is, door)},
			Portal: told(more["portal"], fewer["portal"], door), SMS: told(more["sms"], fewer["sms"], door),
		}
		if err := c.explain(i, k, int(door), &x); err != nil {
			return err
		}
		if err := c.each(x); err != nil {
			return err
		}
	}
	return nil
}

// explain names the enterprise, and if it is among the first that differ in its way asks both sides why.
func (c *comparing) explain(i, k, door int, x *Example) error {
	way := x.Before.Verdict + "\x00" + x.After.Verdict + "\x00" + x.Portal + x.SMS
	if c.explained[x.Item] == nil {
		c.explained[x.Item] = map[string]int{}
	}
	var err error
	if c.explained[x.Item][way] >= maxExamples {
		x.Before.Code, err = c.before.Code(i, door)
		return err
	}
	c.explained[x.Item][way]++
	if x.Before, err = c.before.Reason(i, door, x.Item); err != nil {
		return err
	}
	if x.After, err = c.after.Reason(k, door, x.Item); err != nil {
		return err
	}
	it := c.items[x.Item]
	it.Examples = append(it.Examples, *x)
	return nil
}

// without are the doors of a that are not in b, the first so many.
func without(a, b *roaring.Bitmap, doors int) *roaring.Bitmap {
	out := roaring.New()
	if a == nil {
		return out
	}
	out.AddRange(0, uint64(doors))
	out.And(a)
	if b != nil {
		out.AndNot(b)
	}
	return out
}

// verdictIn is the verdict that the sets of an item say of a door.
func verdictIn(sets OutcomeSets, door uint32) string {
	words := []string{"符合", "待补充", "差一项"}
	k := slices.IndexFunc(outcomeKinds()[:len(words)], func(kind string) bool { return sets[kind] != nil && sets[kind].Contains(door) })
	if k < 0 {
		return "不符合"
	}
	return words[k]
}

func told(more, fewer *roaring.Bitmap, door uint32) string {
	switch {
	case more.Contains(door):
		return "new"
	case fewer.Contains(door):
		return "withdrawn"
	}
	return ""
}
