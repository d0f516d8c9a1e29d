package condition

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// list is what the items of one side of 除 stand for.
type list struct {
	members []string
	from    []*Item          // by member: the item that stands for it
	has     map[string]int   // by member: its place
	except  []string         // what the catalogs among the items take out again
	by      map[string]*Item // by code taken out: the catalog
}

// set resolves the members of a set and what 除 takes out of them.
func (c *checker) set(n *Membership, t schemas.Type) (Set, bool) {
	in, ok := c.items(t, n.Members)
	out, also := c.items(t, n.Except)
	if !ok || !also || len(in.members) == 0 {
		return Set{}, false
	}
	if !c.united(t, in) {
		return Set{}, false
	}
	if len(out.except) > 0 {
		c.fault(out.by[out.except[0]].At, "逐个写出代码", "目录“%s”里已经有“除”，不能再写在“除”后面", out.by[out.except[0]].Low)
		return Set{}, false
	}
	if !c.exceptions(n, t, in, out) {
		return Set{}, false
	}
	return Set{Members: in.members, Except: slices.Concat(in.except, out.members)}, true
}

// items resolves the items of a list to codes or words, each but once, and writes their canonical form into the tree.
func (c *checker) items(t schemas.Type, items []*Item) (*list, bool) {
	l := &list{has: map[string]int{}, by: map[string]*Item{}}
	good := true
	for _, item := range items {
		resolved, ok := c.item(t, item)
		if ok && item.Catalog {
			for _, code := range c.env.Catalogs[item.Low].Except {
				l.except, l.by[code] = append(l.except, code), item
			}
		}
		good = good && ok && c.spend(len(resolved), item.At) && c.take(l, item, resolved)
	}
	return l, good
}

// take adds what an item stands for to the list. A code or word that is written twice is a slip; catalogs may overlap.
func (c *checker) take(l *list, item *Item, resolved []string) bool {
	for _, text := range resolved {
		place, twice := l.has[text]
		if !twice {
			l.has[text] = len(l.members)
			l.members, l.from = append(l.members, text), append(l.from, item)
			continue
		}
		first := l.from[place]
		if first != item && !first.Catalog && !item.Catalog {
			c.fault(item.At, "删去其中一个", "列表里有重复：“%s”和“%s”", brief(c.tree.source(first.At)), brief(c.tree.source(item.At)))
			return false
		}
	}
	return true
}

// united drops what a catalog takes out where another item of the list puts it in again as a whole. Where only a part
// is put in again, no set says so.
func (c *checker) united(t schemas.Type, l *list) bool {
	finer := func(code string) *Item {
		for i, member := range l.members {
			if t.Kind == schemas.KindCode && len(member) > len(code) && strings.HasPrefix(member, code) && l.from[i] != l.by[code] {
				return l.from[i]
			}
		}
		return nil
	}
	var kept []string
	for _, code := range l.except {
		if c.again(t, l, code) {
			continue
		}
		if item := finer(code); item != nil {
			c.fault(item.At, "分开写成两个“属于”，用“或”连接", "“%s”和目录“%s”除去的“%s”重叠", brief(c.tree.source(item.At)), l.by[code].Low, code)
			return false
		}
		kept = append(kept, code)
	}
	l.except = kept
	return true
}

// again reports whether an item other than the catalog that takes a code out has it as a whole.
func (c *checker) again(t schemas.Type, l *list, code string) bool {
	for i, member := range l.members {
		if l.from[i] != l.by[code] && covers(t, member, code) {
			return true
		}
	}
	return false
}

func covers(t schemas.Type, outer, inner string) bool {
	return outer == inner || t.Kind == schemas.KindCode && strings.HasPrefix(inner, outer)
}

// exceptions checks that what 除 takes out is in the set, and that something is left.
func (c *checker) exceptions(n *Membership, t schemas.Type, in, out *list) bool {
	good := true
	useful := map[*Item]bool{}
	for i, code := range out.members {
		if in.covers(t, code) {
			useful[out.from[i]] = true
		} else if item := out.from[i]; !item.Catalog && item.High == "" {
			c.fault(item.At, "删去它，或改正代码", "“%s”本来就不在前面的范围里，不用“除”", code)
			good = false
			useful[item] = true
		}
	}
	for _, item := range n.Except {
		if !useful[item] && len(out.members) > 0 {
			c.fault(item.At, "删去它，或改正代码", "“%s”本来就不在前面的范围里，不用“除”", brief(c.tree.source(item.At)))
			good = false
		}
	}
	for _, code := range in.members {
		if !good || !out.covers(t, code) {
			return good
		}
	}
	c.fault(n.at, "", "“除”把前面的范围全部去掉了")
	return false
}

// covers reports whether one of the codes contains the code; words contain themselves only.
func (l *list) covers(t schemas.Type, code string) bool {
	if t.Kind == schemas.KindCode {
		for i := 1; i < len(code); i++ {
			if _, ok := l.has[code[:i]]; ok {
				return true
			}
		}
	}
	_, ok := l.has[code]
	return ok
}
