package main

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// shades is how many colours a picture keeps: letters of a page are mostly between two of them.
const shades = 96

// paletted keeps the colours that occur most, one of each group of like ones, and paints the others with the nearest.
// A page is a third of its size then.
func paletted(picture image.Image) *image.Paletted {
	b := picture.Bounds()
	counts := map[color.RGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			counts[at(picture, x, y)]++
		}
	}
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), choose(counts))
	nearest := map[color.RGBA]uint8{}
	for c := range counts {
		nearest[c] = uint8(out.Palette.Index(c))
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.SetColorIndex(x, y, nearest[at(picture, b.Min.X+x, b.Min.Y+y)])
		}
	}
	return out
}

func at(picture image.Image, x, y int) color.RGBA {
	return color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)
}

// choose takes colours by how often they occur, none too near to one taken before while others are left.
func choose(counts map[color.RGBA]int) color.Palette {
	all := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(number(a), number(b)))
	})
	var palette color.Palette
	for apart := 24; apart >= 0 && len(palette) < shades; apart -= 8 {
		for _, c := range all {
			if len(palette) < shades && !slices.ContainsFunc(palette, func(p color.Color) bool { return distance(p.(color.RGBA), c) <= apart }) {
				palette = append(palette, c)
			}
		}
	}
	return palette
}

func number(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }

// distance is the greatest difference in one of the three colours.
func distance(a, b color.RGBA) int {
	far := 0
	for _, pair := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}} {
		d := int(pair[0]) - int(pair[1])
		far = max(far, d, -d)
	}
	return far
}
