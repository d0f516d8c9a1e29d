package workspace

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/schemas"
)

// maxFile bounds one definition file, in bytes. A province's 1,414 items with their guides come to some 3 MB.
const maxFile = 8 << 20

// textFile is the text of one definition file and what the faults in it need: its name and its lines.
type textFile struct {
	name  string // relative to the workspace, with slashes
	text  string // UTF-8 without byte order mark, lines ended by \n
	lines []string
	runes [][]rune // of each line, made when first asked for
}

// newTextFile checks the bytes of a file: encoding, control characters, indentation. Faults here make everything
// after them doubtful, so a file that has any is not read further.
func newTextFile(name string, data []byte) (*textFile, schemas.Faults) {
	s := &textFile{name: name}
	switch {
	case len(data) > maxFile:
		return s, schemas.Faults{{File: name, Message: fmt.Sprintf("文件有 %d 字节，超过上限 %d 字节", len(data), maxFile), Suggestion: "拆成几个文件"}}
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return s, schemas.Faults{{File: name, Message: "文件是 UTF-16 编码，应为 UTF-8", Suggestion: "在编辑器里另存为 UTF-8"}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	if !utf8.Valid(data) {
		return s, schemas.Faults{notUTF8(name, data)}
	}
	s.text = string(data)
	s.lines = strings.Split(s.text, "\n")
	return s, s.checkLines()
}

// notUTF8 points at the first byte that is not UTF-8. The line is shown up to there, all of it if it is GB18030.
func notUTF8(name string, data []byte) schemas.Fault {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	f := schemas.Fault{
		File: name, Line: 1 + bytes.Count(data[:at], []byte("\n")), Column: 1, Width: 1,
		Message: "文件不是 UTF-8 编码", Suggestion: "在编辑器里另存为 UTF-8",
	}
	start := bytes.LastIndexByte(data[:at], '\n') + 1
	f.Column = 1 + utf8.RuneCount(data[start:at])
	f.Source = printable(string(data[start:at]) + "\ufffd")
	if decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(decoded, utf8.RuneError) {
		f.Message = "文件像是 GBK（GB18030）编码，应为 UTF-8"
		f.Source = printable(strings.Split(string(decoded), "\n")[f.Line-1])
	}
	return f
}

// printable replaces control characters: faults are written to terminals. The number of characters stays.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return utf8.RuneError
		}
		return r
	}, text)
}

// checkLines finds what YAML forbids or what cannot be seen on a screen.
func (s *textFile) checkLines() schemas.Faults {
	var faults schemas.Faults
	for i, line := range s.lines {
		column := 0
		indenting, comment, last := true, false, ' '
		for _, r := range line {
			column++
			comment = comment || r == '#' && (last == ' ' || last == '\t')
			last = r
			message, suggestion := "", ""
			switch {
			case r == '\t' && indenting:
				message, suggestion = "缩进里有制表符（Tab）", "缩进只用空格，每级两个"
			case r == '\t' && !comment: // the YAML library loses tabs inside plain and double-quoted texts
				message, suggestion = "有制表符（Tab）", "换成空格"
			case (r == '\u3000' || r == '\u00a0') && indenting:
				message, suggestion = "缩进里有全角空格或不间断空格", "缩进只用半角空格，每级两个"
			case r != '\t' && unicode.IsControl(r):
				message, suggestion = fmt.Sprintf("有看不见的控制字符 U+%04X", r), "删去它"
			case isInvisible(r):
				message, suggestion = fmt.Sprintf("有看不见的字符 U+%04X", r), "删去它"
			}
			if message != "" {
				faults = append(faults, s.fault(i+1, column, 1, message, suggestion))
				break // one per line: the rest is the same slip
			}
			indenting = indenting && r == ' '
		}
		if leading := len(line) - len(strings.TrimLeft(line, " ")); leading > maxIndent {
			faults = append(faults, s.fault(i+1, maxIndent, 1, fmt.Sprintf("缩进超过 %d 个空格", maxIndent), "检查这一行的缩进"))
		}
	}
	return faults
}

// isInvisible reports characters that nobody sees on a screen and that come with text from elsewhere.
func isInvisible(r rune) bool {
	return r == '\ufeff' || r == '\u200b' || r == '\u2028' || r == '\u2029'
}

// characters are the characters of a line, counted from 1.
func (s *textFile) characters(line int) []rune {
	if s.runes == nil {
		s.runes = make([][]rune, len(s.lines))
	}
	if s.runes[line-1] == nil {
		s.runes[line-1] = []rune(s.lines[line-1])
	}
	return s.runes[line-1]
}

// maxIndent bounds the depth of block structure; the parser recurses.
const maxIndent = 200

// fault makes a fault of this file. A line of 0 concerns the whole file.
func (s *textFile) fault(line, column, width int, message, suggestion string) schemas.Fault {
	f := schemas.Fault{File: s.name, Line: line, Column: column, Width: max(1, width), Message: message, Suggestion: suggestion}
	if line >= 1 && line <= len(s.lines) {
		f.Source = printable(s.lines[line-1])
	}
	return f
}
