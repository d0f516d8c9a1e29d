package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"zhida/schemas"
)

// Summary is what a night amounts to. Pairs are an enterprise and an item.
type Summary struct {
	Night    string       `json:"night"`
	Date     schemas.Date `json:"-"`
	Last     string       `json:"last_night,omitempty"` // the published night it is compared with
	Backfill bool         `json:"backfill,omitempty"`   // dated before a published night: nobody is told
	Baseline bool         `json:"baseline"`             // the first night: matches are noted, nobody is told

	RowsRead     int64 `json:"rows_read"` // = accepted + flagged + rejected
	RowsAccepted int64 `json:"rows_accepted"`
	RowsFlagged  int64 `json:"rows_flagged"`
	RowsRejected int64 `json:"rows_rejected"`
	RowsWaiting  int64 `json:"rows_waiting"`  // their enterprise is not registered yet
	RowsUnplaced int64 `json:"rows_unplaced"` // of those, rows whose code is not a unified social credit code

	Enterprises int64 `json:"enterprises"` // doors given out
	Living      int64 `json:"living"`
	Matched     int64 `json:"matched"` // enterprises that are sure of at least one item
	Judged      int64 `json:"judged"`  // enterprises whose verdicts were worked out; those of the others were taken over
	Tags        int   `json:"tags"`
	Items       int   `json:"items"`
	PolicyTags  int   `json:"policy_tags"` // distinct elementary tests of all items

	Sure       int64 `json:"sure"`                   // pairs
	NeedsFacts int64 `json:"needs_facts"`            // pairs
	Review     int64 `json:"subject_to_review"`      // of the sure: people must judge something (评审)
	Declare    int64 `json:"subject_to_declaration"` // of the sure: the enterprise must declare something (承诺)
	Ready      int64 `json:"ready"`                  // of the sure: fit for 免申即享
	Light      int64 `json:"ready_light"`            // of the sure: fit for 易申快享
	NearMisses int64 `json:"near_misses"`            // pairs: no, and one attainable test would settle it
	Entered    int64 `json:"entered"`                // pairs sure now that were not in the last night
	Left       int64 `json:"left"`

	SMSPushes     int64 `json:"sms_pushes"`    // enterprises on the SMS list
	PortalPushes  int64 `json:"portal_pushes"` // enterprises on the portal list
	PushPairs     int64 `json:"push_pairs"`    // pairs that became due
	BaselinePairs int64 `json:"baseline_pairs"`

	Deliveries []Delivery `json:"deliveries"`
	Datasets   []Dataset  `json:"datasets"`
	ByItem     []Item     `json:"by_item"`
	ByTag      []Tag      `json:"by_tag"`
	Changes    []Change   `json:"changes,omitempty"`  // entered and left by cause; none on the first night
	Problems   []string   `json:"problems,omitempty"` // sources that failed, links that wait for a decision

	Seconds float64 `json:"seconds"`
	Stages  []Stage `json:"stages,omitempty"` // what the seconds went to
}

// Change counts the pairs that changed by one cause.
type Change struct {
	Cause   schemas.Cause `json:"cause"`
	Entered int64         `json:"entered"`
	Left    int64         `json:"left"`
}

// StageReport is the stage that comes after a night is published: the seconds of the night leave it out.
const StageReport = "report"

// Stage is how long a stage of the night took, on the run that published it.
type Stage struct {
	Name    string  `json:"name"` // collect map seal reduce push report report
	Seconds float64 `json:"seconds"`
}

// Delivery is what became of one delivery's rows.
type Delivery struct {
	Seq      int64            `json:"seq"`
	Dataset  string           `json:"dataset"`
	File     string           `json:"file"`
	Date     string           `json:"date"`
	Mode     schemas.Mode     `json:"mode"`
	Read     int64            `json:"read"`
	Accepted int64            `json:"accepted"`
	Flagged  int64            `json:"flagged"`
	Rejected int64            `json:"rejected"`
	Reasons  map[string]int64 `json:"reasons,omitempty"` // rejected rows by reason
	Flags    map[string]int64 `json:"flags,omitempty"`   // flagged rows by flag
	Missing  []string         `json:"missing,omitempty"` // fields that no column of the file serves: unknown
	Ignored  []string         `json:"ignored,omitempty"` // columns of the file that serve no field
	Fields   []Field          `json:"fields,omitempty"`
}

