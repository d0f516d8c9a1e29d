package workspace

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"zhida/matcher/condition"
)

// ErrReformat is returned if the canonical form of a text would mean something else than the text. It is a mistake of
// the formatter; nothing is written.
var ErrReformat = errors.New("the canonical form of a text means something else")

// Reformat brings every condition, rule, benefit and parameter of the workspace in the folder into its canonical form, in
// memory. Everything else in the files stays as it is, byte for byte. The error is schemas.Faults if the workspace has
// faults: then nobody knows what the texts mean.
func Reformat(dir string) (*Revision, error) {
	before, err := readFolder(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	c, err := checked(before, nil)
	if err != nil {
		return nil, err
	}
	after, files := reformat(c)
	if len(files) == 0 {
		return &Revision{dir: dir}, nil
	}
	again, err := checked(after, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReformat, err)
	}
	if err := sameMeaning(c, again); err != nil {
		return nil, err
	}
	return &Revision{Files: files, dir: dir}, nil
}

// reformat makes the folder with canonical texts, and lists the files that change.
func reformat(c *check) (*folder, []RevisedFile) {
	edits := map[*document][]edit{}
	flow := map[*document]map[ast.Node]bool{}
	for _, t := range c.texts {
		if t.text.node == nil {
			continue
		}
		if flow[t.in] == nil {
			flow[t.in] = flowScalars(t.in.root)
		}
		if e, ok := t.edit(flow[t.in][t.text.node]); ok {
			edits[t.in] = append(edits[t.in], e)
		}
	}
	after := &folder{names: c.folder.names, bytes: map[string][]byte{}}
	var files []RevisedFile
	for _, d := range c.documents() {
		if len(edits[d]) > 0 {
			data := applyEdits(c.folder.bytes[d.name], edits[d])
			after.bytes[d.name] = data
			files = append(files, RevisedFile{Name: d.name, Change: ChangeReplace, data: data})
		}
	}
	for name, data := range c.folder.bytes {
		if after.bytes[name] == nil {
			after.bytes[name] = data
		}
	}
	slices.SortFunc(files, func(a, b RevisedFile) int { return strings.Compare(a.Name, b.Name) })
	return after, files
}

// sameMeaning compares what two readings of a workspace decide.
func sameMeaning(a, b *check) error {
	for name, rule := range a.tagRules {
		if condition.Key(rule) != condition.Key(b.tagRules[name]) {
			return fmt.Errorf("tag %s: %w", name, ErrReformat)
		}
	}
	for id, was := range a.compiled {
		is := b.compiled[id]
		if condition.Key(was.condition) != condition.Key(is.condition) || valueKey(was.benefit) != valueKey(is.benefit) {
			return fmt.Errorf("item %s: %w", id, ErrReformat)
		}
		for k, p := range was.preferences {
			if valueKey(p) != valueKey(is.preferences[k]) {
				return fmt.Errorf("item %s: %w", id, ErrReformat)
			}
		}
	}
	return nil
}

func valueKey(v condition.Value) string {
	if v == nil {
		return ""
	}
	return condition.ValueKey(v)
}

// flowScalars are the scalars inside square and curly brackets, where a text takes one line and no bracket may stand
// unquoted.
func flowScalars(root ast.Node) map[ast.Node]bool {
	out := map[ast.Node]bool{}
	var walk func(n ast.Node, flow bool)
	walk = func(n ast.Node, flow bool) {
		switch n := n.(type) {
		case *ast.MappingNode:
			for _, p := range n.Values {
				walk(p.Value, flow || n.IsFlowStyle)
			}
		case *ast.MappingValueNode:
			walk(n.Value, flow)
		case *ast.SequenceNode:
			for _, v := range n.Values {
				walk(v, flow || n.IsFlowStyle)
			}
		default:
			out[n] = flow
		}
	}
	walk(root, false)
	return out
}
