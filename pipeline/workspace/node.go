package workspace

import (
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// scalarToken is the value of a scalar as written, and its token. Numbers keep their spelling: 0510 stays 0510.
func scalarToken(n ast.Node) (string, *token.Token) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, n.Token
	case *ast.LiteralNode:
		return n.Value.Value, n.Start
	case *ast.IntegerNode:
		return n.Token.Value, n.Token
	case *ast.FloatNode:
		return n.Token.Value, n.Token
	case *ast.BoolNode:
		return n.Token.Value, n.Token
	case *ast.InfinityNode:
		return n.Token.Value, n.Token
	case *ast.NanNode:
		return n.Token.Value, n.Token
	}
	return "", nil
}

// entries are the pairs of a table, false if the node is none.
func entries(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// keyText is the text of a key, false if it is no plain word.
func keyText(n ast.MapKeyNode) (string, bool) {
	value, tok := scalarToken(n)
	return value, tok != nil
}

// spot is where the node stands. An empty value has no place of its own: 0.
func (d *document) spot(n ast.Node) spot {
	if pairs, ok := entries(n); ok {
		if m, flow := n.(*ast.MappingNode); flow && (m.IsFlowStyle || len(pairs) == 0) {
			return tokenSpot(m.Start)
		}
		return d.spot(pairs[0].Key)
	}
	if l, ok := n.(*ast.LiteralNode); ok {
		return tokenSpot(l.Start)
	}
	_, tok := scalarToken(n)
	switch {
	case tok == nil && n.Type() == ast.NullType:
		return spot{}
	case tok == nil:
		return tokenSpot(n.GetToken())
	}
	m := d.mapScalar(n)
	if len(m.at) == 0 {
		return tokenSpot(tok)
	}
	first := m.at[0]
	for _, at := range m.at {
		if at.line == first.line && at.column >= first.column {
			first.width = at.column - m.at[0].column + 1
		}
	}
	if tok.Type == token.SingleQuoteType || tok.Type == token.DoubleQuoteType {
		first.column--
		first.width++
		if m.at[len(m.at)-1].line == first.line {
			first.width++
		}
	}
	return first
}

func tokenSpot(t *token.Token) spot {
	if t == nil || t.Position == nil {
		return spot{}
	}
	return spot{t.Position.Line, max(1, t.Position.Column), max(1, utf8.RuneCountInString(t.Value))}
}

// at is where the value at the path stands: keys of tables and indices of lists, from the root of the file. If the
// file does not have all of it, the place of the last part it has. A fault found late is placed so.
func (d *document) at(path ...any) spot {
	if d.root == nil {
		return spot{}
	}
	n, where := d.root, d.spot(d.root)
	for _, step := range path {
		n = d.child(n, step, &where)
		if n == nil {
			break
		}
	}
	return where
}

// atKey is where the last key of the path stands, for faults that concern a key rather than its value.
func (d *document) atKey(path ...any) spot {
	n, where := d.root, spot{}
	for _, step := range path[:len(path)-1] {
		if n != nil {
			n = d.child(n, step, &where)
		}
	}
	if pairs, ok := entries(n); ok {
		for _, p := range pairs {
			if name, ok := keyText(p.Key); ok && name == path[len(path)-1] {
				return d.spot(p.Key)
			}
		}
	}
	return d.at(path...)
}

// child is one step of a path, nil if there is no such child.
func (d *document) child(n ast.Node, step any, where *spot) ast.Node {
	switch step := step.(type) {
	case string:
		pairs, _ := entries(n)
		for _, p := range pairs {
			if name, ok := keyText(p.Key); ok && name == step {
				*where = d.valueSpot(p)
				return p.Value
			}
		}
	case int:
		if list, ok := n.(*ast.SequenceNode); ok && step < len(list.Values) {
			if at := d.spot(list.Values[step]); at.line > 0 {
				*where = at
			}
			return list.Values[step]
		}
	}
	return nil
}

// valueSpot is where the pair's value stands, or its key if the value is empty.
func (d *document) valueSpot(p *ast.MappingValueNode) spot {
	if at := d.spot(p.Value); at.line > 0 {
		return at
	}
	return d.spot(p.Key)
}

// report adds a fault at a place of this file.
func (d *document) report(at spot, message, suggestion string) {
	d.faults = append(d.faults, d.fault(at.line, at.column, at.width, hide(printable(message)), hide(printable(suggestion))))
}

// line is a line of the file, counted from 1.
func (d *document) line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return d.lines[n-1]
}
