package main

import (
	"cmp"
	"math/big"
	"slices"

	"zhida/matcher/simulate"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// simulated is one object of zhida simulate --json. Counts are of living enterprises.
type simulated struct {
	Item       string        `json:"item,omitempty"` // none for a condition on the command line
	Title      string        `json:"title,omitempty"`
	Condition  string        `json:"condition"` // in canonical form, one line
	Night      string        `json:"night"`     // whose facts count
	Date       string        `json:"date"`      // that is judged by
	Living     int64         `json:"living"`
	Counts     countsView    `json:"counts"`
	Review     int64         `json:"review"`     // of sure: subject to 评审
	Declare    int64         `json:"declare"`    // of sure: subject to 承诺 only
	Funnel     []gateView    `json:"funnel"`     // the parts joined by 且, in the order written
	Thresholds []curveView   `json:"thresholds"` // in the order of the text
	Regions    []placeView   `json:"regions"`    // cities with their counties; by code
	Industries []placeView   `json:"industries"` // sections with their divisions; by code
	Sizes      []classView   `json:"sizes,omitempty"`
	Money      *moneyView    `json:"money,omitempty"`
	Published  *comparedView `json:"published,omitempty"` // the item of the same id as it is published, by today's definitions
}

type countsView struct {
	Sure  int64 `json:"sure"`  // 符合
	Needs int64 `json:"needs"` // 待补充
	Near  int64 `json:"near"`  // 差一项
}

// gateView is one part of the condition.
type gateView struct {
	Text  string `json:"text"`
	Sure  int64  `json:"sure"`  // meet it and all before it
	Open  int64  `json:"open"`  // may meet them, as far as is known
	Alone int64  `json:"alone"` // would be sure if it were not there
}

// curveView is what other thresholds of one test would give, all else as it is.
type curveView struct {
	Test    string     `json:"test"`
	Sign    string     `json:"sign,omitempty"` // how it compares: >= for 营业收入 >= 2000万元; a span has none
	Others  int64      `json:"others"`         // enterprises for which this test decides whether they are sure
	Unknown int64      `json:"unknown"`        // of these: the test is unknown
	Rungs   []rungView `json:"rungs"`
}

type rungView struct {
	Threshold string `json:"threshold"`
	Present   bool   `json:"present,omitempty"`
	Sure      int64  `json:"sure"`
	Needs     int64  `json:"needs"`
}

// placeView is a region or an industry. What is known less finely than its parts is counted with it alone; the code ""
// is where nothing is known.
type placeView struct {
	Code string `json:"code"`
	Name string `json:"name"`
	countsView
	Parts []placeView `json:"parts,omitempty"`
}

type classView struct {
	Name string `json:"name"` // "": not known, or several are possible
	countsView
}

// moneyView is what the benefit comes to for all who are sure. Amounts are in yuan; low and high are the same unless some
// amounts are not known exactly.
type moneyView struct {
	Benefit string `json:"benefit"`
	Awards  int64  `json:"awards"`  // enterprises that are sure and get something, or may
	Nothing int64  `json:"nothing"` // sure, but the formula gives them nothing
	Exact   int64  `json:"exact"`   // amounts that are one number
	Between int64  `json:"between"` // amounts that lie between two
	Open    int64  `json:"open"`    // amounts without an upper end; their lower ones are in both sums
	Low     string `json:"low"`
	High    string `json:"high"`
	Budget  string `json:"budget,omitempty"`
	LowOf   string `json:"low_share,omitempty"` // of the budget, in percent
	HighOf  string `json:"high_share,omitempty"`

	low, high, budget *big.Rat
}

type comparedView struct {
	Sure         int64 `json:"sure"`          // by the published condition
	Enter        int64 `json:"enter"`         // sure by the draft only
	NeededBefore int64 `json:"needed_before"` // of enter: need facts by the published one
	Leave        int64 `json:"leave"`         // sure by the published one only
	NeedsInstead int64 `json:"needs_instead"` // of leave: need facts by the draft
}

// viewOf shows a result.
func viewOf(w *workspace.Workspace, d *draft, sim *simulate.Simulation, r *simulate.Result) simulated {
	v := simulated{
		Condition: simulate.Text(d.expr), Living: r.Living, Counts: countsView(r.Counts), Review: r.Review, Declare: r.Declare,
		Funnel: []gateView{}, Thresholds: []curveView{},
	}
	if d.item != nil {
		v.Item, v.Title = d.item.ID, d.item.Title
	}
	for i, g := range r.Gates {
		v.Funnel = append(v.Funnel, gateView{simulate.Text(sim.Gates[i]), g.Sure, g.Open, g.Without - r.Sure})
	}
	for i := range r.Curves {
		v.Thresholds = append(v.Thresholds, curveOf(&sim.Thresholds[i], &r.Curves[i]))
	}
	v.Regions = nested(r.Regions, 4, func(code string) string {
		info, _ := w.Codes.Region(code)
		return info.Name
	})
	v.Industries = nested(r.Industries, 1, func(code string) string {
		info, _ := w.Codes.Industry(code)
		return info.Name
	})
	for i, c := range sim.Classes() {
		v.Sizes = append(v.Sizes, classView{c, countsView(r.Classes[i])})
	}
	if d.benefit != nil {
		v.Money = moneyOf(d.money, &r.Money)
	}
	if d.against != nil {
		v.Published = &comparedView{r.Against.Sure, r.Against.Enter, r.Against.NeededBefore, r.Against.Leave, r.Against.NeedsInstead}
	}
	return v
}

func curveOf(t *simulate.Threshold, c *simulate.Curve) curveView {
	v := curveView{Test: simulate.Text(t.Test), Sign: t.Sign(), Others: c.Others, Unknown: c.Unknown}
	for k, r := range c.Rungs {
		v.Rungs = append(v.Rungs, rungView{t.Text(t.Ladder[k]), k == t.Present, r.Sure, r.Needs})
	}
	return v
}

// nested gathers counts by code into two levels: the codes of up to long characters, and of these the next finer ones
// (two characters more) with all below them.
func nested(counts map[string]simulate.Counts, long int, name func(code string) string) []placeView {
	places := map[string]*placeView{}
	at := func(code string) *placeView {
		if places[code] == nil {
			places[code] = &placeView{Code: code, Name: name(code)}
		}
		return places[code]
	}
	for code, n := range counts {
		at(code[:min(len(code), long)]).add(n)
		if len(code) > long {
			at(code[:min(len(code), long+2)]).add(n)
		}
	}
	out := []placeView{}
	for code, p := range places {
		if len(code) > long {
			parent := places[code[:long]]
			parent.Parts = append(parent.Parts, *p)
		}
	}
	for code, p := range places {
		if len(code) <= long {
			slices.SortFunc(p.Parts, byPlace)
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, byPlace)
	return out
}

// byPlace orders by code, the unknown last.
func byPlace(x, y placeView) int {
	if (x.Code == "") != (y.Code == "") {
		return cmp.Compare(len(y.Code), len(x.Code))
	}
	return cmp.Compare(x.Code, y.Code)
}

func (p *placeView) add(n simulate.Counts) {
	p.Sure, p.Needs, p.Near = p.Sure+n.Sure, p.Needs+n.Needs, p.Near+n.Near
}

func moneyOf(benefit string, m *simulate.Money) *moneyView {
	v := &moneyView{
		Benefit: workspace.OneLine(benefit), Awards: m.Exact + m.Between + m.Open - m.Nothing, Nothing: m.Nothing,
		Exact: m.Exact, Between: m.Between, Open: m.Open,
		low: new(big.Rat).SetFrac(m.Low, big.NewInt(100)), high: new(big.Rat).SetFrac(m.High, big.NewInt(100)),
	}
	v.Low, v.High = v.low.FloatString(schemas.MoneyScale), v.high.FloatString(schemas.MoneyScale)
	return v
}

// spend compares the benefit with what there is.
func (v *simulated) spend(budget *big.Rat) {
	if v.Money == nil || budget == nil {
		return
	}
	m := v.Money
	m.budget, m.Budget = budget, budget.FloatString(schemas.MoneyScale)
	if budget.Sign() <= 0 {
		return
	}
	share := func(x *big.Rat) string {
		part := new(big.Rat).Quo(x, budget)
		return part.Mul(part, big.NewRat(100, 1)).FloatString(1)
	}
	m.LowOf, m.HighOf = share(m.low), share(m.high)
}
