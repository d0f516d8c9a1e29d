package condition

// tiering = 分档 [atom ["@" year]] "(" case {";" case} "; 其他:" expr ")".
func (p *parser) tiering(keyword token) Node {
	defer p.leave()
	if !p.enter() {
		return p.skip(keyword.at)
	}
	n := &Tiering{}
	if p.headFollows() {
		if p.heads > 0 { // each case with a sign alone repeats the head: heads in heads would grow without bound
			p.fault(keyword.at, "把里面的分档做成一个指标", "“分档”所看的值里不能再有所看值的“分档”")
			return p.skip(keyword.at)
		}
		p.heads++
		n.Head = p.dated()
		p.heads--
		if isBad(n.Head) {
			return p.skip(keyword.at)
		}
	}
	open := p.at()
	if !p.opened(keyword, "(条件: 取值; 其他: 取值)") {
		return p.skip(keyword.at)
	}
	faulty := false
	count := p.cases(open, func() {
		from := p.at()
		switch {
		case isElse(from) && p.colonBehind():
			p.next++
			faulty = p.elseCase(n, from) || faulty
		default:
			if n.Else != nil {
				p.fault(from.at, "把“其他”移到最后", "“其他”后面不能再有别的档")
				faulty = true
			}
			n.Branches = append(n.Branches, p.branch(p.headOr(n, from, &faulty)))
		}
	})
	switch {
	case count == 0:
		return p.bad(keyword.at)
	case n.Else == nil:
		if !faulty {
			p.fault(keyword.at, "在最后加上 ; 其他: …，例如 其他: 0", "“分档”最后缺少“其他”")
		}
		n.Else = &Bad{}
	case len(n.Branches) == 0 && !faulty:
		p.fault(keyword.at, "在“其他”前面写出各档", "“分档”里只有“其他”")
	}
	n.place = place{p.since(keyword.at)}
	return n
}

// headOr is the head of 分档. If there is none but the case needs one, it reports that, once, and makes one up.
func (p *parser) headOr(n *Tiering, from token, told *bool) Node {
	if n.Head != nil || !isRelator(from) && !from.isAny(wordIn, wordNotIn) {
		return n.Head
	}
	if !*told {
		p.fault(from.at, "写成 分档 指标 (…)，或在“"+from.text+"”前面写上指标", "“%s”前面缺少指标", from.text)
	}
	*told = true
	return &Bad{place{Extent{from.at.From, from.at.From}}, ""}
}

// elseCase reads the last case of 分档 behind its word, and reports whether something is wrong with it.
func (p *parser) elseCase(n *Tiering, word token) bool {
	twice := n.Else != nil
	n.Else = p.valued(word.at)
	if twice {
		p.fault(word.at, "只留一个", "“其他”写了两次")
	}
	return twice || isBad(n.Else)
}

// branch reads a case. Behind a head it may begin with a sign, whose left side the head is.
func (p *parser) branch(head Node) *Branch {
	from := p.at()
	b := &Branch{}
	if head == nil {
		b.When = p.condition(stopsWhen)
	} else {
		outer := p.stops
		p.stops = stopsWhen
		b.When = p.partial(head)
		p.stops = outer
		if b.When == nil {
			b.When = p.condition(stopsWhen)
		} else {
			b.Partial = !isBad(head) && isPartial(b.When)
		}
	}
	b.Then = p.valued(p.since(from.at))
	b.At = p.since(from.at)
	return b
}

// isPartial reports syntax that can stand without its left side.
func isPartial(n Node) bool {
	switch n.(type) {
	case *Relation, *Membership:
		return true
	}
	return false
}

// partial reads a relation or a set without its left side; nil if the case begins with none.
func (p *parser) partial(head Node) Node {
	var n Node
	switch t := p.at(); {
	case isRelator(t):
		p.next++
		right := p.operand()
		n = &Relation{place{p.since(t.at)}, t.text, head, right}
	case t.isAny(wordIn, wordNotIn):
		if set := p.membership(t.at, head); set != nil {
			n = set
		} else {
			n = p.skip(t.at)
		}
	case t.isAny(wordDuring, wordContains):
		n = p.wholeCase(t, head)
	default:
		if n = p.boundRelation(t.at, head); n == nil {
			return nil
		}
	}
	if rest := p.at(); rest.class != classEnd && !p.stopsAt(rest) && !p.lacksSign(rest) {
		p.behindPartial(rest, head)
	}
	return n
}

// scoring = 计分 "(" expr ":" expr {";" expr ":" expr} ")".
func (p *parser) scoring(keyword token) Node {
	open := p.at()
	if !p.opened(keyword, "(条件: 分值; 条件: 分值)") {
		return p.skip(keyword.at)
	}
	n := &Scoring{}
	if p.cases(open, func() { n.Branches = append(n.Branches, p.branch(nil)) }) == 0 {
		return p.bad(keyword.at)
	}
	n.place = place{p.since(keyword.at)}
	return n
}

// banding = 累进 atom ["@" year] "(" cap ":" expr {";" cap ":" expr} ["; 以上:" expr] ")".
func (p *parser) banding(keyword token) Node {
	defer p.leave()
	if !p.enter() {
		return p.skip(keyword.at)
	}
	n := &Banding{}
	if !p.headFollows() {
		p.fault(keyword.at, "写成 累进 指标 (1亿: 1%; 以上: 2%) 的样子", "“累进”后面要写对哪个数分段")
		return p.skip(keyword.at)
	}
	n.X = p.dated()
	if isBad(n.X) {
		return p.skip(keyword.at)
	}
	open := p.at()
	if !p.opened(keyword, "(1亿: 1%; 以上: 2%)") {
		return p.skip(keyword.at)
	}
	if p.cases(open, func() { p.band(n) }) == 0 {
		return p.bad(keyword.at)
	}
	n.place = place{p.since(keyword.at)}
	return n
}

// band reads one band of 累进.
func (p *parser) band(n *Banding) {
	from := p.at()
	if last := isAbove(from); (last || isElse(from)) && p.colonBehind() {
		p.next++
		if !last {
			p.fault(from.at, "写成 以上", "“累进”的最后一段用“以上”")
		}
		if n.Above != nil {
			p.fault(from.at, "只留一个", "“以上”写了两次")
		}
		n.Above = p.valued(from.at)
		return
	}
	if n.Above != nil {
		p.fault(from.at, "把“以上”移到最后", "“以上”后面不能再有别的段")
	}
	if b, ok := p.takeBound(); ok {
		meant := b.text
		if b.op == ">=" {
			meant = wordAbove
		}
		p.fault(b.whole, "写成 "+brief(meant), "“累进”的各段只写上限，最后一段写“以上”")
	}
	if isRelator(from) {
		p.fault(from.at, "删去它，例如 1亿: 1%", "“累进”的各段只写上限，不写“%s”", p.tree.source(from.at))
		p.next++
	}
	step := &Step{UpTo: p.condition(stopsWhen)}
	step.Rate = p.valued(p.since(from.at))
	step.At = p.since(from.at)
	n.Steps = append(n.Steps, step)
}