// Field counts a field's values in a delivery.
type Field struct {
	Name     string `json:"name"`
	Filled   int64  `json:"filled"`
	Known    int64  `json:"known"`
	Dropped  int64  `json:"dropped"`
	Mapped   int64  `json:"mapped,omitempty"`
	FromHome int64  `json:"from_home,omitempty"`
}

// Dataset is what applying tonight's rows did.
type Dataset struct {
	Name       string `json:"name"`
	Rows       int64  `json:"rows"`
	Inserted   int64  `json:"inserted"`
	Updated    int64  `json:"updated"`
	Confirmed  int64  `json:"confirmed"`
	Deleted    int64  `json:"deleted"`
	Superseded int64  `json:"superseded"`
	Waiting    int64  `json:"waiting"`
	Placed     int64  `json:"placed"`
	Duplicates int64  `json:"duplicates"`           // rows with the key of another row of the same full delivery
	Held       string `json:"held_since,omitempty"` // it is held: its rows are those of this day's night
}

// Item is one item's verdicts.
type Item struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Policy     string `json:"policy"`     // its title
	Department string `json:"department"` // accepts applications
	Level      string `json:"level"`
	Mode       string `json:"mode"`
	Kind       string `json:"kind"`
	Sure       int64  `json:"sure"`
	Review     int64  `json:"subject_to_review"`
	Declare    int64  `json:"subject_to_declaration"`
	Ready      int64  `json:"ready"`
	Light      int64  `json:"ready_light"`
	NeedsFacts int64  `json:"needs_facts"`
	NearMisses int64  `json:"near_misses"`
	Tests      int    `json:"tests"`     // elementary tests of the condition
	Decidable  int    `json:"decidable"` // of those, the ones that data can decide: all but 评审 and 承诺
	Entered    int64  `json:"entered"`
	Left       int64  `json:"left"`
	Pushed     bool   `json:"pushed"`              // effective and open on the business date
	Why        string `json:"why,omitempty"`       // if not
	Gone       bool   `json:"taken_out,omitempty"` // taken out since the last night: all that is left to tell is who left
}

// Tag is one tag's coverage of the living enterprises.
type Tag struct {
	Name    string `json:"name"`
	Class   string `json:"class"`
	Yes     int64  `json:"yes"`
	Unknown int64  `json:"unknown"`
}

