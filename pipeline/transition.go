package pipeline

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"zhida/matcher"
	"zhida/matcher/changes"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

// transitions are the ways from the definitions of earlier nights to tonight's. They serve all tasks of this process.
type transitions struct {
	lock sync.Mutex
	made map[string]*transition // by the artefact of the definitions
}

func newTransitions() *transitions { return &transitions{made: map[string]*transition{}} }

// transition is the way from the definitions of one night to tonight's.
type transition struct {
	last    *changes.Rules // nil: they are lost, or this engine cannot read them
	between changes.Between
}

// maxParts bounds how many parts of the rules are tried one by one: each is a workspace of its own.
const maxParts = 16

// keepDefinitions stores the workspace's definitions, so that the next night can tell what they changed.
func (n *Night) keepDefinitions() (store.Ref, error) {
	return n.Store.Put("definitions", "json", n.Workspace.Definitions().Write)
}

// transition is the way from stored definitions to the workspace's. Where nothing changed, nothing is compiled.
func (n *Night) transition(ref store.Ref) (*transition, error) {
	t := n.transitions
	t.lock.Lock()
	defer t.lock.Unlock()
	if made := t.made[ref.Name]; made != nil {
		return made, nil
	}
	if !n.Store.Has(ref) { // lost: nothing but causes is read from it
		t.made[ref.Name] = &transition{}
		return t.made[ref.Name], nil
	}
	file, size, err := n.Store.Open(ref)
	if err != nil {
		return nil, err
	}
	last, err := workspace.ReadDefinitions(io.NewSectionReader(file, 0, size))
	if err := firstError(err, file.Close()); err != nil {
		return nil, err
	}
	made, err := n.newTransition(last)
	if err != nil {
		return nil, fmt.Errorf("compare definitions: %w", err)
	}
	t.made[ref.Name] = made
	return made, nil
}

func (n *Night) newTransition(last *workspace.Definitions) (*transition, error) {
	tonight := n.Workspace.Definitions()
	if last.Equal(tonight) {
		return &transition{last: rules(n.Workspace, n.Library)}, nil
	}
	made := &transition{}
	mixed := tonight.WithCodes(last)
	var err error
	load := func(d *workspace.Definitions) *changes.Rules {
		if err != nil || d.Equal(last) {
			return made.last
		}
		if d.Equal(tonight) {
			return rules(n.Workspace, n.Library)
		}
		var r *changes.Rules
		r, err = rulesOf(d.Load())
		return r
	}
	if made.last, err = rulesOf(last.Load()); made.last == nil || err != nil {
		return made, err
	}
	if !mixed.Equal(last) {
		made.between.Rules = load(mixed)
	}
	if codes := last.WithCodes(tonight); !codes.Equal(last) {
		made.between.Codes = load(codes)
	}
	parts := last.Parts(mixed)
	for _, part := range parts[:min(len(parts), maxParts)] {
		made.between.Parts = append(made.between.Parts, changes.Part{
			Name:  part.String(),
			Rules: sync.OnceValues(func() (*changes.Rules, error) { return rulesOf(last.LoadWith(mixed, part)) }),
		})
	}
	return made, err
}

// rulesOf compiles what a workspace decides; nil if the files make no sense together.
func rulesOf(ws *workspace.Workspace, err error) (*changes.Rules, error) {
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := matching(ws)
	if err != nil {
		return nil, err
	}
	for i := range d.Items { // who is sure is all that is asked
		d.Items[i] = matcher.Item{Rule: d.Items[i].Rule}
	}
	lib, err := matcher.Compile(d)
	if err != nil {
		return nil, err
	}
	return rules(ws, lib), nil
}

func rules(ws *workspace.Workspace, lib *matcher.Library) *changes.Rules {
	return &changes.Rules{Library: lib, Attributes: ws.Attributes, Datasets: ws.Datasets, RegionOf: ws.Region, Codes: ws.Codes}
}
