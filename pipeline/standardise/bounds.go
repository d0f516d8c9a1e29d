package standardise

// storable is the first amount that a DECIMAL(18) column cannot hold.
const storable = 1_000_000_000_000_000_000

// bounded drops numbers and days outside the field's bounds, and those too large to store.
type bounded struct {
	next             reader
	low, high        *int64
	tooSmall, tooBig flagID
	currency         string // money: bounds are amounts of this currency and say nothing of others; "" otherwise
}

func (b bounded) read(text string) value {
	v := b.next.read(text)
	own := v.second == b.currency
	switch {
	case !v.known:
		return v
	case v.n <= -storable || own && b.low != nil && v.n < *b.low:
		return dropped(b.tooSmall)
	case v.n >= storable || own && b.high != nil && v.n > *b.high:
		return dropped(b.tooBig)
	}
	return v
}
