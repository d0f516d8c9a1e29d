package workspace

import (
	"strings"
	"testing"

	"zhida/schemas"
)

// TestConditionPlaces checks the text and the place of each line of a condition, in every style of scalar.
func TestConditionPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, yaml string
		text       string
		lines      []schemas.Position
	}{
		{"plain", "rule: 标签 甲 且 乙  # 注释\n", "标签 甲 且 乙", []schemas.Position{{Line: 1, Column: 7}}},
		{"plain with spaces around", "rule:   标签 甲   \nclass: 甲\n", "标签 甲", []schemas.Position{{Line: 1, Column: 9}}},
		{"plain on the next line", "rule:\n  标签 甲\n", "标签 甲", []schemas.Position{{Line: 2, Column: 3}}},
		{"plain on several lines", "rule: 标签 甲\n   且 乙\n\n  且 丙\n", "标签 甲\n且 乙\n且 丙", []schemas.Position{{Line: 1, Column: 7}, {Line: 2, Column: 4}, {Line: 4, Column: 3}}},
		{"literal", "rule: |\n\n    标签 甲\n      且 乙\n", "标签 甲\n且 乙", []schemas.Position{{Line: 3, Column: 5}, {Line: 4, Column: 7}}},
		{"literal with header", "rule: |2- # 注释\n    标签 甲\n", "标签 甲", []schemas.Position{{Line: 2, Column: 5}}},
		{"folded", "rule: >-\n  标签 甲\n  且 乙\n", "标签 甲\n且 乙", []schemas.Position{{Line: 2, Column: 3}, {Line: 3, Column: 3}}},
		{"double quoted", "rule: \"标签 甲\n  且 乙\"\n", "标签 甲\n且 乙", []schemas.Position{{Line: 1, Column: 8}, {Line: 2, Column: 3}}},
		{"double quoted with line break", "rule: \"标签 甲\\n且 乙\"\n", "标签 甲\n且 乙", []schemas.Position{{Line: 1, Column: 8}}},
		{"single quoted", "rule: '标签 甲'\n", "标签 甲", []schemas.Position{{Line: 1, Column: 8}}},
		{"windows line ends", "rule: |\r\n  标签 甲\r\n  且 乙\r\n", "标签 甲\n且 乙", []schemas.Position{{Line: 2, Column: 3}, {Line: 3, Column: 3}}},
		{"byte order mark", "\ufeffrule: 标签 甲\n", "标签 甲", []schemas.Position{{Line: 1, Column: 7}}},
		{"in a flow table", "{rule: 标签 甲, class: 乙}\n", "标签 甲", []schemas.Position{{Line: 1, Column: 8}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, text := conditionOf(c.yaml)
			if len(d.faults) > 0 {
				t.Fatal(d.faults)
			}
			if text.Text.Text != c.text {
				t.Errorf("text %q, want %q", text.Text.Text, c.text)
			}
			got := text.Place.Lines
			if len(got) < len(c.lines) {
				t.Fatalf("%d lines, want %d", len(got), len(c.lines))
			}
			for i, want := range c.lines {
				if got[i].Line != want.Line || got[i].Column != want.Column || got[i].Source != d.line(want.Line) {
					t.Errorf("line %d stands at %+v, want %d:%d", i, got[i], want.Line, want.Column)
				}
			}
		})
	}
}

// TestRelocate checks places behind escapes, where columns of text and file differ.
func TestRelocate(t *testing.T) {
	t.Parallel()
	d, text := conditionOf(`rule: "甲 = \"乙\" 且 \u4e19 = \x31 且 丁"` + "\n")
	for _, c := range []struct {
		word          string
		column, width int
	}{
		{"甲", 8, 1}, {`"乙"`, 12, 4}, {"丙", 20, 1}, {"1", 29, 1}, {"丁", 36, 1},
	} {
		at := strings.Index(text.Text.Text, c.word)
		column := 1 + len([]rune(text.Text.Text[:at]))
		f := text.relocate(d, schemas.Fault{Line: 1, Column: column, Width: len([]rune(c.word))})
		if f.Line != 1 || f.Column != c.column || f.Width != c.width {
			t.Errorf("%s is said to stand at %d:%d, %d wide; want 1:%d, %d wide", c.word, f.Line, f.Column, f.Width, c.column, c.width)
		}
	}
	end := text.relocate(d, schemas.Fault{Line: 1, Column: 99, Width: 3})
	if end.Column != 37 || end.Width != 1 {
		t.Errorf("behind the end is said to be column %d, %d wide; want 37, 1 wide", end.Column, end.Width)
	}
}

// conditionOf reads a document with one condition in it.
func conditionOf(yaml string) (*document, conditionText) {
	d := parseDocument("a.yaml", []byte(yaml))
	var text conditionText
	var class string
	if d.root != nil {
		object("", key{"rule", required, expression(&text)}, key{"class", optional, textInto(&class)})(d, "", spot{}, d.root)
	}
	return d, text
}

// textInto is text under another name: here text is a variable.
func textInto(into *string) reader { return text(into) }
