package changes

import (
	"fmt"
	"maps"
	"slices"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// Night is what a night judged a block by. Rows are those of the dataset's enterprises as of the night; a dataset that the
// night does not have is missing.
type Night struct {
	Rules    *Rules
	Rows     map[string]*profile.Rows   // by Dataset.Name
	Coverage map[string][]plan.Coverage // the full deliveries by Dataset.Name
	Date     schemas.Date
}

// Between are the definitions between two nights. One that is nil makes no difference, or makes no sense: an item cannot
// name a region that the last night's tables do not have.
type Between struct {
	Rules *Rules // tonight's definitions with the last night's code tables
	Codes *Rules // the last night's definitions with tonight's code tables
	Parts []Part // what differs between the last night's rules and Rules
}

// Part is the last night's rules with one part as in tonight's.
type Part struct {
	Name  string                 // for people: 事项, 标签 高新技术企业
	Rules func() (*Rules, error) // nil if the part makes no sense alone
}

// Pairs are the doors for which the verdict on an item changed.
type Pairs struct {
	Item    string
	Entered bits.Set // sure tonight, not on the last night
	Left    bits.Set // sure on the last night, not tonight
}

func (p *Pairs) isEmpty() bool { return p.Entered.IsEmpty() && p.Left.IsEmpty() }

// Reason says why some enterprises entered or left an item.
type Reason struct {
	Item    string
	Entered bool
	Cause   schemas.Cause
	Detail  string // the part of the rules, or the dataset, that alone was enough; "": none was
	Doors   bits.Set
}

// Explainer explains block after block with the same memory. It belongs to one goroutine.
type Explainer struct {
	matchers map[*Rules]*matcher.Matcher
}

// NewExplainer returns an explainer.
func NewExplainer() *Explainer { return &Explainer{map[*Rules]*matcher.Matcher{}} }

// Explain yields the reasons of all pairs on a block of n doors, each pair in one of them. All of its enterprises were
// living on both nights. The order depends on nothing but what is passed in. The pairs are used up.
func (e *Explainer) Explain(n int, last, tonight *Night, between *Between, pairs []Pairs, yield func(Reason)) error {
	x := &explaining{Explainer: e, n: n, last: last, tonight: tonight, pairs: pairs, yield: yield}
	if err := x.rules(between); err != nil {
		return err
	}
	for _, swapped := range []struct {
		cause    schemas.Cause
		datasets func(last, tonight *Night) map[string]swap
	}{{schemas.CauseValue, values}, {schemas.CauseFresh, freshness}} {
		if err := x.facts(swapped.cause, swapped.datasets); err != nil {
			return err
		}
	}
	if last.Date != tonight.Date {
		taken, err := x.take(x.pairs, world{last.Rules, frozen(last, tonight.Date), tonight.Date}, true)
		if err != nil {
			return err
		}
		x.tell(taken, schemas.CauseDate, "")
	}
	x.tell(x.pairs, schemas.CauseSeveral, "")
	return nil
}

// explaining is one block's changes while they are explained.
type explaining struct {
	*Explainer
	n             int
	last, tonight *Night
	pairs         []Pairs // not explained yet
	yield         func(Reason)
}

// base is the world of the last night, by other rules.
func (x *explaining) base(rules *Rules) world {
	return world{rules, facts{x.last.Rows, x.last.Coverage}, x.last.Date}
}

// rules swaps the definitions, and then the code tables.
func (x *explaining) rules(between *Between) error {
	if between.Rules != nil {
		taken, err := x.take(x.pairs, x.base(between.Rules), true)
		if err != nil {
			return err
		}
		for _, part := range between.Parts {
			if isEmpty(taken) {
				break
			}
			rules, err := part.Rules()
			if err != nil {
				return fmt.Errorf("swap %s: %w", part.Name, err)
			}
			if rules == nil {
				continue
			}
			enough, err := x.take(taken, x.base(rules), false)
			if err != nil {
				return err
			}
			x.tell(enough, schemas.CauseRules, part.Name)
		}
		x.tell(taken, schemas.CauseRules, "")
	}
	if between.Codes == nil {
		return nil
	}
	taken, err := x.take(x.pairs, x.base(between.Codes), true)
	x.tell(taken, schemas.CauseCodes, "")
	return err
}

// facts swaps what is known of the datasets in which something differs, first of all of them, then of one at a time.
func (x *explaining) facts(cause schemas.Cause, datasets func(last, tonight *Night) map[string]swap) error {
	if isEmpty(x.pairs) {
		return nil
	}
	swapped := datasets(x.last, x.tonight)
	names := slices.Sorted(maps.Keys(swapped))
	if len(names) == 0 {
		return nil
	}
	w := x.base(x.last.Rules)
	before := w.facts
	w.facts = before.with(swapped, names...)
	taken, err := x.take(x.pairs, w, true)
	if err != nil {
		return err
	}
	if len(names) == 1 {
		x.tell(taken, cause, x.title(names[0]))
		return nil
	}
	for _, name := range names {
		w.facts = before.with(swapped, name)
		enough, err := x.take(taken, w, true)
		if err != nil {
			return err
		}
		x.tell(enough, cause, x.title(name))
	}
	x.tell(taken, cause, "")
	return nil
}

func (x *explaining) title(dataset string) string {
	for _, ds := range x.last.Rules.Datasets {
		if ds.Name == dataset {
			return ds.Title
		}
	}
	return dataset
}

// take takes out of pairs those whose verdict in the world is tonight's. The matcher of rules that are needed again is
// kept.
func (x *explaining) take(pairs []Pairs, w world, again bool) ([]Pairs, error) {
	var items []int
	of := map[int]*Pairs{} // by item of the library
	var taken []Pairs
	for k := range pairs {
		p := &pairs[k]
		if p.isEmpty() {
			continue
		}
		if i, ok := w.rules.Library.Index(p.Item); ok {
			items, of[i] = append(items, i), p
		} else { // an item that is not there is nobody's
			taken = append(taken, Pairs{p.Item, bits.New(x.n), p.Left.Clone()})
			p.Left.Clear()
		}
	}
	if len(items) == 0 {
		return taken, nil
	}
	m := x.matchers[w.rules]
	if m == nil {
		m = matcher.New(w.rules.Library)
		if again {
			x.matchers[w.rules] = m
		}
	}
	in := w.input(x.n)
	tags, err := m.Tags(in)
	if err != nil {
		return nil, err
	}
	in.Block.Tags = tags
	err = m.Sure(in, items, func(i int, sure bits.Set) {
		p := of[i]
		t := Pairs{p.Item, p.Entered.Clone(), p.Left.Clone()}
		t.Entered.And(sure)
		t.Left.AndNot(sure)
		p.Entered.AndNot(t.Entered)
		p.Left.AndNot(t.Left)
		taken = append(taken, t)
	})
	return taken, err
}

// tell yields the pairs that are left in a list, and empties it.
func (x *explaining) tell(pairs []Pairs, cause schemas.Cause, detail string) {
	for k := range pairs {
		p := &pairs[k]
		if !p.Entered.IsEmpty() {
			x.yield(Reason{p.Item, true, cause, detail, p.Entered.Clone()})
			p.Entered.Clear()
		}
		if !p.Left.IsEmpty() {
			x.yield(Reason{p.Item, false, cause, detail, p.Left.Clone()})
			p.Left.Clear()
		}
	}
}

func isEmpty(pairs []Pairs) bool {
	return !slices.ContainsFunc(pairs, func(p Pairs) bool { return !p.isEmpty() })
}
