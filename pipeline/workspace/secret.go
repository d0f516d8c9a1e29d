package workspace

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// secretShapes are texts that must not stand in a definition file: age identities, PEM keys, Alibaba Cloud access
// keys, addresses with a password in them.
var secretShapes = regexp.MustCompile(`AGE-SECRET-KEY-1\w+|-----BEGIN [A-Z ]*PRIVATE KEY-----.*|LTAI[0-9A-Za-z]{12,}|://[^/\s:@]+:[^/\s@]+@`)

// checkSecrets reports every line with a secret in it and hides the secret from all diagnostics of the file, whose
// output goes to logs and screens.
func (d *document) checkSecrets() {
	inKey := false // between the first and the last line of a PEM key
	for i, line := range d.lines {
		found := secretShapes.FindStringIndex(line)
		if inKey {
			inKey = !strings.Contains(line, "-----END")
			d.lines[i] = mask(line)
			continue
		}
		if found == nil {
			continue
		}
		inKey = strings.Contains(line, "-----BEGIN") && !strings.Contains(line, "-----END")
		d.lines[i] = hide(line)
		d.report(spot{i + 1, 1 + utf8.RuneCountInString(line[:found[0]]), utf8.RuneCountInString(line[found[0]:found[1]])},
			"这里像是一个密钥或口令，文件里不能写明", "把它放进文件或环境变量，这里写 file:路径 或 env:变量名；已经外传过的要更换")
	}
}

// hide replaces secrets in a text by stars.
func hide(text string) string { return secretShapes.ReplaceAllStringFunc(text, mask) }

// mask keeps the length, so that places in the line stay what they are.
func mask(text string) string { return strings.Repeat("*", utf8.RuneCountInString(text)) }

// secret reads a reference to a secret, file:PATH or env:NAME. The value is never shown if it is anything else.
func secret(into *string) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, ok := d.word(name, at, n)
		if !ok {
			return
		}
		kind, rest, found := strings.Cut(value, ":")
		if found && rest != "" && (kind == "file" || kind == "env") {
			*into = value
			return
		}
		if hide(value) != value {
			return // reported already
		}
		if line := []rune(d.line(at.line)); at.column <= len(line) {
			end := min(at.column-1+at.width, len(line))
			d.lines[at.line-1] = string(line[:at.column-1]) + mask(string(line[at.column-1:end])) + string(line[end:])
		}
		d.report(at, "“"+name+"”只能写到哪里去取密钥，不能写密钥本身", "写作 file:keys/site.key 或 env:ZHIDA_KEY")
	}
}
