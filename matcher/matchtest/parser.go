package matchtest

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// Limits of a script: what is beyond them is a fault.
const (
	maxBytes       = 1 << 20
	maxEnterprises = 1000
)

// Parse reads a script. The faults are all that can be told without the definitions of a workspace; what could be read
// is in the script even so.
func Parse(file string, text []byte) (*Script, schemas.Faults) {
	p := &parser{script: &Script{File: file}}
	if len(text) > maxBytes {
		return p.script, schemas.Faults{{File: file, Message: "测试脚本超过 1 MB", Suggestion: "分成几个文件"}}
	}
	p.lines = lines(string(text))
	p.nameEnterprises()
	p.blocks()
	if len(p.script.questions) == 0 && len(p.faults) == 0 {
		p.faults = append(p.faults, schemas.Fault{
			File: file, Message: "测试脚本里没有要检验的条件", Suggestion: "写一段“条件 …”，下面缩进写“甲厂: 符合”",
		})
	}
	p.faults.Sort()
	return p.script, p.faults
}

// parser reads a script block by block.
type parser struct {
	script *Script
	lines  []piece
	names  map[string]piece // of all enterprises, known from the start: lines of a condition end where one is named
	today  schemas.Date
	faults schemas.Faults
}

func (p *parser) fault(at piece, suggestion, format string, args ...any) {
	p.faults = append(p.faults, at.fault(p.script.File, suggestion, format, args...))
}

// Words that begin a block.
const (
	wordDate       = "业务日期"
	wordEnterprise = "主体"
	wordList       = "名单"
	wordTag        = "标签"
	wordLike       = "同"
)

func blockWords() []string {
	return []string{wordDate, wordEnterprise, wordList, string(kindCondition), string(kindItem), string(kindTag), string(kindValue)}
}

// heading is the word that begins an unindented line, and what follows it.
func heading(line piece) (word string, rest piece) {
	line = line.trim()
	for _, w := range blockWords() {
		if rest, ok := line.after(w); ok {
			return w, rest
		}
	}
	return "", line
}

// nameEnterprises notes the names of all enterprises.
func (p *parser) nameEnterprises() {
	p.names = map[string]piece{}
	for _, line := range p.lines {
		if line.indented() {
			continue
		}
		word, rest := heading(line)
		if word != wordEnterprise {
			continue
		}
		name := enterpriseName(rest)
		if before, ok := p.names[name.text]; ok {
			p.fault(name, "换一个名字，或者把两段合成一段", "第 %d 行已经有主体“%s”", before.at.Line, name.text)
			continue
		}
		p.names[name.text] = name
	}
}

// enterpriseName is the name of a heading 主体 甲厂, with which a colon does no harm.
func enterpriseName(rest piece) piece {
	name, _ := likeness(rest)
	return name
}

// likeness divides 乙厂 同 甲厂; like is empty if the heading names one enterprise only.
func likeness(rest piece) (name, like piece) {
	name, _, _ = rest.cut(colons)
	if i := strings.IndexFunc(name.text, isSpace); i >= 0 {
		if like, ok := name.from(i).trim().leads(wordLike); ok {
			name.text = name.text[:i]
			return name, like
		}
	}
	return name, piece{}
}

// blocks reads all blocks.
func (p *parser) blocks() {
	for i := 0; i < len(p.lines); {
		head := p.lines[i]
		end := i + 1
		for end < len(p.lines) && p.lines[end].indented() {
			end++
		}
		if head.indented() {
			p.fault(head.trim(), "第一行顶格写，例如“主体 甲厂”", "缩进的行要跟在“主体”“条件”等顶格的行下面")
		} else {
			p.block(head, p.lines[i+1:end])
		}
		i = end
	}
}

// block reads an unindented line with the indented ones below it.
func (p *parser) block(head piece, body []piece) {
	word, rest := heading(head)
	switch word {
	case wordDate:
		p.date(head.trim(), rest)
		p.nothingBelow(word, body)
	case wordList:
		if l, ok := p.list(rest); ok {
			p.script.lists = append(p.script.lists, l)
		}
		p.nothingBelow(word, body)
	case wordEnterprise:
		p.enterprise(rest, body)
	case "":
		p.unknownBlock(rest)
	default:
		p.question(kind(word), head.trim(), rest, body)
	}
}

func (p *parser) unknownBlock(line piece) {
	word := line.word()
	if word.text == "" {
		word = line
	}
	suggestion := "顶格的行以这些词之一开头：业务日期、主体、名单、条件、事项、标签、指标；属于上面一段的行要缩进"
	if near := schemas.Near(word.text, blockWords()); near != "" {
		suggestion = near
	} else if name, _, ok := line.cut(colons); ok {
		if _, ok := p.names[name.text]; ok {
			suggestion = "行首加两个空格，表示它属于上面的条件"
		}
	}
	p.fault(word, suggestion, "不认识“%s”开头的行", word.text)
}

func (p *parser) nothingBelow(word string, body []piece) {
	if len(body) > 0 {
		p.fault(body[0].trim(), "去掉行首的空格，或者移到“主体”“条件”下面", "“%s”的下面不能有缩进的行", word)
	}
}

// date reads 业务日期 2026-06-15. It holds for the questions after it.
func (p *parser) date(line, rest piece) {
	_, rest = rest.leadingColon()
	day, err := schemas.ReadDate(rest.text)
	if err != nil {
		p.fault(rest.or(line), "写成 业务日期 2026-06-15", "业务日期要写年月日")
		return
	}
	p.today = day
}

// list reads 名单 失信: 完整.
func (p *parser) list(rest piece) (listing, bool) {
	name, value, ok := rest.cut(colons)
	if !ok {
		name = rest.word()
		value = rest.from(len(name.text)).trim()
	}
	states := []state{stateComplete, stateOpen, stateStale}
	if !slices.Contains(states, state(value.text)) {
		p.fault(value.or(rest), "写成 名单 失信: 完整（没有记录即为没有），或 开放（没有记录不等于没有）、过期（完整，但太久没有核实）", "名单的状态是“完整”“开放”“过期”之一")
		return listing{}, false
	}
	return listing{name, state(value.text)}, true
}

// leadingColon takes a colon from the front.
func (p piece) leadingColon() (bool, piece) {
	if before, after, ok := p.cut(colons); ok && before.text == "" {
		return true, after
	}
	return false, p
}

// or is the piece, or another one if it is empty.
func (p piece) or(q piece) piece {
	if p.text == "" {
		return q
	}
	return p
}
