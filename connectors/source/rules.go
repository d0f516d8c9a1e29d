package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// Rules say what the name of a file means. They are read-only and may be used by several goroutines.
type Rules struct {
	rules []rule
}

type rule struct {
	pattern  *pattern
	signal   *signal // nil: there is none
	delivery Delivery
}

// Compile checks the deliveries of a source and makes their rules. A pattern is a path within the source of literal
// characters, {date} (20260615 or 2026-06-15), {mode} (full, increment, append, 全量, 增量, 追加), {scope} (a region code of 2, 4 or
// 6 digits) and * (anything but '/'). It must have a {date}, and no name may match two patterns.
func Compile(deliveries []Delivery) (*Rules, error) {
	var faults []error
	report := func(i int, format string, args ...any) {
		faults = append(faults, &ConfigError{Delivery: i, Message: fmt.Sprintf(format, args...)})
	}
	r := &Rules{}
	for i, d := range deliveries {
		if d.Dataset == "" {
			report(i, "a delivery needs a dataset")
		}
		if d.Mode != "" && !slices.Contains(schemas.Modes(), d.Mode) {
			report(i, "unknown mode %q: known are %v", d.Mode, schemas.Modes())
		}
		if d.Table.Name != "" {
			if err := d.Table.Check(d.Mode); err != nil {
				report(i, "%v", err)
				continue
			}
			d = d.asFile()
		}
		if d.Request.URL != "" {
			d.Files = d.Name("{date}")
		}
		if d.Mode == "" && !strings.Contains(d.Files, "{mode}") {
			report(i, "pattern %q has no {mode}: give the delivery's mode", d.Files)
		}
		if d.Scope != "" && schemas.NormalRegion(d.Scope) == "" {
			report(i, "scope %q is no region code", d.Scope)
		}
		d.Scope = schemas.NormalRegion(d.Scope)
		if err := d.Format.Check(); err != nil {
			report(i, "%v", err)
		}
		p, err := compilePattern(d.Files)
		if err != nil {
			report(i, "%v", err)
			continue
		}
		s, err := compileSignal(&d)
		if err != nil {
			report(i, "%v", err)
		}
		made := rule{p, s, d}
		if err := checkSignals(&made, &made); err != nil {
			report(i, "%v", err)
		}
		for _, before := range r.rules {
			both, err := overlap(before.pattern, p)
			if err != nil {
				report(i, "%v", err)
			} else if both {
				report(i, "patterns %q and %q can match the same file", before.pattern.text, p.text)
			} else if err := checkSignals(&before, &made); err != nil {
				report(i, "%v", err)
			}
		}
		r.rules = append(r.rules, made)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return r, nil
}

// Classify says what the file of that name is. The result is no delivery if it matches no pattern or says something
// impossible, and if it is a marker or manifest, which is no problem.
func (r *Rules) Classify(name string, size int64) Object {
	o := Object{Name: name, Size: size}
	if !isPlainText(name) {
		o.Problem = "the name is not UTF-8 or has control characters"
		return o
	}
	for _, rule := range r.rules {
		m := rule.pattern.name.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		d := o
		d.Dataset, d.Mode, d.Scope, d.Format = rule.delivery.Dataset, rule.delivery.Mode, rule.delivery.Scope, rule.delivery.Format
		for i, group := range rule.pattern.name.SubexpNames() {
			if d.Problem = d.take(group, m[i]); d.Problem != "" {
				o.Problem = d.Problem
				return o
			}
		}
		d.Complete = rule.complete(name, m)
		return d
	}
	for _, rule := range r.rules {
		if rule.signal == nil || !rule.signal.pattern.name.MatchString(name) {
			continue
		}
		if o.Part = rule.signal.part; o.Part == PartManifest {
			o.Dataset = rule.delivery.Dataset
		}
		return o
	}
	o.Problem = "the name matches no pattern"
	return o
}

// take sets what a placeholder says, or returns what is wrong with it.
func (o *Object) take(placeholder, text string) (problem string) {
	switch placeholder {
	case "date":
		digits := strings.ReplaceAll(text, "-", "")
		date, err := schemas.ParseDate(digits[:4] + "-" + digits[4:6] + "-" + digits[6:])
		if err != nil {
			return fmt.Sprintf("the calendar has no day %s", text)
		}
		o.Date = date
	case "mode":
		switch text {
		case "increment", "增量":
			o.Mode = schemas.ModeIncrement
		case "append", "追加":
			o.Mode = schemas.ModeAppend
		default:
			o.Mode = schemas.ModeFull
		}
	case "scope":
		if o.Scope = schemas.NormalRegion(text); o.Scope == "" {
			return fmt.Sprintf("scope %s is no region code", text)
		}
	}
	return ""
}

// Reaches reports whether deliveries, markers or manifests may lie in the folder: one that cannot be listed must then not be passed over.
func (r *Rules) Reaches(folder string) bool {
	depth := strings.Count(folder, "/")
	leads := func(p *pattern) bool { return depth < len(p.folders) && p.folders[depth].MatchString(folder) }
	return slices.ContainsFunc(r.rules, func(rule rule) bool {
		return leads(rule.pattern) || rule.signal != nil && leads(rule.signal.pattern)
	})
}

func isPlainText(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl)
}
