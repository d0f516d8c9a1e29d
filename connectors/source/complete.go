package source

import (
	"fmt"
	"strings"
	"time"
)

// Complete says when a delivery is complete, and may be taken. At most one field is set; none for senders that write under
// another name and rename: what stands there is complete (see Ignored).
//
// In a Delivery, Marker and Manifest are patterns: literal characters, {file} for the delivery's own name, and the placeholders of
// its pattern, which stand for what they stand for there. In an Object they are names.
type Complete struct {
	Marker   string        // a file that appears when the delivery is complete; what is in it does not matter
	Manifest string        // a file that names the delivery, with its checksum, size or rows
	Rest     time.Duration // for how long the delivery must not have changed
}

// Part says that a file is no delivery, and what it is to deliveries.
type Part string

// Parts.
const (
	PartMarker   Part = "marker"   // see Complete
	PartManifest Part = "manifest" // see Complete
)

// signal recognises the markers or manifests of a rule.
type signal struct {
	part    Part
	text    string // as written
	pattern *pattern
}

// fileName stands for the delivery's own name in the pattern of a marker or manifest.
const fileName = "{file}"

// compileSignal reads how a delivery is said to be complete; nil: by no file.
func compileSignal(d *Delivery) (*signal, error) {
	s := &signal{part: PartMarker, text: d.Complete.Marker}
	if d.Complete.Manifest != "" {
		s = &signal{part: PartManifest, text: d.Complete.Manifest}
	}
	set := 0
	for _, is := range []bool{d.Complete.Marker != "", d.Complete.Manifest != "", d.Complete.Rest != 0} {
		if is {
			set++
		}
	}
	switch {
	case set > 1:
		return nil, fmt.Errorf("a delivery is complete by a marker, by a manifest or by rest: give one")
	case d.Complete.Rest < 0:
		return nil, fmt.Errorf("a delivery cannot rest for %v", d.Complete.Rest)
	case s.text == "":
		return nil, nil
	case strings.Contains(s.text, "*"):
		return nil, fmt.Errorf("%s %q: its name must follow from the delivery's: write %s or a placeholder instead of *", s.part, s.text, fileName)
	}
	for _, p := range placeholders() {
		if strings.Contains(s.text, "{"+p.name+"}") && !strings.Contains(d.Files, "{"+p.name+"}") {
			return nil, fmt.Errorf("%s %q: the pattern %q has no {%s}", s.part, s.text, d.Files, p.name)
		}
	}
	var err error
	if s.pattern, err = compilePattern(strings.ReplaceAll(s.text, fileName, d.Files)); err != nil {
		return nil, fmt.Errorf("%s %q: %w", s.part, s.text, err)
	}
	return s, nil
}

// checkSignals reports rules one of which takes for a delivery what is a marker or manifest to the other, or for a marker what
// is a manifest.
func checkSignals(a, b *rule) error {
	type named struct {
		part    Part
		pattern *pattern
	}
	parts := func(r *rule) []named {
		out := []named{{"delivery", r.pattern}}
		if r.signal != nil {
			out = append(out, named{r.signal.part, r.signal.pattern})
		}
		return out
	}
	for _, p := range parts(a) {
		for _, q := range parts(b) {
			if p.part == q.part {
				continue
			}
			both, err := overlap(p.pattern, q.pattern)
			if err != nil {
				return err
			}
			if both {
				return fmt.Errorf("one file can be the %s %q and the %s %q", p.part, p.pattern.text, q.part, q.pattern.text)
			}
		}
	}
	return nil
}

// complete says what the delivery of that name waits for; texts are what the placeholders of the rule's pattern stand for.
func (r *rule) complete(name string, texts []string) Complete {
	if r.signal == nil {
		return Complete{Rest: r.delivery.Complete.Rest}
	}
	pairs := []string{fileName, name}
	for i, group := range r.pattern.name.SubexpNames() {
		if group != "" {
			pairs = append(pairs, "{"+group+"}", texts[i])
		}
	}
	named := strings.NewReplacer(pairs...).Replace(r.signal.text)
	if r.signal.part == PartManifest {
		return Complete{Manifest: named}
	}
	return Complete{Marker: named}
}
