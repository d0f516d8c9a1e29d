package pipeline

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// SealSpec names everything the maps made and where the last night left off.
type SealSpec struct {
	Definitions string                  `json:"definitions"`
	Deliveries  []DeliveryUse           `json:"deliveries"` // in arrival order
	Datasets    map[string]DatasetState `json:"datasets"`
	Crosswalk   *store.Ref              `json:"crosswalk,omitempty"`
	Pending     []current.Pending       `json:"pending,omitempty"`
	NextBlock   int                     `json:"next_block"`
	Homes       []HomeState             `json:"homes"`
}

// SealOutput is what the reduces need to know of each other.
type SealOutput struct {
	Datasets  map[string]DatasetState `json:"datasets"`
	Crosswalk *store.Ref              `json:"crosswalk,omitempty"`
	Pending   []current.Pending       `json:"pending,omitempty"`
	NextBlock int                     `json:"next_block"`
	Groups    [][]HomePlan            `json:"groups"` // one reduce task each
}

// HomePlan is what one home has to read and the blocks it may fill.
type HomePlan struct {
	State     HomeState `json:"state"` // last night's
	NewBlocks []uint16  `json:"new_blocks,omitempty"`
	Take      []Take    `json:"take,omitempty"`
	Leave     []string  `json:"leave,omitempty"` // rows of these codes go to another home
}

// Take tells a home to read rows of some codes from the group of another home.
type Take struct {
	From    schemas.Home         `json:"from"`
	Codes   []string             `json:"codes"`
	Waiting map[string]StateRefs `json:"waiting,omitempty"` // last night's waiting rows of that home
}

// Rows and enterprises that one reduce task takes, about: a part of all, so that the tasks of a province are few and their files
// not small; not so few that a city does not fill two cores evenly; not so many that memory grows with the province.
const (
	groupShare = 32
	leastRows  = 1 << 15
	mostRows   = 1 << 18
)

// groupRows is how many rows and enterprises a reduce task takes tonight.
func (s *sealing) groupRows() int {
	all := 0
	for _, weight := range s.weight {
		all += weight
	}
	return min(max(leastRows, all/groupShare), mostRows)
}

func (n *Night) runSeal(ctx context.Context, spec SealSpec) (SealOutput, error) {
	s := &sealing{
		night: n, spec: spec, homes: map[schemas.Home]*HomePlan{}, weight: map[schemas.Home]int{}, doors: map[schemas.Home]*current.Directory{},
		files: n.files().withoutSealed(),
	}
	defer s.files.close()
	for _, h := range spec.Homes {
		s.home(h.Home).State = h
		s.weight[h.Home] += h.Enterprises
	}
	for _, d := range spec.Deliveries {
		for _, run := range d.Map.Runs {
			if n.Workspace.Dataset(d.Dataset).Role == schemas.RoleCrosswalk {
				continue
			}
			for _, g := range run.Groups {
				s.home(schemas.Home(g.Name))
				s.weight[schemas.Home(g.Name)] += g.Rows
			}
		}
	}
	out := SealOutput{Datasets: s.datasets(), NextBlock: spec.NextBlock}
	changed, err := s.follow(&out)
	if err != nil {
		return out, err
	}
	s.reroute(changed)
	if err := s.rerouteStrays(); err != nil {
		return out, err
	}
	s.sortRoutes()
	if err := s.giveBlocks(ctx, &out); err != nil {
		return out, err
	}
	out.Groups = s.groups()
	return out, nil
}

type sealing struct {
	night  *Night
	spec   SealSpec
	before *current.Crosswalk
	after  *current.Crosswalk
	homes  map[schemas.Home]*HomePlan
	weight map[schemas.Home]int
	doors  map[schemas.Home]*current.Directory
	files  *files
}

func (s *sealing) home(h schemas.Home) *HomePlan {
	if s.homes[h] == nil {
		s.homes[h] = &HomePlan{State: HomeState{Home: h}}
	}
	return s.homes[h]
}

// datasets brings the latest full and vouching deliveries up to date.
func (s *sealing) datasets() map[string]DatasetState {
	out := maps.Clone(s.spec.Datasets)
	if out == nil {
		out = map[string]DatasetState{}
	}
	for _, d := range s.spec.Deliveries {
		st := out[d.Dataset]
		f := current.Full{Date: d.Date, Seq: d.Seq, Scope: d.Scope}
		if d.Mode == schemas.ModeFull {
			st.Fulls = latest(st.Fulls, f)
		} else if s.night.Workspace.Dataset(d.Dataset).Vouch {
			st.Vouched = latest(st.Vouched, f)
		}
		out[d.Dataset] = st
	}
	return out
}

