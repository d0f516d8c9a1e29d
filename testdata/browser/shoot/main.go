package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"

	"zhida/testdata/browser"
)

func main() {
	width := flag.Int("width", 1280, "of the screen, in pixels")
	id := flag.String("id", "", "of the element the picture begins with (default the page's beginning)")
	height := flag.Int("height", 1000, "of the picture, in pixels")
	ready := flag.Bool("png", false, "the first file is a picture already")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := shoot(flag.Arg(0), flag.Arg(1), *id, *ready, *width, *height); err != nil {
		fmt.Fprintln(os.Stderr, "shoot:", err)
		os.Exit(1)
	}
}

func shoot(in, out, id string, ready bool, width, height int) error {
	data, err := take(in, id, ready, width, height)
	if err != nil {
		return err
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("read picture of %s: %w", in, err)
	}
	if ready {
		picture = crop(picture, height)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return errors.Join(encoder.Encode(file, paletted(picture)), file.Close())
}

func take(in, id string, ready bool, width, height int) ([]byte, error) {
	if ready {
		return os.ReadFile(in)
	}
	c, err := browser.Start()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	p, err := c.Open(in, width, height)
	if err != nil {
		return nil, err
	}
	top := 0.0
	if id != "" {
		if err := p.Evaluate(fmt.Sprintf("document.getElementById(%q).getBoundingClientRect().top + scrollY", id), &top); err != nil {
			return nil, err
		}
	}
	return p.Shot(int(top), int(top)+height)
}

// crop leaves the upper part.
func crop(picture image.Image, height int) image.Image {
	b := picture.Bounds()
	part, ok := picture.(interface {
		SubImage(r image.Rectangle) image.Image
	})
	if !ok || b.Dy() <= height {
		return picture
	}
	return part.SubImage(image.Rect(b.Min.X, b.Min.Y, b.Max.X, b.Min.Y+height))
}
