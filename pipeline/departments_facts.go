package pipeline

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/missing"
	"zhida/pipeline/report/department"
	"zhida/schemas"
)

// factTotal is how much waits for a fact.
type factTotal struct {
	Fact        missing.Fact `json:"fact"`
	Pairs       int64        `json:"pairs"`
	Alone       int64        `json:"alone"` // pairs that wait for nothing else
	Enterprises int64        `json:"enterprises"`
	Items       bits.Set     `json:"items"` // by number
}

// factTotals are totals by fact. As JSON they are a list.
type factTotals map[missing.Fact]*factTotal

// of is the total of a fact, in a library of so many items.
func (t factTotals) of(fact missing.Fact, items int) *factTotal {
	if t[fact] == nil {
		t[fact] = &factTotal{Fact: fact, Items: bits.New(items)}
	}
	return t[fact]
}

func (t *factTotal) add(item int, f missing.Found) {
	t.Pairs += int64(f.Doors.Count())
	if f.Alone != nil {
		t.Alone += int64(f.Alone.Count())
	}
	t.Items.Add(item)
}

func (t factTotals) merge(o factTotals) {
	for fact, more := range o {
		sum := t[fact]
		if sum == nil {
			sum = &factTotal{Fact: fact, Items: make(bits.Set, len(more.Items))}
			t[fact] = sum
		}
		sum.Pairs += more.Pairs
		sum.Alone += more.Alone
		sum.Enterprises += more.Enterprises
		sum.Items.Or(more.Items)
	}
}

// MarshalJSON implements json.Marshaler.
func (t factTotals) MarshalJSON() ([]byte, error) {
	list := make([]*factTotal, 0, len(t))
	for _, fact := range slices.SortedFunc(maps.Keys(t), missing.Fact.Compare) {
		list = append(list, t[fact])
	}
	return json.Marshal(list)
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *factTotals) UnmarshalJSON(data []byte) error {
	var list []*factTotal
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	*t = factTotals{}
	for _, total := range list {
		(*t)[total.Fact] = total
	}
	return nil
}

// waiters are who waits for a fact in a block, by door: a megabyte for each fact, however many items ask for it.
type waiters struct {
	items, alone []uint16            // items that wait for it, and of those the ones that wait for nothing else
	named        [][maxNamed]int32   // the first items
	own          map[string]bits.Set // who waits because of a department's items
}

func (b *departmentBlock) waiters(fact missing.Fact) *waiters {
	if b.facts[fact] == nil {
		n := b.in.Block.N
		b.facts[fact] = &waiters{make([]uint16, n), make([]uint16, n), make([][maxNamed]int32, n), map[string]bits.Set{}}
	}
	return b.facts[fact]
}

// add takes in an item of a department.
func (w *waiters) add(item int, department string, f missing.Found) {
	for door := range f.Doors.All() {
		if k := w.items[door]; k < maxNamed {
			w.named[door][k] = int32(item)
		}
		w.items[door]++
	}
	if f.Alone != nil {
		for door := range f.Alone.All() {
			w.alone[door]++
		}
	}
	if w.own[department] == nil {
		w.own[department] = bits.New(len(w.items))
	}
	w.own[department].Or(f.Doors)
}

// missing takes in what an item lacks on the block.
func (b *departmentBlock) missing(i int, f missing.Found) {
	b.waiters(f.Fact).add(i, b.items[i].department, f)
	owners := b.night.owners(f.Fact)
	for _, owner := range owners {
		b.draft.of(owner).Supply.of(f.Fact, len(b.ids)).add(i, f)
	}
	if own := b.items[i].department; !slices.Contains(owners, own) {
		b.draft.of(own).Await.of(f.Fact, len(b.ids)).add(i, f)
	}
}

// waiting counts the enterprises that wait for each fact, and lists them for those who can supply it.
func (b *departmentBlock) waiting() error {
	for _, fact := range slices.SortedFunc(maps.Keys(b.facts), missing.Fact.Compare) {
		w := b.facts[fact]
		all := bits.New(b.in.Block.N)
		for _, doors := range w.own {
			all.Or(doors)
		}
		owners := b.night.owners(fact)
		for _, owner := range owners {
			b.draft.of(owner).Supply[fact].Enterprises += int64(all.Count())
			if !b.wants(owner) {
				continue
			}
			if err := b.list(owner, fact, all, w); err != nil {
				return err
			}
		}
		for name, doors := range w.own {
			if t := b.draft.of(name).Await[fact]; t != nil {
				t.Enterprises += int64(doors.Count())
			}
		}
	}
	return nil
}

// list lists who waits for a fact of a department, with the items.
func (b *departmentBlock) list(owner string, fact missing.Fact, doors bits.Set, w *waiters) error {
	title := fact.Title()
	for door := range doors.All() {
		row := department.Waiting{Enterprise: b.people.of(door), Fact: title, Items: int(w.items[door]), Alone: int(w.alone[door])}
		var which []string
		for _, item := range w.named[door][:min(row.Items, maxNamed)] {
			which = append(which, b.items[item].id+" "+b.items[item].title)
		}
		row.Which = strings.Join(which, "；")
		if row.Items > len(which) {
			row.Which += fmt.Sprintf(" 等 %d 项", row.Items)
		}
		if err := b.draft.put(listKey{owner, listWaiting, 0}, row.Cells()); err != nil {
			return err
		}
	}
	return nil
}

// maxNamed is how many items are named as waiting for a fact.
const maxNamed = 3

// Suppliers are the datasets that a fact can come from, in the order in which they count.
func (n *Night) Suppliers(fact missing.Fact) []*schemas.Dataset {
	names := []string{fact.Dataset}
	if i := slices.IndexFunc(n.Workspace.Attributes, func(a schemas.Attribute) bool { return a.Name == fact.Name }); i >= 0 && !fact.List {
		names = nil
		for _, source := range n.Workspace.Attributes[i].Sources {
			names = append(names, source.Dataset)
		}
	}
	var out []*schemas.Dataset
	for _, name := range names {
		if d := n.datasets[name]; d != nil && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// owners are the departments that can supply a fact, each once, in the order of its sources.
func (n *Night) owners(fact missing.Fact) []string {
	var out []string
	for _, d := range n.Suppliers(fact) {
		if d.Owner != "" && !slices.Contains(out, d.Owner) {
			out = append(out, d.Owner)
		}
	}
	return out
}

// facts are totals in the order of their use: what would settle most comes first.
func (n *Night) facts(totals factTotals) []department.Fact {
	order := slices.SortedFunc(maps.Keys(totals), func(x, y missing.Fact) int {
		a, b := totals[x], totals[y]
		return cmp.Or(cmp.Compare(b.Alone, a.Alone), cmp.Compare(b.Pairs, a.Pairs), x.Compare(y))
	})
	var out []department.Fact
	for _, fact := range order {
		t := totals[fact]
		var who []string
		for _, d := range n.Suppliers(fact) {
			who = append(who, d.Owner+"（"+titleOf(d)+"）")
		}
		name := fact.Name
		if fact.List {
			name = ""
		}
		out = append(out, department.Fact{
			Name: name, Title: fact.Title(), Suppliers: strings.Join(who, "、"), Alone: t.Alone, Pairs: t.Pairs, Enterprises: t.Enterprises, Items: t.Items.Count(),
		})
	}
	return out
}
