package page

import (
	"html/template"
	"io"
	"strings"

	"zhida/pipeline/report"
	"zhida/schemas"
)

// Run is what the run report of a published night is made from.
type Run struct {
	Site     string // the workspace's name
	Summary  *report.Summary
	Past     []Past // published nights before it, oldest first
	Datasets []Dataset
	Sources  map[string][]string // by tag: the datasets its rule reads
	Unasked  Unasked
	Explain  func(key string) string // a reason or flag, code.field, in Chinese
	Guides   bool                    // the items' guides stand beside the report
}

// Past is what the pictures of the last nights need. It is read from those nights' summary.json.
type Past struct {
	Night        string `json:"night"`
	RowsRead     int64  `json:"rows_read"`
	Enterprises  int64  `json:"enterprises"`
	Living       int64  `json:"living"`
	Sure         int64  `json:"sure"`
	NeedsFacts   int64  `json:"needs_facts"`
	Entered      int64  `json:"entered"`
	Left         int64  `json:"left"`
	SMSPushes    int64  `json:"sms_pushes"`
	PortalPushes int64  `json:"portal_pushes"`
}

// Dataset is what the report knows of a dataset besides its counts.
type Dataset struct {
	Name     string
	Title    string
	Owner    string // the department that delivers it
	Complete bool   // no row means no, while the last full delivery is in date
	Shelf    schemas.Span
	Full     schemas.Date // of the last full delivery; where scopes differ the oldest of them. Zero: there was none
	Seen     schemas.Date // of the last delivery that confirmed all of it. Zero: there was none
	Held     schemas.Date // it is held: its rows are those of this day's night. Zero: it is not
}

// Unasked counts those that a notice was due to, or had been, and that are not told.
type Unasked struct {
	NoContact int64 // enterprises an SMS is due to that have no mobile number
	Earlier   int64 // matches that an earlier night told of
}

// Write writes the page.
func (r *Run) Write(w io.Writer) error { return render(w, "run.html", r.view()) }

// runView is the report as the template shows it.
type runView struct {
	*Run
	S         *report.Summary
	Verdict   string
	Attention []attention
	Tiles     []tile
	Arrivals  []arrival
	Totals    arrival
	Fresh     []freshness
	Faults    []faultRow
	Changes   []changeRow
	Applied   []appliedRow
	Born      string // how the number of enterprises changed since the last night
	Funnels   []funnel
	Classes   []tagClass
	Worst     []worstSource
	Tops      []topList
	Idle      []itemRow // open, and nobody matches: the first of them
	IdleAll   int       // how many there are
	Items     []itemRow
	Stages    []stageRow
	Pushed    []pushRow
}

func (r *Run) view() *runView {
	v := &runView{Run: r, S: r.Summary}
	v.arrivals()
	v.freshness()
	v.faults()
	v.changes()
	v.funnels()
	v.tags()
	v.items()
	v.pushes()
	v.stages()
	v.tiles()
	v.attention()
	return v
}

// tile is one of the figures on top.
type tile struct {
	Title string
	Of    string
	N     int64
	Note  string
	Past  template.HTML
}

func (v *runView) tiles() {
	s := v.S
	line := func(what string, of func(*Past) int64, now int64) template.HTML {
		return v.nights(what, of, now)
	}
	v.Tiles = []tile{
		{"存续经营主体", "living", s.Living, "", line("存续经营主体", func(p *Past) int64 { return p.Living }, s.Living)},
		{"收到行数", "rows_read", s.RowsRead, "拒收 " + Group(s.RowsRejected), line("收到行数", func(p *Past) int64 { return p.RowsRead }, s.RowsRead)},
		{"符合（企业×事项）", "sure", s.Sure, v.since(s.Sure, func(p *Past) int64 { return p.Sure }), line("符合", func(p *Past) int64 { return p.Sure }, s.Sure)},
		{"待补充（企业×事项）", "needs_facts", s.NeedsFacts, v.since(s.NeedsFacts, func(p *Past) int64 { return p.NeedsFacts }), line("待补充", func(p *Past) int64 { return p.NeedsFacts }, s.NeedsFacts)},
		{"新符合", "entered", s.Entered, "不再符合 " + Group(s.Left), line("新符合", func(p *Past) int64 { return p.Entered }, s.Entered)},
		{"门户告知企业", "portal_pushes", s.PortalPushes, "短信 " + Group(s.SMSPushes), line("门户告知企业", func(p *Past) int64 { return p.PortalPushes }, s.PortalPushes)},
	}
	if last := v.last(); last != nil {
		v.Tiles[0].Note = "较上夜 " + signed(s.Living-last.Living)
	}
}

// last is the night it is compared with, nil if its summary is not there.
func (v *runView) last() *Past {
	for i := range v.Past {
		if v.Past[i].Night == v.S.Last {
			return &v.Past[i]
		}
	}
	return nil
}

func (v *runView) since(now int64, of func(*Past) int64) string {
	if last := v.last(); last != nil {
		return "较上夜 " + signed(now-of(last))
	}
	return ""
}

// cut keeps a list of names short.
func cut(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:most], "、") + " 等 " + Group(int64(len(names))) + " 个"
}
