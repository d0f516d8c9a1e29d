package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/simulate"
	"zhida/pipeline"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// simulateFlags are what an officer says to zhida simulate.
type simulateFlags struct {
	file, item, benefit, budget, night, date string
	workers                                  int
	timed                                    bool
}

func (a *app) newSimulateCommand() *cobra.Command {
	var f simulateFlags
	c := &cobra.Command{
		Use:   "simulate [CONDITION]",
		Short: "try a condition that is not published: how many it reaches, what each requirement costs, what the benefit costs",
		Long: `Try a condition, or the items of a policy that is not in the workspace, on the facts of a published night:

  zhida simulate '营业收入 >= 2000万 且 行业 属于 C' --benefit '研发费用 * 10% 封顶 100万元' --budget 5000万元
  zhida simulate --file draft.yaml            a policy as in policies/; an item whose id is published is compared with it
  zhida simulate --file draft.yaml --item ID  one of its items
  zhida simulate --item ID                    an item of the workspace

It tells how many enterprises would be 符合, 待补充 and 差一项; how many are left after each requirement, and how many each
alone keeps out; what other thresholds would give; where the enterprises are, what they do and how big they are; what the
benefit comes to. Nothing is stored, nobody is told.

--json prints an array of one object per item, with the same as numbers; see the fields of simulated in
cmd/zhida/simulate_view.go. Money is in yuan, as text.`,
		Args: between(0, 1, "at most one condition"),
		RunE: func(c *cobra.Command, args []string) error { return a.simulate(c.Context(), &f, args) },
	}
	c.Flags().StringVar(&f.file, "file", "", "a policy document that is not in the workspace")
	c.Flags().StringVar(&f.item, "item", "", "an item of the file, or without a file of the workspace")
	c.Flags().StringVar(&f.benefit, "benefit", "", "the amount, such as 5000元 or 研发费用 * 10% 封顶 100万元; instead of the item's")
	c.Flags().StringVar(&f.budget, "budget", "", "what there is to spend, such as 5000万元; a number alone is yuan")
	c.Flags().StringVar(&f.night, "night", "", "published night whose facts count (default the latest)")
	c.Flags().StringVar(&f.date, "date", "", "business date to judge by (default the night's)")
	c.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "blocks counted at the same time")
	c.Flags().BoolVar(&f.timed, "timing", false, "say on stderr what each step took")
	return a.readingFlags(c)
}

// draft is what is to be simulated: an item, or a condition that belongs to none.
type draft struct {
	item    *schemas.Item // nil: a condition on the command line
	expr    condition.Expr
	benefit condition.Value
	money   string         // the benefit's text
	against condition.Expr // the published item's
}

func (a *app) simulate(ctx context.Context, f *simulateFlags, args []string) error {
	if len(args) == 0 && f.file == "" && f.item == "" {
		return inputError(errors.New("nothing to simulate: give a condition, --file or --item; see zhida simulate --help"))
	}
	if len(args) == 1 && (f.file != "" || f.item != "") {
		return inputError(errors.New("give a condition, or else --file or --item"))
	}
	if f.workers < 1 {
		return inputError(fmt.Errorf("--workers %d: want at least 1", f.workers))
	}
	a.timed(f.timed)
	s, err := a.openToSimulate(ctx, f)
	if err != nil {
		return err
	}
	defer s.close()
	drafts, err := s.drafts(f, args)
	if err != nil {
		return err
	}
	budget, err := parseBudget(f.budget)
	if err != nil {
		return err
	}
	if budget != nil && !slices.ContainsFunc(drafts, func(d draft) bool { return d.benefit != nil }) {
		return inputError(errors.New("--budget says what there is to spend, and nothing says what is paid: add --benefit, or simulate an item with a benefit"))
	}
	today, err := parseToday(f.date)
	if err != nil {
		return err
	}
	view, err := s.View(ctx, f.night)
	if err != nil {
		return reading(err)
	}
	defer view.Close()
	a.timing.lap("night")
	out, err := a.runSimulation(ctx, s, view, drafts, today, f.workers)
	if err != nil {
		return err
	}
	a.timing.lap("simulate")
	defer a.timing.write(a.stderr)
	for i := range out {
		out[i].spend(budget)
	}
	if a.json {
		return writeJSON(a.stdout, out)
	}
	return writeSimulations(a.stdout, out)
}

// openToSimulate opens the site with the policies that the question is about: of the items of a file, those published before.
func (a *app) openToSimulate(ctx context.Context, f *simulateFlags) (*site, error) {
	switch {
	case f.file != "":
		return a.openBare(ctx)
	case f.item != "":
		return a.openItem(ctx, f.item)
	}
	ws, err := a.loadBy(workspace.LoadWithoutPolicies)
	if err != nil {
		return nil, err
	}
	return a.openReading(ctx, ws)
}

