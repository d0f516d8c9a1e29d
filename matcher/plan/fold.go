package plan

import (
	"encoding/binary"
	"math/big"

	"zhida/matcher/condition"
)

// fold makes one value of an enterprise's rows: 计数, 求和, 平均, 最小, 最大, 种数. A row counts for sure where its condition is
// yes, and may count where that is unknown. Of a row that nothing has confirmed for longer than the shelf life nothing is
// known any more: it may count, and its value can be anything. If the list does not vouch for the enterprise there may be
// further rows, of which no more is known.
type fold struct {
	op    condition.FoldOp
	space int
	where Ref
	of    *program // nil: 计数, or 种数 of texts
	text  field    // 种数 of texts
}

// fold adds a fold and returns its node, and the unit of its values.
func (b *Builder) fold(x condition.Fold) (Ref, *big.Rat) {
	f := &fold{op: x.Op, where: b.AddOver(x.Over), space: b.space(x.Over)}
	unit := whole()
	key := binary.AppendUvarint([]byte{byte(x.Op)}, uint64(f.where))
	parts := []Ref{f.where}
	cost := costFold + b.plan.Cost(f.where)
	if x.Of != nil {
		of := folded(x.Of)
		if c, ok := of.(condition.Column); ok && fieldOf(c).isText() {
			f.text = fieldOf(c)
			key = append(key, f.text.String()...)
		} else {
			p := b.program(of, f.space)
			f.of = &p
			parts = append(parts, p.refs()...)
			key = append(key, p.key()...)
			cost += p.cost()
			if x.Op != condition.FoldDistinct {
				unit = p.unit
			}
		}
	}
	return b.intern(string(key), node{kind: kindFold, space: enterprises, parts: parts, fold: f, cost: cost}), unit
}
