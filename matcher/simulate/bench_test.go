package simulate_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/simulate"
	"zhida/matcher/table"
	"zhida/schemas"
)

// A province of ten million is 153 full blocks. The benchmark goes round a pool of distinct ones, which is larger than
// any cache.
const (
	benchBlocks = 153
	benchPool   = 16
)

// BenchmarkSimulate tries conditions of about six tests on ten million enterprises in memory, with two goroutines: the
// counts, the funnel, the curves of all thresholds, places, classes and money. It reports milliseconds for the ten million.
func BenchmarkSimulate(b *testing.B) {
	p := newProvince()
	for _, c := range []struct{ name, condition, benefit string }{
		{"narrow", "注册地 属于 510700 且 行业 属于 [C, I65] 且 营业收入 >= 2000万元 且 研发费用 / 营业收入 >= 3% 且 人数 <= 300人 且 标签 高新", "研发费用 * 10% 封顶 100万元"},
		{"province", "行业 属于 [C, I65] 且 营业收入 >= 2000万元 且 研发费用 / 营业收入 >= 3% 且 人数 <= 300人 且 标签 高新 且 非 标签 失信", "研发费用 * 10% 封顶 100万元"},
		{"broad", "营业收入 >= 50万元 且 人数 <= 300人 且 研发费用 / 营业收入 >= 1% 且 成立年限 >= 1年 且 非 标签 失信", "5000元"},
		{
			"formula", "营业收入 >= 50万元 且 人数 <= 300人 且 研发费用 / 营业收入 >= 1% 且 成立年限 >= 1年 且 非 标签 失信",
			"分档(标签 高新: 研发费用 * 10% 封顶 100万元; 其他: 人数 * 1000元 封顶 5万元)",
		},
	} {
		b.Run(c.name, func(b *testing.B) {
			q := &simulate.Question{
				Expr: p.condition(c.condition), Benefit: p.value(c.benefit), Region: "注册地", Industry: "行业", Attributes: p.attrs,
				Classes: []simulate.Class{{Name: "小", Expr: p.condition("人数 < 20人")}, {Name: "大", Expr: p.condition("人数 >= 20人")}},
			}
			var sure int64
			before := processor()
			for b.Loop() {
				sim := simulate.Compile(q)
				counters := []*simulate.Counter{sim.NewCounter(), sim.NewCounter()}
				var all sync.WaitGroup
				for i, counter := range counters {
					all.Go(func() {
						for k := i; k < benchBlocks; k += len(counters) {
							if err := counter.Block(p.blocks[k%benchPool]); err != nil {
								b.Error(err)
							}
						}
					})
				}
				all.Wait()
				sure = sim.Merge(counters...).Sure
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/10M")
			b.ReportMetric(float64((processor()-before).Milliseconds())/float64(b.N), "cpu-ms/10M")
			b.ReportMetric(float64(sure), "sure")
		})
	}
}

// processor is the time that all cores have worked for the process: on a machine that others use too it says more than the
// clock.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// province is made-up enterprises of which only what counts for speed is true to life: how many values are known, and how
// they are spread.
type province struct {
	attrs  map[string]*schemas.Attribute
	env    *condition.Env
	blocks []*plan.Input
}

func newProvince() *province {
	zero := int64(0)
	number := func(unit schemas.Unit, scale int) schemas.Type {
		return schemas.Type{Kind: schemas.KindNumber, Unit: unit, Scale: scale}
	}
	positive := schemas.Range{Low: &zero}
	defs := []schemas.Attribute{
		{Name: "营业收入", Type: number("元", 2), Range: positive},
		{Name: "研发费用", Type: number("元", 2), Range: positive},
		{Name: "人数", Type: number("个", 0), Range: positive},
		{Name: "成立日期", Type: schemas.Type{Kind: schemas.KindDate}},
		{Name: "注册地", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemRegion}},
		{Name: "行业", Type: schemas.Type{Kind: schemas.KindCode, System: schemas.SystemIndustry}},
	}
	codes := schemas.NewCodes()
	p := &province{attrs: map[string]*schemas.Attribute{}}
	for i := range defs {
		p.attrs[defs[i].Name] = &defs[i]
	}
	p.env = &condition.Env{Attributes: p.attrs, Tags: map[string]bool{"高新": true, "失信": true}, Codes: codes, Item: true}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range benchPool {
		block := &profile.Block{Number: uint16(i), N: profile.MaxDoors, Attributes: map[string]*profile.Attribute{}, Tags: map[string]bits.Truth{}}
		block.Living = chosen(r, 92)
		p.fill(block, defs, r, i)
		for tag, percent := range map[string]int{"高新": 4, "失信": 2} {
			t := bits.Truth{Yes: chosen(r, percent), No: bits.New(block.N)}
			t.No.Copy(t.Yes)
			t.No.Complement(block.N)
			block.Tags[tag] = t
		}
		p.blocks = append(p.blocks, &plan.Input{Block: block, Today: schemas.NewDate(2026, 6, 15), Attributes: p.attrs, Codes: codes})
	}
	return p
}

