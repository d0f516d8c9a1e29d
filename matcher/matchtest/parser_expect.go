package matchtest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// Verdicts as scripts write them.
const (
	wordYes     = "符合"
	wordNeeds   = "待补充"
	wordNo      = "不符合"
	wordNear    = "差一项"
	wordTrue    = "是"
	wordFalse   = "否"
	wordUnknown = "未知"
)

// Reasons that stand behind a verdict.
const (
	wordMissing  = "缺"
	wordReview   = "须评审"
	wordDeclared = "须承诺"
	wordAmount   = "金额"
	wordAtMost   = "最高"
	wordNone     = "无"
	wordReady    = "就绪"
	wordNotReady = "未就绪"
)

func verdictWords() []string { return []string{wordYes, wordNeeds, wordNo, wordNear} }

// question reads a block that asks something.
func (p *parser) question(k kind, head, rest piece, body []piece) {
	q := question{kind: k, today: p.today}
	q.head = head
	q.head.text = string(k)
	if _, after := rest.leadingColon(); after.text != "" {
		q.subject = append(q.subject, after)
	}
	i, open := 0, 0
	for _, part := range q.subject {
		open += part.brackets()
	}
	for ; i < len(body) && !p.expects(body[i].trim(), open); i++ {
		q.subject = append(q.subject, body[i].trim())
		open += body[i].brackets()
	}
	if p.today.IsZero() {
		p.fault(head, "在前面写一行 业务日期 2026-06-15", "不知道是哪一天：脚本没有业务日期")
		p.today = 1 // told once
	}
	switch {
	case len(q.subject) == 0:
		p.fault(q.head, "", "“%s”后面没有写要检验什么", k)
	case i == len(body):
		p.fault(q.head, "下面缩进写一行，例如“甲厂: 符合”", "这一段没有写预期的结果")
	}
	for ; i < len(body); i++ {
		p.expectation(&q, body[i].trim())
	}
	p.script.questions = append(p.script.questions, q)
}

// expects reports whether a line says what is expected for whom, rather than being a part of the condition. Conditions have
// colons in brackets only. Should a bracket have been left open, the line gives itself away by the name of an enterprise
// before its colon, or a verdict after it.
func (p *parser) expects(line piece, open int) bool {
	before, after, ok := line.cut(colons)
	if !ok || open <= 0 {
		return ok
	}
	for _, name := range before.split(between) {
		if _, ok := p.names[name.text]; ok {
			return true
		}
	}
	for _, w := range verdictWords() {
		if _, ok := after.after(w); ok {
			return true
		}
	}
	return false
}

// expectation reads 甲厂、乙厂: 待补充, 缺 营业收入.
func (p *parser) expectation(q *question, line piece) {
	before, after, ok := line.cut(colons)
	if !ok {
		p.fault(line, "写成 甲厂: 符合", "预期的结果要有冒号：前面是主体，后面是结果")
		return
	}
	x := expectation{line: line}
	for _, name := range before.split(between) {
		if name.text != "" {
			x.names = append(x.names, name)
		}
	}
	if len(x.names) == 0 {
		p.fault(line, "写成 甲厂: 符合", "冒号前面没有写是哪个主体")
	}
	if after.text == "" {
		p.fault(line, "写成 "+before.text+": 符合", "冒号后面没有写预期的结果")
		return
	}
	r := &reasons{p: p, x: &x}
	switch q.kind {
	case kindTag:
		r.truth(after)
	case kindValue:
		r.value(after)
	default:
		r.all(after)
	}
	q.expects = append(q.expects, x)
}

// reasons reads what stands behind the colon of an expectation.
type reasons struct {
	p    *parser
	x    *expectation
	into *[]piece // what a part without a word of its own continues: 缺 or 差一项
}

func (r *reasons) truth(value piece) {
	r.x.verdict = value
	switch value.text {
	case wordTrue, wordFalse, wordUnknown:
		return
	}
	r.p.fault(value, "写 是、否 或 未知", "标签的结果是“是”“否”“未知”之一")
}

func (r *reasons) value(value piece) {
	r.x.amount = readInterval(value)
}

