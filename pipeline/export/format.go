package export

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Format is a format of files.
type Format string

// The formats, named as on the command line and by the extensions of files.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	Arrow   Format = "arrow"
)

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	switch f := Format(strings.ToLower(name)); f {
	case CSV, Parquet, Arrow:
		return f, nil
	}
	return "", fmt.Errorf("no format %q: want csv, parquet or arrow", name)
}

// FormatOf is the format that a file's extension names.
func FormatOf(file string) (Format, error) {
	f, err := ParseFormat(strings.TrimPrefix(filepath.Ext(file), "."))
	if err != nil {
		return "", fmt.Errorf("the name of %s does not say its format: %w", file, err)
	}
	return f, nil
}

// Binary reports whether the format is nothing to show on a terminal.
func (f Format) Binary() bool { return f != CSV }
