package chart

import "html/template"

// Part is a part of a stacked bar.
type Part struct {
	Colour Colour
	N      int64
}

// least is the width of the smallest part that is not nothing: one in a million is seen too.
const least = 0.8

// Stack draws the parts beside each other; of is what the whole width stands for, at least their sum.
func Stack(label string, of int64, parts ...Part) template.HTML {
	p := begin("bar", label, width, height)
	x := 0.0
	for i, w := range widths(of, parts) {
		p.rect(parts[i].Colour, x, w)
		x += w
	}
	return p.end()
}

// Bar draws one quantity.
func Bar(label string, n, of int64) template.HTML {
	return Stack(label, of, Part{Plain, n})
}

// widths shares the width out. What small parts get too much is taken from the others in proportion.
func widths(of int64, parts []Part) []float64 {
	out := make([]float64, len(parts))
	total := int64(0)
	for _, part := range parts {
		total += max(part.N, 0)
	}
	of = max(of, total)
	if of <= 0 {
		return out
	}
	raised, rest := 0.0, 0.0
	for i, part := range parts {
		out[i] = float64(max(part.N, 0)) / float64(of) * width
		if part.N > 0 && out[i] < least {
			raised += least - out[i]
			out[i] = least
		} else {
			rest += out[i]
		}
	}
	sum := raised + float64(total)/float64(of)*width
	if over := sum - width; over > 0 && rest > 0 {
		for i := range out {
			if out[i] > least {
				out[i] -= over * out[i] / rest
			}
		}
	}
	return out
}
