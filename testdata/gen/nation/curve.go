package nation

import "math"

// octave is the number of steps in which a curve doubles.
const octave = 256

// curve holds 2^(i/256) in units of 1/65536.
type curve [octave]uint32

// newCurve multiplies square roots of two: both operations are rounded exactly, so the table is the same everywhere.
func newCurve() *curve {
	var c curve
	roots := [8]float64{}
	root := 2.0
	for i := range roots {
		root = math.Sqrt(root)
		roots[i] = root // 2^(1/2), 2^(1/4), …
	}
	for i := range c {
		v := 65536.0
		for bit := range roots {
			if i&(1<<(7-bit)) != 0 {
				v = float64(v * roots[bit]) // the conversion forbids a fused operation
			}
		}
		c[i] = uint32(v + 0.5)
	}
	return &c
}

// times is n·2^(steps/256).
func (c *curve) times(n, steps int) int {
	whole, part := steps>>8, steps&(octave-1)
	v := n * int(c[part])
	if whole >= 0 {
		return v >> 16 << min(whole, 24)
	}
	return v >> min(16-whole, 62)
}

// normal is roughly a standard normal deviate in units of 1/256: the sum of the eight bytes of a word, whose deviation
// is 209.
func (d *dice) normal() int {
	z := d.next()
	z = z&0x00ff00ff00ff00ff + z>>8&0x00ff00ff00ff00ff
	return (int(z*0x0001000100010001>>48) - 1020) * 256 / 209
}

// logNormal is a number around a median; deviation is in steps of the curve.
func (d *dice) logNormal(c *curve, median, deviation int) int {
	return c.times(median, d.normal()*deviation/256)
}
