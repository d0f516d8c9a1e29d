package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Entry is what a manifest says of a file. At least one of Rows, Bytes and Sum is said.
type Entry struct {
	Rows  int64  // of data, without a header; -1: not said
	Bytes int64  // -1: not said
	Sum   string // lower-case hex; "": not said
}

// Manifest says what was delivered.
type Manifest struct {
	name    string
	files   []string // as written, in order
	entries map[string]Entry
}

// maxSize bounds a manifest: a hundred thousand files.
const maxSize = 16 << 20

// ErrForm is a manifest that cannot be read. Errors that wrap it say where and what is expected there.
var ErrForm = errors.New("not as a manifest is written")

// Read reads the manifest of that name. If it names a file twice, the later line counts: manifests are appended to.
func Read(name string, r io.Reader) (*Manifest, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxSize {
		return nil, fmt.Errorf("longer than %d bytes: %w", maxSize, ErrForm)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text); err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, fmt.Errorf("neither UTF-8 nor GB18030: %w", ErrForm)
		}
	}
	m := &Manifest{name: name, entries: map[string]Entry{}}
	first, _, _ := strings.Cut(strings.TrimLeft(string(text), "\r\n"), "\n")
	if _, _, ok := sumLine(strings.TrimRight(first, "\r")); ok {
		return m, m.readSums(string(text))
	}
	return m, m.readTable(string(text))
}

func (m *Manifest) add(file string, e Entry) {
	file = path.Clean(strings.ReplaceAll(file, `\`, "/"))
	if _, twice := m.entries[file]; !twice {
		m.files = append(m.files, file)
	}
	m.entries[file] = e
}

// Find is what the manifest says of a file of its source. The file is meant by its path from the manifest's own folder or, as the
// sender may have written the path on its own machine, by its bare name.
func (m *Manifest) Find(name string) (Entry, bool) {
	for _, means := range []func(written string) bool{
		func(written string) bool { return path.Join(path.Dir(m.name), written) == name },
		func(written string) bool { return path.Base(written) == path.Base(name) },
	} {
		for i := len(m.files) - 1; i >= 0; i-- {
			if means(m.files[i]) {
				return m.entries[m.files[i]], true
			}
		}
	}
	return Entry{}, false
}

// Others lists the files that it names and that are none of those, as it writes them.
func (m *Manifest) Others(names []string) []string {
	there := map[string]bool{}
	for _, name := range names {
		there[path.Base(name)] = true
	}
	var out []string
	for _, file := range m.files {
		if !there[path.Base(file)] {
			out = append(out, file)
		}
	}
	return out
}
