package changes

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// facts are the rows of the datasets, with the day each was last confirmed, and the full deliveries of the lists.
type facts struct {
	rows     map[string]*profile.Rows
	coverage map[string][]plan.Coverage
}

// with are the facts with those of some datasets in the place of theirs.
func (f facts) with(swapped map[string]swap, datasets ...string) facts {
	out := facts{map[string]*profile.Rows{}, map[string][]plan.Coverage{}}
	maps.Copy(out.rows, f.rows)
	maps.Copy(out.coverage, f.coverage)
	for _, name := range datasets {
		out.rows[name], out.coverage[name] = swapped[name].rows, swapped[name].coverage
	}
	return out
}

// swap is what one dataset becomes in a swap.
type swap struct {
	rows     *profile.Rows
	coverage []plan.Coverage
}

// never is a day on which no fact is in date, unless its dataset's facts last for ever.
const never = 0

// values are the datasets whose rows are other ones tonight, as they are by a swap of the value: a row that has not
// changed was last confirmed when the last night says it was.
func values(last, tonight *Night) map[string]swap {
	out := map[string]swap{}
	for _, ds := range last.Rules.Datasets {
		was, is := last.Rows[ds.Name], tonight.Rows[ds.Name]
		if was == nil || is == nil {
			continue
		}
		is = conform(is, ds)
		rows, kept := *is, 0
		rows.Confirmed = slices.Clone(is.Confirmed)
		for i, from := range continued(was, is, ds.Key) {
			if from >= 0 {
				rows.Confirmed[i] = was.Confirmed[from]
				kept++
			}
		}
		if kept < is.Len() || kept < was.Len() {
			out[ds.Name] = swap{&rows, last.Coverage[ds.Name]}
		}
	}
	return out
}

// freshness are the datasets of which other facts are in date tonight, with the rows of the last night: rows that
// tonight's deliveries confirmed, that expired, lists that became complete or stopped being so.
func freshness(last, tonight *Night) map[string]swap {
	out := map[string]swap{}
	for _, ds := range last.Rules.Datasets {
		was, is := last.Rows[ds.Name], tonight.Rows[ds.Name]
		if was == nil {
			continue
		}
		confirmed := slices.Clone(was.Confirmed)
		if is != nil {
			for i, from := range continued(was, conform(is, ds), ds.Key) {
				if from >= 0 {
					confirmed[from] = is.Confirmed[i]
				}
			}
		}
		before, after := ageOn(ds, last.Date, last.Date), ageOn(ds, tonight.Date, last.Date)
		s := swap{after.rows(was, confirmed), after.coverage(tonight.Coverage[ds.Name])}
		if !slices.Equal(s.rows.Confirmed, before.rows(was, was.Confirmed).Confirmed) ||
			ds.List == schemas.ListComplete && !slices.Equal(s.coverage, before.coverage(last.Coverage[ds.Name])) {
			out[ds.Name] = s
		}
	}
	return out
}

// frozen are the facts of the last night, of which on another day the same ones are in date.
func frozen(last *Night, today schemas.Date) facts {
	out := facts{map[string]*profile.Rows{}, map[string][]plan.Coverage{}}
	for _, ds := range last.Rules.Datasets {
		age := ageOn(ds, last.Date, today)
		out.coverage[ds.Name] = age.coverage(last.Coverage[ds.Name])
		if was := last.Rows[ds.Name]; was != nil {
			out.rows[ds.Name] = age.rows(was, was.Confirmed)
		}
	}
	return out
}

// age judges on one day what is in date, and writes it down for a world in which it is another.
type age struct {
	oldest int64
	today  schemas.Date
}

func ageOn(ds *schemas.Dataset, day, today schemas.Date) age {
	return age{profile.Oldest(ds.Shelf, day), today}
}

func (a age) rows(r *profile.Rows, confirmed []int64) *profile.Rows {
	out := *r
	out.Confirmed = make([]int64, len(confirmed))
	for i, day := range confirmed {
		if out.Confirmed[i] = never; day >= a.oldest {
			out.Confirmed[i] = int64(a.today)
		}
	}
	return &out
}

func (a age) coverage(all []plan.Coverage) []plan.Coverage {
	var out []plan.Coverage
	for _, c := range all {
		if int64(c.Full) >= a.oldest {
			out = append(out, plan.Coverage{Scope: c.Scope, Full: a.today})
		}
	}
	return out
}

// continued finds for each of tonight's rows the one of the last night that it is: of the same door and key, and last
// changed by the same delivery; -1 if there is none.
func continued(last, tonight *profile.Rows, key []string) []int {
	at := map[identity]int{}
	for i, id := range identities(last, key) {
		at[id] = i
	}
	out := make([]int, tonight.Len())
	for i, id := range identities(tonight, key) {
		from, ok := at[id]
		if !ok {
			from = -1
		}
		out[i] = from
	}
	return out
}

// identity tells the rows of a dataset apart. Rows whose key is personal, and so is not among the columns, are told
// apart by their order.
type identity struct {
	door   uint16
	origin int64
	key    string
	order  int
}

func identities(r *profile.Rows, key []string) []identity {
	out := make([]identity, r.Len())
	seen := make(map[identity]int, r.Len())
	for i := range out {
		id := identity{door: r.Door[i], origin: r.Origin[i], key: keyOf(r, i, key)}
		seen[id]++
		out[i] = id
		out[i].order = seen[id]
	}
	return out
}

func keyOf(r *profile.Rows, row int, key []string) string {
	var b strings.Builder
	for _, name := range key {
		c := r.Column(name)
		switch {
		case c == nil || !c.Known.Has(row):
			b.WriteByte(0)
		case c.Texts != nil:
			b.WriteByte(1)
			b.WriteString(c.Texts[row])
		default:
			b.WriteByte(2)
			b.WriteString(strconv.FormatInt(c.Ints[row], 10))
		}
		b.WriteByte(0)
	}
	return b.String()
}