// latest puts the delivery in the place of an older one of the same scope.
func latest(list []current.Full, f current.Full) []current.Full {
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(o current.Full) bool { return o.Scope == f.Scope })
	switch {
	case i < 0:
		list = append(list, f)
	case cmp.Or(cmp.Compare(list[i].Date, f.Date), cmp.Compare(list[i].Seq, f.Seq)) < 0:
		list[i] = f
	}
	slices.SortFunc(list, func(a, b current.Full) int { return cmp.Compare(a.Scope, b.Scope) })
	return list
}

// follow applies tonight's crosswalk rows and returns the codes that moved.
func (s *sealing) follow(out *SealOutput) ([]string, error) {
	var err error
	if s.before, err = s.files.crosswalk(s.spec.Crosswalk); err != nil {
		return nil, err
	}
	if s.after, err = s.files.crosswalk(s.spec.Crosswalk); err != nil {
		return nil, err
	}
	links, taken, err := s.links()
	if err != nil {
		return nil, err
	}
	pinned, err := s.pin() // before the links: what they say of a pinned code must find its door
	if err != nil {
		return nil, err
	}
	var failed error
	door := func(h schemas.Home, code string) (uint32, bool) {
		d, err := s.directory(h)
		if err != nil {
			failed = err
			return 0, false
		}
		return d.Lookup(code)
	}
	changed, pending := s.after.Add(links, s.night.homeOf, door)
	pending = s.after.Settle(s.standing(pending, taken, out.Datasets), s.night.homeOf, door)
	if failed != nil {
		return nil, failed
	}
	changed = slices.Compact(slices.Sorted(slices.Values(append(changed, pinned...))))
	out.Pending, out.Crosswalk = pending, s.spec.Crosswalk
	if len(changed) == 0 {
		return nil, nil
	}
	t := s.after.Table()
	ref, err := s.night.Store.Put("identity", "parquet", writeGroups(t, []table.Group{{Name: "crosswalk", Rows: t.N}}))
	out.Crosswalk = &ref
	return changed, err
}

// links are tonight's links and the mergers of the nights before, and those that tonight's deliveries delete.
func (s *sealing) links() (links, taken []current.Link, err error) {
	for _, d := range s.spec.Deliveries {
		ds := s.night.Workspace.Dataset(d.Dataset)
		if ds.Role != schemas.RoleCrosswalk {
			continue
		}
		for _, run := range d.Map.Runs {
			t, err := s.files.group(run.Rows, standardise.Crosswalk)
			if err != nil {
				return nil, nil, err
			}
			if t == nil {
				continue
			}
			olds, news, pos, ops := t.Column(standardise.CodeColumn), t.Column(ds.NewCode), t.Column(standardise.PosColumn), t.Column(standardise.OpColumn)
			for i := range t.N {
				link := current.Link{Old: olds.Texts[i], New: news.Texts[i], Date: d.Date, Seq: d.Seq, Pos: pos.Ints[i]}
				if ops.Ints[i] == standardise.OpDelete {
					taken = append(taken, link)
				} else {
					links = append(links, link)
				}
			}
		}
	}
	for _, p := range s.spec.Pending {
		again := slices.ContainsFunc(links, func(l current.Link) bool { return l.Old == p.Old && l.New == p.New })
		if !again && p.Reason == current.PendingMerger { // the other kind can never be followed
			links = append(links, p.Link)
		}
	}
	return links, taken, nil
}

// standing leaves out the mergers that the crosswalk has taken back since: a delivery deletes their row, or is the whole crosswalk
// and has no such row. Links between codes of one enterprise stay: what was delivered under either code has come together.
func (s *sealing) standing(pending []current.Pending, taken []current.Link, states map[string]DatasetState) []current.Pending {
	var wholes []current.Full
	for name, st := range states {
		if ds := s.night.Workspace.Dataset(name); ds != nil && ds.Role == schemas.RoleCrosswalk {
			wholes = append(wholes, st.Fulls...)
		}
	}
	return slices.DeleteFunc(pending, func(p current.Pending) bool {
		return slices.ContainsFunc(wholes, func(f current.Full) bool {
			return f.Scope == "" && cmp.Or(cmp.Compare(f.Date, p.Date), cmp.Compare(f.Seq, p.Seq)) > 0
		}) || slices.ContainsFunc(taken, func(l current.Link) bool {
			later := cmp.Or(cmp.Compare(l.Date, p.Date), cmp.Compare(l.Seq, p.Seq), cmp.Compare(l.Pos, p.Pos)) > 0
			return later && l.Old == p.Old && (l.New == "" || l.New == p.New)
		})
	})
}

