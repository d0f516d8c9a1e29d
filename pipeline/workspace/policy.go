package workspace

import (
	"zhida/schemas"
)

// policyFile is one file of policies/ as read.
type policyFile struct {
	*document
	schemas.Policy
	scope  conditionText
	params []paramDraft
	drafts []itemDraft // one per item
}

// readPolicy reads one policy with its items.
func readPolicy(name string, data []byte) *policyFile {
	f := &policyFile{document: parseDocument(name, data)}
	if f.root == nil {
		return f
	}
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
		key{"params", optional, list(&f.params, param)},
		key{"items", required, list(&f.drafts, item)},
	)(f.document, "", spot{}, f.root)
	p.Scope = f.scope.Text
	for _, pa := range f.params {
		p.Params = append(p.Params, pa.Param)
	}
	for i := range f.drafts {
		it := &f.drafts[i]
		if it.Department == "" {
			it.Department = p.Department
		}
		p.Items = append(p.Items, it.Item)
	}
	return f
}

var statuses = []schemas.Status{
	schemas.StatusDraft, schemas.StatusPending, schemas.StatusEffective,
	schemas.StatusSuspended, schemas.StatusExpired, schemas.StatusRevoked,
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
