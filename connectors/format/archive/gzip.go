package archive

import (
	"compress/gzip"
	"io"
	"path"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// Gzip is the opener of files that gzip packed (RFC 1952). The name without .gz chooses what is inside.
func Gzip(choose Choose) format.Opener {
	return func(section *io.SectionReader, name string, options format.Options) (format.Reader, error) {
		file := rows.NewFile(section, name)
		u := &unpacked{name: name, file: file, limits: options.Limits.WithDefaults()}
		head := make([]byte, 2)
		n, _ := file.ReadAt(head, 0) // file remembers the error
		switch {
		case file.Err() != nil:
			return nil, file.Err()
		case n == 0:
			return nil, fatal(name, "the file is empty", "ask for it again")
		case string(head) != "\x1f\x8b":
			return nil, fatal(name, "this is not packed by gzip", "give it the extension it should have")
		}
		src, err := gzip.NewReader(io.NewSectionReader(file, 0, file.Size()))
		if err != nil {
			return nil, damaged(file, name, err)
		}
		u.src = src
		return u.open(choose, strings.TrimSuffix(name, path.Ext(name)), options)
	}
}
