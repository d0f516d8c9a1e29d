package workspace

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Load reads and checks the workspace in the folder. If the folder's files are wrong the error is schemas.Faults, all
// of them, sorted; any other error means that a file could not be read.
func Load(dir string) (*Workspace, error) {
	fsys, err := folderAt(dir)
	if err != nil {
		return nil, err
	}
	w, err := load(fsys, nil)
	if err != nil {
		return nil, err
	}
	w.Dir = dir
	return w, nil
}

// LoadWithoutPolicies is Load for who handles rows and judges nobody: policies are neither read as documents nor
// checked, and the workspace has none. Sum is still that of all files. Ten thousand items take seconds to check.
func LoadWithoutPolicies(dir string) (*Workspace, error) {
	return loadSome(dir, func([]byte) bool { return false })
}

// LoadItem is Load for who asks about one item: of the policies only those are read as documents and checked that mention it
// or, if it excludes others, the group it is in. That takes a tenth of a second where all of ten thousand items take four.
// If none has it, it is not among the workspace's items.
func LoadItem(dir, item string) (*Workspace, error) {
	w, err := loadSome(dir, mentions(item))
	if err != nil {
		return nil, err
	}
	for _, it := range w.Items() {
		if it.ID == item && it.Exclusive != nil {
			return loadSome(dir, mentions(item, it.Exclusive.Group))
		}
	}
	return w, nil
}

// mentions reports whether a policy may have one of some texts. It goes by the bytes of the file: where these can be other than
// those of the text, it looks for what cannot. YAML breaks texts at spaces, doubles quotes, and writes anything by escapes.
func mentions(texts ...string) func(policy []byte) bool {
	return func(policy []byte) bool {
		if bytes.IndexByte(policy, '\\') >= 0 {
			return true
		}
		return slices.ContainsFunc(texts, func(text string) bool {
			parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' })
			return !slices.ContainsFunc(parts, func(part string) bool { return !bytes.Contains(policy, []byte(part)) })
		})
	}
}

// loadSome is Load with some of the policies. Sum is that of all files.
func loadSome(dir string, keep func(policy []byte) bool) (*Workspace, error) {
	fsys, err := folderAt(dir)
	if err != nil {
		return nil, err
	}
	folder, err := readFolder(fsys)
	if err != nil {
		return nil, err
	}
	sum := folder.sum()
	folder.drop(policiesDir, keep)
	c, err := checked(folder, nil)
	if err != nil {
		return nil, err
	}
	w := c.workspace()
	w.Dir, w.Sum = dir, sum
	return w, nil
}

// folderAt is the file system of a workspace's folder.
func folderAt(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("open workspace: %s is not a folder", dir)
	}
	return os.DirFS(dir), nil
}

// load is Load for any file system. builtin are the code tables for a workspace that adds nothing to them; nil makes
// them, which takes some 20 ms.
func load(fsys fs.FS, builtin *schemas.Codes) (*Workspace, error) {
	folder, err := readFolder(fsys)
	if err != nil {
		return nil, err
	}
	c, err := checked(folder, builtin)
	if err != nil {
		return nil, err
	}
	return c.workspace(), nil
}

// checked checks the files of a folder; the error is schemas.Faults.
func checked(folder *folder, builtin *schemas.Codes) (*check, error) {
	if len(folder.names) == 0 {
		return nil, folder.faults[len(folder.faults)-1:] // no zhida.yaml nor anything else: no workspace
	}
	c := newCheck(folder)
	c.codes = builtin
	c.run()
	if faults := c.faults(); len(faults) > 0 {
		faults.Sort()
		return nil, faults
	}
	return c, nil
}

// check is a workspace while it is being checked: the files as read, and what has been made of them so far.
type check struct {
	folder   *folder
	config   *configFile // nil if there is no such file
	tags     *tagsFile   // nil if there is no such file
	datasets []*datasetFile
	policies []*policyFile

	codes      *schemas.Codes
	attributes []schemas.Attribute
	env        *condition.Env
	doubtful   doubts
	tagRules   map[string]condition.Expr
	tagOrder   []schemas.Tag
	derived    map[string]condition.Value // by attribute
	compiled   map[string]*compiledItem   // by item id
	texts      []checkedText
	sources    []SourceConfig
	others     schemas.Faults // of files that are no documents
}

// newCheck reads all documents of the folder.
func newCheck(f *folder) *check {
	c := &check{folder: f, compiled: map[string]*compiledItem{}, derived: map[string]condition.Value{}, others: f.faults, doubtful: doubts{names: map[string]bool{}}}
	if data, ok := f.bytes[configName]; ok {
		c.config = readConfig(configName, data)
	}
	if data, ok := f.bytes[tagsName]; ok {
		c.tags = readTags(tagsName, data)
	}
	for _, name := range f.in(datasetsDir) {
		c.datasets = append(c.datasets, readDataset(name, f.bytes[name]))
	}
	c.policies = readPolicies(f)
	return c
}

// readPolicies reads the policies on all processors: ten thousand items take seconds, and none needs another.
func readPolicies(f *folder) []*policyFile {
	names := f.in(policiesDir)
	out := make([]*policyFile, len(names))
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				out[i] = readPolicy(names[i], f.bytes[names[i]])
			}
		})
	}
	running.Wait()
	return out
}

// run checks everything that needs more than one value. Each step trusts what the steps before it have left.
func (c *check) run() {
	c.readCodes()
	c.checkDatasets()
	c.makeAttributes()
	c.checkConfig()
	c.checkPolicies()
	c.compile()
}

// documents are all YAML files read.
func (c *check) documents() []*document {
	var all []*document
	if c.config != nil {
		all = append(all, c.config.document)
	}
	if c.tags != nil {
		all = append(all, c.tags.document)
	}
	for _, d := range c.datasets {
		all = append(all, d.document)
	}
	for _, p := range c.policies {
		all = append(all, p.document)
	}
	return all
}

// faults are those of all files.
func (c *check) faults() schemas.Faults {
	all := append(schemas.Faults(nil), c.others...)
	for _, d := range c.documents() {
		all = append(all, d.faults...)
	}
	return all
}

// workspace is what a check without faults has made.
func (c *check) workspace() *Workspace {
	w := &Workspace{
		Name: c.config.name, Store: c.config.store, Key: c.config.key, Region: c.config.region, Wards: c.config.wards,
		Sources: c.sources, Ledger: c.config.ledger, ItemsGate: c.config.items, Retention: c.config.retention, Attributes: c.attributes, Tags: c.tagOrder, Codes: c.codes,
		Env: c.env, TagRules: c.tagRules, Derived: c.derived, Conditions: map[string]condition.Expr{}, Benefits: map[string]condition.Value{},
		Preferences: map[string][]condition.Value{}, Envs: map[string]*condition.Env{}, Sum: c.folder.sum(), files: c.folder,
	}
	w.take(c.compiled)
	for _, d := range c.datasets { // file names are dataset names, and sorted
		w.Datasets = append(w.Datasets, &d.Dataset)
	}
	for _, p := range c.policies {
		w.Policies = append(w.Policies, p.Policy)
	}
	return w
}

// take notes what the texts of items have become.
func (w *Workspace) take(items map[string]*compiledItem) {
	for id, item := range items {
		w.Conditions[id], w.Envs[id] = item.condition, item.env
		if item.benefit != nil {
			w.Benefits[id] = item.benefit
		}
		if item.preferences != nil {
			w.Preferences[id] = item.preferences
		}
	}
}

// stem is a file's name without folder and ending.
func stem(name string) string {
	base := path.Base(name)
	return base[:len(base)-len(path.Ext(base))]
}
