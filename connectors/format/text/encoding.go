package text

import (
	"bytes"
	"unicode/utf8"

	"zhida/connectors/format"
)

// sample is how much of a file decides about its encoding and line end.
const sample = 1 << 20

// mark is a byte order mark.
type mark struct {
	bytes    []byte
	encoding format.Encoding
}

func marks() []mark {
	return []mark{
		{[]byte{0xEF, 0xBB, 0xBF}, format.EncodingUTF8},
		{[]byte{0x84, 0x31, 0x95, 0x33}, format.EncodingGB18030},
		{[]byte{0xFF, 0xFE}, format.EncodingUTF16LE},
		{[]byte{0xFE, 0xFF}, format.EncodingUTF16BE},
	}
}

// OtherFormat names the format of a file that is no text at all, "" if nothing is recognised.
func OtherFormat(head []byte) string {
	for _, magic := range []struct{ bytes, name string }{
		{"PK\x03\x04", "an Excel workbook (xlsx) or zip archive"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel workbook (xls)"},
		{"\x1F\x8B", "a gzip archive"},
		{"PAR1", "a Parquet file"},
		{"ARROW1\x00\x00", "an Arrow file"},
		{"\xFF\xFF\xFF\xFF", "an Arrow stream"},
		{"%PDF-", "a PDF document"},
	} {
		if bytes.HasPrefix(head, []byte(magic.bytes)) {
			return magic.name
		}
	}
	return ""
}

// detectEncoding returns the encoding of a file that begins with head, and the width of its byte order mark; "" if it
// is none of ours. all says that head is the whole file.
//
// A file is UTF-8 if head is. Otherwise it is what most of head is, because a damaged row must neither turn a whole
// file into another encoding nor make it unreadable. Real registrations in GB18030 read as UTF-8 have 24 characters to
// 100 faults, and in UTF-8 read as GB18030 100 characters to 6 faults; so two characters to one fault are enough to
// know UTF-8. But short UTF-8 text can be in order as GB18030 by chance, and then only many characters outweigh a fault.
func detectEncoding(head []byte, all bool, told format.Encoding) (format.Encoding, int) {
	for _, m := range marks() {
		if bytes.HasPrefix(head, m.bytes) && (told == format.EncodingDetect || told == m.encoding) {
			return m.encoding, len(m.bytes)
		}
	}
	if told != format.EncodingDetect {
		return told, 0
	}
	good, bad := scoreUTF8(head, all)
	goodGB, badGB := scoreGB18030(head, all)
	switch {
	case bad == 0, good >= 10*bad, good >= 2*bad && badGB > 0:
		return format.EncodingUTF8, 0
	case goodGB >= 2*badGB:
		return format.EncodingGB18030, 0
	}
	return "", 0
}

// scoreUTF8 counts characters beyond ASCII, and bytes that belong to none. A character cut off by the end is not
// counted, unless nothing else speaks for the encoding.
func scoreUTF8(text []byte, all bool) (good, bad int) {
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			text = text[1:]
			continue
		}
		if !utf8.FullRune(text) && (!all || good > 0) {
			return good, bad
		}
		r, n := utf8.DecodeRune(text)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		text = text[n:]
	}
	return good, bad
}

// scoreGB18030 does the same by the form of GB18030's characters of two and four bytes.
func scoreGB18030(text []byte, all bool) (good, bad int) {
	for len(text) > 0 {
		n := widthGB18030(text)
		switch {
		case n == 0 && len(text) < 4 && (!all || good > 0):
			return good, bad
		case n == 0:
			bad++
			n = 1
		case n > 1:
			good++
		}
		text = text[n:]
	}
	return good, bad
}

// widthGB18030 is the width of the first character of text, 0 if there is none.
func widthGB18030(text []byte) int {
	in := func(i int, low, high byte) bool { return i < len(text) && low <= text[i] && text[i] <= high }
	switch {
	case text[0] < utf8.RuneSelf:
		return 1
	case !in(0, 0x81, 0xFE):
		return 0
	case in(1, 0x40, 0x7E), in(1, 0x80, 0xFE):
		return 2
	case in(1, '0', '9') && in(2, 0x81, 0xFE) && in(3, '0', '9'):
		return 4
	}
	return 0
}

// detectLineEnd returns '\r' for files of old Macs, which have no '\n'.
func detectLineEnd(head []byte) byte {
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		return '\r'
	}
	return '\n'
}
