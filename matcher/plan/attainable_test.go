package plan_test

import (
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// TestAttainable says of tests what an enterprise can bring about, and that one who fails it alone is a near miss then and
// only then. 知识产权数 is derived from attributes that are attainable, and is not.
func TestAttainable(t *testing.T) {
	t.Parallel()
	env := environment(schemas.NewCodes())
	attribute := func(name string) bool { return env.Attributes[name].IsAttainable() }
	tag := func(name string) bool { return name == "高新技术企业" }
	for text, want := range map[string]bool{
		"发明专利数 >= 5件":                         true,
		"发明专利数 + 从业人数 >= 5件":                  true,
		"知识产权数 >= 5件":                         false,
		"知识产权数 + 0件 >= 5件":                    false,
		"知识产权数 + 发明专利数 >= 5件":                 true,
		"总人数 >= 5人":                           false,
		"成立日期 + 1年 <= 今天":                     false,
		"行业 属于 C39":                           false,
		"规模档 = \"大\"":                         true,
		"研发强度 >= 3%":                          true,
		"有 资质(类型 = \"孵化器\")":                  true,
		"计数 资质(类型 = \"孵化器\") >= 1":            true,
		"已知(总人数)":                             true,
		"标签 高新技术企业":                           true,
		"标签 专精特新中小企业":                         false,
		"计分(标签 专精特新中小企业: 5分) >= 5分":           false,
		"分档(知识产权数 >= 5件: 1; 其他: 0) = 1":       false,
		"分档(知识产权数 >= 5件: 从业人数; 其他: 0人) >= 1人": true,
		"今天 >= 2030-01-01":                    false,
	} {
		x := compile(t, env, text)
		if got := condition.Attainable(x, attribute, tag); got != want {
			t.Errorf("%s is attainable: %t", text, got)
		}
		b := plan.New()
		met, near := b.Add(x), b.AddNear(x, attribute, tag)
		w := &world{people: []person{{}}, coverage: map[string][]plan.Coverage{}}
		fails, misses := false, false
		err := plan.NewEvaluator(b.Plan()).Eval(w.input(env.Codes), []plan.Ref{met, near}, func(r plan.Ref, truth bits.Truth) {
			fails, misses = fails || r == met && truth.No.Has(0), misses || r == near && truth.Yes.Has(0)
		})
		if err != nil {
			t.Fatal(err)
		}
		if misses != (want && fails) {
			t.Errorf("%s: fails %t, near %t", text, fails, misses)
		}
	}
}

// TestSought: who lacks a tag that nobody seeks is no near miss; who has it and should not is one.
func TestSought(t *testing.T) {
	t.Parallel()
	env := environment(schemas.NewCodes())
	anything := func(string) bool { return true }
	for _, c := range []struct {
		text string
		has  byte
		near bool
	}{
		{"标签 受过处罚", '0', false},
		{"非 标签 受过处罚", '1', true},
		{"标签 高新技术企业", '0', true},
		{"非 标签 高新技术企业", '1', true},
		{"标签 受过处罚 或 标签 高新技术企业", '0', true},
		{"至多 1 项 (标签 受过处罚, 标签 高新技术企业)", '1', true},
		{"至少 2 项 (标签 受过处罚, 非 标签 高新技术企业)", '0', false},
	} {
		p := person{tags: map[string]byte{}}
		for _, name := range tagNames() {
			p.tags[name] = c.has
		}
		w := &world{people: []person{p}, coverage: map[string][]plan.Coverage{}}
		b := plan.New()
		ref := b.AddNear(compile(t, env, c.text), anything, anything)
		err := plan.NewEvaluator(b.Plan()).Eval(w.input(env.Codes), []plan.Ref{ref}, func(_ plan.Ref, truth bits.Truth) {
			if truth.Yes.Has(0) != c.near {
				t.Errorf("%s of one with %c: near %t", c.text, c.has, truth.Yes.Has(0))
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
