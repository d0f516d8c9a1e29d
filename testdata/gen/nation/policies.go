package nation

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zhida/schemas"
)

// perPolicy is the number of items of one document at most.
const perPolicy = 20

// mostPaid is the number of items that applications and payments name.
const mostPaid = 200

// issuer is a region that issues policies, with the document it is filling.
type issuer struct {
	code, name string // normal form, "" the nation
	level      schemas.Level
	documents  int
	policy     schemas.Policy
}

// writePolicies writes the library of items, in documents of up to perPolicy of one region and theme after the other.
func (g *generator) writePolicies(ctx context.Context, folder string, codes *schemas.Codes, report *Report) error {
	issuers := map[string]*issuer{}
	var order []string
	flush := func(from *issuer) error {
		if len(from.policy.Items) == 0 {
			return nil
		}
		report.Policies++
		report.Items += len(from.policy.Items)
		g.remember(&from.policy)
		name := filepath.Join(folder, "policies", strings.ToLower(from.policy.ID)+".yaml")
		data := g.Policy(&from.policy)
		from.policy.Items = nil
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return fmt.Errorf("write policy: %w", err)
		}
		return ctx.Err()
	}
	for it := range g.library() {
		from := issuers[it.region]
		if from == nil {
			from = g.issuer(codes, it.region)
			issuers[it.region], order = from, append(order, it.region)
		}
		g.enact(from, &it)
		if len(from.policy.Items) == perPolicy {
			if err := flush(from); err != nil {
				return err
			}
		}
	}
	for _, region := range order {
		if err := flush(issuers[region]); err != nil {
			return err
		}
	}
	return nil
}

// remember keeps some items that applications and payments name.
func (g *generator) remember(p *schemas.Policy) {
	for i := range p.Items {
		if len(g.paid) < mostPaid && (i%4 == 0 || p.Level != schemas.LevelCounty) {
			g.paid = append(g.paid, p.Items[i].ID)
		}
	}
}

func (g *generator) issuer(codes *schemas.Codes, region string) *issuer {
	from := &issuer{code: region, level: schemas.LevelNation}
	if region == "" {
		from.name = "国家"
		return from
	}
	info, _ := codes.Region(region)
	from.name = info.Name
	switch len(region) {
	case 2:
		from.level = schemas.LevelProvince
	case 4:
		from.level = schemas.LevelCity
	default:
		from.level = schemas.LevelCounty
		if above, ok := codes.Region(region[:4]); ok && !strings.Contains(above.Name, "辖") && above.Name != "县" && above.Name != "林区" {
			from.name = above.Name + from.name
		}
	}
	return from
}

// enact adds an item to the document that its region is filling.
func (g *generator) enact(from *issuer, it *request) {
	p := &from.policy
	if len(p.Items) == 0 {
		from.documents++
		g.begin(from, it.theme)
	}
	d := stream(g.seed, hashed(from.code)<<20|uint64(from.documents)<<8|uint64(len(p.Items)), matterPolicy)
	item := schemas.Item{
		ID: p.ID + "-" + strconv.Itoa(len(p.Items)+1), Title: it.title, Department: p.Department,
		Mode: it.mode, Kind: it.kind, Status: schemas.StatusEffective,
		Window:    g.window(&d),
		Condition: schemas.Text{Text: it.condition}, Benefit: schemas.Text{Text: it.benefit},
		Once: one(&d, []schemas.Once{schemas.OncePerYear, schemas.OncePerYear, schemas.OnceEver, schemas.OnceNone}),
		Guide: schemas.Guide{
			Beneficiaries: it.whom, Standard: it.standard, Materials: "免提交", Process: "数据比对、公示、拨付", TimeLimit: "5 个工作日",
			Address: from.name + "政务服务中心示例窗口", Phone: "028-0000" + string(appendPadded(nil, d.below(10000), 4)),
		},
	}
	switch item.Mode {
	case schemas.ModeLightApplication:
		item.Guide.Materials, item.Guide.Process, item.Guide.TimeLimit = "申请表", "线上申领、数据比对、拨付", "10 个工作日"
	case schemas.ModeOrdinary:
		item.Guide.Materials, item.Guide.Process, item.Guide.TimeLimit = "申请表、证明材料", "申报、审核、公示、拨付", "40 个工作日"
	}
	if n := d.below(100); n < 3 {
		item.Status = one(&d, []schemas.Status{schemas.StatusSuspended, schemas.StatusDraft, schemas.StatusExpired})
	}
	p.Items = append(p.Items, item)
}

// window is when applications are taken: mostly now.
func (g *generator) window(d *dice) schemas.Window {
	switch n := d.below(100); {
	case n < 8:
		return schemas.Window{From: schemas.NewDate(g.year, 1, 1), To: g.dates[0] - schemas.Date(1+d.below(60))}
	case n < 14:
		return schemas.Window{From: g.dates[0] + schemas.Date(1+d.below(60)), To: schemas.NewDate(g.year, 12, 31) + 60}
	case n < 40:
		return schemas.Window{}
	}
	return schemas.Window{From: schemas.NewDate(g.year, 1, 1), To: schemas.NewDate(g.year, 12, 31)}
}

// begin begins a document.
func (g *generator) begin(from *issuer, theme string) {
	code := from.code
	if code == "" {
		code = "00"
	}
	year := strconv.Itoa(g.year)
	p := schemas.Policy{
		ID: "P" + code + "-" + year + "-" + strconv.Itoa(from.documents), Level: from.level,
		Number: "示发〔" + year + "〕" + strconv.Itoa(from.documents) + "号",
		Title:  from.name + "关于" + theme + "的若干政策措施（示例）", Department: from.name + office(theme), Status: schemas.StatusEffective,
		From: schemas.NewDate(g.year, 1, 1), To: schemas.NewDate(g.year+1, 12, 31), Theme: theme,
	}
	scope := "标签 存续"
	if from.code != "" {
		scope = "注册地 属于 " + (from.code + "0000")[:6] + " 且 " + scope
	}
	p.Scope = schemas.Text{Text: scope}
	from.policy = p
}

// office is the department that has a theme.
func office(theme string) string {
	offices := [][2]string{
		{"科技", "科学技术局"},
		{"人才", "人力资源和社会保障局"},
		{"就业", "人力资源和社会保障局"},
		{"金融", "财政局"},
		{"税", "税务局"},
		{"农业", "农业农村局"},
		{"商贸", "商务局"},
		{"外贸", "商务局"},
		{"绿色", "生态环境局"},
		{"知识产权", "市场监督管理局"},
		{"文", "文化和旅游局"},
	}
	i := slices.IndexFunc(offices, func(o [2]string) bool { return strings.Contains(theme, o[0]) })
	if i < 0 {
		return "经济和信息化局"
	}
	return offices[i][1]
}
