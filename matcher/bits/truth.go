package bits

// Truth is a condition's value for every door of a block, in three values: the doors for which it is yes and those
// for which it is no. The two are disjoint; a door in neither is unknown. The operations follow Kleene's logic, in
// place and without allocation.
type Truth struct {
	Yes, No Set
}

// NewTruth returns a truth of n doors, all unknown.
func NewTruth(n int) Truth {
	w := Words(n)
	both := make(Set, 2*w)
	return Truth{Yes: both[:w:w], No: both[w:]}
}

// And makes t the conjunction of t and o: yes where both are yes, no where either is no.
func (t *Truth) And(o Truth) {
	and(t.Yes, o.Yes[:len(t.Yes)])
	or(t.No[:len(t.Yes)], o.No[:len(t.Yes)])
}

// Or makes t the disjunction of t and o: yes where either is yes, no where both are no.
func (t *Truth) Or(o Truth) {
	or(t.Yes, o.Yes[:len(t.Yes)])
	and(t.No[:len(t.Yes)], o.No[:len(t.Yes)])
}

// Split makes t yes for the known ones that are in the set, and no for the other known ones. in may be t.Yes.
func (t *Truth) Split(in, known Set) {
	n := len(t.Yes)
	split(in[:n], known[:n], t.Yes, t.No[:n])
}

// Not exchanges yes and no.
func (t *Truth) Not() { t.Yes, t.No = t.No, t.Yes }

// Clear makes t unknown everywhere.
func (t *Truth) Clear() {
	t.Yes.Clear()
	t.No.Clear()
}

// FillYes makes t yes for the doors 0 to n-1.
func (t *Truth) FillYes(n int) {
	t.Yes.Fill(n)
	t.No.Clear()
}

// FillNo makes t no for the doors 0 to n-1.
func (t *Truth) FillNo(n int) {
	t.No.Fill(n)
	t.Yes.Clear()
}

// Copy makes t equal to o.
func (t *Truth) Copy(o Truth) {
	t.Yes.Copy(o.Yes)
	t.No.Copy(o.No)
}

// Clone returns a new truth equal to t.
func (t *Truth) Clone() Truth { return Truth{Yes: t.Yes.Clone(), No: t.No.Clone()} }

// Equal reports whether both have the same value for every door.
func (t *Truth) Equal(o Truth) bool { return t.Yes.Equal(o.Yes) && t.No.Equal(o.No) }

// Unknown puts into s the doors below n for which t is unknown.
func (t *Truth) Unknown(s Set, n int) {
	yes, no := t.Yes[:len(s)], t.No[:len(s)]
	for i := range s {
		s[i] = ^(yes[i] | no[i])
	}
	s.Truncate(n)
}
