package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/pipeline"
	"zhida/schemas"
)

// explanation is one item explained for one enterprise.
type explanation struct {
	Enterprise string `json:"enterprise"`
	Night      string `json:"night"`
	Item       string `json:"item"`
	Title      string `json:"title"`
	Living     bool   `json:"living"`
	// Mergers: whom it is part of by now, and who is part of it, with their facts.
	Into      string   `json:"merged_into,omitempty"`
	From      []string `json:"merged,omitempty"`
	Verdict   string   `json:"verdict"`             // by today's definitions over the night's facts
	Published string   `json:"published,omitempty"` // what the night said, if the definitions have changed since
	Reason    string   `json:"reason,omitempty"`    // the verdict's, in a line

	Held []pipeline.HeldDataset `json:"held,omitempty"` // that the condition reads
	*explain.Answer
}

func (a *app) newExplainCommand() *cobra.Command {
	var night string
	var timed bool
	c := &cobra.Command{
		Use:   "explain USCC [ITEM]",
		Short: "show why an enterprise matches an item or does not; without an item, all verdicts",
		Args:  between(1, 2, "a code and at most one item"),
		RunE: func(c *cobra.Command, args []string) error {
			a.timed(timed)
			item := ""
			if len(args) == 2 {
				item = args[1]
			}
			s, err := a.openFor(c.Context(), item)
			if err != nil {
				return err
			}
			defer s.close()
			a.timing.lap("compile")
			view, err := s.View(c.Context(), night)
			if err != nil {
				return reading(err)
			}
			defer view.Close()
			a.timing.lap("night")
			a.warnChanged(view)
			defer a.timing.write(a.stderr)
			return a.explain(c.Context(), s, view, args[0], item)
		},
	}
	c.Flags().StringVar(&night, "night", "", "published night (default the latest)")
	c.Flags().BoolVar(&timed, "timing", false, "say on stderr what each step took")
	return a.readingFlags(c)
}

