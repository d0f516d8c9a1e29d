package workspace

import (
	"zhida/schemas"
)

// glued is condition text put together from pieces of a file, each character of a piece where it stands there. What
// stands in no file is said to stand at the end of the piece before it, or where the first begins.
type glued struct {
	mapped
	last spot
}

// glueFrom begins a text whose first piece is to be the given one.
func glueFrom(first conditionText) *glued {
	g := &glued{}
	if len(first.at) > 0 {
		g.last = first.at[0]
	}
	return g
}

// write adds text that stands in no file.
func (g *glued) write(text string) {
	for _, r := range text {
		g.text, g.at = append(g.text, r), append(g.at, g.last)
	}
}

// add adds a piece of a file.
func (g *glued) add(piece conditionText) {
	g.text, g.at = append(g.text, piece.text...), append(g.at, piece.at...)
	if n := len(piece.at); n > 0 {
		g.last = piece.at[n-1]
	}
}

// addList adds pieces separated by commas.
func (g *glued) addList(pieces []conditionText) {
	for i, p := range pieces {
		if i > 0 {
			g.write(", ")
		}
		g.add(p)
	}
}

// done is the text. It has no lines of its own in the file: faults are placed character by character.
func (g *glued) done() conditionText {
	return conditionText{Text: schemas.Text{Text: string(g.text)}, mapped: g.mapped}
}
