package matchtest

import (
	"fmt"
	"slices"

	"zhida/schemas"
)

// Test reads a script and runs it. If anything in it cannot be understood, the result has the faults and nothing is run.
// The error says that the definitions themselves cannot be evaluated.
func Test(file string, text []byte, defs *Definitions) (*Result, error) {
	script, faults := Parse(file, text)
	result := &Result{File: file, Checks: script.Checks(), Faults: faults}
	run := &runner{script: script, defs: defs, worlds: map[worldKey]*world{}, result: result, libraries: libraries{}}
	run.prepare()
	if len(result.Faults) > 0 {
		result.Faults.Sort()
		result.Faults = slices.Compact(result.Faults) // a line of facts is read for each business date
		return result, nil
	}
	if err := run.all(); err != nil {
		return nil, fmt.Errorf("test %s: %w", file, err)
	}
	return result, nil
}

// worldKey is an enterprise, by its place in the script, on a business date.
type worldKey struct {
	enterprise int
	today      schemas.Date
}

// runner runs one script.
type runner struct {
	script *Script
	defs   *Definitions
	asked  []asking
	worlds map[worldKey]*world
	result *Result
	libraries
}

// prepare looks up every name of the script, on each of its business dates.
func (r *runner) prepare() {
	resolve := newResolver(r.script, r.defs)
	days := map[schemas.Date]bool{}
	for i := range r.script.questions {
		q := &r.script.questions[i]
		r.asked = append(r.asked, resolve.ask(q))
		if !q.today.IsZero() {
			days[q.today] = true
		}
	}
	r.result.Faults = append(r.result.Faults, resolve.faults...)
	if len(days) == 0 {
		days[1] = true // told already; the facts are checked even so
	}
	for day := range days {
		for i := range r.script.enterprises {
			facts, faults := gather(r.script, &r.script.enterprises[i], r.defs, day)
			r.result.Faults = append(r.result.Faults, faults...)
			r.worlds[worldKey{i, day}] = &world{facts: facts, defs: r.defs, today: day, libraries: r.libraries}
		}
	}
}

// all runs every question, in the order of the script.
func (r *runner) all() error {
	at := map[string]int{}
	for i := range r.script.enterprises {
		at[r.script.enterprises[i].name.text] = i
	}
	for i := range r.asked {
		a := &r.asked[i]
		said := map[int]*judgement{}
		for k := range a.wants {
			w := &a.wants[k]
			for _, name := range w.names {
				e := at[name.text]
				if said[e] == nil {
					j, err := r.worlds[worldKey{e, a.today}].judge(a)
					if err != nil {
						return err
					}
					said[e] = j
				}
				if !w.agrees(a, said[e]) {
					r.fail(a, w, name, said[e])
				}
			}
		}
	}
	return nil
}

func (r *runner) fail(a *asking, w *want, name piece, got *judgement) {
	_, expected, _ := w.line.cut(colons)
	r.result.Failures = append(r.result.Failures, Failure{
		Fault:      expected.fault(r.script.File, "", "%s 与预期不符", name.text),
		Question:   a.title(),
		Enterprise: name.text,
		Expected:   expected.text,
		Got:        w.write(a, got),
		Answer:     got.Answer,
	})
}

// title is the question in one line, as it stands in the script.
func (a *asking) title() string {
	text := string(a.kind)
	for _, p := range a.subject {
		text += " " + p.text
	}
	return text
}