// runSimulation counts all drafts in one pass over the night's blocks.
func (a *app) runSimulation(ctx context.Context, s *site, view *pipeline.View, drafts []draft, today schemas.Date, workers int) ([]simulated, error) {
	var sims []*simulate.Simulation
	var parts []any
	places := s.places()
	for _, d := range drafts {
		q := &simulate.Question{
			Expr: d.expr, Benefit: d.benefit, Against: d.against,
			Region: places.region, Industry: places.industry, Classes: places.classes,
			Attributes: s.Workspace.Env.Attributes, Rules: s.Workspace.TagRules,
		}
		if d.item != nil {
			q.Attainable = d.item.Attainable
		}
		sims, parts = append(sims, simulate.Compile(q)), append(parts, q.Parts()...)
	}
	scan, err := view.Scan(today, workers, places.attributes(), parts...)
	if err != nil {
		return nil, err
	}
	if scan.Reworked() && today.IsZero() {
		fmt.Fprintf(a.stderr, "zhida: 工作区在批次 %s 之后改过：以下的标签按现在的规则、该批次的事实计算\n", view.Manifest.Night)
	}
	counters := make([][]*simulate.Counter, len(sims))
	for i, sim := range sims {
		for range max(1, workers) {
			counters[i] = append(counters[i], sim.NewCounter())
		}
	}
	err = scan.Blocks(ctx, func(worker int, in *plan.Input) error {
		for i := range counters {
			if err := counters[i][worker].Block(in); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]simulated, len(sims))
	for i, sim := range sims {
		out[i] = viewOf(s.Workspace, &drafts[i], sim, sim.Merge(counters[i]...))
		out[i].Night, out[i].Date = view.Manifest.Night, scan.Today().String()
	}
	return out, nil
}

// drafts are what the command line asks for.
func (s *site) drafts(f *simulateFlags, args []string) ([]draft, error) {
	var out []draft
	var err error
	switch {
	case len(args) == 1:
		d := draft{}
		d.expr, err = s.Workspace.Condition(schemas.Text{Text: args[0], Place: schemas.Place{File: "条件"}})
		out = append(out, d)
	case f.file != "":
		out, err = s.fromFile(f.file, f.item)
	default:
		out, err = itemsOf(s.Workspace, f.item)
		if err == nil && len(out) == 0 {
			err = inputError(s.unknownItem(f.item))
		}
	}
	if err != nil || f.benefit == "" {
		return out, inFaults(err)
	}
	amount, err := s.Workspace.Amount(schemas.Text{Text: f.benefit, Place: schemas.Place{File: "金额"}})
	for i := range out {
		out[i].benefit, out[i].money = amount, f.benefit
	}
	return out, inFaults(err)
}

// inFaults makes faults of the input an input error; zhida check tells them the same way.
func inFaults(err error) error {
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return inputError(err)
	}
	return err
}

// fromFile reads the drafts of a policy document, each with the published item of the same id.
func (s *site) fromFile(name, only string) ([]draft, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, inputError(fmt.Errorf("read draft: %w", err))
	}
	w, err := s.Workspace.Draft(name, data)
	if err != nil {
		return nil, err
	}
	out, err := itemsOf(w, only)
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, inputError(fmt.Errorf("%s has no item %q", name, only))
	}
	for i := range out {
		out[i].against = s.Workspace.Conditions[out[i].item.ID]
	}
	return out, nil
}

// itemsOf are the items of a workspace, or the one that is named.
func itemsOf(w *workspace.Workspace, only string) ([]draft, error) {
	var out []draft
	for _, item := range w.Items() {
		if only == "" || item.ID == only {
			out = append(out, draft{item: item, expr: w.Conditions[item.ID], benefit: w.Benefits[item.ID], money: item.Benefit.Text})
		}
	}
	return out, nil
}

// places are what results are counted by.
type places struct {
	region, industry string
	classes          []simulate.Class
}

func (p places) attributes() []string {
	return slices.DeleteFunc([]string{p.region, p.industry}, func(name string) bool { return name == "" })
}

// sizeAttribute is what workspaces call the class of size.
const sizeAttribute = "规模"

// places finds the attributes of region, industry and size.
func (s *site) places() places {
	p := places{region: s.Workspace.Region}
	for i := range s.Workspace.Attributes {
		a := &s.Workspace.Attributes[i]
		if a.Type.System == schemas.SystemIndustry && !a.Yearly && a.Rule.Text == "" && p.industry == "" {
			p.industry = a.Name
		}
		if a.Name != sizeAttribute {
			continue
		}
		for _, class := range []schemas.SizeClass{schemas.SizeLarge, schemas.SizeMedium, schemas.SizeSmall, schemas.SizeMicro, schemas.SizeNone} {
			expr, err := s.Workspace.Condition(schemas.Text{Text: sizeAttribute + " = \"" + class.String() + "\""})
			if err == nil {
				p.classes = append(p.classes, simulate.Class{Name: class.String(), Expr: expr})
			}
		}
	}
	return p
}

// parseBudget reads an amount of money in yuan; nil if there is none.
func parseBudget(text string) (*big.Rat, error) {
	if text == "" {
		return nil, nil
	}
	m, err := schemas.ParseMoney(text, schemas.UnitYuan)
	if err != nil {
		return nil, inputError(fmt.Errorf("--budget %s: write an amount such as 5000万元: %w", text, err))
	}
	if m.Currency != "CNY" {
		return nil, inputError(fmt.Errorf("--budget %s: budgets are in yuan", text))
	}
	if m.Amount <= 0 {
		return nil, inputError(fmt.Errorf("--budget %s: want more than nothing, such as 5000万元", text))
	}
	return big.NewRat(m.Amount, 100), nil
}

func parseToday(text string) (schemas.Date, error) {
	if text == "" {
		return 0, nil
	}
	day, err := schemas.ParseDate(text)
	if err != nil {
		return 0, inputError(fmt.Errorf("--date: %w", err))
	}
	return day, nil
}
