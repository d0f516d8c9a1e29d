package pipeline

import (
	"slices"
	"time"

	"zhida/pipeline/report"
)

// stopwatch notes what the stages of a night take, for its summary. What it says goes into no manifest: another run of
// the same night takes another time.
type stopwatch struct {
	clock  func() time.Time
	at     time.Time
	stages []report.Stage
}

func startWatch(clock func() time.Time, at time.Time) *stopwatch {
	return &stopwatch{clock: clock, at: at}
}

// lap ends a stage, or a part of one that comes again.
func (w *stopwatch) lap(name string) {
	now := w.clock()
	i := slices.IndexFunc(w.stages, func(s report.Stage) bool { return s.Name == name })
	if i < 0 {
		i = len(w.stages)
		w.stages = append(w.stages, report.Stage{Name: name})
	}
	w.stages[i].Seconds += now.Sub(w.at).Seconds()
	w.at = now
}

// skip counts what passed since the last stage towards none.
func (w *stopwatch) skip() { w.at = w.clock() }
