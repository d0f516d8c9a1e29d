package condition

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// list is what the items of one side of 除 stand for.
type list struct {
	members []string
	from    []*Item        // by member: the item that stands for it
	has     map[string]int // by member: its place
	items   []resolved
	except  []string // what the catalogs among the items take out again
}

// resolved is an item with what it stands for.
type resolved struct {
	item            *Item
	members, except []string
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
	for _, r := range out.items {
		if len(r.except) > 0 {
			c.fault(r.item.At, "逐个写出代码", "目录“%s”里已经有“除”，不能再写在“除”后面", r.item.Low)
			return Set{}, false
		}
	}
	if !c.exceptions(n, t, in, out) {
		return Set{}, false
	}
	return Set{Members: in.members, Except: slices.Concat(in.except, out.members)}, true
}

// items resolves the items of a list to codes or words, each but once, and writes their canonical form into the tree.
func (c *checker) items(t schemas.Type, items []*Item) (*list, bool) {
	l := &list{has: map[string]int{}}
	good := true
	for _, item := range items {
		members, ok := c.item(t, item)
		r := resolved{item: item, members: members}
		if ok && item.Catalog {
			r.except = c.env.Catalogs[item.Low].Except
		}
		l.items = append(l.items, r)
		good = good && ok && c.spend(len(members)+len(r.except), item.At) && c.take(l, r)
	}
	return l, good
}

// take adds what an item stands for to the list. A code or word that is written twice is a slip; catalogs may overlap.
func (c *checker) take(l *list, r resolved) bool {
	item := r.item
	for _, text := range r.members {
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

// united finds what the list takes out: what a catalog does, unless another item puts it in again as a whole. Where
// only a part is put in again, no set says so.
func (c *checker) united(t schemas.Type, l *list) bool {
	seen := map[string]bool{}
	for _, r := range l.items {
		for _, code := range r.except {
			switch whole, part := l.again(t, code); {
			case whole || seen[code]:
			case part != nil:
				c.fault(part.At, "分开写成两个“属于”，用“或”连接",
					"“%s”和目录“%s”除去的“%s”重叠", brief(c.tree.source(part.At)), r.item.Low, code)
				return false
			default:
				seen[code] = true
				l.except = append(l.except, code)
			}
		}
	}
	return true
}

// again reports whether an item has all of a code that another takes out, or else which has a part of it.
func (l *list) again(t schemas.Type, code string) (whole bool, part *Item) {
	for _, r := range l.items {
		if anyCovers(t, r.except, code) {
			continue
		}
		for _, member := range r.members {
			switch {
			case covers(t, member, code):
				return true, nil
			case covers(t, code, member):
				part = r.item
			}
		}
	}
	return false, part
}

func anyCovers(t schemas.Type, outer []string, inner string) bool {
	for _, code := range outer {
		if covers(t, code, inner) {
			return true
		}
	}
	return false
}

// covers reports whether one code contains another; words contain themselves only.
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
