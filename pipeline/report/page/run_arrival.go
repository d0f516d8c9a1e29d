package page

import (
	"cmp"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"zhida/pipeline/report"
	"zhida/pipeline/report/chart"
	"zhida/schemas"
)

// arrival is a delivery.
type arrival struct {
	report.Delivery
	Title  string
	Owner  string
	Format string
	Mode   string
	Bar    template.HTML
	Share  template.HTML // how much of the night's rows it brought
}

func (v *runView) arrivals() {
	most := int64(0)
	for _, d := range v.S.Deliveries {
		most = max(most, d.Read)
	}
	for _, d := range v.S.Deliveries {
		a := arrival{Delivery: d, Title: v.title(d.Dataset), Format: formatWord(d.File), Mode: modeWord(d.Mode)}
		if ds := v.dataset(d.Dataset); ds != nil {
			a.Owner = ds.Owner
		}
		a.Bar = rowsBar(d.File, d.Read, d.Accepted, d.Flagged, d.Rejected)
		v.Arrivals = append(v.Arrivals, a)
	}
	slices.SortStableFunc(v.Arrivals, func(a, b arrival) int { return cmp.Compare(a.Seq, b.Seq) })
	s := v.S
	v.Totals.Bar = rowsBar("合计", s.RowsRead, s.RowsAccepted, s.RowsFlagged, s.RowsRejected)
}

func rowsBar(what string, read, accepted, flagged, rejected int64) template.HTML {
	return chart.Stack(fmt.Sprintf("%s：接收 %s 行，标记 %s 行，拒收 %s 行", what, Group(accepted), Group(flagged), Group(rejected)), read,
		chart.Part{Colour: chart.Good, N: accepted}, chart.Part{Colour: chart.Warn, N: flagged}, chart.Part{Colour: chart.Bad, N: rejected})
}

// formatWord is the format of a file, by its name: XLSX.
func formatWord(file string) string {
	switch ext := strings.ToLower(strings.TrimPrefix(path.Ext(file), ".")); ext {
	case "":
		return "—"
	case "jsonl":
		return "JSON 行"
	case "parquet":
		return "Parquet"
	case "arrow":
		return "Arrow"
	default:
		return strings.ToUpper(ext)
	}
}

func (v *runView) dataset(name string) *Dataset {
	for i := range v.Datasets {
		if v.Datasets[i].Name == name {
			return &v.Datasets[i]
		}
	}
	return nil
}

// title is a dataset's Chinese name.
func (v *runView) title(name string) string {
	if d := v.dataset(name); d != nil {
		return d.Title
	}
	return name
}

// freshness is how old what is known of a dataset is.
type freshness struct {
	Dataset
	Rows  int64
	Came  bool // something of it came tonight
	List  string
	Last  string
	Age   string
	Keeps string
	State string
	Level int // 0 good, 1 soon, 2 over
}

// freshness sorts the datasets: what is over first, then what will be soon, then what did not come.
func (v *runView) freshness() {
	came := map[string]bool{}
	for _, d := range v.S.Deliveries {
		came[d.Dataset] = true
	}
	rows := map[string]int64{}
	for _, d := range v.S.Datasets {
		rows[d.Name] = d.Rows
	}
	for _, d := range v.Datasets {
		f := freshness{Dataset: d, Rows: rows[d.Name], Came: came[d.Name], List: "开放", Last: "从未", Age: "—", Keeps: "长期"}
		if d.Complete {
			f.List = "完整名单"
		}
		if !d.Full.IsZero() {
			f.Last = d.Full.String()
			f.Age = Group(int64(v.S.Date-d.Full)) + " 天"
		}
		if !d.Shelf.IsZero() {
			f.Keeps = d.Shelf.String()
		}
		f.State, f.Level = d.state(v.S.Date)
		v.Fresh = append(v.Fresh, f)
	}
	slices.SortStableFunc(v.Fresh, func(a, b freshness) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), compareBool(a.Came, b.Came))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// state says whether a dataset is in date. A shelf life that ends within a fifth of its length, at most 30 days, ends
// soon.
func (d *Dataset) state(today schemas.Date) (string, int) {
	seen := max(d.Full, d.Seen)
	switch {
	case !d.Held.IsZero():
		return fmt.Sprintf("被扣住，沿用 %s 的记录（%s 天前），不算完整名单", d.Held, Group(int64(today-d.Held))), 2
	case seen.IsZero() && d.Complete:
		return "还没有全量，名单不能当作完整", 2
	case d.Shelf.IsZero():
		return "长期有效", 0
	case seen.IsZero():
		return "按各行交付日期计", 0
	}
	end := seen.Add(d.Shelf)
	left := int64(end - today)
	switch {
	case left < 0:
		return "已过期 " + Group(-left) + " 天", 2
	case left <= min(30, int64(end-seen)/5):
		return fmt.Sprintf("%s 到期，还有 %s 天", end, Group(left)), 1
	}
	return end.String() + " 到期", 0
}
