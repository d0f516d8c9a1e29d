package condition

import (
	"zhida/schemas"
)

// tiering checks 分档. Its values are of one kind: numbers of one unit, words or days.
func (c *checker) tiering(n *Tiering) (Value, bool) {
	cases, thens, ok := c.branches(n.Branches, &n.Head, wordTiers)
	if n.Head != nil && !isBad(n.Head) && !hasPartial(n.Branches) {
		c.fault(n.Head.Extent(), "去掉它，或写成 <= 3000万: … 的样子", "各档都没有用到“%s”", brief(oneLine(n.Head)))
		ok = false
	}
	last, also := c.value(&n.Else)
	if !also || len(thens) < len(n.Branches) {
		return nil, false
	}
	all := append(thens, operand{last, n.Else})
	if !c.sameKind(all) || last.Type().Kind == schemas.KindNumber && !c.agreeAll("放在一起", all) || !ok {
		return nil, false
	}
	for i := range cases {
		cases[i].Then = all[i].v
	}
	return Tiers{Origin{n}, cases, all[len(all)-1].v}, true
}

func hasPartial(branches []*Branch) bool {
	for _, b := range branches {
		if b.Partial {
			return true
		}
	}
	return false
}

// branches checks the cases of 分档 or 计分. The left side of a partial one is the head. The values are those that there
// are, one for each case unless a fault has been reported.
func (c *checker) branches(branches []*Branch, head *Node, word string) (cases []Case, thens []operand, ok bool) {
	defer c.bar("“" + word + "”里")()
	ok = len(branches) > 0
	reached := &reach{keys: map[string]bool{}, sets: list{has: map[string]int{}}}
	for _, b := range branches {
		if b.Partial {
			setHead(b.When, *head)
		}
		when := c.condition(&b.When)
		if b.Partial {
			*head = headOf(b.When)
		}
		if then, fine := c.value(&b.Then); fine {
			thens = append(thens, operand{then, b.Then})
		}
		if when != nil && word == wordTiers && !reached.add(b, when) {
			c.fault(b.When.Extent(), "删去它，或调整各档的次序", "这一档轮不到：前面的档已经包括了它")
			ok = false
		}
		ok = ok && when != nil
		cases = append(cases, Case{When: when})
	}
	return cases, thens, ok
}

// setHead gives a partial case its left side.
func setHead(when, head Node) {
	switch n := when.(type) {
	case *Relation:
		n.Left = head
	case *Membership:
		n.X = head
	}
}

// headOf is the left side of a partial case after its check, which may have written a year to it.
func headOf(when Node) Node {
	switch n := when.(type) {
	case *Relation:
		return n.Left
	case *Membership:
		return n.X
	}
	return when
}

// sameKind reports values of several kinds, and kinds that no 分档 has.
func (c *checker) sameKind(all []operand) bool {
	first := all[0]
	for _, part := range all {
		kind := part.v.Type().Kind
		_, word := part.v.(Word)
		switch {
		case kind == schemas.KindTruth:
			c.fault(part.n.Extent(), "直接写成条件，用“且”“或”连接", "“%s”的值不能是%s", wordTiers, kindName(kind))
			return false
		case kind != first.v.Type().Kind:
			c.fault(part.n.Extent(), literalMeant(first.v.Type().Kind, part.n), "各档的值要是同一种：%s，%s",
				described(first.n, first.v), described(part.n, part.v))
			return false
		case kind == schemas.KindCode, kind == schemas.KindText && !word && !isWords(part.v):
			c.fault(part.n.Extent(), "写出文字，例如 \"一类\"", "“%s”的值不能是%s", wordTiers, described(part.n, part.v))
			return false
		}
	}
	return true
}

// isWords reports 分档 of words inside 分档.
func isWords(v Value) bool {
	if named, ok := v.(Named); ok {
		return isWords(named.X)
	}
	_, tiers := v.(Tiers)
	return tiers
}

// closedList is the list of all words that a text can be, empty if any text may occur.
func closedList(v Value) []string {
	switch x := v.(type) {
	case Column:
		return x.Kind.Values
	case Named:
		return closedList(x.X)
	case Word:
		return []string{x.Text}
	case Tiers:
		var out []string
		seen := map[string]bool{}
		for i := 0; i <= len(x.Cases); i++ {
			then := x.Else
			if i < len(x.Cases) {
				then = x.Cases[i].Then
			}
			for _, word := range closedList(then) {
				if !seen[word] {
					seen[word] = true
					out = append(out, word)
				}
			}
		}
		return out
	}
	return nil
}

// scoring checks 计分.
func (c *checker) scoring(n *Scoring) (Value, bool) {
	cases, points, ok := c.branches(n.Branches, nil, wordScore)
	if len(points) < len(n.Branches) || len(points) == 0 {
		return nil, false
	}
	for _, p := range points {
		if kind := p.v.Type().Kind; kind != schemas.KindNumber {
			c.fault(p.n.Extent(), literalMeant(schemas.KindNumber, p.n), "“%s”的每一项要写分数，%s不是", wordScore, described(p.n, p.v))
			return nil, false
		}
	}
	if !c.agreeAll("相加", points) || !ok {
		return nil, false
	}
	for i := range cases {
		cases[i].Then = points[i].v
	}
	return Score{Origin{n}, cases}, true
}
