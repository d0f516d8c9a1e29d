package main

import (
	"fmt"
	"slices"
	"sync"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/table"
	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

// threads is how many each of the peers has.
const threads = 2

// answer is for how many enterprises a condition is sure, and the exclusive or of the hashes of their ids.
type answer struct{ count, hash uint64 }

// hashOf scatters the bits of an id (the finaliser of SplitMix64).
func hashOf(id uint32) uint64 {
	z := uint64(id) + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// workload is a province's columns and library.
type workload struct {
	enterprises int
	columns     []string
	tags        []string
	inputs      []*plan.Input
	raw         []rawBlock
	hashes      [][]uint64 // of ids, by block
	ask         *asker
	items       []nation.Item
	questions   []*question
	lib         *matcher.Library
}

// rawBlock is a block as peers read it.
type rawBlock struct {
	number  uint32
	columns []*table.Column
	tags    []bits.Truth
	ids     map[int][]uint16 // of text columns: this block's ids in the numbers of all blocks
}

func (b *rawBlock) global(column int, id uint16) uint16 { return b.ids[column][id] }

func (b *rawBlock) hash(door int) uint64 { return hashOf(b.number<<16 | uint32(door)) }

func newWorkload(enterprises, items int) (*workload, error) {
	c, err := nation.NewColumns(nation.Options{Seed: 1, Enterprises: enterprises, Items: items, Date: schemas.NewDate(2026, 6, 15)})
	if err != nil {
		return nil, err
	}
	w := &workload{enterprises: enterprises, items: c.Items(0)}
	w.columns, w.tags = c.Names()
	_, end := c.Blocks(0)
	w.inputs, w.raw, w.hashes = make([]*plan.Input, end), make([]rawBlock, end), make([][]uint64, end)
	parallel(end, func(k int) {
		b := c.Block(k)
		w.inputs[k] = c.Input(b)
		r := rawBlock{number: uint32(k), ids: map[int][]uint16{}}
		for _, name := range w.columns {
			r.columns = append(r.columns, b.Attributes[name].Layers[0].Values)
		}
		for _, name := range w.tags {
			r.tags = append(r.tags, b.Tags[name])
		}
		w.raw[k] = r
		w.hashes[k] = make([]uint64, b.N)
		for door := range b.N {
			w.hashes[k][door] = r.hash(door)
		}
	})
	w.number(c)
	return w, w.compile(c)
}

// number numbers the words of text columns over all blocks.
func (w *workload) number(c *nation.Columns) {
	w.ask = &asker{columns: map[string]int{}, tags: map[string]int{}, words: map[int][]string{}}
	for i, name := range w.columns {
		w.ask.columns[name] = i
		w.ask.scale = append(w.ask.scale, c.Env().Attributes[name].Type.Scale)
		if w.raw[0].columns[i].Coded == nil {
			continue
		}
		words := map[string]uint16{}
		var list []string
		for k := range w.raw {
			for _, word := range w.raw[k].columns[i].Coded.Words {
				if _, ok := words[word]; !ok {
					words[word] = 0
					list = append(list, word)
				}
			}
		}
		slices.Sort(list)
		for id, word := range list {
			words[word] = uint16(id)
		}
		w.ask.words[i] = list
		for k := range w.raw {
			var ids []uint16
			for _, word := range w.raw[k].columns[i].Coded.Words {
				ids = append(ids, words[word])
			}
			w.raw[k].ids[i] = ids
		}
	}
	for i, name := range w.tags {
		w.ask.tags[name] = i
	}
}

// compile makes the library and the peers' questions of the same checked conditions.
func (w *workload) compile(c *nation.Columns) error {
	d := matcher.Definitions{Attributes: c.Env().Attributes}
	for _, it := range w.items {
		x, err := c.Compile(it.Condition)
		if err != nil {
			return err
		}
		d.Items = append(d.Items, matcher.Item{Rule: matcher.Rule{ID: it.ID, Expr: x}})
		q, err := w.ask.ask(x)
		if err != nil {
			return fmt.Errorf("%s: %w", it.Condition, err)
		}
		w.questions = append(w.questions, q)
	}
	var err error
	w.lib, err = matcher.Compile(d)
	return err
}

// ours answers with zhida, from the columns.
func (w *workload) ours() ([]answer, matcher.Stats, error) {
	type partial struct {
		answers []answer
		stats   matcher.Stats
		err     error
	}
	parts := make([]partial, threads)
	next := make(chan int, len(w.inputs))
	for k := range w.inputs {
		next <- k
	}
	close(next)
	var running sync.WaitGroup
	for i := range parts {
		running.Go(func() {
			p := partial{answers: make([]answer, len(w.items))}
			m := matcher.New(w.lib)
			for k := range next {
				hashes := w.hashes[k]
				s, err := m.EachSure(w.inputs[k], func(item int, sure bits.Set) {
					a := &p.answers[item]
					for door := range sure.All() {
						a.count++
						a.hash ^= hashes[door]
					}
				})
				p.stats.Tests += s.Tests
				p.stats.Shut += s.Shut
				p.stats.Pairs += s.Pairs
				if err != nil {
					p.err = err
				}
			}
			parts[i] = p
		})
	}
	running.Wait()
	out := parts[0]
	for _, p := range parts[1:] {
		for i, a := range p.answers {
			out.answers[i].count += a.count
			out.answers[i].hash ^= a.hash
		}
		out.stats.Tests += p.stats.Tests
		out.stats.Shut += p.stats.Shut
		out.stats.Pairs += p.stats.Pairs
		if p.err != nil {
			out.err = p.err
		}
	}
	return out.answers, out.stats, out.err
}

// all works out all verdicts and counts them.
func (w *workload) all() (sure, needs, near uint64) {
	var lock sync.Mutex
	matchers := make(chan *matcher.Matcher, threads)
	for range threads {
		matchers <- matcher.New(w.lib)
	}
	parallel(len(w.inputs), func(k int) {
		m := <-matchers
		defer func() { matchers <- m }()
		var s, f, n int
		_, err := m.Each(w.inputs[k], func(_ int, v matcher.Verdict) {
			s += v.Sure.Count()
			f += v.Needs.Count()
			n += v.Near.Count()
		})
		if err != nil {
			panic(err)
		}
		lock.Lock()
		sure, needs, near = sure+uint64(s), needs+uint64(f), near+uint64(n)
		lock.Unlock()
	})
	return sure, needs, near
}

// parallel does n things on as many goroutines as peers have threads.
func parallel(n int, do func(i int)) {
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	var running sync.WaitGroup
	for range threads {
		running.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	running.Wait()
}
