package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// WriteManifest writes v as JSON under the name, in one step: readers see the old manifest or the new, also after a
// power cut. The name is a path with slashes below the store's folder: "nights/2026-06-15/manifest.json", or "name.json" in
// the folder itself. Keys stand in the order of the fields, those of maps sorted, so equal values give equal bytes.
func (s *Store) WriteManifest(name string, v any) error {
	data, err := encode(v, "  ")
	if err != nil {
		return fmt.Errorf("write manifest %s: %w", name, err)
	}
	return s.writeNight(name, data)
}

// ReadManifest fills v from the manifest of that name. The error is fs.ErrNotExist if there is none, ErrDamaged if it
// is not JSON of v's form.
func (s *Store) ReadManifest(name string, v any) error {
	if err := checkManifest(name); err != nil {
		return err
	}
	file, err := s.openFile(name)
	if err != nil {
		return fmt.Errorf("read manifest: %w", err)
	}
	data, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("read manifest: %w", err)
	}
	return s.decode(name, data, v)
}

func (s *Store) writeNight(name string, data []byte) error {
	if err := checkManifest(name); err != nil {
		return err
	}
	if err := s.writeFile(name, data); err != nil {
		return s.writing("manifest "+name, err)
	}
	return nil
}

func (s *Store) decode(name string, data []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(v); err != nil {
		return s.damaged(name, err.Error())
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return s.damaged(name, "something follows its end")
	}
	return nil
}

// encode is JSON without HTML's escapes, with one newline at the end.
func encode(v any, indent string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	err := encoder.Encode(v)
	return out.Bytes(), err
}

func checkManifest(name string) error {
	if !fs.ValidPath(name) || path.Dir(name) != "." && !strings.HasPrefix(name, nightsFolder+"/") || path.Ext(name) != ".json" {
		return fmt.Errorf("%q is not the name of a manifest: nights/….json, or a name.json beside it", name)
	}
	return nil
}
