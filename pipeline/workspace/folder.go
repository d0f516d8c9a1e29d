package workspace

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"zhida/schemas"
)

// Names in a workspace.
const (
	configName  = "zhida.yaml"
	tagsName    = "tags.yaml"
	datasetsDir = "datasets"
	policiesDir = "policies"
	codesDir    = "codes"

	testEnding = ".test" // scripts of zhida test beside the policies: they decide nothing and are no definitions
)

// folder holds the bytes of all definition files, by name, in the order of names.
type folder struct {
	names  []string
	bytes  map[string][]byte
	faults schemas.Faults
}

// readFolder reads the definition files. Files that are none of them but stand where one is expected are faults:
// a policy in a file with the wrong ending must not be dropped silently.
func readFolder(fsys fs.FS) (*folder, error) {
	f := &folder{bytes: map[string][]byte{}}
	var errs []error
	for _, dir := range []struct{ name, ending string }{
		{codesDir, ".csv"}, {datasetsDir, ".yaml"}, {policiesDir, ".yaml"},
	} {
		errs = append(errs, f.readDir(fsys, dir.name, dir.ending))
	}
	errs = append(errs, f.readTop(fsys))
	return f, errors.Join(errs...)
}

// readTop reads the files at the top of the folder, in the order of their names.
func (f *folder) readTop(fsys fs.FS) error {
	var errs []error
	for _, name := range []string{tagsName, configName} {
		switch err := f.read(fsys, name); {
		case errors.Is(err, fs.ErrNotExist):
			fault := schemas.Fault{File: name, Message: "没有这个文件"}
			if name == configName {
				fault.Suggestion = "工作区的文件夹里要有 zhida.yaml；新建工作区用 zhida init 目录，换一个工作区用 -w 目录"
			}
			for _, other := range []string{strings.TrimSuffix(name, ".yaml") + ".yml", name + ".txt", name + ".yaml"} {
				if _, err := fs.Stat(fsys, other); err == nil {
					fault.Suggestion = fmt.Sprintf("把 %s 改名为 %s", other, name)
				}
			}
			f.faults = append(f.faults, fault)
		case err != nil:
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// readDir reads the files of one folder; the folder may be absent.
func (f *folder) readDir(fsys fs.FS, dir, ending string) error {
	list, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("list workspace folder: %w", err)
	}
	var errs []error
	for _, entry := range list {
		name := path.Join(dir, entry.Name())
		switch {
		case isAside(entry.Name()), dir == policiesDir && path.Ext(name) == testEnding:
		case entry.IsDir():
			f.faults = append(f.faults, schemas.Fault{File: name, Message: "这里不能有文件夹", Suggestion: "文件直接放在 " + dir + "/ 下"})
		case path.Ext(name) != ending:
			f.faults = append(f.faults, schemas.Fault{
				File: name, Message: fmt.Sprintf("文件名应以 %s 结尾，否则不会读它", ending),
				Suggestion: fmt.Sprintf("改名为 %s，或者移出 %s/", strings.TrimSuffix(entry.Name(), path.Ext(name))+ending, dir),
			})
		default:
			errs = append(errs, f.read(fsys, name))
		}
	}
	return errors.Join(errs...)
}

// isAside reports whether a file is no definition on purpose: hidden ones, editors' backups, notes.
func isAside(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.EqualFold(path.Ext(name), ".md") ||
		strings.HasPrefix(strings.ToUpper(name), "README")
}

// read reads one file.
func (f *folder) read(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("read workspace: %w", err)
	}
	f.names = append(f.names, name)
	f.bytes[name] = data
	return nil
}

// in lists the files of a folder.
func (f *folder) in(dir string) []string {
	var names []string
	for _, name := range f.names {
		if path.Dir(name) == dir {
			names = append(names, name)
		}
	}
	return names
}

// drop forgets the files of a folder but those to keep.
func (f *folder) drop(dir string, keep func(data []byte) bool) {
	f.names = slices.DeleteFunc(f.names, func(name string) bool {
		if path.Dir(name) != dir || keep(f.bytes[name]) {
			return false
		}
		delete(f.bytes, name)
		return true
	})
}

// sum is the checksum over the names and bytes of all files, but for where the ledger is: that decides nothing, and a ledger that
// moves to a server must not look like new definitions to the next night.
func (f *folder) sum() string {
	h := sha256.New()
	for _, name := range f.names {
		data := f.bytes[name]
		if name == configName {
			data = withoutLedger(data)
		}
		h.Write(fmt.Appendf(nil, "%s %d\n", name, len(data)))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// withoutLedger leaves out the lines from the key ledger to the next key.
func withoutLedger(data []byte) []byte {
	var out []byte
	inside := false
	for line := range bytes.SplitAfterSeq(data, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("ledger:")) {
			inside = true
		} else if inside && len(bytes.TrimSpace(line)) > 0 && !bytes.ContainsAny(line[:1], " \t#") {
			inside = false
		}
		if !inside {
			out = append(out, line...)
		}
	}
	return out
}
