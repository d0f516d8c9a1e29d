package workspace

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"zhida/schemas/files"
)

// starter is the workspace that Create writes. Its .gitignore has no dot here, or it would be one.
//
//go:embed starter
var starter embed.FS

// StarterDate is the business date that the starter's deliveries are made for.
const StarterDate = "2026-06-15"

// starterKey is the key reference of the starter's zhida.yaml, without file:.
const starterKey = "keys/site.key"

// ErrNotEmpty is returned by Create for a folder with something in it.
var ErrNotEmpty = errors.New("the folder is not empty")

// KeyFile is a new key that can write itself to a file only its owner may read; *store.Key is one.
type KeyFile interface {
	WriteFile(name string) error
}

// Create writes a commented starter workspace and the key into the folder, which must be new or empty. It returns
// the names of the files written, in order.
func Create(dir string, key KeyFile) ([]string, error) {
	list, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("create workspace: %w", err)
	}
	if len(list) > 0 {
		return nil, fmt.Errorf("create workspace in %s: %w", dir, ErrNotEmpty)
	}
	var names []string
	err = fs.WalkDir(starter, "starter", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := strings.TrimPrefix(strings.TrimPrefix(name, "starter"), "/")
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(dir, target), 0o750)
		}
		if target == "gitignore" {
			target = ".gitignore"
		}
		data, err := starter.ReadFile(name)
		if err != nil {
			return err
		}
		names = append(names, target)
		return os.WriteFile(filepath.Join(dir, target), data, 0o640)
	})
	if err == nil {
		err = createSchemas(dir, &names)
	}
	if err != nil {
		return nil, fmt.Errorf("create workspace: %w", err)
	}
	file := filepath.Join(dir, filepath.FromSlash(starterKey))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("create workspace: %w", err)
	}
	if err := key.WriteFile(file); err != nil {
		return nil, fmt.Errorf("create workspace: %w", err)
	}
	return append(names, starterKey), nil
}

// schemasDir is where the starter's files say that their JSON Schemas are.
const schemasDir = ".schemas"

// createSchemas writes the JSON Schemas of the files a person edits.
func createSchemas(dir string, names *[]string) error {
	if err := os.MkdirAll(filepath.Join(dir, schemasDir), 0o750); err != nil {
		return err
	}
	for _, kind := range files.Names() {
		text, _ := files.Schema(kind)
		name := schemasDir + "/" + kind + files.Ending
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), text, 0o640); err != nil {
			return err
		}
		*names = append(*names, name)
	}
	return nil
}
