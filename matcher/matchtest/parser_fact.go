package matchtest

import (
	"strings"

	"zhida/schemas"
)

// enterprise reads 主体 with its facts.
func (p *parser) enterprise(rest piece, body []piece) {
	name, like := likeness(rest)
	if name.text == "" {
		p.fault(rest, "写成 主体 甲厂", "“主体”后面要有一个名字")
		return
	}
	if !isName(name.text) {
		p.fault(name, "只用汉字、字母和数字，例如 甲厂", "主体的名字里不能有标点和空格")
	}
	if len(p.script.enterprises) == maxEnterprises {
		p.fault(name, "分成几个文件", "一个脚本里最多写 %d 个主体", maxEnterprises)
	}
	e := enterprise{name: name}
	if like.text != "" {
		e.like = p.like(name, like)
	}
	for _, line := range body {
		p.fact(&e, line.trim())
	}
	if len(p.script.enterprises) < maxEnterprises {
		p.script.enterprises = append(p.script.enterprises, e)
	}
}

// like finds the enterprise that another one is like: one before it, so that likenesses end.
func (p *parser) like(name, like piece) *enterprise {
	for i := range p.script.enterprises {
		if e := &p.script.enterprises[i]; e.name.text == like.text {
			same := *e
			return &same
		}
	}
	p.fault(like, "把“主体 "+like.text+"”写在前面", "“%s”要与“%s”相同，但前面没有这个主体", name.text, like.text)
	return nil
}

// isName reports whether a text can name an enterprise: nothing in it separates.
func isName(text string) bool {
	return !strings.ContainsAny(text, colons+between+hashes+"\"“”()（）[]") && strings.IndexFunc(text, isSpace) < 0
}

// fact reads a line of an enterprise.
func (p *parser) fact(e *enterprise, line piece) {
	if rest, ok := line.after(wordList); ok {
		if l, ok := p.list(rest); ok {
			e.lists = append(e.lists, l)
		}
		return
	}
	name, value, ok := line.cut(colons)
	if !ok {
		suggestion := "写成 名称: 值，例如 注册资本: 1000万元"
		if before, after, ok := line.cut("=＝"); ok {
			suggestion = before.text + ": " + after.text
		}
		p.fault(line, suggestion, "要有冒号：前面是指标、标签或数据类，后面是值")
		return
	}
	if value.text == "" {
		p.fault(name, "不知道的可以不写，或写 "+name.text+": 未知", "“%s”没有值", name.text)
		return
	}
	f := fact{name: name, value: value}
	if rest, ok := name.after(wordTag); ok {
		f.tag, f.name = true, rest
	}
	p.confirmed(&f)
	e.facts = append(e.facts, f)
}

// confirmed takes （2024-01-01 核实） from the end of a value.
func (p *parser) confirmed(f *fact) {
	const word = "核实"
	end := strings.TrimRightFunc(f.value.text, func(r rune) bool { return isSpace(r) || r == ')' || r == '）' })
	if end == f.value.text || !strings.HasSuffix(end, word) {
		return
	}
	open := strings.LastIndexAny(end, "(（")
	if open < 0 {
		return
	}
	inner := f.value.from(open + len("("))
	if strings.HasPrefix(f.value.text[open:], "（") {
		inner = f.value.from(open + len("（"))
	}
	inner.text = strings.TrimSuffix(end[len(f.value.text)-len(inner.text):], word)
	inner = inner.trim()
	day, err := schemas.ReadDate(inner.text)
	if err != nil {
		p.fault(inner, "写成 （2024-01-01 核实）", "核实的日期要写年月日")
	}
	f.confirmed = day
	f.value.text = f.value.text[:open]
	f.value = f.value.trim()
}
