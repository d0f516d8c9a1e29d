package standardise

import "strings"

// arenaChunk is the memory taken at a time for texts of accepted rows: large enough that a row of the registration
// dataset (about 300 bytes of text) costs no allocation of its own.
const arenaChunk = 1 << 20

// An arena keeps copies of texts whose original lives in a batch that is about to go. Texts of a run are freed
// together, which is how they are used. The zero arena is ready.
type arena struct{ chunk strings.Builder }

// keep returns a copy of the text. strings.Builder never rewrites what it holds, so earlier copies stay valid.
func (a *arena) keep(text string) string {
	if text == "" {
		return ""
	}
	if a.chunk.Cap()-a.chunk.Len() < len(text) {
		a.chunk.Reset()
		a.chunk.Grow(max(arenaChunk, len(text)))
	}
	start := a.chunk.Len()
	a.chunk.WriteString(text)
	return a.chunk.String()[start:]
}

// reset lets go of the current chunk, so that the next run does not keep this one's texts alive.
func (a *arena) reset() { a.chunk.Reset() }
