package chart

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
)

// Colour is the class a part of a picture is painted with; the page's style sheet says how.
type Colour string

// The colours, by what they stand for.
const (
	Good  Colour = "good"  // accepted, yes
	Warn  Colour = "warn"  // flagged
	Bad   Colour = "bad"   // rejected
	Plain Colour = "plain" // a quantity
	Other Colour = "other" // updated, beside what was added
	Soft  Colour = "soft"  // no
	Blank Colour = "blank" // not known
)

// Every bar is drawn on a canvas of this size, and stretched by the page to the width it has.
const width, height = 100.0, 10.0

// picture begins an SVG that says label to those who cannot see it.
type picture struct{ b strings.Builder }

func begin(class, label string, w, h float64) *picture {
	p := &picture{}
	fmt.Fprintf(&p.b, `<svg class="%s" viewBox="0 0 %s %s" preserveAspectRatio="none" role="img" aria-label="%s">`,
		class, number(w), number(h), html.EscapeString(label))
	return p
}

// rect paints a rectangle over the whole height; nothing if it has no width.
func (p *picture) rect(colour Colour, x, w float64) {
	if w > 0 {
		fmt.Fprintf(&p.b, `<rect class="%s" x="%s" y="0" width="%s" height="%s"/>`, colour, number(x), number(w), number(height))
	}
}

func (p *picture) end() template.HTML {
	p.b.WriteString("</svg>")
	return template.HTML(p.b.String())
}

// number writes a coordinate with at most two decimals.
func number(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
