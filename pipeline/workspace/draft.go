package workspace

import (
	"zhida/matcher/condition"
	"zhida/schemas"
)

// Draft reads a policy that is not in the workspace, as a document like those in policies/, and checks it against what
// the workspace defines. What comes out is the workspace with this policy alone; ids that the workspace has too are no
// faults, as a draft mostly is a new version of what is there. Errors are as those of Load.
func (w *Workspace) Draft(name string, data []byte) (*Workspace, error) {
	file := readPolicy(name, data)
	c := &check{
		codes: w.Codes, env: w.Env, compiled: map[string]*compiledItem{}, doubtful: doubts{names: map[string]bool{}},
		policies: []*policyFile{file},
	}
	c.checkPolicies()
	c.compilePolicies()
	if faults := c.faults(); len(faults) > 0 {
		faults.Sort()
		return nil, faults
	}
	out := *w
	out.Policies = []schemas.Policy{file.Policy}
	out.Conditions, out.Envs = map[string]condition.Expr{}, map[string]*condition.Env{}
	out.Benefits, out.Preferences = map[string]condition.Value{}, map[string][]condition.Value{}
	out.take(c.compiled)
	return &out, nil
}

// Condition checks a condition as an item of no policy would have it. Errors are as those of Load.
func (w *Workspace) Condition(text schemas.Text) (condition.Expr, error) {
	env := *w.Env
	env.Item = true
	expr, faults := condition.Compile(text, &env)
	return expr, faults.Err()
}

// Amount checks the amount of a benefit as an item of no policy would have it. Errors are as those of Load.
func (w *Workspace) Amount(text schemas.Text) (condition.Value, error) {
	env := *w.Env
	env.Item = true
	value, faults := condition.CompileValue(text, &env)
	if len(faults) == 0 && !isMoney(value.Type()) {
		faults = schemas.Faults{{
			File: text.Place.File, Line: 1, Column: 1, Width: len([]rune(text.Text)), Source: text.Text,
			Message: "应是金额", Suggestion: "写明货币单位，如 5000元、研发费用 * 10% 封顶 100万元",
		}}
	}
	return value, faults.Err()
}
