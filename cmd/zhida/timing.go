package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// timing says what a command took, step by step, for who wonders about it: what reading the workspace takes has nothing to
// do with what an answer takes. A nil one measures nothing.
type timing struct {
	now   func() time.Time
	last  time.Time
	steps []string
}

// lap ends a step.
func (t *timing) lap(step string) {
	if t == nil {
		return
	}
	now := t.now()
	t.steps = append(t.steps, fmt.Sprintf("%s %.1f ms", step, float64(now.Sub(t.last).Microseconds())/1000))
	t.last = now
}

// write tells the steps.
func (t *timing) write(out io.Writer) {
	if t != nil {
		fmt.Fprintf(out, "took: %s\n", strings.Join(t.steps, ", "))
	}
}

// timed starts the clock if it is wanted.
func (a *app) timed(wanted bool) {
	if wanted {
		a.timing = &timing{now: a.now, last: a.now()}
	}
}
