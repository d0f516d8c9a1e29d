package enginetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// memory is a recorder.
type memory struct {
	lock             sync.Mutex
	units            map[string]json.RawMessage
	noLoad, noSaving bool
}

var errMemory = errors.New("no memory")

func (m *memory) Load(kind, id, spec string) (json.RawMessage, bool, error) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.noLoad {
		return nil, false, errMemory
	}
	output, ok := m.units[kind+" "+id+" "+spec]
	return output, ok, nil
}

func (m *memory) Save(kind, id, spec string, output json.RawMessage) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.noSaving {
		return errMemory
	}
	if m.units == nil {
		m.units = map[string]json.RawMessage{}
	}
	m.units[kind+" "+id+" "+spec] = output
	return nil
}

// journal is an observer.
type journal struct {
	lock   sync.Mutex
	stages []string
	counts []string
	rows   int64
	bounds map[string]int // by the last word
}

func (j *journal) Stage(name string, total int) {
	j.stages = append(j.stages, fmt.Sprintf("%s of %d", name, total))
}

func (j *journal) Unit(_, _ string, done, total int, rows int64) {
	j.counts = append(j.counts, fmt.Sprintf("%d/%d", done, total))
	j.rows += rows
}

func (j *journal) Boundary(name string) {
	j.lock.Lock()
	defer j.lock.Unlock()
	if j.bounds == nil {
		j.bounds = map[string]int{}
	}
	j.bounds[name[strings.LastIndexByte(name, ' ')+1:]]++
}
