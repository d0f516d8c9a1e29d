package workspace

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// A reader reads one value of a document into the place it was made for, and reports what is wrong with it. name is
// the key the value stands under.
type reader func(d *document, name string, at spot, n ast.Node)

// need says whether a key may be left out.
type need bool

const (
	required need = true
	optional need = false
)

// key is one key of a table: the documents of this package are tables of these.
type key struct {
	name string
	need need
	read reader
}

// object reads a table that has these keys and no others.
func object(what string, keys ...key) reader {
	return func(d *document, _ string, at spot, n ast.Node) {
		pairs, ok := entries(n)
		if !ok {
			d.wrongShape(at, what, "若干“键: 值”", n)
			return
		}
		seen := map[string]int{}
		for _, p := range pairs {
			name, ok := keyText(p.Key)
			where := d.spot(p.Key)
			if !ok {
				d.report(tokenSpot(p.Key.GetToken()), "键应是一个词", "不支持合并（<<）、复合键（?）和别名")
				continue
			}
			i := indexKey(keys, name)
			switch {
			case seen[name] > 0:
				d.report(where, fmt.Sprintf("键“%s”重复，第 %d 行已经有了", name, seen[name]), "删去其中一个")
			case i < 0:
				d.report(where, fmt.Sprintf("%s里没有键“%s”", what, name), suggestKey(name, keys))
			case p.Value.Type() == ast.NullType:
				d.report(where, fmt.Sprintf("键“%s”没有值", name), "填上值，或者删去这一行")
			default:
				keys[i].read(d, name, d.valueSpot(p), p.Value)
			}
			if seen[name] == 0 {
				seen[name] = max(1, where.line)
			}
		}
		for _, k := range keys {
			if k.need == required && seen[k.name] == 0 {
				d.report(at, fmt.Sprintf("%s缺少键“%s”", what, k.name), "")
			}
		}
	}
}

// list reads a list of values. A value that is wrong still takes its place, so that the index of a value is the index
// of its node.
func list[T any](into *[]T, each func(*T) reader) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		seq, ok := n.(*ast.SequenceNode)
		if !ok {
			d.wrongShape(at, "“"+name+"”", "列表", n)
			return
		}
		out := make([]T, len(seq.Values))
		for i, v := range seq.Values {
			where := d.spot(v)
			if v.Type() == ast.NullType {
				d.report(tokenSpot(v.GetToken()), fmt.Sprintf("“%s”的第 %d 项是空的", name, i+1), "填上值，或者删去这一项")
				continue
			}
			each(&out[i])(d, name, where, v)
		}
		*into = out
	}
}

// wrongShape reports a value that is a table, a list or a scalar where something else should be.
func (d *document) wrongShape(at spot, what, want string, n ast.Node) {
	suggestion := ""
	text, tok := scalarToken(n)
	switch {
	case tok != nil && strings.Contains(text, "："):
		suggestion = "键后面用半角冒号，再空一格"
	case tok != nil && want == "列表":
		suggestion = fmt.Sprintf("写作 [%s]", strings.TrimSpace(text))
	}
	d.report(at, fmt.Sprintf("%s应是%s，这里是%s", what, want, shape(n)), suggestion)
}

// shape names what a node is.
func shape(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "“键: 值”"
	case *ast.SequenceNode:
		return "列表"
	case *ast.AnchorNode:
		return "锚点（&），不支持"
	case *ast.AliasNode:
		return "别名（*），不支持"
	case *ast.TagNode:
		return "类型标注（!），不支持"
	case *ast.NullNode:
		return "空值"
	case *ast.BoolNode:
		return "真假值"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "数"
	}
	return "文字"
}

func indexKey(keys []key, name string) int {
	for i, k := range keys {
		if k.name == name {
			return i
		}
	}
	return -1
}

func suggestKey(name string, keys []key) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	return suggest(name, names)
}

// suggest names the candidate that was probably meant, or else all of them.
func suggest(word string, candidates []string) string {
	if near := schemas.Near(word, candidates); near != "" {
		return "写作“" + near + "”"
	}
	if len(candidates) == 0 || len(candidates) > 24 {
		return ""
	}
	return "从中选一个：" + strings.Join(candidates, "、")
}
