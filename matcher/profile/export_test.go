package profile

import (
	"flag"

	"zhida/matcher/bits"
)

// Update is the flag that writes the golden files of this package anew.
var Update = flag.Bool("update", false, "write the golden files anew")

// Flip reads the container of a block from a bitmap's bytes.
func Flip(data []byte, block uint16, set bits.Set) (int, error) { return flip(data, block, set) }

// Portable is a bitmap in roaring's portable format.
func Portable(c *Containers) []byte { return c.append(nil) }
