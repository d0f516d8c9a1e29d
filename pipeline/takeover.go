package pipeline

// begin decides what of the last night's is taken over. It goes by the spec alone: a replay decides alike.
func (r *reducing) begin() error {
	r.anew = true
	if r.spec.Last == nil {
		return nil
	}
	standing := r.standing()
	if standing == nil || r.spec.Afresh || r.spec.Last.Definitions != r.spec.Definitions || !r.together(standing) {
		return nil
	}
	var err error
	if r.lastTags, err = r.night.earlier(standing.tags(), r.parts.tags.grid); err != nil {
		return err
	}
	r.reuse = true
	r.anew = standing.verdicts().full() || standing.tags().full() || r.opens()
	r.everybody = r.everybodyMoves()
	return nil
}

// readVerdicts reads the last night's verdicts of a home, which are mostly those of the home before it.
func (r *reducing) readVerdicts(h *HomeState) error {
	if r.spec.Last == nil || h.Verdicts == nil || r.readFrom != nil && h.verdicts().equal(r.readFrom) {
		return nil
	}
	var err error
	r.readFrom = h.verdicts()
	r.lastVerdicts, err = r.night.earlier(r.readFrom, r.parts.verdicts.grid)
	return err
}

// standing is a home that has verdicts; what it names is that of all the group's homes. Nil if there is none.
func (r *reducing) standing() *HomeState {
	for i := range r.spec.Homes {
		if h := &r.spec.Homes[i].State; h.Verdicts != nil {
			return h
		}
	}
	return nil
}

// together reports whether all homes that have verdicts have them in the same artefacts.
func (r *reducing) together(standing *HomeState) bool {
	for i := range r.spec.Homes {
		h := &r.spec.Homes[i].State
		if h.Verdicts != nil && (!h.verdicts().equal(standing.verdicts()) || !h.tags().equal(standing.tags())) {
			return false
		}
	}
	return true
}

// opens reports whether a home may have enterprises tonight and had none: it has no profile to stand.
func (r *reducing) opens() bool {
	for i := range r.spec.Homes {
		if h := &r.spec.Homes[i]; h.State.Verdicts == nil && len(h.NewBlocks)+len(h.State.Blocks) > 0 {
			return true
		}
	}
	return false
}