// all reads a verdict and its reasons.
func (r *reasons) all(text piece) {
	for i, part := range text.split(commas) {
		switch {
		case part.text == "":
		case i == 0 && r.verdict(part):
		default:
			r.reason(part)
		}
	}
}

// verdict reads the verdict at the front. A reason may follow without a comma.
func (r *reasons) verdict(part piece) bool {
	for _, w := range verdictWords() {
		rest, ok := part.after(w)
		if !ok {
			continue
		}
		r.x.verdict = part
		r.x.verdict.text = w
		if w == wordNear {
			r.into = &r.x.near
		}
		if rest.text != "" {
			r.reason(rest)
		}
		return true
	}
	return false
}

// reason reads one reason.
func (r *reasons) reason(part piece) {
	if rest, ok := part.after(wordMissing); ok {
		r.x.asked, r.into = true, &r.x.missing
		r.facts(rest)
		return
	}
	for _, declared := range []bool{false, true} {
		word := wordReview
		if declared {
			word = wordDeclared
		}
		if rest, ok := part.after(word); ok {
			r.into = nil
			r.stated(part, rest, declared)
			return
		}
	}
	if r.amount(part) || r.ready(part) {
		return
	}
	switch {
	case r.into == &r.x.missing:
		r.facts(part)
	case r.into != nil:
		*r.into = append(*r.into, part)
	default:
		r.p.fault(part, "结果是 符合、待补充、不符合、差一项 之一，后面可以写 缺 …、须评审 \"…\"、须承诺 \"…\"、金额 …、就绪 …", "不认识“%s”", part.text)
	}
}

func (r *reasons) facts(part piece) {
	for _, f := range part.split(between) {
		if f.text != "" {
			r.x.missing = append(r.x.missing, f)
		}
	}
}

func (r *reasons) stated(part, rest piece, declared bool) {
	s := stated{at: part, declared: declared}
	if rest.text != "" {
		text, ok := rest.unquoted()
		if !ok {
			r.p.fault(rest, "“"+rest.text+"”", "须评审、须承诺的内容要加引号")
			return
		}
		s.text = text
	}
	r.x.review = append(r.x.review, s)
}

// amount reads 金额 5万元, 金额 5万元..100万元 or 最高 100万元. 金额 may also begin a condition of 差一项.
func (r *reasons) amount(part piece) bool {
	value, said := part.after(wordAmount)
	if !said {
		value = part
	}
	most, ok := value.leads(wordAtMost)
	switch {
	case ok && startsAmount(most.text):
		r.x.amount = &interval{at: part, high: most, most: true}
	case !said:
		return false
	case value.text == "" || !startsAmount(value.text):
		return false
	default:
		r.x.amount = readInterval(value)
	}
	r.into = nil
	return true
}

// ready reads 就绪 免申即享, 就绪 易申快享 or 未就绪.
func (r *reasons) ready(part piece) bool {
	if part.text == wordNotReady {
		r.x.ready, r.into = part, nil
		return true
	}
	mode, ok := part.after(wordReady)
	if !ok {
		return false
	}
	switch schemas.ItemMode(mode.text) {
	case schemas.ModeNoApplication, schemas.ModeLightApplication:
		r.x.ready, r.into = mode, nil
	default:
		r.p.fault(mode.or(part), "写成 就绪 免申即享、就绪 易申快享 或 未就绪", "“就绪”后面写用哪种方式兑现")
	}
	return true
}

// leads is what follows a word at the front, be it a letter or not: 最高100万元.
func (p piece) leads(word string) (piece, bool) {
	if !strings.HasPrefix(p.text, word) {
		return p, false
	}
	return p.from(len(word)).trim(), true
}

// startsAmount reports whether a text can be an amount.
func startsAmount(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsDigit(r) || r == '-' || r == '－' || r == '.' || strings.HasPrefix(text, wordUnknown) || strings.HasPrefix(text, wordNone)
}

// readInterval reads 5万元, 5万元..100万元, 5万元.. or ..100万元.
func readInterval(value piece) *interval {
	x := &interval{at: value, low: value, point: true}
	if i := strings.Index(value.text, ".."); i >= 0 {
		x.low.text = value.text[:i]
		x.low, x.high, x.point = x.low.trim(), value.from(i+len("..")).trim(), false
	}
	return x
}
