package workspace

import (
	"maps"
	"path"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// Part is one thing that two sets of definitions say differently: what an item asks for, a dataset's document, or one
// entry of tags.yaml that is in both.
type Part struct {
	kind partKind
	name string // of the file, or of the entry
	text string
}

// String is the part in an officer's words: 标签 高新技术企业.
func (p Part) String() string { return p.text }

type partKind uint8

const (
	partItems partKind = iota
	partFile
	partEntry
)

// entryKinds are the lists of tags.yaml and what one of their entries is called, in the order in which parts are told.
func entryKinds() [][2]string {
	return [][2]string{{"tags", "标签"}, {"attributes", "指标"}, {"params", "参数"}, {"catalogs", "目录"}}
}

// Parts lists what other definitions say differently, the items first: they stand for all policies, since an item is
// decided by its own alone.
func (d *Definitions) Parts(o *Definitions) []Part {
	var out []Part
	names := maps.Clone(d.files)
	maps.Copy(names, o.files)
	var policies, datasets []Part
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch {
		case d.same(o, name):
		case path.Dir(name) == policiesDir:
			policies = []Part{{partItems, policiesDir, "事项"}}
		case path.Dir(name) == datasetsDir:
			title := stem(name)
			if f := readDataset(name, []byte(names[name])); f.Title != "" {
				title = f.Title
			}
			datasets = append(datasets, Part{partFile, name, "数据类 " + title})
		}
	}
	out = append(out, policies...)
	if !d.same(o, tagsName) {
		out = append(out, d.entries(o)...)
	}
	return append(out, datasets...)
}

// entries lists the entries of tags.yaml that are in both and differ.
func (d *Definitions) entries(o *Definitions) []Part {
	var out []Part
	mine, theirs := d.tagsDocument(), o.tagsDocument()
	for _, kind := range entryKinds() {
		old := map[string]ast.Node{}
		for _, n := range listNamed(mine, kind[0]) {
			old[nameOf(n)] = n
		}
		for _, n := range listNamed(theirs, kind[0]) {
			name := nameOf(n)
			if was := old[name]; name != "" && was != nil && was.String() != n.String() {
				out = append(out, Part{partEntry, kind[0] + "/" + name, kind[1] + " " + name})
			}
		}
	}
	return out
}

// LoadWith loads the definitions with one part as others say it. The error is schemas.Faults if that makes no sense.
func (d *Definitions) LoadWith(o *Definitions, p Part) (*Workspace, error) {
	switch p.kind {
	case partItems:
		return d.withFolder(o, policiesDir).load(nil)
	case partFile:
		return d.with(o, func(name string) bool { return name == p.name }).load(nil)
	case partEntry:
		return d.load(func(c *check) {
			if c.tags != nil {
				swapEntry(c.tags.document, o.tagsDocument(), p.name)
				c.tags = tagsOf(c.tags.document)
			}
		})
	}
	return d.load(nil)
}

// swapEntry puts an entry of another document into the place of the one of its name.
func swapEntry(d, o *document, entry string) {
	list, name := path.Split(entry)
	list = path.Clean(list)
	for _, n := range listNamed(o, list) {
		if nameOf(n) != name {
			continue
		}
		mine := listNamed(d, list)
		for i := range mine {
			if nameOf(mine[i]) == name {
				mine[i] = n
			}
		}
	}
}

func (d *Definitions) tagsDocument() *document {
	return parseDocument(tagsName, []byte(d.files[tagsName]))
}

// listNamed are the entries of a list at the top of a document. They may be changed in place.
func listNamed(d *document, key string) []ast.Node {
	if d.root == nil {
		return nil
	}
	var at spot
	if list, ok := d.child(d.root, key, &at).(*ast.SequenceNode); ok {
		return list.Values
	}
	return nil
}

// nameOf is what an entry of tags.yaml is called, "" if it does not say.
func nameOf(n ast.Node) string {
	pairs, _ := entries(n)
	for _, p := range pairs {
		if key, ok := keyText(p.Key); ok && key == "name" {
			value, _ := scalarToken(p.Value)
			return value
		}
	}
	return ""
}
