package pipeline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/profile"
	"zhida/pipeline/current"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// LastNight is what tonight's changes are explained from.
type LastNight struct {
	Definitions string                  `json:"definitions"`
	Workspace   *store.Ref              `json:"workspace,omitempty"`
	Date        schemas.Date            `json:"date"`
	Datasets    map[string]DatasetState `json:"datasets,omitempty"`
	Crosswalk   *store.Ref              `json:"crosswalk,omitempty"`
	Mergers     []current.Merger        `json:"mergers,omitempty"`
}

// last is the night that a night is compared with, nil if there is none.
func (b *beginning) last() *LastNight {
	if b.plan.Predecessor == "" {
		return nil
	}
	last := &LastNight{Definitions: b.before.Definitions, Date: b.before.Date, Datasets: b.before.Datasets, Crosswalk: b.before.Crosswalk, Mergers: mergers(b.before.Pending)}
	if engineOf(b.before.Definitions) == EngineVersion {
		last.Workspace = b.before.Workspace
	}
	return last
}

// engineOf is the version of the engine in what Night.definitions makes.
func engineOf(definitions string) string {
	_, version, _ := strings.Cut(definitions, ".")
	return version
}

// Changed counts pairs by cause.
type Changed struct {
	Entered int64 `json:"entered"`
	Left    int64 `json:"left"`
}

// Change is a pair whose verdict is another one than on the last published night.
type Change struct {
	ID      uint32
	Item    string
	Entered bool // sure now, not sure then; else the reverse
	Cause   schemas.Cause
	Detail  string // what alone was enough: 标签 高新技术企业, or the title of a dataset; "": nothing was
}

// Changes are kept as bitmaps: the name is the item's, the kind says the rest, as "entered 数据 年报".
const (
	wordEntered = "entered"
	wordLeft    = "left"
)

// maxKind is how long the kind of a bitmap may be, in bytes.
const maxKind = 255

func changeKind(entered bool, cause schemas.Cause, detail string) string {
	word := wordLeft
	if entered {
		word = wordEntered
	}
	kind := word + " " + string(cause) + " " + detail
	if len(kind) > maxKind {
		kind = kind[:maxKind]
		for !utf8.ValidString(kind) {
			kind = kind[:len(kind)-1]
		}
	}
	return kind
}

// Changes goes through the changes of a home since the last published night, by item and then by enterprise.
func (v *View) Changes(h *HomeState, do func(Change) error) error {
	if h.Changes == nil {
		return nil
	}
	bitmaps, closeFile, err := v.night.bitmapFile(*h.Changes)
	if err != nil {
		return err
	}
	defer func() { _ = closeFile() }()
	keys := bitmaps.Keys()
	for from := 0; from < len(keys); {
		to := from + 1
		for to < len(keys) && keys[to].Name == keys[from].Name {
			to++
		}
		var all []Change
		for _, key := range keys[from:to] {
			set, err := bitmapOf(bitmaps, key.Name, key.Kind)
			if err != nil {
				return err
			}
			all = appendChanges(all, h, key, set)
		}
		slices.SortFunc(all, func(a, b Change) int { return cmp.Compare(a.ID, b.ID) })
		for _, change := range all {
			if err := do(change); err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

// appendChanges appends the changes of a bitmap that are of the home.
func appendChanges(to []Change, h *HomeState, key profile.Key, set *roaring.Bitmap) []Change {
	words := strings.SplitN(key.Kind, " ", 3)
	if len(words) < 3 {
		return to
	}
	change := Change{Item: key.Name, Entered: words[0] == wordEntered, Cause: schemas.Cause(words[1]), Detail: words[2]}
	for it := set.Iterator(); it.HasNext(); {
		if change.ID = it.Next(); slices.Contains(h.Blocks, uint16(change.ID>>16)) {
			to = append(to, change)
		}
	}
	return to
}