// Write prints the summary for a person.
func (s *Summary) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "night %s", s.Night)
	if s.Last != "" {
		fmt.Fprintf(&b, ", compared with %s", s.Last)
	}
	b.WriteString("\n\n")
	s.writeRows(&b)
	s.writeDatasets(&b)
	fmt.Fprintf(&b, "\nenterprises  %d, %d living; %d tags, %d items made of %d policy tags\n", s.Enterprises, s.Living, s.Tags, s.Items, s.PolicyTags)
	fmt.Fprintf(&b, "verdicts     %d sure, %d needs-facts, %d near misses\n", s.Sure, s.NeedsFacts, s.NearMisses)
	fmt.Fprintf(&b, "of the sure  %d subject to review, %d to a declaration; %d ready without application, %d with a light one\n",
		s.Review, s.Declare, s.Ready, s.Light)
	s.writeChanges(&b)
	s.writeItems(&b)
	switch {
	case s.Baseline:
		fmt.Fprintf(&b, "\npushes       first night: %d matches are the baseline, nobody is told\n", s.BaselinePairs)
	case s.Backfill:
		b.WriteString("\npushes       backfilled night: nobody is told, and no night follows it\n")
	default:
		fmt.Fprintf(&b, "\npushes       %d by SMS, %d on the portal, for %d matches newly due\n", s.SMSPushes, s.PortalPushes, s.PushPairs)
	}
	for _, p := range s.Problems {
		fmt.Fprintf(&b, "problem      %s\n", p)
	}
	fmt.Fprintf(&b, "took         %.1f s", s.Seconds)
	for _, stage := range s.Stages {
		if stage.Name == StageReport {
			fmt.Fprintf(&b, ", and %.1f s for the reports", stage.Seconds)
		}
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// writeChanges says how many pairs changed, and why.
func (s *Summary) writeChanges(b *strings.Builder) {
	if s.Last == "" {
		return
	}
	fmt.Fprintf(b, "changes      %d entered, %d left since %s", s.Entered, s.Left, s.Last)
	for i, c := range s.Changes {
		separator := ", "
		if i == 0 {
			separator = ": "
		}
		fmt.Fprintf(b, "%s%s %d", separator, c.Cause, c.Entered+c.Left)
	}
	b.WriteString("\n")
}

func columns(b *strings.Builder, write func(*tabwriter.Writer)) {
	tw := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	write(tw)
	_ = tw.Flush() // a strings.Builder does not fail
}

func (s *Summary) writeRows(b *strings.Builder) {
	if len(s.Deliveries) == 0 {
		b.WriteString("rows         no new delivery\n")
		return
	}
	columns(b, func(tw *tabwriter.Writer) {
		fmt.Fprintln(tw, "delivery\tmode\tread\taccepted\tflagged\trejected")
		for _, d := range s.Deliveries {
			fmt.Fprintf(tw, "%s\t%s\t%d\t%d\t%d\t%d\n", d.File, d.Mode, d.Read, d.Accepted, d.Flagged, d.Rejected)
		}
		fmt.Fprintf(tw, "all\t\t%d\t%d\t%d\t%d\n", s.RowsRead, s.RowsAccepted, s.RowsFlagged, s.RowsRejected)
	})
	for _, d := range s.Deliveries {
		if len(d.Missing) > 0 {
			fmt.Fprintf(b, "  %s has no column for: %s\n", d.File, strings.Join(d.Missing, ", "))
		}
		if len(d.Ignored) > 0 {
			fmt.Fprintf(b, "  %s has columns that no field names: %s\n", d.File, strings.Join(d.Ignored, ", "))
		}
		for _, line := range []struct {
			what   string
			counts map[string]int64
		}{{"rejected", d.Reasons}, {"flagged", d.Flags}} {
			if len(line.counts) > 0 {
				fmt.Fprintf(b, "  %s %s: %s\n", d.File, line.what, top(line.counts))
			}
		}
	}
}

// top lists counts, largest first, at most eight.
func top(counts map[string]int64) string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	var parts []string
	for i, k := range keys {
		if i == 8 {
			parts = append(parts, fmt.Sprintf("%d more kinds", len(keys)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %d", k, counts[k]))
	}
	return strings.Join(parts, ", ")
}

func (s *Summary) writeDatasets(b *strings.Builder) {
	b.WriteString("\n")
	columns(b, func(tw *tabwriter.Writer) {
		fmt.Fprintln(tw, "dataset\trows\tinserted\tupdated\tconfirmed\tdeleted\ttoo late\tduplicates\twaiting\tplaced")
		for _, d := range s.Datasets {
			name := d.Name
			if d.Held != "" {
				name += " (held, of " + d.Held + ")"
			}
			fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", name, d.Rows, d.Inserted, d.Updated, d.Confirmed,
				d.Deleted, d.Superseded, d.Duplicates, d.Waiting, d.Placed)
		}
	})
	if s.RowsWaiting > 0 {
		fmt.Fprintf(b, "waiting      %d rows, %d of them under a code that is no unified social credit code\n", s.RowsWaiting, s.RowsUnplaced)
	}
}

func (s *Summary) writeItems(b *strings.Builder) {
	b.WriteString("\n")
	columns(b, func(tw *tabwriter.Writer) {
		fmt.Fprintln(tw, "item\tsure\treview\tdeclare\tready\tneeds facts\tnear\tdecidable\tentered\tleft\tpushed\ttitle")
		for _, it := range s.ByItem {
			pushed := "yes"
			if !it.Pushed {
				pushed = it.Why
			}
			fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d/%d\t%d\t%d\t%s\t%s\n", it.ID, it.Sure, it.Review, it.Declare, it.Ready+it.Light,
				it.NeedsFacts, it.NearMisses, it.Decidable, it.Tests, it.Entered, it.Left, pushed, it.Title)
		}
	})
}
