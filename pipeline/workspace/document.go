package workspace

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"zhida/schemas"
)

// document is one YAML file: its tree, and the faults found in it so far.
type document struct {
	*textFile
	root   ast.Node // nil if the file could not be read as YAML
	faults schemas.Faults
}

// spot is a place in a file with the width of what stands there, all in characters from 1.
type spot struct{ line, column, width int }

// parseDocument reads the bytes of a file as exactly one YAML document.
func parseDocument(name string, data []byte) *document {
	src, faults := newTextFile(name, data)
	d := &document{textFile: src, faults: faults}
	if len(faults) > 0 {
		return d
	}
	d.checkSecrets()
	root, err := d.parse()
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		d.faults = append(d.faults, d.syntaxFault(syntax))
	case err != nil:
		d.faults = append(d.faults, d.fault(0, 0, 0, err.Error(), ""))
	default:
		d.root = root
	}
	return d
}

// errDepth and errEmpty are shown to the operator as they stand.
var (
	errDepth = errors.New("方括号或花括号套得太深")
	errEmpty = errors.New("文件是空的")
	errMany  = errors.New("文件里有多个 YAML 文档（---），应只有一个")
	errPanic = errors.New("不能读作 YAML")
)

// parse turns the text into a tree. The parser is known to panic on some texts that are no YAML.
func (d *document) parse() (root ast.Node, err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	tokens := lexer.Tokenize(d.text)
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > 64 {
			return nil, errDepth
		}
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", d.name, err)
	}
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.CommentGroupNode:
		default:
			if root != nil {
				return nil, errMany
			}
			root = body
		}
	}
	if root == nil {
		return nil, errEmpty
	}
	return root, nil
}

// syntaxFault says in Chinese what the parser found, and what operators most often did to cause it.
func (d *document) syntaxFault(e *yaml.SyntaxError) schemas.Fault {
	message, ok := syntaxMessages[e.Message]
	if !ok {
		message = "YAML 语法错误：" + e.Message
	}
	if e.Token == nil || e.Token.Position == nil {
		return d.fault(0, 0, 0, message, "")
	}
	line, column := e.Token.Position.Line, max(1, e.Token.Position.Column)
	f := d.fault(line, column, 1, message, "")
	switch text := f.Source; {
	case strings.Contains(text, "：") && !strings.Contains(text, ": "):
		f.Column = 1 + utf8.RuneCountInString(text[:strings.Index(text, "：")])
		f.Message, f.Suggestion = "键后面是全角冒号", "用半角冒号，后面空一格：“"+strings.TrimSpace(strings.Replace(text, "：", ": ", 1))+"”"
	case strings.Contains(text, ":") && !strings.Contains(text, ": ") && !strings.HasSuffix(strings.TrimSpace(text), ":"):
		f.Suggestion = "冒号后面要有一个空格"
	case strings.Count(text, ": ") > 1:
		f.Suggestion = "值里有冒号时，给整个值加引号"
	}
	return f
}

// syntaxMessages translates the parser's messages that operators meet.
var syntaxMessages = map[string]string{
	"unexpected key name":                                                "这里应是“键: 值”",
	"mapping value is not allowed in this context":                       "这里不能再有“键: 值”：缩进不对，或者值里有冒号",
	"value is not allowed in this context":                               "这里不能有值：缩进不对，或者少了“键:”",
	"value is not allowed in this context. map key-value is pre-defined": "这里不能有值：这一行的缩进与上面不齐",
	"non-map value is specified":                                         "这里应是“键: 值”，不是列表项",
	"',' or ']' must be specified":                                       "方括号没有闭合，或者少了逗号",
	"',' or '}' must be specified":                                       "花括号没有闭合，或者少了逗号",
	"sequence end token ']' not found":                                   "方括号没有闭合",
	"could not find flow mapping end token '}'":                          "花括号没有闭合",
	"could not find end character of double-quoted text":                 "双引号没有闭合",
	"could not find end character of single-quoted text":                 "单引号没有闭合",
	"block sequence entries are not allowed in this context":             "列表项“- ”要另起一行",
	"found an invalid key for this map":                                  "这里的键不能用",
	"unexpected map key":                                                 "这里不能有键",
	"map key definition includes an implicit line break":                 "键不能跨行",
}
