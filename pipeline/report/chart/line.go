package chart

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// Canvas of a line, as the page shows it: lines are not stretched, so that strokes and dots keep their form.
const lineWidth, lineHeight, linePad = 140.0, 32.0, 4.0

// Line draws a quantity over the nights, oldest first, with a dot on the last. Its lowest value lies on the lower edge:
// what counts is how it moved.
func Line(label string, values []int64) template.HTML {
	p := begin("line", label, lineWidth, lineHeight)
	if len(values) > 0 {
		points := positions(values)
		if len(points) > 1 {
			fmt.Fprintf(&p.b, `<polyline points="%s"/>`, strings.Join(points, " "))
		}
		x, y, _ := strings.Cut(points[len(points)-1], ",")
		fmt.Fprintf(&p.b, `<circle cx="%s" cy="%s" r="3"/>`, x, y)
	}
	return p.end()
}

func positions(values []int64) []string {
	low, high := slices.Min(values), slices.Max(values)
	out := make([]string, len(values))
	for i, v := range values {
		x, y := lineWidth-linePad, lineHeight/2
		if len(values) > 1 {
			x = linePad + float64(i)/float64(len(values)-1)*(lineWidth-2*linePad)
		}
		if high > low {
			y = lineHeight - linePad - float64(v-low)/float64(high-low)*(lineHeight-2*linePad)
		}
		out[i] = number(x) + "," + number(y)
	}
	return out
}
