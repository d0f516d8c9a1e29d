package matcher_test

import (
	"errors"
	"slices"
	"testing"

	"zhida/matcher"
	"zhida/matcher/condition"
)

func tag(name string) condition.Expr { return condition.Tag{Name: name} }

func rule(id string, reads ...string) matcher.Rule {
	parts := []condition.Expr{condition.Known{X: condition.Today{}}}
	for _, r := range reads {
		parts = append(parts, condition.Not{X: tag(r)})
	}
	return matcher.Rule{ID: id, Expr: condition.And{Parts: parts}}
}

func TestTagsAreOrdered(t *testing.T) {
	t.Parallel()
	lib, err := matcher.Compile(matcher.Definitions{Tags: []matcher.Rule{rule("c", "b", "elsewhere"), rule("a"), rule("b", "a"), rule("d", "c", "a")}})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, c := range lib.Tags {
		order = append(order, c.ID)
	}
	if want := []string{"a", "b", "c", "d"}; !slices.Equal(order, want) {
		t.Errorf("order %v, should be %v", order, want)
	}
}

func TestCompileRejects(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		tags, items []matcher.Rule
		want        error
		message     string
	}{
		{
			"circle",
			[]matcher.Rule{rule("a", "b"), rule("b", "c"), rule("c", "a")},
			nil, matcher.ErrCycle,
			"compile tags: a -> b -> c -> a: tags depend on each other in a circle",
		},
		{"itself", []matcher.Rule{rule("a", "a")}, nil, matcher.ErrCycle, "compile tags: a -> a: tags depend on each other in a circle"},
		{"two tags of a name", []matcher.Rule{rule("a"), rule("a")}, nil, matcher.ErrDuplicate, "compile tags: a: two rules have the same name"},
		{"two items of a name", nil, []matcher.Rule{rule("x"), rule("x")}, matcher.ErrDuplicate, "compile items: x: two rules have the same name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := matcher.Definitions{Tags: c.tags}
			for _, r := range c.items {
				d.Items = append(d.Items, matcher.Item{Rule: r})
			}
			_, err := matcher.Compile(d)
			if !errors.Is(err, c.want) || err.Error() != c.message {
				t.Errorf("error %v", err)
			}
		})
	}
}
