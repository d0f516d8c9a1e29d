package workspace

import (
	"os"
	"regexp"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// TestGuide checks the examples of the officers' guide against the sample workspace, as the guide says.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../GUIDE.zh-CN.md")
	if err != nil {
		t.Fatal(err)
	}
	w, err := Load("../../testdata/mianyang")
	if err != nil {
		t.Fatal(err)
	}
	env := *w.Env
	env.Item = true
	examples := regexp.MustCompile("(?s)```(条件|金额)\n(.*?)\n```").FindAllStringSubmatch(string(guide), -1)
	if len(examples) < 8 {
		t.Errorf("the guide has %d examples", len(examples))
	}
	for _, e := range examples {
		var faults schemas.Faults
		if e[1] == "条件" {
			_, faults = condition.Compile(schemas.Text{Text: e[2]}, &env)
		} else {
			_, faults = condition.CompileValue(schemas.Text{Text: e[2]}, &env)
		}
		if len(faults) > 0 {
			t.Errorf("%s\n%v", e[2], faults)
		}
	}
}