// heldDirectories bounds the directories held at a time: links jump between homes.
const heldDirectories = 64

func (s *sealing) directory(h schemas.Home) (*current.Directory, error) {
	if d := s.doors[h]; d != nil {
		return d, nil
	}
	var state HomeState
	if p := s.homes[h]; p != nil {
		state = p.State
	}
	state.Home = h
	d, err := s.files.directory(state)
	if err != nil {
		return nil, err
	}
	if len(s.doors) == heldDirectories {
		clear(s.doors)
	}
	s.doors[h] = d
	return d, nil
}

// reroute tells the homes of changed codes which rows to leave and to take. The maps sorted rows by last night's
// crosswalk, and rows that wait do so where that put them.
func (s *sealing) reroute(changed []string) {
	before := s.night.homeIn(s.before)
	for _, code := range changed {
		target, _ := s.after.Target(code)
		s.move(code, before(code), target.Home)
	}
}

// rerouteStrays finds rows that wait in a home for unknown regions though the region table has learnt their region since.
func (s *sealing) rerouteStrays() error {
	to := s.night.homeIn(s.after)
	for _, h := range s.spec.Homes {
		if h.Home.Region() != string(schemas.NoHome) {
			continue
		}
		strays := map[string]bool{}
		for _, ds := range sortedKeys(h.Waiting) {
			waiting, err := s.files.state(h.Waiting[ds], string(h.Home))
			if err != nil {
				return err
			}
			for _, code := range waiting.Rows.Column(current.ColumnCode).Texts {
				strays[code] = to(code) != h.Home
			}
		}
		for _, code := range sortedKeys(strays) {
			if strays[code] {
				s.move(code, h.Home, to(code))
			}
		}
	}
	return nil
}

// move makes the rows of a code that one home would read be read by another.
func (s *sealing) move(code string, from, to schemas.Home) {
	if from == to || s.homes[from] == nil {
		return
	}
	s.home(from).Leave = append(s.home(from).Leave, code)
	target := s.home(to)
	i := slices.IndexFunc(target.Take, func(t Take) bool { return t.From == from })
	if i < 0 {
		i = len(target.Take)
		target.Take = append(target.Take, Take{From: from, Waiting: s.homes[from].State.Waiting})
	}
	target.Take[i].Codes = append(target.Take[i].Codes, code)
}

// sortRoutes puts the codes of all routes in order, each once: they are searched.
func (s *sealing) sortRoutes() {
	for _, plan := range s.homes {
		plan.Leave = sorted(plan.Leave)
		slices.SortFunc(plan.Take, func(a, b Take) int { return cmp.Compare(a.From, b.From) })
		for i := range plan.Take {
			plan.Take[i].Codes = sorted(plan.Take[i].Codes)
		}
	}
}

func sorted(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (s *sealing) order() []schemas.Home { return slices.Sorted(maps.Keys(s.homes)) }

// groups packs neighbouring homes into reduce tasks. Homes that share their verdicts stay together, so
// that those can be taken over; new ones go with the homes before them. Only a group that has come to be several times as
// large as it should be is packed anew.
func (s *sealing) groups() [][]HomePlan {
	var out [][]HomePlan
	rows := s.groupRows()
	for _, kept := range s.kept() {
		weight, packed := 0, true
		for _, h := range kept {
			weight += s.weight[h]
			packed = packed && s.homes[h].State.Verdicts == nil
		}
		packed = packed || weight >= regroup*rows
		weight = rows
		for _, h := range kept {
			if len(out) == 0 || packed && weight >= rows || !packed && h == kept[0] {
				out, weight = append(out, nil), 0
			}
			out[len(out)-1] = append(out[len(out)-1], *s.homes[h])
			weight += s.weight[h]
		}
	}
	return out
}

// regroup is how many times what a task takes the homes of a group may come to.
const regroup = 4

// kept cuts the homes where those of one artefact of verdicts end and those of another begin.
func (s *sealing) kept() [][]schemas.Home {
	var out [][]schemas.Home
	var last *layers
	for _, h := range s.order() {
		state := &s.homes[h].State
		verdicts := state.verdicts()
		if len(out) == 0 || verdicts != nil && last != nil && !verdicts.equal(last) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], h)
		if verdicts != nil {
			last = verdicts
		}
	}
	return out
}
