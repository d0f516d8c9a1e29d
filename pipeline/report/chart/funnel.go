package chart

import (
	"fmt"
	"html/template"
)

// Step draws one step of a funnel: as wide as n is of the whole at its upper edge, narrowing to next at its lower one.
// Steps that stand below each other without a gap make the funnel. The last step's next is its own n.
func Step(label string, n, next, of int64) template.HTML {
	p := begin("step", label, width, height)
	upper, lower := share(n, of), share(next, of)
	fmt.Fprintf(&p.b, `<polygon class="%s" points="%s,0 %s,0 %s,%s %s,%s"/>`, Plain,
		number((width-upper)/2), number((width+upper)/2),
		number((width+lower)/2), number(height), number((width-lower)/2), number(height))
	return p.end()
}

func share(n, of int64) float64 {
	if n <= 0 || of <= 0 {
		return 0
	}
	return min(width, max(least, float64(n)/float64(of)*width))
}
