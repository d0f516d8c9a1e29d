package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// UnitLog remembers what the finished units of a night put out, one small file each, so that a killed night goes on
// at the unit it reached. It is an engine.Recorder.
type UnitLog struct {
	store *Store
	night string
}

// Units is the log of the night with that id.
func (s *Store) Units(night string) *UnitLog { return &UnitLog{store: s, night: night} }

// unit is the file of a unit.
type unit struct {
	Spec   string          `json:"spec"` // hex SHA-256 of the task's spec
	Output json.RawMessage `json:"output"`
}

// Load returns the output of the unit if it was saved for the same spec and every artefact that the output names is
// still there and sound. Otherwise the unit has to be done again, and ok is false: so deleting a damaged artefact, or
// a unit's file, and running the night again is always a way on.
//
// An artefact is named by any JSON object in the output that has exactly the members of a Ref.
func (u *UnitLog) Load(kind, id, spec string) (output json.RawMessage, ok bool, err error) {
	name := u.file(kind, id)
	var saved unit
	err = u.store.ReadManifest(name, &saved)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrDamaged):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("read unit %s/%s: %w", kind, id, err)
	case saved.Spec != spec:
		return nil, false, nil
	}
	for _, ref := range refsIn(saved.Output) {
		err := u.store.Check(ref)
		if errors.Is(err, ErrDamaged) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, fmt.Errorf("check unit %s/%s: %w", kind, id, err)
		}
	}
	return saved.Output, true, nil
}

// Save remembers the output of a unit whose artefacts are durable.
func (u *UnitLog) Save(kind, id, spec string, output json.RawMessage) error {
	data, err := encode(unit{Spec: spec, Output: output}, "")
	if err != nil {
		return fmt.Errorf("save unit %s/%s: %w", kind, id, err)
	}
	return u.store.writeNight(u.file(kind, id), data)
}

// file is nights/<night>/units/<kind>-<id>.json. Bytes that may not stand in a file's name are written %XX, and so
// are dashes in the kind: no two units share a file.
func (u *UnitLog) file(kind, id string) string {
	return fmt.Sprintf("%s/%s/units/%s-%s.json", nightsFolder, escape(u.night, "-."), escape(kind, ""), escape(id, "-."))
}

func escape(text, also string) string {
	var out strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || strings.IndexByte(also, c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// refsIn finds the Refs in JSON.
func refsIn(data json.RawMessage) []Ref {
	var members map[string]json.RawMessage
	var elements []json.RawMessage
	switch {
	case json.Unmarshal(data, &members) == nil:
		if ref, ok := asRef(members, data); ok {
			return []Ref{ref}
		}
		for _, value := range members {
			elements = append(elements, value)
		}
	case json.Unmarshal(data, &elements) != nil:
		return nil
	}
	var refs []Ref
	for _, element := range elements {
		refs = append(refs, refsIn(element)...)
	}
	return refs
}

func asRef(members map[string]json.RawMessage, data json.RawMessage) (Ref, bool) {
	var ref Ref
	for _, name := range []string{"name", "size", "sum"} {
		if _, ok := members[name]; !ok {
			return Ref{}, false
		}
	}
	if _, ok := members["sealed"]; len(members) > 4 || len(members) == 4 && !ok {
		return Ref{}, false
	}
	return ref, json.Unmarshal(data, &ref) == nil && ref.check() == nil
}
