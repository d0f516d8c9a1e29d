package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"zhida/schemas"
)

// Revision is a workspace with some of its policies replaced, or added, and nothing of it written yet.
type Revision struct {
	Files []RevisedFile // one per policy, in the order given
	dir   string
}

// RevisedFile is the file a policy goes to: the one that has the policy now, or else policies/ID.yaml.
type RevisedFile struct {
	Name   string
	Change Change
	data   []byte
}

// Change is what writing a file does.
type Change string

// The changes. A file that says the same in other words, or with comments, stays as it is.
const (
	ChangeNone    Change = ""
	ChangeNew     Change = "new"
	ChangeReplace Change = "replace"
)

// PolicyFault is a fault of a workspace with policies put in. Policy is the index of the policy it lies in, then Line
// and Column count from the start of the field's text; -1 if it lies in another file.
type PolicyFault struct {
	schemas.Fault
	Policy int
	Field  PolicyField
}

// Revise puts policies into the workspace in the folder, in memory, and checks all of it. The conditions of the
// policies are brought into their canonical form. With any fault there is no Revision.
func Revise(dir string, policies []schemas.Policy) (*Revision, []PolicyFault, error) {
	f, err := readFolder(os.DirFS(dir))
	if err != nil {
		return nil, nil, err
	}
	r := newReviser(f, policies)
	if faults := r.canonical(); len(faults) > 0 {
		return nil, r.locate(faults), nil
	}
	return r.revision(dir), nil, nil
}

// reviser is a revision in the making.
type reviser struct {
	folder   *folder
	now      map[string]*policyFile // the policy files that are there, by name
	policies []schemas.Policy
	names    []string // of the files of policies
	texts    []*PolicyText
}

// newReviser finds the file of each policy: the one that has it now, or else one that is called by its id. Of two
// policies with one id, which the caller reports, the second is not checked.
func newReviser(f *folder, policies []schemas.Policy) *reviser {
	r := &reviser{folder: f, now: map[string]*policyFile{}}
	home := map[string]string{}
	for _, name := range f.in(policiesDir) {
		file := readPolicy(name, f.bytes[name])
		r.now[name] = file
		if _, twice := home[file.ID]; file.ID != "" && !twice {
			home[file.ID] = name
		}
	}
	for _, p := range policies {
		name := home[p.ID]
		if name == "" {
			name = path.Join(policiesDir, p.ID+".yaml")
		}
		r.names = append(r.names, name)
		r.policies = append(r.policies, copyPolicy(p))
	}
	return r
}

// check writes the policies' texts and checks the workspace as it is with them. They come after all other files, so that
// of two with one id it is the new one that is at fault.
func (r *reviser) check() *check {
	f := &folder{bytes: map[string][]byte{}, faults: r.folder.faults}
	for _, name := range r.folder.names {
		if !slices.Contains(r.names, name) {
			f.names = append(f.names, name)
			f.bytes[name] = r.folder.bytes[name]
		}
	}
	r.texts = nil
	for i, name := range r.names {
		text := WritePolicy(&r.policies[i])
		r.texts = append(r.texts, text)
		if f.bytes[name] == nil {
			f.names = append(f.names, name)
			f.bytes[name] = text.Data
		}
	}
	c := newCheck(f)
	c.run()
	return c
}

// locate says of each fault which policy and which field of it has it.
func (r *reviser) locate(faults schemas.Faults) []PolicyFault {
	var out []PolicyFault
	for _, f := range faults {
		p := PolicyFault{Fault: f, Policy: slices.Index(r.names, f.File)}
		if p.Policy >= 0 {
			p.Field, p.Line, p.Column = r.texts[p.Policy].Field(f.Line, f.Column)
		}
		out = append(out, p)
	}
	return out
}

// revision compares what is to be written with what is there.
func (r *reviser) revision(dir string) *Revision {
	out := &Revision{dir: dir}
	same := r.unchanged()
	for i, name := range r.names {
		file := RevisedFile{Name: name, Change: ChangeNew, data: r.texts[i].Data}
		switch {
		case same[name]:
			file.Change = ChangeNone
		case r.now[name] != nil:
			file.Change = ChangeReplace
		}
		out.Files = append(out.Files, file)
	}
	return out
}

// unchanged are the files that say in canonical form what is to be written already.
func (r *reviser) unchanged() map[string]bool {
	var policies []schemas.Policy
	for _, name := range r.names {
		if now := r.now[name]; now != nil && now.root != nil && len(now.faults) == 0 {
			policies = append(policies, now.Policy)
		}
	}
	same := map[string]bool{}
	if len(policies) == 0 {
		return same
	}
	now := newReviser(r.folder, policies)
	if len(now.canonical()) > 0 {
		return same // what is there has faults, so it is not what is to be written
	}
	for i, name := range now.names {
		same[name] = bytes.Equal(now.texts[i].Data, r.texts[slices.Index(r.names, name)].Data)
	}
	return same
}

// Write writes the files that change: all of them beside their places first, then each into its place at once, so that
// no file is ever half written and a full disk changes nothing.
func (r *Revision) Write() (err error) {
	var temporary []string
	defer func() {
		for _, name := range temporary {
			if e := os.Remove(name); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	if err := os.MkdirAll(filepath.Join(r.dir, policiesDir), 0o750); err != nil {
		return fmt.Errorf("write workspace: %w", err)
	}
	changed := r.changed()
	targets := make([]string, len(changed))
	for i, file := range changed {
		targets[i] = filepath.Join(r.dir, filepath.FromSlash(file.Name))
		if target, err := filepath.EvalSymlinks(targets[i]); err == nil {
			targets[i] = target // a link stays one
		}
		name, err := writeBeside(targets[i], file.data)
		if name != "" {
			temporary = append(temporary, name)
		}
		if err != nil {
			return fmt.Errorf("write workspace: %w", err)
		}
	}
	for i, target := range targets {
		if err := os.Rename(temporary[i], target); err != nil {
			return fmt.Errorf("write workspace: %w", err)
		}
	}
	return nil
}

func (r *Revision) changed() []RevisedFile {
	return slices.DeleteFunc(slices.Clone(r.Files), func(f RevisedFile) bool { return f.Change == ChangeNone })
}

// writeBeside writes a hidden file in the target's folder, with the target's permissions if it is there, and returns its
// name, which is not empty once the file is there.
func writeBeside(target string, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(target), ".zhida-*")
	if err != nil {
		return "", err
	}
	mode := fs.FileMode(0o640)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	_, err = f.Write(data)
	return f.Name(), errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
}
