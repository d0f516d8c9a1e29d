package manifest

import (
	"fmt"
	"regexp"
	"strings"
)

// Forms of a checksum line: of coreutils with its two modes, and tagged as BSD and openssl write it.
var (
	plainLine  = regexp.MustCompile(`^(\\?)([0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})[ \t]+\*?(\S.*)$`)
	taggedLine = regexp.MustCompile(`^(?i:MD5|SHA1|SHA-?256|SHA2-256|SM3) ?\((.+)\) ?= ?([0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$`)
)

// sumLine reads a line of checksum and file.
func sumLine(line string) (file, sum string, ok bool) {
	line = strings.TrimRight(line, " \t")
	if m := taggedLine.FindStringSubmatch(line); m != nil {
		return m[1], strings.ToLower(m[2]), true
	}
	m := plainLine.FindStringSubmatch(line)
	if m == nil {
		return "", "", false
	}
	file = m[3]
	if m[1] != "" { // coreutils: names with a line break or a backslash
		file = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r").Replace(file)
	}
	return file, strings.ToLower(m[2]), true
}

func (m *Manifest) readSums(text string) error {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		file, sum, ok := sumLine(line)
		if !ok {
			return fmt.Errorf("line %d: want a checksum of 32, 40 or 64 hexadecimal digits and the name of a file: %w", number, ErrForm)
		}
		m.add(file, Entry{Rows: -1, Bytes: -1, Sum: sum})
	}
	return nil
}
