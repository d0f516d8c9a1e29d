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
			if b := p.branch(n.Head); b != nil {
				n.Branches = append(n.Branches, b)
			} else {
				faulty = true
			}
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

// elseCase reads the last case of 分档 behind its word, and reports whether something is wrong with it.
func (p *parser) elseCase(n *Tiering, word token) bool {
	twice := n.Else != nil
	p.colon(word.at, p.tree.source(word.at))
	n.Else = p.then()
	if twice {
		p.fault(word.at, "只留一个", "“其他”写了两次")
	}
	return twice || isBad(n.Else)
}

// branch reads a case. Behind a head it may begin with a sign, whose left side the head is.
func (p *parser) branch(head Node) *Branch {
	from := p.at()
	b := &Branch{}
	if isRelator(from) || from.isAny(wordIn, wordNotIn) {
		b.Partial = head != nil
		b.When = p.partial(head)
	} else {
		b.When = p.condition(stopsWhen)
	}
	when := p.since(from.at)
	p.colon(when, p.tree.source(when))
	b.Then = p.then()
	b.At = p.since(from.at)
	return b
}

// partial reads a relation or a set without its left side.
func (p *parser) partial(head Node) Node {
	outer := p.stops
	p.stops = stopsWhen
	defer func() { p.stops = outer }()
	t := p.at()
	if head == nil {
		p.missing(t)
		head = &Bad{place{Extent{t.at.From, t.at.From}}, ""}
	}
	var n Node
	if isRelator(t) {
		p.next++
		right := p.operand()
		n = &Relation{place{p.since(t.at)}, t.text, head, right}
	} else if set := p.membership(t.at, head); set != nil {
		n = set
	} else {
		n = p.skip(t.at)
	}
	if rest := p.at(); rest.class != classEnd && !p.stopsAt(rest) && !p.lacksSign(rest) {
		p.behindPartial(rest, head)
		p.skip(rest.at)
	}
	return n
}

// then reads the value of a case.
func (p *parser) then() Node {
	n := p.condition(stopsThen)
	if t := p.at(); t.is(":") {
		p.fault(t.at, "在前一档的取值后面写上“;”", "两档之间缺少“;”，或者多了一个“%s”", p.tree.source(t.at))
		p.next++
		p.skipCase()
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
	p.cases(open, func() {
		if b := p.branch(nil); b != nil {
			n.Branches = append(n.Branches, b)
		}
	})
	if len(n.Branches) == 0 {
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
	if t := p.at(); t.is("(") && !p.headFollows() || t.class == classEnd {
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
	count := p.cases(open, func() { p.band(n) })
	if count == 0 {
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
		p.colon(from.at, p.tree.source(from.at))
		n.Above = p.then()
		return
	}
	if n.Above != nil {
		p.fault(from.at, "把“以上”移到最后", "“以上”后面不能再有别的段")
	}
	if isRelator(from) {
		p.fault(from.at, "删去它，例如 1亿: 1%", "“累进”的各段只写上限，不写“%s”", p.tree.source(from.at))
		p.next++
	}
	step := &Step{UpTo: p.condition(stopsWhen)}
	when := p.since(from.at)
	p.colon(when, p.tree.source(when))
	step.Rate = p.then()
	step.At = p.since(from.at)
	n.Steps = append(n.Steps, step)
}
