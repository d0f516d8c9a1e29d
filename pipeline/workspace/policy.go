package workspace

import (
	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// policyFile is one file of policies/ as read.
type policyFile struct {
	*document
	schemas.Policy
	scope      conditionText
	conditions []conditionText // one per item
}

// readPolicy reads one policy with its items.
func readPolicy(name string, data []byte) *policyFile {
	f := &policyFile{document: parseDocument(name, data)}
	if f.root == nil {
		return f
	}
	var items []itemDraft
	p := &f.Policy
	object("政策文件",
		key{"id", required, text(&p.ID)},
		key{"title", required, text(&p.Title)},
		key{"number", optional, text(&p.Number)},
		key{"level", required, choice(&p.Level, schemas.LevelNation, schemas.LevelProvince, schemas.LevelCity, schemas.LevelCounty)},
		key{"department", required, text(&p.Department)},
		key{"status", required, choice(&p.Status, statuses...)},
		key{"valid", optional, interval("“valid”", &p.From, &p.To)},
		key{"theme", optional, text(&p.Theme)},
		key{"scope", optional, expression(&f.scope)},
		key{"items", required, list(&items, item)},
	)(f.document, "", spot{}, f.root)
	p.Scope = f.scope.Text
	for _, it := range items {
		if it.Department == "" {
			it.Department = p.Department
		}
		p.Items = append(p.Items, it.Item)
		f.conditions = append(f.conditions, it.condition)
	}
	return f
}

var statuses = []schemas.Status{
	schemas.StatusDraft, schemas.StatusPending, schemas.StatusEffective,
	schemas.StatusSuspended, schemas.StatusExpired, schemas.StatusRevoked,
}

// itemDraft is an item as read.
type itemDraft struct {
	schemas.Item
	condition conditionText
}

// item reads one item. Without a department of its own it has the policy's; revisions begin at 1.
func item(into *itemDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		it := &into.Item
		it.Revision = 1
		object("事项",
			key{"id", required, text(&it.ID)},
			key{"title", required, text(&it.Title)},
			key{"department", optional, text(&it.Department)},
			key{"mode", required, choice(&it.Mode, schemas.ModeNoApplication, schemas.ModeLightApplication, schemas.ModeOrdinary)},
			key{"kind", required, choice(&it.Kind, schemas.BenefitRelief, schemas.BenefitReward, schemas.BenefitRight, schemas.BenefitTitle)},
			key{"status", required, choice(&it.Status, statuses...)},
			key{"revision", optional, count(&it.Revision, 1, 1<<20)},
			key{"window", optional, interval("“window”", &it.Window.From, &it.Window.To)},
			key{"condition", required, expression(&into.condition)},
			key{"guide", optional, guide(&it.Guide)},
		)(d, name, at, n)
		it.Condition = into.condition.Text
	}
}

// interval reads the first and the last day of something; either may be left out.
func interval(what string, from, to *schemas.Date) reader {
	return object(what, key{"from", optional, day(from)}, key{"to", optional, day(to)})
}

func guide(g *schemas.Guide) reader {
	return object("“guide”",
		key{"beneficiaries", optional, text(&g.Beneficiaries)},
		key{"standard", optional, text(&g.Standard)},
		key{"materials", optional, text(&g.Materials)},
		key{"process", optional, text(&g.Process)},
		key{"time_limit", optional, text(&g.TimeLimit)},
		key{"address", optional, text(&g.Address)},
		key{"phone", optional, text(&g.Phone)},
	)
}
