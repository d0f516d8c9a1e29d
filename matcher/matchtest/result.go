package matchtest

import (
	"fmt"
	"strings"

	"zhida/matcher/explain"
	"zhida/schemas"
)

// Result is what came of a script: Faults, and then nothing was run, or Failures.
type Result struct {
	File     string
	Checks   int            // expectations, one for each enterprise named
	Faults   schemas.Faults // what could not be understood
	Failures []Failure      // in the order of the script
}

// OK reports whether everything came out as expected.
func (r *Result) OK() bool { return len(r.Faults) == 0 && len(r.Failures) == 0 }

// Failure is an expectation that was not met.
type Failure struct {
	schemas.Fault
	Question   string          // what was asked: 条件 …, 事项 …
	Enterprise string          // of whom
	Expected   string          // as the script has it
	Got        string          // in the words of a script
	Answer     *explain.Answer // why
}

// String is the failure for its author: the place, what was asked and expected, what came out, and why.
func (f *Failure) String() string {
	var b strings.Builder
	b.WriteString(f.Fault.String() + "\n")
	fmt.Fprintf(&b, "  %s\n  预期：%s\n  实际：%s\n", f.Question, f.Expected, f.Got)
	b.WriteString("  缘由：\n" + indent(f.why(), "    "))
	return b.String()
}

// why is the explanation: the tree, and how the value was computed.
func (f *Failure) why() string {
	return explain.RenderAnswer(f.Answer)
}

func indent(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(by + line)
	}
	return b.String()
}

// All is everything wrong with the script as faults, for a list of those of a whole workspace. A failure says in one line what
// was expected and what came out.
func (r *Result) All() schemas.Faults {
	all := append(schemas.Faults(nil), r.Faults...)
	for _, f := range r.Failures {
		fault := f.Fault
		fault.Message = fmt.Sprintf("%s：预期“%s”，实际“%s”", f.Enterprise, f.Expected, f.Got)
		fault.Suggestion = "条件写错了就改条件，预期写错了就改这一行；zhida test 显示缘由"
		all = append(all, fault)
	}
	return all
}
