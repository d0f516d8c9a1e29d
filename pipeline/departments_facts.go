package pipeline

import (
	"cmp"
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
	pairs, alone, enterprises int64
	items                     map[int]bool
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
	owners := b.owners(f.Fact)
	for _, owner := range owners {
		totalOf(b.supply, owner, f.Fact).add(i, f)
	}
	if own := b.items[i].department; !slices.Contains(owners, own) {
		totalOf(b.await, own, f.Fact).add(i, f)
	}
}

func totalOf(in map[string]map[missing.Fact]*factTotal, name string, fact missing.Fact) *factTotal {
	if in[name] == nil {
		in[name] = map[missing.Fact]*factTotal{}
	}
	if in[name][fact] == nil {
		in[name][fact] = &factTotal{items: map[int]bool{}}
	}
	return in[name][fact]
}

func (t *factTotal) add(item int, f missing.Found) {
	t.pairs += int64(f.Doors.Count())
	if f.Alone != nil {
		t.alone += int64(f.Alone.Count())
	}
	t.items[item] = true
}

// waiting counts the enterprises that wait for each fact, and lists them for those who can supply it.
func (b *departmentBlock) waiting() error {
	for _, fact := range slices.SortedFunc(maps.Keys(b.facts), missing.Fact.Compare) {
		w := b.facts[fact]
		all := bits.New(b.in.Block.N)
		for _, doors := range w.own {
			all.Or(doors)
		}
		owners := b.owners(fact)
		for _, owner := range owners {
			b.supply[owner][fact].enterprises += int64(all.Count())
			if !b.wants(owner) {
				continue
			}
			if err := b.list(owner, fact, all, w); err != nil {
				return err
			}
		}
		for name, doors := range w.own {
			if t := b.await[name][fact]; t != nil {
				t.enterprises += int64(doors.Count())
			}
		}
	}
	return nil
}

// list lists who waits for a fact of a department, with the items.
func (b *departmentBlock) list(owner string, fact missing.Fact, doors bits.Set, w *waiters) error {
	for door := range doors.All() {
		row := department.Waiting{Enterprise: b.people.of(door), Fact: fact.Title(), Items: int(w.items[door]), Alone: int(w.alone[door])}
		var which []string
		for _, item := range w.named[door][:min(row.Items, maxNamed)] {
			which = append(which, b.items[item].id+" "+b.items[item].title)
		}
		row.Which = strings.Join(which, "；")
		if row.Items > len(which) {
			row.Which += fmt.Sprintf(" 等 %d 项", row.Items)
		}
		if err := b.spool.put(spoolKey{owner, listWaiting, 0}, row); err != nil {
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
func (s *departmentScan) owners(fact missing.Fact) []string {
	var out []string
	for _, d := range s.night.Suppliers(fact) {
		if d.Owner != "" && !slices.Contains(out, d.Owner) {
			out = append(out, d.Owner)
		}
	}
	return out
}

// facts are totals in the order of their use: what would settle most comes first.
func (s *departmentScan) facts(totals map[missing.Fact]*factTotal) []department.Fact {
	order := slices.SortedFunc(maps.Keys(totals), func(x, y missing.Fact) int {
		a, b := totals[x], totals[y]
		return cmp.Or(cmp.Compare(b.alone, a.alone), cmp.Compare(b.pairs, a.pairs), x.Compare(y))
	})
	var out []department.Fact
	for _, fact := range order {
		t := totals[fact]
		var who []string
		for _, d := range s.night.Suppliers(fact) {
			who = append(who, d.Owner+"（"+titleOf(d)+"）")
		}
		out = append(out, department.Fact{
			Title: fact.Title(), Suppliers: strings.Join(who, "、"), Alone: t.alone, Pairs: t.pairs, Enterprises: t.enterprises, Items: len(t.items),
		})
	}
	return out
}
