package text

import (
	"bytes"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"zhida/connectors/format"
)

// Wanted says what a file should be.
type Wanted struct {
	Name     string // of the file, for messages
	Kind     string // "delimited text"
	Deliver  string // how to deliver it: "CSV"
	Encoding format.Encoding
	Limit    int // bytes of a row
}

// File is a file of text, opened.
type File struct {
	*Lines
	*Decoder

	Encoding format.Encoding
	src      *counter
}

// Bytes is the number of bytes read.
func (f *File) Bytes() int64 { return f.src.n }

// Release gives up the buffers.
func (f *File) Release() { f.Lines, f.Decoder = nil, nil }

// counter counts the bytes read from a file.
type counter struct {
	src io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// Open finds out encoding and line end, and passes over the byte order mark. A file that is no text is a
// *format.FatalError.
func Open(src io.Reader, w Wanted) (*File, error) {
	f := &File{src: &counter{src: src}}
	f.Lines = &Lines{src: f.src, end: '\n', limit: w.Limit}
	head, err := f.Peek(sample)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", w.Name, err)
	}
	if other := OtherFormat(head); other != "" {
		return nil, &format.FatalError{
			File: w.Name, Reason: "this is " + other + ", not " + w.Kind,
			Suggestion: "give it its own extension or deliver it as " + w.Deliver,
		}
	}
	told, err := format.ParseEncoding(string(w.Encoding))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", w.Name, err)
	}
	encoding, width := detectEncoding(head[:min(len(head), sample)], f.eof && len(head) <= sample, told)
	switch encoding {
	case format.EncodingDetect:
		return nil, &format.FatalError{
			File: w.Name, Reason: "the encoding is neither UTF-8 nor GB18030", Suggestion: NameEncoding,
		}
	case format.EncodingUTF16LE, format.EncodingUTF16BE:
		order := unicode.LittleEndian
		if encoding == format.EncodingUTF16BE {
			order = unicode.BigEndian
		}
		rest := io.MultiReader(bytes.NewReader(head[width:]), f.src)
		decoded := transform.NewReader(rest, unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder())
		f.Lines = &Lines{src: decoded, end: '\n', limit: w.Limit}
		if head, err = f.Peek(sample); err != nil {
			return nil, fmt.Errorf("open %s: %w", w.Name, err)
		}
	default:
		f.at += width
		head = head[width:]
	}
	f.Decoder = newDecoder(encoding)
	f.Encoding = encoding
	f.end = detectLineEnd(head[:min(len(head), sample)])
	return f, nil
}

// NameEncoding is what to do about a file whose encoding is not recognised.
const NameEncoding = "deliver it in UTF-8, or name the encoding of this delivery in the source's configuration"
