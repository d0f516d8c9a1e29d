package bits

// Pool recycles sets of one size, so that an evaluator that walks block after block allocates its working sets once.
// It belongs to one goroutine. The zero Pool is not usable: see NewPool.
type Pool struct {
	words int
	free  []Set
}

// NewPool returns a pool of sets of n bits.
func NewPool(n int) *Pool { return &Pool{words: Words(n)} }

// Get returns an empty set. It is the caller's until it is given back by Put.
func (p *Pool) Get() Set {
	if k := len(p.free); k > 0 {
		s := p.free[k-1]
		p.free = p.free[:k-1]
		s.Clear()
		return s
	}
	return make(Set, p.words)
}

// Put gives a set back that Get returned; it must not be used afterwards. A set of another size is dropped.
func (p *Pool) Put(s Set) {
	if len(s) == p.words {
		p.free = append(p.free, s)
	}
}

// GetTruth returns a truth that is unknown everywhere.
func (p *Pool) GetTruth() Truth { return Truth{Yes: p.Get(), No: p.Get()} }

// PutTruth gives both sets of a truth back.
func (p *Pool) PutTruth(t Truth) {
	p.Put(t.Yes)
	p.Put(t.No)
}