func (p *province) condition(text string) condition.Expr {
	x, faults := condition.Compile(schemas.Text{Text: text}, p.env)
	if len(faults) > 0 {
		panic(faults)
	}
	return x
}

func (p *province) value(text string) condition.Value {
	v, faults := condition.CompileValue(schemas.Text{Text: text}, p.env)
	if len(faults) > 0 {
		panic(faults)
	}
	return v
}

func chosen(r *rand.Rand, percent int) bits.Set {
	out := bits.New(profile.MaxDoors)
	for i := range profile.MaxDoors {
		out.Put(i, r.IntN(100) < percent)
	}
	return out
}

// fill makes the columns of a block; blocks 0 and 1 lie in 510700.
func (p *province) fill(block *profile.Block, defs []schemas.Attribute, r *rand.Rand, i int) {
	same := profile.Layer{Source: make([]uint8, block.N), Origin: make([]int64, block.N), Confirmed: make([]int64, block.N)}
	city := fmt.Sprintf("51%02d", 7+i/2)
	sections := []string{"C3911", "C3412", "I6510", "F5211", "H6210", "A0111", "E4710", "C1310", "F5179", "L7212"}
	revenues := make([]int64, block.N)
	for _, d := range defs {
		l := same
		l.Values = &table.Column{Known: chosen(r, 93)}
		switch d.Type.Kind {
		case schemas.KindCode:
			l.Values.Texts = make([]string, block.N)
			for door := range l.Values.Known.All() {
				l.Values.Texts[door] = city + fmt.Sprintf("%02d", 3+r.IntN(3))
				if d.Name == "行业" {
					l.Values.Texts[door] = sections[r.IntN(len(sections))]
				}
			}
			l.Values.Coded = l.Values.Encode(block.N)
		default:
			l.Values.Ints = make([]int64, block.N)
			for door := range l.Values.Known.All() {
				l.Values.Ints[door] = figure(d.Name, r, &revenues[door])
			}
		}
		block.Attributes[d.Name] = &profile.Attribute{Name: d.Name, Type: d.Type, Range: d.Range, Sources: []profile.Source{{}}, Layers: []profile.Layer{l}}
	}
}

func figure(name string, r *rand.Rand, revenue *int64) int64 {
	switch name {
	case "营业收入":
		*revenue = 1_0000_00<<r.IntN(16) + r.Int64N(1_0000_00)
		return *revenue
	case "研发费用":
		return int64(float64(*revenue) * 0.08 * r.Float64())
	case "人数":
		return int64(1+r.IntN(9)) << r.IntN(8)
	}
	return int64(schemas.NewDate(2000+r.IntN(27), 1+r.IntN(12), 1+r.IntN(28)))
}
