package main

import (
	"fmt"
	"io"
	"strings"

	"zhida/matcher"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/pipeline"
)

// wholeLibrary is what --plan without an item stands for; no item can be called so.
const wholeLibrary = "*"

// checkPlan tells how an item is matched, and what the library comes to.
func (a *app) checkPlan(item string) error {
	ws, err := a.load()
	if err != nil {
		return err
	}
	lib, err := pipeline.Described(ws)
	if err != nil {
		return err
	}
	told := toldPlan{Library: toldTotal(lib.Total())}
	if item != wholeLibrary {
		k, ok := lib.Index(item)
		if !ok {
			return inputError(fmt.Errorf("there is no item %s", item))
		}
		told.describe(lib, k)
	}
	if a.json {
		return writeJSON(a.stdout, told)
	}
	return told.writeText(a.stdout)
}

// toldPlan is the JSON object of zhida check --plan --json.
type toldPlan struct {
	Item      string     `json:"item,omitempty"`
	Parts     []toldPart `json:"parts,omitempty"` // in the order in which they are asked
	Questions int        `json:"questions"`       // asked only where somebody is sure
	Library   toldTotal  `json:"library"`
}

// toldPart is one of the conditions that 且 joins.
type toldPart struct {
	Text    string `json:"text"`
	Cost    int    `json:"cost"`    // in passes over a column of numbers
	Gate    bool   `json:"gate"`    // may end the item for a whole block
	Lacking bool   `json:"lacking"` // may be what a near miss lacks
	Items   int    `json:"items"`   // in how many items it stands
}

// toldTotal is plan.Total with names for machines.
type toldTotal struct {
	Items    int `json:"items"`
	Parts    int `json:"parts"`
	Distinct int `json:"distinct_parts"`
	Gates    int `json:"gates"`
	Open     int `json:"items_without_gate"`
	Uses     int `json:"tests"`
	Tests    int `json:"distinct_tests"`
}

func (t *toldPlan) describe(lib *matcher.Library, k int) {
	d := lib.Describe(k)
	t.Item, t.Questions = lib.Items[k].ID, d.Questions
	for _, p := range d.Parts {
		t.Parts = append(t.Parts, toldPart{Text: partText(&p), Cost: p.Cost, Gate: p.Gate, Lacking: p.Lacking, Items: p.Items})
	}
}

// partText is a part on one line.
func partText(p *plan.DescribedPart) string {
	text := strings.Join(strings.Fields(explain.Text(p.Expr)), " ")
	if p.Negated {
		return "非 (" + text + ")"
	}
	return text
}

func (t *toldPlan) writeText(out io.Writer) error {
	var b strings.Builder
	if t.Item != "" {
		fmt.Fprintf(&b, "%s: %d parts, in this order\n", t.Item, len(t.Parts))
		for _, p := range t.Parts {
			kind := "fixed"
			switch {
			case p.Gate:
				kind = "gate"
			case p.Lacking:
				kind = "attainable"
			}
			fmt.Fprintf(&b, "  %-10s  cost %3d  in %5d items  %s\n", kind, p.Cost, p.Items, p.Text)
		}
		fmt.Fprintf(&b, "  %d more questions where somebody is sure\n", t.Questions)
	}
	l := t.Library
	fmt.Fprintf(&b, "library: %d items of %d parts, %d distinct; %d tests, %d distinct; %d gates, %d items without one\n",
		l.Items, l.Parts, l.Distinct, l.Uses, l.Tests, l.Gates, l.Open)
	_, err := io.WriteString(out, b.String())
	return err
}
