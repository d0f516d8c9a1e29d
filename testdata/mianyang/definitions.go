package mianyang

import (
	"embed"
	"io/fs"
)

//go:embed datasets/*.yaml tags.yaml
var definitions embed.FS

// Definitions are datasets/*.yaml and tags.yaml.
func Definitions() fs.FS { return definitions }
