package push_test

import (
	"strings"
	"testing"

	"zhida/pipeline/push"
	"zhida/schemas"
)

func TestPushable(t *testing.T) {
	t.Parallel()
	day := schemas.NewDate(2026, 6, 15)
	effective := func(change func(*schemas.Policy, *schemas.Item)) (*schemas.Policy, *schemas.Item) {
		p, i := &schemas.Policy{Status: schemas.StatusEffective}, &schemas.Item{Status: schemas.StatusEffective}
		change(p, i)
		return p, i
	}
	for _, c := range []struct {
		name   string
		change func(*schemas.Policy, *schemas.Item)
		why    string
	}{
		{"no bounds", func(*schemas.Policy, *schemas.Item) {}, ""},
		{"last day of the window", func(_ *schemas.Policy, i *schemas.Item) { i.Window = schemas.Window{From: day - 9, To: day} }, ""},
		{"first day of the window", func(_ *schemas.Policy, i *schemas.Item) { i.Window.From = day }, ""},
		{"day after the window", func(_ *schemas.Policy, i *schemas.Item) { i.Window.To = day - 1 }, push.WindowClosed},
		{"day before the window", func(_ *schemas.Policy, i *schemas.Item) { i.Window.From = day + 1 }, push.WindowClosed},
		{"item suspended", func(_ *schemas.Policy, i *schemas.Item) { i.Status = schemas.StatusSuspended }, push.NotEffective},
		{"policy a draft", func(p *schemas.Policy, _ *schemas.Item) { p.Status = schemas.StatusDraft }, push.PolicyNotEffective},
		{"policy over", func(p *schemas.Policy, _ *schemas.Item) { p.To = day - 1 }, push.PolicyNotEffective},
		{"policy not begun", func(p *schemas.Policy, _ *schemas.Item) { p.From = day + 1 }, push.PolicyNotEffective},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			policy, item := effective(c.change)
			if ok, why := push.Pushable(policy, item, day); why != c.why || ok != (c.why == "") {
				t.Errorf("Pushable is %v, %q; want %q", ok, why, c.why)
			}
		})
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	notices := []push.Notice{
		{Night: "2026-06-16", Code: "91510703205451059P", Contact: "0123456789abcdef", Items: []push.Due{
			{ID: "A-1", Title: "一号<事项>", Mode: "普通", Until: "2026-12-31"}, {ID: "A-2", Title: "二号", Mode: "免申即享"},
		}},
		{Night: "2026-06-16", Code: "91510104202038699K", Contact: "fedcba9876543210", Items: []push.Due{{ID: "A-1", Title: "一号<事项>", Mode: "普通"}}},
	}
	var sms, portal strings.Builder
	for _, list := range []push.List{push.NewSMSList(&sms), push.NewPortalList(&portal)} {
		for _, n := range notices {
			if err := list.Add(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := list.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantSMS := `night,contact,code,items
2026-06-16,0123456789abcdef,91510703205451059P,A-1;A-2
2026-06-16,fedcba9876543210,91510104202038699K,A-1
`
	if sms.String() != wantSMS {
		t.Errorf("the SMS list is\n%s", &sms)
	}
	wantPortal := `{"night":"2026-06-16","code":"91510703205451059P","items":[{"id":"A-1","title":"一号<事项>","mode":"普通","until":"2026-12-31"},{"id":"A-2","title":"二号","mode":"免申即享"}]}
{"night":"2026-06-16","code":"91510104202038699K","items":[{"id":"A-1","title":"一号<事项>","mode":"普通"}]}
`
	if portal.String() != wantPortal {
		t.Errorf("the portal list is\n%s", &portal)
	}
}

func TestEmptySMSListHasItsHeader(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := push.NewSMSList(&out).Close(); err != nil || out.String() != "night,contact,code,items\n" {
		t.Errorf("%q, %v", &out, err)
	}
}
