package format

import (
	"errors"
	"fmt"
	"strings"
)

// Options are what a site may say about its files. The zero value detects everything.
type Options struct {
	Encoding  Encoding
	Delimiter Delimiter
	Sheet     string // of a workbook that has several with data
	Limits    Limits
}

// Encoding is a text encoding. Files are recognised; naming one is for files that are recognised wrongly.
type Encoding string

// The encodings. GB18030 reads GBK and GB 2312 too.
const (
	EncodingDetect  Encoding = ""
	EncodingUTF8    Encoding = "utf-8"
	EncodingGB18030 Encoding = "gb18030"
	EncodingUTF16LE Encoding = "utf-16le"
	EncodingUTF16BE Encoding = "utf-16be"
)

// ParseEncoding reads the name of an encoding as people write it: GBK, utf8, UTF-16LE; "" detects.
func ParseEncoding(text string) (Encoding, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "":
		return EncodingDetect, nil
	case "utf-8", "utf8":
		return EncodingUTF8, nil
	case "gb18030", "gbk", "gb2312", "cp936":
		return EncodingGB18030, nil
	case "utf-16le":
		return EncodingUTF16LE, nil
	case "utf-16be":
		return EncodingUTF16BE, nil
	}
	return "", fmt.Errorf("unknown encoding %q: known are utf-8, gb18030 (also gbk), utf-16le, utf-16be", text)
}

// Delimiter is the one ASCII character between two fields.
type Delimiter string

// The delimiters that are recognised. Any other printable ASCII character but the quote may be named.
const (
	DelimiterDetect    Delimiter = ""
	DelimiterComma     Delimiter = ","
	DelimiterSemicolon Delimiter = ";"
	DelimiterTab       Delimiter = "\t"
	DelimiterBar       Delimiter = "|"
)

// ParseDelimiter reads a delimiter as people write it: the character itself, tab or \t; "" detects.
func ParseDelimiter(text string) (Delimiter, error) {
	if text == "tab" || text == `\t` {
		return DelimiterTab, nil
	}
	d := Delimiter(text)
	return d, d.check()
}

func (d Delimiter) check() error {
	switch {
	case d == DelimiterDetect, d == DelimiterTab:
		return nil
	case len(d) != 1, d[0] <= ' ', d[0] > '~', d[0] == '"', isAlphanumeric(d[0]):
		return fmt.Errorf("delimiter %q: want one ASCII punctuation character other than the quote, or tab", string(d))
	}
	return nil
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// Limits bound a reader's memory. A zero limit takes the default.
type Limits struct {
	BatchRows  int // rows and faults of a batch
	BatchBytes int // bytes of a batch, which the last row may exceed by its own size
	Record     int // bytes of one row in the file; a longer row is broken
	RowLines   int // physical lines of one row; a quote open for longer was opened by mistake
	Columns    int // columns of the file; more are a FatalError

	// Of packed formats; beyond any of them the file is a FatalError.
	Unpacked int // bytes of all parts of a workbook once unpacked
	Archive  int // bytes of a packed file of text once unpacked
	Ratio    int // bytes unpacked for one byte packed, of parts larger than 16 MiB
	Shared   int // bytes of a workbook's table of texts, which is held in memory
	Block    int // bytes of a page of Parquet or a batch of Arrow once unpacked, of which one per column is held
}

// DefaultLimits are the limits used where none is given. 8,192 rows of a registration file are about 3 MiB, so both
// batch limits are met by usual files. Real rows stay under 8 KiB.
//
// Unpacked: a full sheet, of 1,048,576 rows and twenty columns, is about 1 GiB of XML; four of them are no delivery.
// Archive: a province's longest list is a few GiB.
// Ratio: XML of real sheets packs 5 to 30 times, of a sheet with one value in all cells 90 times; deflate can reach 1,032.
// Shared: a full sheet of registrations has 200 MiB of texts. Block: writers make pages of 1 MiB and batches of 65,536
// rows, about 25 MiB of registrations.
func DefaultLimits() Limits {
	return Limits{
		BatchRows: 8192, BatchBytes: 4 << 20, Record: 1 << 20, RowLines: 1000, Columns: 4096,
		Unpacked: 4 << 30, Archive: 64 << 30, Ratio: 200, Shared: 256 << 20, Block: 128 << 20,
	}
}

// WithDefaults replaces each zero limit by its default.
func (l Limits) WithDefaults() Limits {
	d := DefaultLimits()
	for _, p := range []struct {
		have *int
		want int
	}{
		{&l.BatchRows, d.BatchRows},
		{&l.BatchBytes, d.BatchBytes},
		{&l.Record, d.Record},
		{&l.RowLines, d.RowLines},
		{&l.Columns, d.Columns},
		{&l.Unpacked, d.Unpacked},
		{&l.Archive, d.Archive},
		{&l.Ratio, d.Ratio},
		{&l.Shared, d.Shared},
		{&l.Block, d.Block},
	} {
		if *p.have == 0 {
			*p.have = p.want
		}
	}
	return l
}

// maxBytes keeps a batch's offsets well inside Arrow's 32 bits.
const maxBytes = 1 << 28

// Check reports options that no reader can follow.
func (o Options) Check() error {
	var all []error
	if _, err := ParseEncoding(string(o.Encoding)); err != nil {
		all = append(all, err)
	}
	if err := o.Delimiter.check(); err != nil {
		all = append(all, err)
	}
	l := o.Limits
	if l.BatchRows < 0 || l.BatchBytes < 0 || l.Record < 0 || l.RowLines < 0 || l.Columns < 0 ||
		l.Unpacked < 0 || l.Archive < 0 || l.Ratio < 0 || l.Shared < 0 || l.Block < 0 {
		all = append(all, errors.New("limits must not be negative"))
	}
	if l = l.WithDefaults(); l.BatchBytes > maxBytes || l.Record > maxBytes || l.Shared > maxBytes || l.Block > maxBytes {
		all = append(all, fmt.Errorf("limits of bytes must not exceed %d", maxBytes))
	}
	return errors.Join(all...)
}
