package exchange

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// quoted is how much of a platform's words is shown.
const quoted = 200

// quote is a platform's words, cut, and without our secret, which some platforms repeat.
func (c *client) quote(text string) string {
	text = strings.ReplaceAll(text, c.of.config.Password, "***")
	if long := []rune(text); len(long) > quoted {
		text = string(long[:quoted]) + "…"
	}
	return strconv.Quote(text)
}

// messageKeys are where answers have words for people.
func messageKeys() []string { return []string{"msg", "message", "errmsg", "error"} }

// message is the words of a refusal, "" if it has none.
func message(body io.Reader) string {
	var members map[string]json.RawMessage
	if json.NewDecoder(io.LimitReader(body, 64<<10)).Decode(&members) != nil {
		return "" // no JSON: nothing that we know how to quote
	}
	for _, key := range messageKeys() {
		if text := scalar(members[key]); text != "" {
			return text
		}
	}
	return ""
}

// scalar is a text, or a number or word as it is written; "" for anything else.
func scalar(raw json.RawMessage) string {
	var text string
	switch {
	case len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	}
	return string(raw)
}
