package gate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/schemas"
)

// Names of the gates.
const (
	Rows       = "rows"
	Rejects    = "rejects"
	Unknown    = "unknown"
	Fresh      = "fresh"
	Empty      = "empty"
	Duplicates = "duplicates"
	Columns    = "columns"
	Codes      = "codes"
	Items      = "items"
)

// Finding is what a gate found.
type Finding struct {
	Gate    string            `json:"gate"`
	Subject string            `json:"subject"` // the dataset; of items all of them
	Level   schemas.GateLevel `json:"level"`
	Text    string            `json:"text"` // the figures, and what the rule allows
}

// Key names a finding of a night for a person.
func (f *Finding) Key() string { return f.Gate + "/" + f.Subject }

// leastRows is how many rows a dataset must have had for a share of them to say anything.
const leastRows = 100

// CompareRows compares the rows of a dataset that hold tonight with those that held on the last night; nil: nothing is found.
func CompareRows(ds *schemas.Dataset, before, now int64) *Finding {
	rule := ds.Gates.Rows
	if before < leastRows {
		return nil
	}
	f := &Finding{Gate: Rows, Subject: ds.Name, Level: rule.Level}
	switch {
	case (before-now)*100 > int64(rule.Fall)*before:
		f.Text = fmt.Sprintf("%s: %d rows hold, %d did last night: %s fewer, and its gate allows %d%%: was a delivery cut short?",
			ds.Name, now, before, share(before-now, before), rule.Fall)
	case rule.Rise > 0 && (now-before)*100 > int64(rule.Rise)*before:
		f.Text = fmt.Sprintf("%s: %d rows hold, %d did last night: %s more, and its gate allows %d%%: was a list delivered under the wrong name?",
			ds.Name, now, before, share(now-before, before), rule.Rise)
	default:
		return nil
	}
	return f
}

// CompareScopes compares the full lists of single scopes with those before them: one that is cut short may be a small part of the
// dataset, and clears people all the same; nil: nothing is found.
func CompareScopes(ds *schemas.Dataset, pairs []Pair) *Finding {
	rule := ds.Gates.Rows
	var complaints []string
	for _, p := range pairs {
		if p.Now.Mode != schemas.ModeFull || p.Now.Scope == "" || p.Before == nil || p.Before.Rows < leastRows {
			continue
		}
		if fell := p.Before.Rows - p.Now.Rows; fell*100 > int64(rule.Fall)*p.Before.Rows {
			complaints = append(complaints, fmt.Sprintf("%s has %d rows, %d had the delivery of %s for the same scope: %s fewer, and the gate allows %d%%",
				p.Now.File, p.Now.Rows, p.Before.Rows, p.Before.Date, share(fell, p.Before.Rows), rule.Fall))
		}
	}
	return finding(Rows, ds, rule.Level, complaints, "was a delivery cut short?")
}

// CountRejects looks at how many of the rows read of a dataset's deliveries were rejected, and for which reasons; nil: nothing is
// found.
func CountRejects(ds *schemas.Dataset, read, rejected int64, reasons map[string]int64) *Finding {
	rule := ds.Gates.Rejects
	if rule.Most == 0 || rejected*100 <= int64(rule.Most)*read {
		return nil
	}
	return &Finding{Gate: Rejects, Subject: ds.Name, Level: rule.Level, Text: fmt.Sprintf(
		"%s: %d of %d rows delivered are rejected, %s, and its gate allows %d%%: for %s",
		ds.Name, rejected, read, share(rejected, read), rule.Most, mostFrequent(reasons))}
}

// CountUnknown looks at how many of a dataset's rows wait for an enterprise that nobody has registered, beside those that hold;
// nil: nothing is found.
func CountUnknown(ds *schemas.Dataset, waiting, held int64) *Finding {
	rule := ds.Gates.Unknown
	if rule.Most == 0 || waiting*100 <= int64(rule.Most)*(waiting+held) {
		return nil
	}
	return &Finding{Gate: Unknown, Subject: ds.Name, Level: rule.Level, Text: fmt.Sprintf(
		"%s: %d of %d rows are of enterprises that nobody has registered, %s, and its gate allows %d%%: is the registration behind, or the code in another column?",
		ds.Name, waiting, waiting+held, share(waiting, waiting+held), rule.Most)}
}

// CheckAge looks at the business date of a dataset's newest delivery, zero if there is none; nil: nothing is found.
func CheckAge(ds *schemas.Dataset, newest, tonight schemas.Date) *Finding {
	rule := ds.Gates.Fresh
	if rule.Within.IsZero() || !newest.IsZero() && newest.Add(rule.Within) >= tonight {
		return nil
	}
	what := fmt.Sprintf("the newest delivery is of %s", newest)
	if newest.IsZero() {
		what = "nothing has been delivered"
	}
	return &Finding{Gate: Fresh, Subject: ds.Name, Level: rule.Level, Text: fmt.Sprintf(
		"%s: %s, and its gate wants one within %s: zhida sources says what is there", ds.Name, what, rule.Within)}
}

// reasonsTold is how many reasons a finding names.
const reasonsTold = 3

// mostFrequent lists the reasons that concern most rows.
func mostFrequent(reasons map[string]int64) string {
	names := slices.SortedFunc(maps.Keys(reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b))
	})
	var out []string
	for _, name := range names[:min(len(names), reasonsTold)] {
		out = append(out, fmt.Sprintf("%s %d", name, reasons[name]))
	}
	return strings.Join(out, ", ")
}

// Item is how many enterprises were sure of an item on the last night, and how many have come and gone since.
type Item struct {
	ID                    string
	Before, Entered, Left int64
}

// AllItems is the subject of the finding about items: what moves one mostly moves many.
const AllItems = "all"

// itemsTold is how many items a finding names.
const itemsTold = 5

// CompareItems looks for items whose enterprises come or go in numbers that somebody should have looked at; nil: nothing is
// found.
func CompareItems(rule schemas.ItemsGate, items []Item) *Finding {
	var swung []Item
	for _, i := range items {
		if rule.Swing > 0 && i.Before >= int64(rule.Least) && max(i.Entered, i.Left)*100 > int64(rule.Swing)*i.Before {
			swung = append(swung, i)
		}
	}
	if len(swung) == 0 {
		return nil
	}
	slices.SortStableFunc(swung, func(a, b Item) int { return cmp.Compare(max(b.Entered, b.Left), max(a.Entered, a.Left)) })
	var told []string
	for _, i := range swung[:min(len(swung), itemsTold)] {
		told = append(told, fmt.Sprintf("%s had %d, %d have come and %d gone", i.ID, i.Before, i.Entered, i.Left))
	}
	if more := len(swung) - len(told); more > 0 {
		told = append(told, fmt.Sprintf("and %d more", more))
	}
	return &Finding{Gate: Items, Subject: AllItems, Level: rule.Level, Text: fmt.Sprintf(
		"of %d items more enterprises come or go than %d%% of those they had: %s: was a policy, a tag or a table of codes changed by mistake?",
		len(swung), rule.Swing, strings.Join(told, "; "))}
}

// share is a part in percent with one decimal, rounded down: 40% and a little is not more than it was.
func share(part, whole int64) string {
	tenths := part * 1000 / whole
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}
