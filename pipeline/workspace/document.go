package workspace

import (
	"errors"
	"fmt"

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
	root   ast.Node // a table; nil if the file could not be read as one
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
		if _, ok := entries(root); !ok {
			d.wrongShape(d.spot(root), "文件", "若干“键: 值”", root)
			return d
		}
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