// openFor opens the site to explain an item, or all of them: one is compiled without the rest of the library.
func (a *app) openFor(ctx context.Context, item string) (*site, error) {
	if item == "" {
		return a.open(ctx, 1, nil, false)
	}
	s, err := a.openItem(ctx, item)
	if err != nil {
		return nil, err
	}
	if s.Workspace.Conditions[item] == nil {
		err = inputError(s.unknownItem(item))
	} else {
		s.Library, err = s.Some(item)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// warnChanged says that what follows applies today's definitions to an older night's profiles.
func (a *app) warnChanged(view *pipeline.View) {
	if view.Changed() {
		fmt.Fprintf(a.stderr, "zhida: 工作区在批次 %s 之后改过：以下按现在的条件和标签规则、该批次的事实计算\n", view.Manifest.Night)
	}
}

// reading turns what a reader of nights asked for in vain into an input error.
func reading(err error) error {
	if errors.Is(err, pipeline.ErrNoNight) || errors.Is(err, pipeline.ErrNoEnterprise) || errors.Is(err, pipeline.ErrPurged) {
		return inputError(err)
	}
	return err
}

func (a *app) explain(ctx context.Context, s *site, view *pipeline.View, code, only string) error {
	e, err := view.Find(code)
	if err != nil {
		return reading(err)
	}
	read := view.Input
	if only != "" {
		read = func(e pipeline.Enterprise) (*plan.Input, int, error) { return view.Part(e, s.Library) }
	}
	a.timing.lap("find")
	in, door, err := read(e)
	if err != nil {
		return err
	}
	a.timing.lap("read")
	ready, err := readiness(s, in, door)
	if err != nil {
		return err
	}
	kin, err := view.Kin(e)
	if err != nil {
		return err
	}
	var out []explanation
	for _, item := range s.Workspace.Items() {
		if only != "" && item.ID != only {
			continue
		}
		x, err := explainItem(s, in, door, item)
		if err != nil {
			return err
		}
		x.Enterprise, x.Night, x.Held, x.Into, x.From = e.Code, view.Manifest.Night, view.Held(item.ID), kin.Into, kin.From
		if x.Into != "" {
			x.Verdict = "已并入 " + x.Into + "，不参与匹配"
		}
		if x.Living && x.Outcome == explain.OutcomeSure {
			x.Readiness = ready[item.ID].say(item, x.Answer)
		}
		if view.Changed() {
			if x.Published, err = published(view, e, item.ID); err != nil {
				return err
			}
		}
		out = append(out, x)
	}
	defer a.timing.lap("explain")
	if a.json {
		return writeJSON(a.stdout, out)
	}
	return a.writeExplanations(ctx, view, out, only != "")
}

func explainItem(s *site, in *plan.Input, door int, item *schemas.Item) (explanation, error) {
	answer, err := explain.Explain(&explain.Question{
		In: in, Door: door,
		Expr: s.Workspace.Conditions[item.ID], Benefit: s.Workspace.Benefits[item.ID], Rules: s.Workspace.TagRules,
		Attainable: item.Attainable,
	})
	if err != nil {
		return explanation{}, err
	}
	x := explanation{
		Item: item.ID, Title: item.Title, Living: in.Block.Living.Has(door),
		Verdict: answer.Verdict(), Reason: answer.Reason(), Answer: answer,
	}
	if !x.Living {
		x.Verdict, x.Reason = "不再存续，不参与匹配", ""
	}
	return x, nil
}

// published is the verdict that the night itself published.
func published(view *pipeline.View, e pipeline.Enterprise, item string) (string, error) {
	sure, needs, err := view.Published(e, item)
	switch {
	case err != nil:
		return "", err
	case sure:
		return "符合", nil
	case needs:
		return "待补充", nil
	}
	return "不符合", nil
}

// coarse is a verdict as far as a night's published lists tell: without what it is subject to, near misses among the no.
func coarse(verdict string) string {
	verdict, _, _ = strings.Cut(verdict, "（")
	if verdict == string(explain.OutcomeNear) {
		return string(explain.OutcomeNo)
	}
	return verdict
}

func (s *site) unknownItem(id string) error {
	var ids []string
	for _, item := range s.Workspace.Items() {
		ids = append(ids, item.ID)
	}
	if near := schemas.Near(id, ids); near != "" {
		return fmt.Errorf("no item %q in the workspace: did you mean %q?", id, near)
	}
	return fmt.Errorf("no item %q in the workspace", id)
}

func (a *app) writeExplanations(ctx context.Context, view *pipeline.View, all []explanation, tree bool) error {
	var b strings.Builder
	for i, x := range all {
		if i == 0 {
			fmt.Fprintf(&b, "%s  批次 %s\n", x.Enterprise, x.Night)
			if len(x.From) > 0 {
				fmt.Fprintf(&b, "已吸收合并 %s：它们的资质、处罚等也算这一户的，出自哪次交付见下\n", strings.Join(x.From, "、"))
			}
		}
		fmt.Fprintf(&b, "%s  %s  %s", x.Verdict, x.Item, x.Title)
		if x.Published != "" && x.Published != coarse(x.Verdict) {
			fmt.Fprintf(&b, "（批次公布时：%s）", x.Published)
		}
		if !tree && x.Reason != "" {
			b.WriteString("  " + x.Reason)
		}
		b.WriteString("\n")
		if tree {
			b.WriteString(explain.RenderAnswer(x.Answer))
			writeOrigins(ctx, &b, view, x.Answer)
			for _, h := range x.Held {
				fmt.Fprintf(&b, "%s（%s）被扣住：沿用 %s 的记录（%d 天前），没有记录的按“不知道”处理\n", h.Dataset, h.Owner, h.Since, h.Days)
			}
		}
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

// writeOrigins names the deliveries that an answer mentions by number.
func writeOrigins(ctx context.Context, b *strings.Builder, view *pipeline.View, answer *explain.Answer) {
	for _, seq := range answer.Origins() {
		fmt.Fprintf(b, "批次 #%d：%s\n", seq, view.Delivery(ctx, seq))
	}
}
