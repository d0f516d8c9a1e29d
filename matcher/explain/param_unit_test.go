package explain_test

import (
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/schemas"
)

// TestUnitOfAParameter: what is compared with a parameter of 4% is read as a percentage, as if 4% stood there.
func TestUnitOfAParameter(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	in, env := richBlock(codes), richEnvironment(codes)
	tree, faults := condition.Parse(schemas.Text{Text: "4%"})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	env.Params = map[string]*condition.Tree{"门槛": tree}
	x := compiled(t, env, "研发强度@2024 >= 参数 门槛")
	doors := bits.New(in.Block.N)
	doors.Fill(in.Block.N)
	said := map[int]explain.Leaf{}
	err := explain.NewNearMisses(&explain.Question{In: in, Expr: x}).Each(in, 0, doors, func(door int, leaves []explain.Leaf) {
		said[door] = leaves[0]
	})
	if err != nil {
		t.Fatal(err)
	}
	if l := said[3]; l.Now != "约 0.384615%" || l.Asked != "4%" || l.Gap != "差 约 3.61538个百分点" {
		t.Errorf("door 3 is at %q of %q: %q", l.Now, l.Asked, l.Gap)
	}
}
