package explain

import (
	"slices"
	"strings"
)

// Leaf is an elementary test that would have to come out otherwise.
type Leaf struct {
	Text       string `json:"text"`          // what is to hold, such as 营业收入 >= 2000万元 or 非 有 失信
	Gap        string `json:"gap,omitempty"` // how far the value is from it, such as 差 350万元
	Attainable bool   `json:"attainable"`    // the enterprise can bring it about

	// Of NearMisses only: what is compared, and how far apart the two are as a share of the greater.
	Now   string  `json:"-"`
	Asked string  `json:"-"`
	Share float64 `json:"-"`
}

// Line is the leaf with how far it is from being met.
func (l Leaf) Line() string {
	text := oneLine(l.Text)
	if l.Gap != "" {
		text += "（" + l.Gap + "）"
	}
	return text
}

// oneLine is a canonical text without its line breaks.
func oneLine(text string) string {
	out := ""
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); out != "" && !strings.HasSuffix(out, "(") {
			out += " "
		}
		out += line
	}
	return out
}

// Change is a requirement that is not met: Need of the Leaves would have to be. Several Leaves of which one is needed are
// alternatives.
type Change struct {
	Need   int    `json:"need"`
	Leaves []Leaf `json:"leaves"`
}

// goal is a part with the verdict it should have. A group asks for need of its goals: 且 for all, 或 for one; where it
// should not be met, 且 for one that is not and 或 for all.
type goal struct {
	node *Node
	want Verdict
}

func (g goal) met() bool     { return g.node.Verdict == g.want }
func (g goal) unknown() bool { return g.node.Verdict == Unknown }

// parts are the goals of a group and how many of them are needed. A leaf has none.
func (g goal) parts() (goals []goal, need int) {
	n := g.node
	if n.isLeaf() {
		return nil, 0
	}
	want, of := Yes, len(n.Parts)
	switch n.Kind {
	case KindAll:
		need = of
	case KindAny:
		need = 1
	case KindNot:
		need, want = of, No
	case KindAtLeast:
		need = n.Count.N
	case KindAtMost:
		need, want = of-n.Count.N, No
	}
	if g.want == No { // fewer than need: as many as leave no more than need-1
		need, want = of-need+1, want.not()
	}
	for _, p := range n.Parts {
		goals = append(goals, goal{p, want})
	}
	return goals, need
}

// attainable reports whether an enterprise can bring about what is wanted of a test, and would.
func (g goal) attainable() bool { return g.node.attainable && (g.want == No || g.node.sought) }

// leaf is how the test is named if it should come out as wanted.
func (g goal) leaf() Leaf {
	n := g.node
	l := Leaf{Text: n.Text, Gap: n.Gap, Attainable: g.attainable()}
	if g.want == No {
		l.Text, l.Gap = "非 "+n.Text, n.gapNot
	}
	return l
}

// Changes says what would have to change for the verdict of an explained condition to be yes: the fewest elementary tests
// that fail, those first that the enterprise can bring about. Parts that are unknown would have to be known besides.
// It is empty unless the verdict is no.
func Changes(n *Node) []Change {
	if n.Verdict != No {
		return nil
	}
	return goal{n, Yes}.changes()
}

func (g goal) changes() []Change {
	if g.met() || g.unknown() {
		return nil
	}
	goals, need := g.parts()
	if len(goals) == 0 {
		return []Change{{Need: 1, Leaves: []Leaf{g.leaf()}}}
	}
	var failing [][]Change
	for _, p := range goals {
		if p.met() || p.unknown() {
			need--
			continue
		}
		failing = append(failing, p.changes())
	}
	if need >= len(failing) {
		return slices.Concat(failing...)
	}
	slices.SortStableFunc(failing, func(a, b []Change) int { return price(a) - price(b) })
	if single := singles(failing); len(single) > need && price(failing[len(single)-1]) == price(failing[0]) {
		return []Change{{Need: need, Leaves: single}}
	}
	return slices.Concat(failing[:need]...)
}

// singles are the leaves of the alternatives at the front that are one test each and cost the same.
func singles(failing [][]Change) []Leaf {
	var out []Leaf
	for _, c := range failing {
		if len(c) != 1 || c[0].Need != len(c[0].Leaves) || c[0].Need != 1 || price(c) != price(failing[0]) {
			break
		}
		out = append(out, c[0].Leaves[0])
	}
	return out
}

// price counts the tests that would have to change; one that cannot is dearer than all that can.
func price(changes []Change) int {
	const unattainable = 1000
	total := 0
	for _, c := range changes {
		able := 0
		for _, l := range c.Leaves {
			if l.Attainable {
				able++
			}
		}
		total += c.Need + unattainable*max(0, c.Need-able)
	}
	return total
}

// Plain is what is to hold, in one line, without how far it is from that.
func (l Leaf) Plain() string { return oneLine(l.Text) }
