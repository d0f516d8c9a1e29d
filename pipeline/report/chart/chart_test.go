package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"zhida/pipeline/report/chart"
)

// rect is a rectangle of a picture.
type rect struct {
	Class string  `xml:"class,attr"`
	X     float64 `xml:"x,attr"`
	W     float64 `xml:"width,attr"`
}

func rects(t *testing.T, picture template.HTML) []rect {
	t.Helper()
	var svg struct {
		Label string `xml:"aria-label,attr"`
		Rects []rect `xml:"rect"`
	}
	if err := xml.Unmarshal([]byte(picture), &svg); err != nil {
		t.Fatalf("%s: %v", picture, err)
	}
	if svg.Label == "" {
		t.Errorf("%s says nothing to those who cannot see it", picture)
	}
	return svg.Rects
}

// TestStack checks for random parts that they stand side by side in order, none that counts something is invisible,
// together they do not leave the canvas, and greater parts are not narrower than smaller ones.
func TestStack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	for range 5000 {
		parts := make([]chart.Part, 1+random.IntN(5))
		total := int64(0)
		for i := range parts {
			parts[i] = chart.Part{Colour: chart.Colour(fmt.Sprint("c", i)), N: random.Int64N(1 << random.IntN(40))}
			if random.IntN(4) == 0 {
				parts[i].N = 0
			}
			total += parts[i].N
		}
		got := rects(t, chart.Stack("x", total+random.Int64N(100), parts...))
		at := map[string]rect{}
		edge := 0.0
		for _, r := range got {
			if r.X < edge-0.02 || r.W <= 0 || r.X+r.W > 100.05 {
				t.Fatalf("%v: %v stands wrong", parts, got)
			}
			edge = r.X + r.W
			at[r.Class] = r
		}
		for _, a := range parts {
			if (at[string(a.Colour)].W > 0) != (a.N > 0) {
				t.Fatalf("%v: %v: what is there must be seen, and nothing else", parts, got)
			}
			for _, b := range parts {
				if a.N > b.N && at[string(a.Colour)].W < at[string(b.Colour)].W-0.02 {
					t.Fatalf("%v: %v: %d is narrower than %d", parts, got, a.N, b.N)
				}
			}
		}
	}
}

// TestPicturesAreWellFormed also for values that nobody should ask for.
func TestPicturesAreWellFormed(t *testing.T) {
	t.Parallel()
	label := `a "b" <c> & 'd'`
	for _, picture := range []template.HTML{
		chart.Bar(label, 0, 0), chart.Bar(label, -4, 10), chart.Bar(label, 20, 10), chart.Stack(label, 3),
		chart.Step(label, 5, 3, 10), chart.Step(label, 5, 0, 0), chart.Step(label, 50, 60, 10),
		chart.Line(label, nil), chart.Line(label, []int64{5}), chart.Line(label, []int64{5, 5, 5}), chart.Line(label, []int64{1, -9, 1 << 60}),
	} {
		d := xml.NewDecoder(strings.NewReader(string(picture)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", picture, err)
			}
			start, ok := token.(xml.StartElement)
			for i := 0; ok && i < len(start.Attr); i++ {
				if a := start.Attr[i]; a.Name.Local == "aria-label" && a.Value != label {
					t.Errorf("the label reads %q", a.Value)
				}
			}
		}
		if strings.Contains(string(picture), "NaN") || strings.Contains(string(picture), "Inf") {
			t.Errorf("%s", picture)
		}
	}
}
