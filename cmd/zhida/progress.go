package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress shows how far a night is: one line that is rewritten on a terminal, one line per stage elsewhere.
type progress struct {
	out      io.Writer
	now      func() time.Time
	terminal bool

	mu    sync.Mutex
	stage string
	begun time.Time
	rows  int64
	shown time.Time
}

func newProgress(out io.Writer, now func() time.Time) *progress {
	file, ok := out.(*os.File)
	return &progress{out: out, now: now, terminal: ok && term.IsTerminal(int(file.Fd()))}
}

// Stage implements engine.Observer.
func (p *progress) Stage(name string, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish("stopped")
	p.stage, p.begun, p.rows = name, p.now(), 0
	if !p.terminal {
		fmt.Fprintf(p.out, "%s  %s: %d units\n", p.begun.Format(time.DateTime), name, total)
	}
}

// Unit implements engine.Observer.
func (p *progress) Unit(stage, _ string, done, total int, rows int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows += rows
	if done == total {
		defer p.finish("done")
	}
	now := p.now()
	if !p.terminal || done < total && now.Sub(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = now
	const width = 24
	filled := width * done / max(total, 1)
	fmt.Fprintf(p.out, "\r%-8s [%s%s] %d/%d  %d rows  %.1f s ", stage, bar('#', filled), bar('.', width-filled), done, total, p.rows,
		now.Sub(p.begun).Seconds())
}

func bar(c rune, n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = c
	}
	return string(out)
}

// Boundary implements engine.Observer.
func (p *progress) Boundary(string) {}

// end closes the line of a stage that did not come to its end.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish("stopped")
}

func (p *progress) finish(how string) {
	if p.stage == "" {
		return
	}
	if p.terminal {
		fmt.Fprintln(p.out)
	} else {
		now := p.now()
		fmt.Fprintf(p.out, "%s  %s: %s, %d rows, %.1f s\n", now.Format(time.DateTime), p.stage, how, p.rows, now.Sub(p.begun).Seconds())
	}
	p.stage = ""
}
