package workspace

import (
	"iter"
	"path/filepath"

	"zhida/connectors/format"
	"zhida/connectors/source"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// Workspace is a folder that has been loaded and found without faults. It is read-only from then on, and may be used
// by several goroutines.
type Workspace struct {
	Dir    string         // as given to Load
	Name   string         // of the site
	Store  string         // folder of artefacts; see Path
	Key    string         // reference to the key, file:PATH or env:NAME, for store.LoadKey with base Dir
	Region string         // the attribute that says where an enterprise is registered
	Wards  map[string]int // homes (six digits) with more than one ward, and their number

	Ledger     *LedgerConfig       // nil: a file in the store
	Sources    []SourceConfig      // in file order
	ItemsGate  schemas.ItemsGate   // what must not happen to the items' verdicts overnight
	Retention  schemas.Retention   // how long what nights have read and made is kept
	Datasets   []*schemas.Dataset  // by name
	Attributes []schemas.Attribute // in file order
	Tags       []schemas.Tag       // a tag comes after every tag its rule uses
	Policies   []schemas.Policy    // by file name
	Codes      *schemas.Codes      // the embedded tables with the workspace's additions

	Env         *condition.Env               // what the site's own texts may name: tags, derived attributes
	TagRules    map[string]condition.Expr    // by tag
	Derived     map[string]condition.Value   // by attribute: the derived ones, as of last year where they are yearly
	Envs        map[string]*condition.Env    // by item id: Env with the policy's parameters and the item's window
	Conditions  map[string]condition.Expr    // by item id: the policy's scope 且 the item's condition, or all of its gates
	Benefits    map[string]condition.Value   // by item id; items without a benefit formula are not there
	Preferences map[string][]condition.Value // by item id: what its matches are ranked by, as in Item.Prefer

	// Sum is the SHA-256, in hex, of the names and bytes of all definition files: two workspaces with one sum decide
	// the same.
	Sum string

	files *folder
}

// SourceConfig is a place deliveries come from.
type SourceConfig struct {
	Name       string // unique in the workspace
	Kind       string // one of all.Kinds
	Path       string // as written; that of a folder goes through Workspace.Path
	Server     ServerConfig
	Days       int // of interfaces: business dates up to today that are asked for
	Deliveries []DeliveryConfig
}

// LedgerConfig is where a ledger on PostgreSQL is.
type LedgerConfig struct {
	Server   ServerConfig
	Database string
}

// ServerConfig is where a source's server is and how to log in. Secrets are references, file:PATH or env:NAME; "": there is none.
type ServerConfig struct {
	Host     string // with or without a port
	User     string // may be a reference
	Password string // a reference
	Key      string // a reference
	TLS      string // one of source.TLSModes; "": the kind's own
	HostKey  string // the server's, pinned
	Database string // of a database server
	Bucket   string // of an object store
	Region   string // of an object store; "": the usual one
	Sign     string // of interfaces: one of all.Signs
}

// DeliveryConfig says which files, which rows of a table, or which request, are deliveries of which dataset.
type DeliveryConfig struct {
	Dataset   string           // Dataset.Name
	Files     string           // pattern with {date}, {mode}, {scope} and *
	Table     source.Table     // instead of Files
	Request   source.Request   // instead of Files
	Mode      schemas.Mode     // "": the pattern's {mode} says
	Scope     string           // normalised region all rows belong to: 5107; "": the pattern's {scope} says, or the whole workspace
	Delimiter format.Delimiter // "": recognised
	Encoding  format.Encoding  // "": recognised
	Sheet     string           // of a workbook; "": the only visible one with content
	Complete  source.Complete  // when a file is complete
}

// Path resolves a path of the workspace's files: relative ones start at the workspace.
func (w *Workspace) Path(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(w.Dir, path)
}

// Dataset returns the dataset of that name, or nil.
func (w *Workspace) Dataset(name string) *schemas.Dataset {
	for _, d := range w.Datasets {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// Registration returns the dataset that creates and closes enterprises.
func (w *Workspace) Registration() *schemas.Dataset {
	for _, d := range w.Datasets {
		if d.Role == schemas.RoleRegistration {
			return d
		}
	}
	return nil
}

// PolicyTags counts the distinct elementary tests of all items' conditions (政策标签).
func (w *Workspace) PolicyTags() int {
	tests := map[string]bool{}
	for _, c := range w.Conditions {
		for _, test := range condition.Tests(c) {
			tests[condition.Key(test)] = true
		}
	}
	return len(tests)
}

// Decidable counts the elementary tests of an item's condition, 评审 and 承诺 among them, and those that data can decide.
func (w *Workspace) Decidable(item string) (tests, decidable int) {
	decidable = len(condition.Tests(w.Conditions[item]))
	return decidable + len(condition.Statements(w.Conditions[item])), decidable
}

// Uncoded counts what nobody has encoded yet: clauses without a condition, and items all of whose gates are such.
func (w *Workspace) Uncoded() (clauses, items int) {
	for _, item := range w.Items() {
		n := 0
		for _, g := range item.Gates {
			if g.Condition.Text == "" {
				n++
			}
		}
		clauses += n
		if n > 0 && n == len(item.Gates) {
			items++
		}
	}
	return clauses, items
}

// Items goes through all items with their policies, in the order of Policies.
func (w *Workspace) Items() iter.Seq2[*schemas.Policy, *schemas.Item] {
	return func(yield func(*schemas.Policy, *schemas.Item) bool) {
		for p := range w.Policies {
			for i := range w.Policies[p].Items {
				if !yield(&w.Policies[p], &w.Policies[p].Items[i]) {
					return
				}
			}
		}
	}
}
