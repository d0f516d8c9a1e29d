package profile

import "flag"

// Update is the flag that writes the golden files of this package anew.
var Update = flag.Bool("update", false, "write the golden files anew")
