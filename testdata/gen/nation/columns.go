package nation

import (
	"fmt"
	"strconv"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Columns is a province or the nation in memory, for measuring the matcher without deliveries: profiles of blocks, sorted
// by home, and the items that ask about them. All an item asks is in plain columns and tags, where a workspace has rows
// and years, so that others than us can be asked the same.
type Columns struct {
	g      *generator
	codes  *schemas.Codes
	env    *condition.Env
	blocks []blockPlace
	ends   []int // by province, in blocks
}

// blockPlace is the interval of enterprises of one home that a block holds.
type blockPlace struct {
	home     *home
	province *province
	from, to uint64
}

// doorsOfBlock is how many a block holds at most.
const doorsOfBlock = 1 << 16

// NewColumns lays the blocks out. Of the options Seed, Enterprises, Items, Nation and Date count.
func NewColumns(o Options) (*Columns, error) {
	o.Nights, o.Format = 1, CSV
	if err := o.check(); err != nil {
		return nil, err
	}
	codes := schemas.NewCodes()
	c := &Columns{g: newGenerator(o, codes), codes: codes, env: columnEnv(codes)}
	for i := range c.g.provinces {
		p := &c.g.provinces[i]
		for k := range p.homes {
			h := &p.homes[k]
			for from := h.from; from < h.to; from += doorsOfBlock {
				c.blocks = append(c.blocks, blockPlace{h, p, from, min(from+doorsOfBlock, h.to)})
			}
		}
		c.ends = append(c.ends, len(c.blocks))
	}
	return c, nil
}

// Provinces is how many there are.
func (c *Columns) Provinces() int { return len(c.ends) }

// Blocks are the numbers of a province's blocks, a half-open interval.
func (c *Columns) Blocks(province int) (from, to int) {
	if province > 0 {
		from = c.ends[province-1]
	}
	return from, c.ends[province]
}

// Today is the business date.
func (c *Columns) Today() schemas.Date { return c.g.Date }

// Env is what conditions on the columns are checked against.
func (c *Columns) Env() *condition.Env { return c.env }

// Item is an item of the library as it asks about columns.
type Item struct{ ID, Condition string }

// Items are the items that concern a province, those of the nation among them.
func (c *Columns) Items(province int) []Item {
	var out []Item
	g := c.g
	n := g.Items / len(g.provinces)
	if province < g.Items%len(g.provinces) {
		n++
	}
	own := stream(g.seed, uint64(province), matterPolicy)
	part := *g
	part.seed = own.next()
	k := 0
	for r := range part.requests(n, g.provinces[province:province+1], false) {
		text := r.condition
		if r.region != "" {
			text = "注册地 属于 " + (r.region + "0000")[:6] + " 且 " + text
		}
		k++
		out = append(out, Item{ID: g.provinces[province].code[:2] + "-" + strconv.Itoa(k), Condition: text})
	}
	return out
}

// Compile checks a condition on columns.
func (c *Columns) Compile(text string) (condition.Expr, error) {
	x, faults := condition.Compile(schemas.Text{Text: text}, c.env)
	if len(faults) > 0 {
		return nil, fmt.Errorf("%s: %w", text, faults)
	}
	return x, nil
}

// columnTags are the tags in the order of the chances in tagsOf.
func columnTags() []string {
	return []string{"高新技术企业", "科技型中小企业", "专精特新中小企业", "创新型中小企业", "失信被执行人", "经营异常", "严重违法失信"}
}

// columnAttributes are the stored columns, and what is worked out from them.
func columnAttributes() []schemas.Attribute {
	zero := int64(0)
	known := schemas.Range{Low: &zero}
	number := func(name, unit string, scale int) schemas.Attribute {
		return schemas.Attribute{Name: name, Type: schemas.Type{Kind: schemas.KindNumber, Unit: schemas.Unit(unit), Scale: scale}, Range: known}
	}
	code := func(name, system string) schemas.Attribute {
		return schemas.Attribute{Name: name, Type: schemas.Type{Kind: schemas.KindCode, System: system}}
	}
	return []schemas.Attribute{
		code("注册地", schemas.SystemRegion), code("行业", schemas.SystemIndustry),
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}, Attainable: schemas.AttainableNo},
		number("注册资本", "元", 2), number("营业收入", "元", 2), number("前年营业收入", "元", 2), number("研发费用", "元", 2), number("实缴税额", "元", 2),
		number("资产总额", "元", 2), number("负债总额", "元", 2), number("从业人数", "人", 0), number("参保人数", "人", 0), number("发明专利数", "件", 0),
	}
}

func derivedColumns() [][2]string {
	return [][2]string{
		{"研发强度", "研发费用 / 营业收入"},
		{"资产负债率", "负债总额 / 资产总额"},
		{"营业收入增长率", "(营业收入 - 前年营业收入) / 前年营业收入"},
	}
}

func columnEnv(codes *schemas.Codes) *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{}, Unsought: map[string]bool{}, Codes: codes,
		Datasets: map[string]*schemas.Dataset{}, Derived: map[string]*condition.Tree{},
	}
	stored := columnAttributes()
	for i := range stored {
		env.Attributes[stored[i].Name] = &stored[i]
	}
	for _, d := range derivedColumns() {
		text := schemas.Text{Text: d[1]}
		tree, faults := condition.Parse(text)
		v, more := condition.CompileValue(text, env)
		if len(faults)+len(more) > 0 {
			panic(fmt.Sprintf("nation: %s: %v %v", d[1], faults, more))
		}
		env.Derived[d[0]] = tree
		env.Attributes[d[0]] = &schemas.Attribute{Name: d[0], Type: v.Type(), Rule: text}
	}
	for _, t := range columnTags() {
		env.Tags[t] = true
	}
	return env
}
