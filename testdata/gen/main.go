package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	err := run(os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 && args[0] == "real" {
		return runReal(args[1:])
	}
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	out := flags.String("out", "", "folder to write the deliveries to")
	seed := flags.Uint64("seed", 1, "seed of what is invented")
	enterprises := flags.Int("enterprises", 2000, "number of enterprises, 280 or more")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" || flags.NArg() > 0 {
		return errors.New("usage: gen -out FOLDER [-seed N] [-enterprises N], or gen real -data FOLDER -out FOLDER")
	}
	files, err := mianyang(*seed, *enterprises)
	if err != nil {
		return err
	}
	return write(*out, files)
}

// file is a delivery, by its path below the output folder.
type file struct {
	name string
	data []byte
}

// write puts the files into the folder, each complete or not at all.
func write(folder string, files []file) error {
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make folder for deliveries: %w", err)
		}
		draft := path + ".part"
		if err := os.WriteFile(draft, f.data, 0o644); err != nil {
			return fmt.Errorf("write delivery: %w", err)
		}
		if err := os.Rename(draft, path); err != nil {
			return fmt.Errorf("write delivery: %w", err)
		}
	}
	return nil
}
