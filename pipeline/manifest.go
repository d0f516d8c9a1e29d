package pipeline

import (
	"slices"

	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/gate"
	"zhida/pipeline/report"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// ManifestFormat is the version of Manifest; a manifest of another version is refused.
const ManifestFormat = 2

// Manifest says all that a published night read and made. The next night starts from it and from nothing else.
type Manifest struct {
	Format      int                     `json:"format"`
	Night       string                  `json:"night"`
	Date        schemas.Date            `json:"date"`
	Predecessor string                  `json:"predecessor,omitempty"`
	Definitions string                  `json:"definitions"`         // checksum of the workspace
	Workspace   *store.Ref              `json:"workspace,omitempty"` // its definitions, for the next night to compare with
	Wards       map[string]int          `json:"wards,omitempty"`
	Horizon     int64                   `json:"horizon"` // arrival number up to which deliveries were seen
	Deferred    []int64                 `json:"deferred,omitempty"`
	Deliveries  []DeliveryUse           `json:"deliveries"`
	Datasets    map[string]DatasetState `json:"datasets"`
	Crosswalk   *store.Ref              `json:"crosswalk,omitempty"`
	Pending     []current.Pending       `json:"pending,omitempty"` // links the crosswalk could not follow yet
	NextBlock   int                     `json:"next_block"`
	Homes       []HomeState             `json:"homes"`
	// Delivered are the figures of the last delivery of each dataset, mode and scope: gates compare the next one with them.
	Delivered map[string][]gate.Figures `json:"delivered,omitempty"`
	Pushes    Pushes                    `json:"pushes"`
	Told      *store.Ref                `json:"summary,omitempty"` // the summary, which is most of a night's record and which few read
	Summary   report.Summary            `json:"-"`                 // see readSummary
}

// holds reports whether the night has rows of a dataset.
func (m *Manifest) holds(dataset string) bool {
	return slices.ContainsFunc(m.Homes, func(h HomeState) bool { return h.Current[dataset].Held > 0 })
}

// Delivery is one delivery a night reads.
type Delivery struct {
	Seq     int64        `json:"seq"`
	Dataset string       `json:"dataset"`
	Source  string       `json:"source"`
	Name    string       `json:"name"`
	Sum     string       `json:"sum"`
	Date    schemas.Date `json:"date"`
	Mode    schemas.Mode `json:"mode"`
	Scope   string       `json:"scope"`
}

// DeliveryUse is a delivery and what the map made of it.
type DeliveryUse struct {
	Delivery
	Map MapOutput `json:"map"`
}

// DatasetState is what is known of a dataset as a whole: the latest full delivery of each scope, and the latest
// delivery that vouched for each scope.
type DatasetState struct {
	Fulls   []current.Full `json:"fulls,omitempty"`
	Vouched []current.Full `json:"vouched,omitempty"`
	Kept    *Kept          `json:"kept,omitempty"` // the dataset is held tonight; nil: it is not
}

// HomeState is where everything of one home is.
type HomeState struct {
	Home        schemas.Home         `json:"home"`
	Blocks      []uint16             `json:"blocks,omitempty"`
	Enterprises int                  `json:"enterprises"`
	Living      int                  `json:"living"`
	Directory   *store.Ref           `json:"directory,omitempty"`
	Current     map[string]StateRefs `json:"current,omitempty"` // by dataset
	Waiting     map[string]StateRefs `json:"waiting,omitempty"`
	Profile     *store.Ref           `json:"profile,omitempty"`
	Tags        *store.Ref           `json:"tags,omitempty"`
	Verdicts    *store.Ref           `json:"verdicts,omitempty"`
	Changes     *store.Ref           `json:"changes,omitempty"` // nil: none since the last night
	// What the nights since have changed in these; see layers. The profile is not written anew on such nights: who asks
	// for tonight's makes it from the rows, and Stale says so.
	TagFlips     []store.Ref `json:"tag_flips,omitempty"`
	VerdictFlips []store.Ref `json:"verdict_flips,omitempty"`
	Stale        bool        `json:"stale,omitempty"` // Profile is an earlier night's
}

// verdicts are the layers of the home's verdicts, nil if it has none.
func (h *HomeState) verdicts() *layers {
	if h.Verdicts == nil {
		return nil
	}
	return &layers{*h.Verdicts, h.VerdictFlips}
}

// tags are the layers of the home's tags, nil if it has none.
func (h *HomeState) tags() *layers {
	if h.Tags == nil {
		return nil
	}
	return &layers{*h.Tags, h.TagFlips}
}

// blockLen is the number of doors given out in a block of the home.
func (h *HomeState) blockLen(block uint16) int {
	i := slices.Index(h.Blocks, block)
	if i < 0 {
		return 0
	}
	return max(0, min(current.Doors, h.Enterprises-i*current.Doors))
}

// StateRefs names the artefacts of a state: the rows, and the personal columns apart.
type StateRefs struct {
	Rows   store.Ref  `json:"rows"`
	Sealed *store.Ref `json:"sealed,omitempty"`
	Held   int        `json:"held"`            // rows of the home, tombstones not counted
	Count  int        `json:"count,omitempty"` // rows of the home in Rows, tombstones too
	Deltas []RowDelta `json:"deltas,omitempty"`
}

// MapOutput is the record of a map task.
type MapOutput struct {
	Rows    int64              `json:"rows"`            // read; shown as progress
	Fatal   string             `json:"fatal,omitempty"` // why the file could not be read: the night is held
	Runs    []RunRefs          `json:"runs,omitempty"`
	Rejects *store.Ref         `json:"rejects,omitempty"`
	Doubts  *store.Ref         `json:"doubts,omitempty"` // rows that were taken and that the department should look at
	Report  standardise.Report `json:"report"`
}

// RunRefs names the artefacts of one sorted run of rows and the homes that occur in it.
type RunRefs struct {
	Rows   store.Ref     `json:"rows"`
	Sealed *store.Ref    `json:"sealed,omitempty"`
	Groups []table.Group `json:"groups"`
}

// Pushes names a night's push lists and counts them.
type Pushes struct {
	Backfill      bool       `json:"backfill,omitempty"` // dated before a published night: nobody is told
	Baseline      bool       `json:"baseline,omitempty"` // the first night: matches are noted, nobody is told
	BaselinePairs int64      `json:"baseline_pairs,omitempty"`
	Baselined     *store.Ref `json:"baselined,omitempty"`
	SMS           *store.Ref `json:"sms,omitempty"`
	Portal        *store.Ref `json:"portal,omitempty"`
	SMSCount      int64      `json:"sms_count"`
	PortalCount   int64      `json:"portal_count"`
	Pairs         int64      `json:"pairs"`
	NoContact     int64      `json:"no_contact"` // enterprises that an SMS is due to and that have no mobile number
	Earlier       int64      `json:"earlier"`    // pairs that an earlier night's list already holds
}
