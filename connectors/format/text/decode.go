package text

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"zhida/connectors/format"
)

// Decoder makes UTF-8 of one line. It works by the line because no byte of a character is a line end in UTF-8 and
// GB18030, and so a fault stays on the line it is on.
type Decoder struct {
	encoding format.Encoding
	gb       transform.Transformer // GB18030 only
	out      []byte
}

func newDecoder(e format.Encoding) *Decoder {
	d := &Decoder{encoding: e}
	if e == format.EncodingGB18030 {
		d.gb = simplifiedchinese.GB18030.NewDecoder().Transformer
	}
	return d
}

// Text returns the line as UTF-8, valid until the next call, and whether it is text of the encoding at all.
func (d *Decoder) Text(raw []byte) ([]byte, bool) {
	switch d.encoding {
	case format.EncodingGB18030:
		return d.gb18030(raw)
	case format.EncodingUTF16LE, format.EncodingUTF16BE:
		// The stream was made UTF-8 before it was cut, and a half surrogate became U+FFFD there.
		return raw, !bytes.Contains(raw, []byte(replacement))
	}
	return raw, utf8.Valid(raw)
}

// EndsInside reports whether raw is text but for its last character, which is cut off.
func (d *Decoder) EndsInside(raw []byte) bool {
	for n := 1; n <= 3 && n <= len(raw); n++ {
		if _, ok := d.Text(raw[:len(raw)-n]); ok {
			return true
		}
	}
	return false
}

// U+FFFD, which decoders write for what they cannot read, and the bytes by which GB18030 means it.
const (
	replacement   = "\uFFFD"
	replacementGB = "\x84\x31\xA4\x37"
)

func (d *Decoder) gb18030(raw []byte) ([]byte, bool) {
	if isASCII(raw) {
		return raw, true
	}
	// Two bytes become at most three, so this never grows twice for one line.
	if need := len(raw)*2 + utf8.UTFMax; cap(d.out) < need {
		d.out = make([]byte, need)
	}
	d.gb.Reset()
	n, used, err := d.gb.Transform(d.out[:cap(d.out)], raw, true)
	for errors.Is(err, transform.ErrShortDst) {
		d.out = append(d.out[:cap(d.out)], make([]byte, cap(d.out))...)
		var n2, used2 int
		n2, used2, err = d.gb.Transform(d.out[n:cap(d.out)], raw[used:], true)
		n, used = n+n2, used+used2
	}
	out := d.out[:n]
	if err != nil {
		return nil, false
	}
	meant := bytes.Count(raw, []byte(replacementGB))
	return out, bytes.Count(out, []byte(replacement)) == meant
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
