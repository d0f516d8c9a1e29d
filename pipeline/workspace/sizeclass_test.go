package workspace

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// firm is what is known of an enterprise: its industry and figures, in stored units; nil is unknown.
type firm struct {
	industry string
	figures  [3]*int64 // people, revenue, assets
}

const (
	sizeToday = "2026-06-15"
	sizeYear  = 2025
	fen       = 10000 * 100 // 万元 in 分
)

// TestSizeClass holds the sample's rule of the size class against the national table: on industries known finely, coarsely
// and not at all, with each figure unknown, drawn at random, or on a bound of the table or one beside it. The words that
// are possible are those of the table, and 规模 属于 decides for each set of words what they decide.
func TestSizeClass(t *testing.T) {
	t.Parallel()
	w, err := Load("../../testdata/mianyang")
	if err != nil {
		t.Fatal(err)
	}
	b := plan.New()
	size, ok := b.AddWords(w.Derived["规模"])
	if !ok {
		t.Fatal("规模 is no choice of words")
	}
	classes := []schemas.SizeClass{schemas.SizeLarge, schemas.SizeMedium, schemas.SizeSmall, schemas.SizeMicro, schemas.SizeNone}
	sets, refs := memberships(t, w, b, classes)
	firms := sizeFirms(rand.New(rand.NewPCG(2017, 4)), w.Env.Codes)
	in := sizeBlock(t, w, firms)
	ev := plan.NewEvaluator(b.Plan())
	got, err := ev.Texts(in, size)
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	expected := make([]schemas.SizeClasses, len(firms))
	for i, f := range firms {
		expected[i] = schemas.PossibleSizes(f.industry, f.known())
		if want := sizeText(expected[i]); inOrder(got[i], classes) != want {
			if wrong++; wrong < 10 {
				t.Errorf("%s: %q, want %q", f, got[i], want)
			}
		}
	}
	k, counts := 0, [3]int{}
	err = ev.Eval(in, refs, func(_ plan.Ref, truth bits.Truth) {
		for i, f := range firms {
			yes, no := expected[i]&^sets[k] == 0, expected[i]&sets[k] == 0
			if truth.Yes.Has(i) != yes || truth.No.Has(i) != no {
				if wrong++; wrong < 10 {
					t.Errorf("%s: 规模 属于 %s is yes %t, no %t", f, sizeText(sets[k]), truth.Yes.Has(i), truth.No.Has(i))
				}
			}
			counts[map[[2]bool]int{{true, false}: 0, {false, true}: 1, {false, false}: 2}[[2]bool{yes, no}]]++
		}
		k++
	})
	if err != nil {
		t.Fatal(err)
	}
	if wrong > 0 || slices.Min(counts[:]) < 1000 {
		t.Errorf("%d differences; %d yes, %d no, %d unknown", wrong, counts[0], counts[1], counts[2])
	}
}

// TestSizeClassExplained: the words that an explanation says are possible are those that the plan says are.
func TestSizeClassExplained(t *testing.T) {
	t.Parallel()
	w, err := Load("../../testdata/mianyang")
	if err != nil {
		t.Fatal(err)
	}
	firms := sizeFirms(rand.New(rand.NewPCG(2017, 5)), w.Env.Codes)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(firms), func(i, j int) { firms[i], firms[j] = firms[j], firms[i] })
	firms = firms[:100]
	in, b := sizeBlock(t, w, firms), plan.New()
	size, _ := b.AddWords(w.Derived["规模"])
	possible, err := plan.NewEvaluator(b.Plan()).Possible(in, size)
	if err != nil {
		t.Fatal(err)
	}
	small, faults := condition.Compile(schemas.Text{Text: "规模 = \"小型\""}, w.Env)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	states := map[explain.State]int{}
	for door, f := range firms {
		answer, err := explain.Explain(&explain.Question{
			In: in, Door: door, Expr: small, Benefit: w.Derived["规模"],
		})
		if err != nil {
			t.Fatal(err)
		}
		got, words := answer.Benefit, size.Of(possible[door])
		states[got.State]++
		want := explain.StateRange
		switch len(words) {
		case 1:
			want, got.Possible = explain.StateKnown, []string{got.Text}
		case len(size.Words):
			want, words = explain.StateUnknown, nil
		default:
			if text := strings.Join(words[:len(words)-1], "、") + "或" + words[len(words)-1]; got.Text != text {
				t.Errorf("%s: %q, want %q", f, got.Text, text)
			}
		}
		if got.State != want || !slices.Equal(got.Possible, words) {
			t.Errorf("%s: %s %q, want %s %q", f, got.State, got.Possible, want, words)
		}
	}
	if len(states) != 3 {
		t.Errorf("only %v occur", states)
	}
}

