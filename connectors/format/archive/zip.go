package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// maxFiles is how many files of an archive are looked at.
const maxFiles = 1000

// Zip is the opener of zip archives with one file in them (PKWARE's APPNOTE.TXT). The file's name chooses what it is.
func Zip(choose Choose) format.Opener {
	return func(section *io.SectionReader, name string, options format.Options) (format.Reader, error) {
		file := rows.NewFile(section, name)
		u := &unpacked{name: name, file: file, limits: options.Limits.WithDefaults()}
		if file.Size() == 0 {
			return nil, fatal(name, "the file is empty", "ask for it again")
		}
		archive, err := zip.NewReader(file, file.Size())
		if errors.Is(err, zip.ErrFormat) && file.Err() == nil {
			return nil, fatal(name, "this is no zip archive, or it is cut off", "ask for it again")
		}
		if err != nil {
			return nil, damaged(file, name, err)
		}
		one, err := only(archive, name)
		if err != nil {
			return nil, err
		}
		src, err := one.Open()
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, fatal(name, fmt.Sprintf("its file is packed by method %d", one.Method), "pack it as zip usually does (deflate)")
		}
		if err != nil {
			return nil, damaged(file, name, err)
		}
		u.src = src
		return u.open(choose, path.Base(strings.ReplaceAll(one.Name, `\`, "/")), options)
	}
}

// only is the one file of an archive; what programs leave beside it is passed over.
func only(archive *zip.Reader, name string) (*zip.File, error) {
	if len(archive.File) > maxFiles {
		return nil, fatal(name, fmt.Sprintf("the archive has more than %d files", maxFiles), "pack each file of a delivery by itself")
	}
	var found []*zip.File
	for _, f := range archive.File {
		inside := strings.ReplaceAll(f.Name, `\`, "/")
		base := path.Base(inside)
		if strings.HasSuffix(inside, "/") || strings.HasPrefix(inside, "__MACOSX/") || strings.HasPrefix(base, ".") || base == "Thumbs.db" {
			continue
		}
		found = append(found, f)
	}
	const encrypted = 1
	switch {
	case len(found) == 0:
		return nil, fatal(name, "the archive has no file", "ask for it again")
	case len(found) > 1:
		return nil, fatal(name, fmt.Sprintf("the archive has %d files: which one is the delivery is not known", len(found)), "pack each file of a delivery by itself")
	case !staysInside(found[0].Name):
		return nil, fatal(name, fmt.Sprintf("its file %q has a name that leads out of the archive", found[0].Name), "look at who made it, and pack the file by its bare name")
	case !found[0].Mode().IsRegular():
		return nil, fatal(name, fmt.Sprintf("%q in it is a link or no regular file", found[0].Name), "pack the file that it leads to")
	case found[0].Flags&encrypted != 0:
		return nil, fatal(name, "the archive has a password", "deliver it without: it is encrypted here")
	}
	return found[0], nil
}

// staysInside reports whether a name, which may be in any encoding, leads to no other folder than that of the archive. Nothing is
// unpacked to disk, so it could do no harm here; but nobody who means well writes such names.
func staysInside(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return !path.IsAbs(name) && !slices.Contains(strings.Split(name, "/"), "..") && !(len(name) > 1 && name[1] == ':')
}
