package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/schemas"
)

// The names of the sheets. guideName is for the people who fill the workbook in.
const (
	policyName = "政策"
	itemName   = "事项"
	gateName   = "条件"
	paramName  = "参数"
	guideName  = "说明"
)

// sheet is one sheet of the workbook: its rows are of type T.
type sheet[T any] struct {
	name    string
	frozen  int // columns that stay in sight
	columns []column[T]
}

// column is one column of a sheet.
type column[T any] struct {
	title   string
	aliases []string // other titles that mean the same
	field   string   // what it holds, as workspace.PolicyField.Key says it; "" if the workspace has nothing to say of it
	need    bool
	width   float64
	words   []word // a closed list, nil: anything
	note    string // for the people who fill it in
	text    func(*T) string
	read    func(*cell, *T) // only called if the cell is not empty
}

// word is a word of a closed list: as it is shown, and the value it stands for.
type word struct {
	shown, means string
	others       []string // what people write instead
}

// same makes words that stand for themselves.
func same[V ~string](values ...V) []word {
	out := make([]word, len(values))
	for i, v := range values {
		out[i] = word{shown: string(v), means: string(v)}
	}
	return out
}

// textColumn holds a text as it is.
func textColumn[T any](title, field string, width float64, at func(*T) *string) column[T] {
	return column[T]{
		title: title, field: field, width: width,
		text: func(t *T) string { return *at(t) },
		read: func(c *cell, t *T) { *at(t) = c.text },
	}
}

// idColumn holds an id; full-width letters and digits are taken for plain ones.
func idColumn[T any](title, field string, width float64, at func(*T) *string) column[T] {
	c := textColumn(title, field, width, at)
	c.read = func(c *cell, t *T) { *at(t) = schemas.Fold(c.text) }
	return c
}

// choiceColumn holds one of a closed list of words.
func choiceColumn[T any, V ~string](title, field string, words []word, at func(*T) *V) column[T] {
	return column[T]{
		title: title, field: field, width: 12, words: words,
		text: func(t *T) string {
			for _, w := range words {
				if w.means == string(*at(t)) {
					return w.shown
				}
			}
			return string(*at(t))
		},
		read: func(c *cell, t *T) {
			if means, ok := c.choice(words); ok {
				*at(t) = V(means)
			}
		},
	}
}

// dateColumn holds a day, or nothing for no bound.
func dateColumn[T any](title, field string, at func(*T) *schemas.Date) column[T] {
	return column[T]{
		title: title, field: field, width: 13, note: "日期，如 2026-01-01；空着是不限",
		text: func(t *T) string { return at(t).String() },
		read: func(c *cell, t *T) { *at(t) = c.day() },
	}
}

// expressionColumn holds condition text.
func expressionColumn[T any](title, field string, width float64, at func(*T) *schemas.Text) column[T] {
	return column[T]{
		title: title, field: field, width: width,
		text: func(t *T) string { return strings.TrimSpace(at(t).Text) },
		read: func(c *cell, t *T) { *at(t) = schemas.Text{Text: visible(c.text)} },
	}
}

// countColumn holds a whole number from 1; empty is none.
func countColumn[T any](title, field string, at func(*T) *int) column[T] {
	return column[T]{
		title: title, field: field, width: 8,
		text: func(t *T) string { return strconv.Itoa(*at(t)) },
		read: func(c *cell, t *T) { *at(t) = c.count() },
	}
}

// needed are the titles of the columns that must be there.
func (s sheet[T]) needed() []string {
	var out []string
	for _, c := range s.columns {
		if c.need {
			out = append(out, c.title)
		}
	}
	return out
}

// choice reads a word of a closed list.
func (c *cell) choice(words []word) (string, bool) {
	given := strings.ReplaceAll(schemas.Fold(c.text), " ", "")
	shown := make([]string, len(words))
	for i, w := range words {
		shown[i] = w.shown
		for _, known := range append([]string{w.shown, w.means}, w.others...) {
			if given == known {
				return w.means, true
			}
		}
	}
	suggestion := "从中选一个：" + strings.Join(shown, "、")
	if near := schemas.Near(given, shown); near != "" {
		suggestion = "写作“" + near + "”；可选的有：" + strings.Join(shown, "、")
	}
	c.bad(fmt.Sprintf("“%s”不能是“%s”", c.title, brief(c.text)), suggestion)
	return "", false
}

// count reads a whole number from 1; 0 if it is none.
func (c *cell) count() int {
	text := schemas.Fold(c.text)
	n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	if err != nil || n < 1 || n > maxCount {
		c.bad(fmt.Sprintf("“%s”应是 1 到 %d 的整数，不能是“%s”", c.title, maxCount, brief(c.text)), "")
		return 0
	}
	return n
}

// maxCount bounds numbers that are no amounts: revisions, places in a list.
const maxCount = 1 << 20

// brief is a cell's text for a message.
func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
