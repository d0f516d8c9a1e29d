package archive

import (
	"errors"
	"fmt"
	"io"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// Choose gives the opener for the name of a file in an archive. Its errors say why there is none.
type Choose func(name string) (format.Opener, error)

// unpacked is the content of an archive, read once from its beginning to its end. It is an io.ReaderAt for readers that do.
type unpacked struct {
	name   string
	file   *rows.File
	src    io.Reader
	limits format.Limits
	at     int64
	ended  bool
}

// ReadAt implements io.ReaderAt.
func (u *unpacked) ReadAt(p []byte, offset int64) (int, error) {
	if offset != u.at {
		return 0, fmt.Errorf("read %s at byte %d: it is unpacked as far as %d", u.name, offset, u.at)
	}
	n := 0
	for n < len(p) {
		m, err := u.src.Read(p[n:])
		n, u.at = n+m, u.at+int64(m)
		if err == nil {
			err = u.bound()
		}
		switch {
		case errors.Is(err, io.EOF):
			u.ended = true
			return n, io.EOF
		case err != nil:
			return n, damaged(u.file, u.name, err)
		}
	}
	return n, nil
}

// bound refuses content that is longer than anybody delivers.
func (u *unpacked) bound() error {
	switch {
	case u.at > int64(u.limits.Archive):
		return fatal(u.name, fmt.Sprintf("it unpacks to more than %d bytes", u.limits.Archive), "deliver it in several files")
	case u.at > slack && u.at/int64(u.limits.Ratio) > u.file.Size():
		return fatal(u.name, fmt.Sprintf("it unpacks to more than %d times its size", u.limits.Ratio), "look at who made it: real lists do not pack like this")
	}
	return nil
}

// slack is how long content may be that packs unusually well: a short list of one row again and again.
const slack = 16 << 20

// damaged tells a broken archive from a broken disk.
func damaged(file *rows.File, name string, err error) error {
	if file.Err() != nil {
		return file.Err()
	}
	var told *format.FatalError
	if errors.As(err, &told) {
		return err
	}
	return fatal(name, "the archive is damaged or cut off: "+err.Error(), "ask for it again")
}

func fatal(name, reason, suggestion string) error {
	return &format.FatalError{File: name, Reason: reason, Suggestion: suggestion}
}

// open opens what an archive holds.
func (u *unpacked) open(choose Choose, inside string, options format.Options) (format.Reader, error) {
	open, err := choose(inside)
	if err != nil {
		return nil, fatal(u.name, err.Error(), "pack a CSV or JSON-lines file; workbooks, Parquet and Arrow files are delivered as they are")
	}
	r, err := open(io.NewSectionReader(u, 0, int64(u.limits.Archive)+1), u.name, options)
	if err != nil {
		return nil, err
	}
	return &reader{r, u}, nil
}

// reader counts the bytes of the archive instead of those in it.
type reader struct {
	format.Reader
	unpacked *unpacked
}

// Stats implements format.Reader.
func (r *reader) Stats() format.Stats {
	s := r.Reader.Stats()
	if s.Bytes = r.unpacked.file.Bytes(); r.unpacked.ended {
		s.Bytes = r.unpacked.file.Size() // what lies around the content is nothing
	}
	return s
}
