package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"zhida/connectors/format"
)

// Open is the format.Opener of delimited text.
func Open(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	r, err := New(io.NewSectionReader(file, 0, file.Size()), name, options)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// New reads the header of src, which it never closes. name is for messages.
func New(src io.Reader, name string, options format.Options) (*Reader, error) {
	if err := options.Check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	r := &Reader{name: name, limits: options.Limits.WithDefaults(), file: &counter{src: src}}
	r.lines = &lines{src: r.file, end: '\n', limit: r.limits.Record}
	if err := r.recognise(options.Encoding); err != nil {
		return nil, err
	}
	if err := r.readHeader(options.Delimiter); err != nil {
		return nil, err
	}
	r.batch = newBatch(r.header)
	return r, nil
}

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

// recognise finds out encoding and line end, and passes over the byte order mark.
func (r *Reader) recognise(told format.Encoding) error {
	head, err := r.lines.peek(sample)
	if err != nil {
		return fmt.Errorf("open %s: %w", r.name, err)
	}
	if other := otherFormat(head); other != "" {
		return r.fatal(0, "this is "+other+", not delimited text", "give it its own extension or deliver it as CSV")
	}
	told, err = format.ParseEncoding(string(told))
	if err != nil {
		return fmt.Errorf("open %s: %w", r.name, err)
	}
	encoding, width := detectEncoding(head[:min(len(head), sample)], r.lines.eof && len(head) <= sample, told)
	switch encoding {
	case format.EncodingDetect:
		return r.fatal(0, "the encoding is neither UTF-8 nor GB18030",
			"deliver it in UTF-8, or name the encoding of this delivery in the source's configuration")
	case format.EncodingUTF16LE, format.EncodingUTF16BE:
		order := unicode.LittleEndian
		if encoding == format.EncodingUTF16BE {
			order = unicode.BigEndian
		}
		rest := io.MultiReader(bytes.NewReader(head[width:]), r.file)
		decoded := transform.NewReader(rest, unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder())
		r.lines = &lines{src: decoded, end: '\n', limit: r.limits.Record}
		if head, err = r.lines.peek(sample); err != nil {
			return fmt.Errorf("open %s: %w", r.name, err)
		}
	default:
		r.lines.at += width
		head = head[width:]
	}
	r.decoder = newDecoder(encoding)
	r.stats.Encoding = encoding
	r.lines.end = detectLineEnd(head[:min(len(head), sample)])
	return nil
}

// readHeader reads the first line that is not empty as the header.
func (r *Reader) readHeader(told format.Delimiter) error {
	if told == format.DelimiterDetect {
		var err error
		if told, err = r.detectDelimiter(); err != nil {
			return err
		}
	}
	r.stats.Delimiter = told
	r.splitter = splitter{delimiter: told[0]}
	first, fault, err := r.row()
	switch {
	case errors.Is(err, io.EOF):
		return r.fatal(0, "the file is empty", "ask for it again")
	case err != nil:
		return err
	case fault != nil && fault.Kind == format.FaultEncoding:
		return r.fatal(first.number, "the header is not "+string(r.stats.Encoding)+" text",
			"deliver it in UTF-8, or name the encoding of this delivery in the source's configuration")
	case fault != nil && fault.Kind == format.FaultNUL:
		return r.fatal(first.number, "the header has NUL bytes: this is no text, or UTF-16 without byte order mark",
			"deliver it in UTF-8, or name the encoding of this delivery in the source's configuration")
	case fault != nil:
		return r.fatal(first.number, "the header cannot be read: "+fault.Reason, "look at the file's first line")
	}
	for _, f := range r.splitter.fields {
		r.header = append(r.header, strings.TrimSpace(string(r.splitter.base[f.from:f.to])))
	}
	r.want = len(r.header)
	return r.checkHeader(first.number)
}

// detectDelimiter looks at the header's lines and goes back to where it began.
func (r *Reader) detectDelimiter() (format.Delimiter, error) {
	var count delimiterCount
	r.lines.begin()
	start := r.lines.here()
	for n, open := 0, true; open && n < r.limits.RowLines; {
		l, err := r.lines.next()
		if errors.Is(err, io.EOF) || err == nil && l.cut {
			break
		}
		if err != nil {
			return "", fmt.Errorf("open %s: %w", r.name, err)
		}
		if len(l.text) == 0 && n == 0 {
			continue // an empty line before the header; row counts it when it comes to it
		}
		text, _ := r.decoder.text(l.text)
		open = count.add(text)
		n++
	}
	r.lines.back(start)
	return count.best(), nil
}

// checkHeader refuses headers whose names cannot tell the columns apart.
func (r *Reader) checkHeader(line int64) error {
	if r.want > r.limits.Columns {
		return r.fatal(line, fmt.Sprintf("the header has %d columns, more than %d", r.want, r.limits.Columns),
			"look at the file's first line, or name the delimiter of this delivery")
	}
	seen := map[string]int{format.RowColumn: 0, format.LineColumn: 0}
	empty := 0
	for i, name := range r.header {
		if name == "" {
			empty++
			continue
		}
		if at, again := seen[name]; again {
			reason := fmt.Sprintf("the header names column %q twice, as %d and %d", name, at, i+1)
			if at == 0 {
				reason = fmt.Sprintf("the header has a column %q, a name used for positions", name)
			}
			return r.fatal(line, reason, "rename one of them in the delivery")
		}
		seen[name] = i + 1
	}
	if empty == r.want {
		return r.fatal(line, "the header has no names", "the first line must name the columns")
	}
	return nil
}

func (r *Reader) fatal(line int64, reason, suggestion string) error {
	return &format.FatalError{File: r.name, Line: line, Reason: reason, Suggestion: suggestion}
}
