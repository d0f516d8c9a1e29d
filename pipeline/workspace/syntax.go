package workspace

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"zhida/schemas"
)

// The parser's messages that operators meet most, with what they did to cause them below.
const (
	noPair       = "mapping value is not allowed in this context"
	noValue      = "value is not allowed in this context"
	noKey        = "unexpected key name"
	badEscape    = "found unknown escape character"
	reservedChar = "is a reserved character"
)

// syntaxFault says in Chinese what the parser found, and where it can tell, what was meant.
func (d *document) syntaxFault(e *yaml.SyntaxError) schemas.Fault {
	message := syntaxMessage(e.Message)
	if e.Token == nil || e.Token.Position == nil {
		return d.fault(0, 0, 0, message, "")
	}
	line, column := e.Token.Position.Line, max(1, e.Token.Position.Column)
	f := d.fault(line, column, 1, message, "")
	text := strings.TrimSpace(f.Source)
	_, value, pair := strings.Cut(text, ": ")
	switch {
	case !pair && strings.Contains(text, "："):
		before, _, _ := strings.Cut(f.Source, "：")
		f.Column = 1 + utf8.RuneCountInString(before)
		f.Message, f.Suggestion = "键后面是全角冒号", "用半角冒号，后面空一格：“"+strings.Replace(text, "：", ": ", 1)+"”"
	case !pair && strings.Contains(text, ":") && !strings.HasSuffix(text, ":"):
		f.Suggestion = "冒号后面要有一个空格"
	case e.Message == noPair && strings.Contains(value, ": "):
		f.Suggestion = "值里有冒号时，给整个值加引号，或者写在 | 后面的下一行"
	case e.Message == noPair && indent(d.line(line+1)) > indent(f.Source):
		return d.fault(line+1, indent(d.line(line+1))+1, 1, "这一行缩进多了：上一行已经有值", "与上一行对齐")
	case e.Message == noValue && pair && strings.ContainsAny(value[:min(1, len(value))], `"'[{`):
		f.Suggestion = "以引号、方括号或花括号开头的值，整个再用单引号括起来，或者写在 | 后面的下一行"
	case strings.Contains(e.Message, badEscape):
		f.Suggestion = "反斜杠写两个，或者改用单引号"
	case strings.Contains(e.Message, reservedChar):
		f.Suggestion = "给整个值加引号"
	}
	return f
}

// indent is the number of spaces a line begins with.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// syntaxMessage translates the parser's messages that operators meet; the others stay in English.
func syntaxMessage(message string) string {
	switch message {
	case noKey:
		return "这里应是“键: 值”"
	case noPair:
		return "这里不能再有“键: 值”"
	case noValue:
		return "这里不能有值：缩进不对，或者少了“键:”"
	case "value is not allowed in this context. map key-value is pre-defined":
		return "这里不能有值：这一行的缩进与上面不齐"
	case "non-map value is specified":
		return "这里应是“键: 值”，不是列表项"
	case "',' or ']' must be specified", "sequence end token ']' not found":
		return "方括号没有闭合，或者少了逗号"
	case "',' or '}' must be specified", "could not find flow mapping end token '}'":
		return "花括号没有闭合，或者少了逗号"
	case "could not find end character of double-quoted text":
		return "双引号没有闭合"
	case "could not find end character of single-quoted text":
		return "单引号没有闭合"
	case "block sequence entries are not allowed in this context":
		return "列表项“- ”要另起一行"
	case "found an invalid key for this map", "unexpected map key":
		return "这里的键不能用"
	case "unexpected directive value. document not started":
		return "不支持 % 开头的指令；值以 % 开头时要加引号"
	}
	switch {
	case strings.Contains(message, badEscape):
		return "双引号里的反斜杠用法不对"
	case strings.Contains(message, reservedChar):
		return "值不能以 @ 或 ` 开头"
	}
	return "YAML 语法错误：" + message
}
