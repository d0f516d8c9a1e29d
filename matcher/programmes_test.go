package matcher_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// programme is an aid programme as a rule set from elsewhere structures it: sections of NAF, regions by name, head
// counts as strings, dates as dd/mm/yyyy, objectives.
type programme struct {
	ID          string `json:"id"`
	Eligibility struct {
		Company struct {
			Sections  []string `json:"allowedNafSections"`
			Regions   []string `json:"allowedRegion"`
			Least     string   `json:"minEmployees"`
			Most      string   `json:"maxEmployees"`
			NoMicro   bool     `json:"excludeMicroentrepreneur"`
			Authority bool     `json:"openToPublicAdministration"`
		} `json:"company"`
		Validity   struct{ Start, End string } `json:"validity"`
		Objectives []string                    `json:"priorityObjectives"`
	} `json:"eligibilityData"`
}

// programmesFile names a file of such programmes, one a line; unset, a few made-up ones are taken.
const programmesFile = "ZHIDA_PROGRAMMES"

func readProgrammes(t *testing.T) []programme {
	t.Helper()
	path := os.Getenv(programmesFile)
	if path == "" {
		path = "testdata/programmes.jsonl"
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []programme
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p programme
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	if lines.Err() != nil || len(out) == 0 {
		t.Fatalf("%d programmes: %v", len(out), lines.Err())
	}
	return out
}

// condition writes the programme in the condition language. A public authority is only eligible where the programme
// says so.
func (p *programme) condition(t *testing.T) string {
	t.Helper()
	c := p.Eligibility.Company
	parts := []string{"行业门类 属于 " + quotedList(c.Sections)}
	if len(c.Regions) > 0 {
		parts = append(parts, "大区 属于 "+quotedList(c.Regions))
	}
	if c.Least != "" {
		parts = append(parts, "从业人数 >= "+c.Least+"人")
	}
	if c.Most != "" {
		parts = append(parts, "从业人数 <= "+c.Most+"人")
	}
	if c.NoMicro {
		parts = append(parts, "非 微型创业者")
	}
	if !c.Authority {
		parts = append(parts, "非 公共机构")
	}
	if p.Eligibility.Validity.Start != "" {
		parts = append(parts, "今天 >= "+day(t, p.Eligibility.Validity.Start).String())
	}
	if p.Eligibility.Validity.End != "" {
		parts = append(parts, "今天 <= "+day(t, p.Eligibility.Validity.End).String())
	}
	return strings.Join(append(parts, "有 诉求(目标 属于 "+quotedList(p.Eligibility.Objectives)+")"), " 且 ")
}

func quotedList(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func day(t *testing.T, text string) schemas.Date {
	t.Helper()
	d, err := time.Parse("02/01/2006", text)
	if err != nil {
		t.Fatal(err)
	}
	return schemas.NewDate(d.Year(), int(d.Month()), d.Day())
}

// applicant is somebody who may apply. A nil fact is not known; wishes are complete.
type applicant struct {
	section, region  *string
	people           *int64
	micro, authority *bool
	wishes           []string
}

// verdict says from the programme's own data what is known of an applicant's eligibility: each requirement is met,
// not met, or open.
func (p *programme) verdict(t *testing.T, a applicant, today schemas.Date) string {
	t.Helper()
	c := p.Eligibility.Company
	met, open := true, false
	need := func(known bool, holds func() bool) {
		switch {
		case !known:
			open = true
		case !holds():
			met = false
		}
	}
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	need(a.section != nil, func() bool { return slices.Contains(c.Sections, *a.section) })
	if len(c.Regions) > 0 {
		need(a.region != nil, func() bool { return slices.Contains(c.Regions, *a.region) })
	}
	if c.Least != "" && number(c.Least) > 0 {
		need(a.people != nil, func() bool { return *a.people >= number(c.Least) })
	}
	if c.Most != "" {
		need(a.people != nil, func() bool { return *a.people <= number(c.Most) })
	}
	if c.NoMicro {
		need(a.micro != nil, func() bool { return !*a.micro })
	}
	if !c.Authority {
		need(a.authority != nil, func() bool { return !*a.authority })
	}
	if v := p.Eligibility.Validity; v.Start != "" || v.End != "" {
		need(true, func() bool {
			return (v.Start == "" || today >= day(t, v.Start)) && (v.End == "" || today <= day(t, v.End))
		})
	}
	need(true, func() bool {
		return slices.ContainsFunc(a.wishes, func(w string) bool { return slices.Contains(p.Eligibility.Objectives, w) })
	})
	switch {
	case !met:
		return "no"
	case open:
		return "unknown"
	}
	return "yes"
}

// TestProgrammes converts every programme into our language and compares the verdicts on random applicants with what
// the programmes' own data says.
func TestProgrammes(t *testing.T) {
	t.Parallel()
	programmes := readProgrammes(t)
	world := newApplicants(programmes)
	env := world.env()
	tagless := matcher.Definitions{Attributes: env.Attributes}
	for _, p := range programmes {
		text := p.condition(t)
		x, faults := condition.Compile(schemas.Text{Text: text}, env)
		if len(faults) > 0 {
			t.Fatalf("%s\n%v", text, faults)
		}
		tagless.Items = append(tagless.Items, matcher.Item{Rule: matcher.Rule{ID: p.ID, Expr: x}})
	}
	lib, err := matcher.Compile(tagless)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(260, 1))
	people := make([]applicant, 2000)
	for i := range people {
		people[i] = world.random(r)
	}
	in := world.block(people)
	counts := map[string]int{}
	_, err = matcher.New(lib).Each(in, func(item int, v matcher.Verdict) {
		for i, a := range people {
			got := "no"
			if v.Sure != nil && v.Sure.Has(i) {
				got = "yes"
			} else if v.Needs != nil && v.Needs.Has(i) {
				got = "unknown"
			}
			want := programmes[item].verdict(t, a, in.Today)
			counts[want]++
			if got != want {
				t.Fatalf("%s is %s for applicant %d, should be %s\n%s", programmes[item].ID, got, i, want, programmes[item].condition(t))
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d programmes: %v", len(programmes), counts)
	for _, verdict := range []string{"yes", "no", "unknown"} {
		if counts[verdict]*200 < len(people)*len(programmes) {
			t.Errorf("%d pairs are %s: too few to mean anything", counts[verdict], verdict)
		}
	}
}

// applicants draws applicants from the words that the programmes use.
type applicants struct{ sections, regions, objectives []string }

func newApplicants(programmes []programme) *applicants {
	w := &applicants{regions: []string{"Ailleurs"}}
	for _, p := range programmes {
		w.sections = append(w.sections, p.Eligibility.Company.Sections...)
		w.regions = append(w.regions, p.Eligibility.Company.Regions...)
		w.objectives = append(w.objectives, p.Eligibility.Objectives...)
	}
	for _, words := range []*[]string{&w.sections, &w.regions, &w.objectives} {
		slices.Sort(*words)
		*words = slices.Compact(*words)
	}
	return w
}

func (w *applicants) datasets() map[string]*schemas.Dataset {
	return map[string]*schemas.Dataset{
		"company": {Name: "company", Title: "企业", Role: schemas.RoleFacts, List: schemas.ListOpen, Fields: []schemas.Field{
			{Name: "行业门类", Type: schemas.FieldText},
			{Name: "大区", Type: schemas.FieldText},
			{Name: "从业人数", Type: schemas.FieldNumber, Unit: "人"},
			{Name: "微型创业者", Type: schemas.FieldTruth},
			{Name: "公共机构", Type: schemas.FieldTruth},
		}},
		"wish": {Name: "wish", Title: "诉求", Role: schemas.RoleFacts, List: schemas.ListComplete, Key: []string{"目标"}, Fields: []schemas.Field{
			{Name: "目标", Type: schemas.FieldText},
		}},
	}
}

func (w *applicants) attributes() []schemas.Attribute {
	zero := int64(0)
	text, truth := schemas.Type{Kind: schemas.KindText}, schemas.Type{Kind: schemas.KindTruth}
	var out []schemas.Attribute
	for _, a := range []schemas.Attribute{
		{Name: "行业门类", Type: text},
		{Name: "大区", Type: text},
		{Name: "从业人数", Type: schemas.Type{Kind: schemas.KindNumber, Unit: "人"}, Range: schemas.Range{Low: &zero}},
		{Name: "微型创业者", Type: truth},
		{Name: "公共机构", Type: truth},
	} {
		a.Sources = []schemas.Source{{Dataset: "company", Field: a.Name}}
		out = append(out, a)
	}
	return out
}

func (w *applicants) env() *condition.Env {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{}, Datasets: map[string]*schemas.Dataset{},
		Codes: schemas.NewCodes(), Item: true,
	}
	defs := w.attributes()
	for i := range defs {
		env.Attributes[defs[i].Name] = &defs[i]
	}
	for _, d := range w.datasets() {
		env.Datasets[d.Name], env.Datasets[d.Title] = d, d
	}
	return env
}

// random draws an applicant of which each fact is known four times in five.
func (w *applicants) random(r *rand.Rand) applicant {
	known := func() bool { return r.IntN(5) > 0 }
	var a applicant
	if known() {
		a.section = new(w.sections[r.IntN(len(w.sections))])
	}
	if known() {
		a.region = new(w.regions[r.IntN(len(w.regions))])
	}
	if known() {
		heads := []int64{0, 1, 9, 10, 19, 20, 49, 50, 51, 249, 250, 251, 299, 300, 499, 500, 4999, 5000}
		a.people = new(heads[r.IntN(len(heads))])
	}
	if known() {
		a.micro = new(r.IntN(4) == 0)
	}
	if known() {
		a.authority = new(r.IntN(6) == 0)
	}
	for range r.IntN(4) {
		if wish := w.objectives[r.IntN(len(w.objectives))]; !slices.Contains(a.wishes, wish) {
			a.wishes = append(a.wishes, wish)
		}
	}
	return a
}

func (w *applicants) block(people []applicant) *plan.Input {
	datasets := w.datasets()
	company, wish := newRowBuilder(datasets["company"]), newRowBuilder(datasets["wish"])
	word := func(s *string) any {
		if s == nil {
			return ""
		}
		return *s
	}
	truth := func(b *bool) any {
		switch {
		case b == nil:
			return int64(none)
		case *b:
			return int64(1)
		}
		return int64(0)
	}
	living := bits.New(len(people))
	living.Fill(len(people))
	for i, a := range people {
		heads := int64(none)
		if a.people != nil {
			heads = *a.people
		}
		company.add(i, word(a.section), word(a.region), heads, truth(a.micro), truth(a.authority))
		for _, text := range a.wishes {
			wish.add(i, text)
		}
	}
	rows := map[string]*profile.Rows{"company": company.rows(), "wish": wish.rows()}
	return &plan.Input{
		Block: profile.Build(0, len(people), living, rows, w.attributes(), datasets),
		Today: schemas.NewDate(2026, 6, 15), Datasets: datasets, Codes: schemas.NewCodes(),
		Coverage: map[string][]plan.Coverage{"wish": {{Full: schemas.NewDate(2026, 6, 10)}}},
	}
}
