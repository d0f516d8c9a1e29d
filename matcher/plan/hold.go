package plan

import "zhida/matcher/bits"

// Hold begins an evaluation on demand: Held then evaluates what is asked for, and nothing else, in any order, and keeps
// it until Release. It is for those who learn from one truth which others they need; what is wanted all at once is asked
// of Eval, which needs less memory.
func (ev *Evaluator) Hold(in *Input, refs []Ref) {
	ev.stats.Blocks++
	ev.begin(in, refs)
}

// Held is the truth of one of the conditions that Hold was given. It belongs to the evaluator and is valid until
// Release. The error is a *MissingError.
func (ev *Evaluator) Held(r Ref) (bits.Truth, error) { return ev.value(r) }

// Release ends what Hold began. Without one it does nothing.
func (ev *Evaluator) Release() { ev.end() }