// memberships adds 规模 属于 of each set of classes but none and all.
func memberships(t *testing.T, w *Workspace, b *plan.Builder, classes []schemas.SizeClass) (sets []schemas.SizeClasses, refs []plan.Ref) {
	t.Helper()
	for mask := 1; mask < 1<<len(classes)-1; mask++ {
		var members []string
		var set schemas.SizeClasses
		for i, c := range classes {
			if mask>>i&1 == 1 {
				members, set = append(members, c.String()), set|schemas.SizesOf(c)
			}
		}
		x, faults := condition.Compile(schemas.Text{Text: "规模 属于 [" + strings.Join(members, ", ") + "]"}, w.Env)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		sets, refs = append(sets, set), append(refs, b.Add(x))
	}
	return sets, refs
}

// sizeFirms are the enterprises of the test.
func sizeFirms(r *rand.Rand, codes *schemas.Codes) []firm {
	industries := []string{"", "A", "C", "C39", "F", "G", "G5", "H", "I", "J", "K", "K70", "K701", "L", "M75", "Q", "S", "T"}
	for n := range 10000 {
		if normal, ok := codes.NormalIndustry(fmt.Sprintf("%04d", n)); ok {
			industries = append(industries, normal)
		}
	}
	var out []firm
	for _, industry := range industries {
		industry = codes.Normal(schemas.SystemIndustry, industry)
		bounds, _ := schemas.SizeBoundsOf(industry)
		coarse := len(industry) < 4
		for range map[bool]int{true: 400, false: 12}[coarse] {
			if coarse { // the bounds of some industry it may be
				bounds, _ = schemas.SizeBoundsOf(industries[r.IntN(len(industries))])
			}
			out = append(out, firm{industry, [3]*int64{
				sizeFigure(r, bounds.People, 1, 2500), sizeFigure(r, bounds.Revenue, fen, 250000), sizeFigure(r, bounds.Assets, fen, 150000),
			}})
		}
	}
	return out
}

// sizeFigure is a figure: unknown, random, or at a bound, just below or just above.
func sizeFigure(r *rand.Rand, bounds [3]int64, unit int64, most int64) *int64 {
	n := r.Int64N(most) * unit / (1 + r.Int64N(200))
	switch r.IntN(4) {
	case 0:
		return nil
	case 1, 2:
		n = max(0, bounds[r.IntN(3)]*unit+r.Int64N(3)-1)
	}
	return &n
}

func (f firm) known() schemas.SizeFigures {
	figure := func(n *int64) schemas.Figure {
		if n == nil {
			return schemas.AnyFigure()
		}
		return schemas.Exactly(*n)
	}
	return schemas.SizeFigures{People: figure(f.figures[0]), Revenue: figure(f.figures[1]), Assets: figure(f.figures[2])}
}

func (f firm) String() string {
	text := fmt.Sprintf("industry %q", f.industry)
	for i, name := range []string{"people", "revenue", "assets"} {
		if n := f.figures[i]; n != nil {
			text += fmt.Sprintf(" %s %d", name, *n)
		}
	}
	return text
}

// sizeBlock is the block of the enterprises: a registration and last year's finances of each.
func sizeBlock(t *testing.T, w *Workspace, firms []firm) *plan.Input {
	t.Helper()
	today, err := schemas.ParseDate(sizeToday)
	if err != nil {
		t.Fatal(err)
	}
	datasets, rows := map[string]*schemas.Dataset{}, map[string]*profile.Rows{}
	for i := range w.Datasets {
		d := w.Datasets[i]
		datasets[d.Name] = d
		fields := table.Stored(d, false)
		at := func(name string) int {
			return slices.IndexFunc(fields, func(f table.Field) bool { return f.Name == name })
		}
		tb, doors, confirmed := table.NewBuilder(fields), []uint16{}, []int64{}
		for door, f := range firms {
			switch d.Name {
			case "registration":
				if f.industry != "" {
					tb.Text(at("行业"), f.industry)
				}
			case "finance":
				tb.Int(at("年度"), sizeYear)
				for k, name := range []string{"从业人数", "营业收入", "资产总额"} {
					if f.figures[k] == nil {
						continue
					}
					tb.Int(at(name), *f.figures[k])
					if k > 0 {
						tb.Text(at(name+schemas.CurrencySuffix), "CNY")
					}
				}
			default:
				continue
			}
			tb.End()
			doors, confirmed = append(doors, uint16(door)), append(confirmed, int64(today))
		}
		rows[d.Name] = profile.NewRows(tb.Table(), doors, confirmed, nil)
	}
	living := bits.New(len(firms))
	living.Fill(len(firms))
	block := profile.Build(0, len(firms), living, rows, w.Attributes, datasets)
	return &plan.Input{Block: block, Today: today, Datasets: datasets, Codes: w.Env.Codes, Attributes: w.Env.Attributes}
}

// sizeText is a set of classes as Texts writes it, large ones first.
func sizeText(s schemas.SizeClasses) string {
	var words []string
	for _, c := range s.List() {
		words = append(words, c.String())
	}
	if len(words) == 5 {
		return ""
	}
	return strings.Join(words, "|")
}

// inOrder sorts the words of a text as sizeText does.
func inOrder(text string, classes []schemas.SizeClass) string {
	var out []string
	for _, c := range classes {
		if slices.Contains(strings.Split(text, "|"), c.String()) {
			out = append(out, c.String())
		}
	}
	return strings.Join(out, "|")
}
