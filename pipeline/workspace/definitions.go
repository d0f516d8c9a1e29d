package workspace

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"

	"zhida/matcher/profile"
	"zhida/schemas"
)

// Definitions are the files of a workspace that decide about verdicts: all but zhida.yaml, which says where data comes from
// and where things are kept, and of which only the attribute of the region counts. They are not changed.
type Definitions struct {
	region string
	files  map[string]string // by name
}

// Definitions are what the workspace was loaded from.
func (w *Workspace) Definitions() *Definitions {
	d := &Definitions{region: w.Region, files: map[string]string{}}
	for _, name := range w.files.names {
		if name != configName {
			d.files[name] = string(w.files.bytes[name])
		}
	}
	return d
}

// written is the form in which definitions are kept.
type written struct {
	Region string            `json:"region"`
	Files  map[string]string `json:"files"`
}

// Write writes them; equal definitions give equal bytes.
func (d *Definitions) Write(w io.Writer) error {
	if err := json.NewEncoder(w).Encode(written{d.region, d.files}); err != nil {
		return fmt.Errorf("write definitions: %w", err)
	}
	return nil
}

// ReadDefinitions reads what Write wrote.
func ReadDefinitions(r io.Reader) (*Definitions, error) {
	var w written
	if err := json.NewDecoder(r).Decode(&w); err != nil {
		return nil, fmt.Errorf("read definitions: %w", err)
	}
	return &Definitions{w.Region, w.Files}, nil
}

// Equal reports whether both decide the same, to the letter.
func (d *Definitions) Equal(o *Definitions) bool {
	return d.region == o.region && maps.Equal(d.files, o.files)
}

// SameButPolicies reports whether both say the same, to the letter, of everything but policies.
func (d *Definitions) SameButPolicies(o *Definitions) bool {
	return d.withFolder(o, policiesDir).Equal(o)
}

// WithCodes are the definitions with the code tables of others.
func (d *Definitions) WithCodes(o *Definitions) *Definitions { return d.withFolder(o, codesDir) }

// withFolder takes the files of one folder from others.
func (d *Definitions) withFolder(o *Definitions, dir string) *Definitions {
	return d.with(o, func(name string) bool { return path.Dir(name) == dir })
}

func (d *Definitions) with(o *Definitions, taken func(name string) bool) *Definitions {
	out := &Definitions{d.region, map[string]string{}}
	for name, text := range d.files {
		if !taken(name) {
			out.files[name] = text
		}
	}
	for name, text := range o.files {
		if taken(name) {
			out.files[name] = text
		}
	}
	return out
}

// Load checks the definitions as Load checks a folder, and makes a workspace of them, without sources, store and key.
func (d *Definitions) Load() (*Workspace, error) { return d.load(nil) }

// load lets revise change what was read before it is checked.
func (d *Definitions) load(revise func(*check)) (*Workspace, error) {
	f := &folder{bytes: map[string][]byte{}, names: slices.Sorted(maps.Keys(d.files))}
	for name, text := range d.files {
		f.bytes[name] = []byte(text)
	}
	c := newCheck(f)
	c.config = &configFile{document: &document{textFile: &textFile{name: configName}}, region: d.region}
	if revise != nil {
		revise(c)
	}
	c.run()
	faults := c.faults()
	if !slices.ContainsFunc(c.attributes, func(a schemas.Attribute) bool {
		return a.Name == d.region && a.Type.System == schemas.SystemRegion && profile.IsStored(&a)
	}) {
		faults = append(faults, schemas.Fault{File: tagsName, Message: "没有说明注册地的指标“" + d.region + "”"})
	}
	if len(faults) > 0 {
		faults.Sort()
		return nil, faults
	}
	return c.workspace(), nil
}

// same reports whether two files are the same, or both missing.
func (d *Definitions) same(o *Definitions, name string) bool {
	a, inA := d.files[name]
	b, inB := o.files[name]
	return inA == inB && a == b
}
