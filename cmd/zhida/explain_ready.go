package main

import (
	"zhida/matcher"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// fitness says for what a match is fit, in the night's own judgement.
type fitness struct{ ready, light bool }

// readiness asks the library, by item, for what the enterprise behind a door is fit. It takes all items: those of one
// exclusive group decide about each other.
func readiness(s *site, in *plan.Input, door int) (map[string]fitness, error) {
	out := map[string]fitness{}
	_, err := matcher.New(s.Library).Each(explain.Cut(in, door), func(item int, v matcher.Verdict) {
		out[s.Library.Items[item].ID] = fitness{ready: !v.Ready.IsEmpty(), light: !v.Light.IsEmpty()}
	})
	return out, err
}

// say puts it into words. A match that is fit for nothing but an ordinary application has reasons.
func (f fitness) say(item *schemas.Item, a *explain.Answer) *explain.Readiness {
	switch {
	case f.ready:
		return &explain.Readiness{Mode: string(schemas.ModeNoApplication), Ready: true}
	case f.light:
		return &explain.Readiness{Mode: string(schemas.ModeLightApplication), Ready: true}
	}
	mode := item.Mode
	if mode == schemas.ModeOrdinary {
		mode = schemas.ModeNoApplication
	}
	return &explain.Readiness{Mode: string(mode), Reasons: unready(item, a)}
}

func unready(item *schemas.Item, a *explain.Answer) []string {
	var out []string
	if a.Subject != explain.SubjectNothing {
		out = append(out, string(a.Subject))
	}
	money := item.Kind == schemas.BenefitReward || item.Kind == schemas.BenefitRelief
	switch {
	case a.Benefit == nil && money:
		out = append(out, "没有写明金额")
	case a.Benefit != nil && a.Benefit.State != explain.StateKnown:
		out = append(out, "金额未定")
	}
	for _, l := range a.Incomplete() {
		out = append(out, l+" 名单不完整")
	}
	if len(out) == 0 {
		out = append(out, "已兑付过、没有兑付记录可查，或与其他事项互斥")
	}
	return out
}
