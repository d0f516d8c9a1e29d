package profile_test

import (
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/schemas"
)

func TestCrosses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := genWorld().Draw(t, "world")
		a := profile.Build(0, doors, bits.New(doors), w.rows(), w.defs, w.datasets).Attributes[w.defs[0].Name]
		from := schemas.NewDate(2026, 1, 1) + schemas.Date(rapid.IntRange(0, 300).Draw(t, "from"))
		to := from + schemas.Date(rapid.IntRange(0, 40).Draw(t, "days"))
		values, known, layers := a.On(from)
		later, still, laterLayers := a.On(to)
		same := known.Equal(still)
		for door := range known.All() {
			same = same && still.Has(door) && valueAt(values, door) == valueAt(later, door) && at(layers, door) == at(laterLayers, door)
		}
		if !same && !a.Crosses(from, to) {
			t.Fatalf("from %v to %v something changes that Crosses does not see", from, to)
		}
		if a.Crosses(from, from) {
			t.Fatal("a day crosses itself")
		}
	})
}

func at(layers []uint8, door int) uint8 {
	if layers == nil {
		return 0
	}
	return layers[door]
}

func TestOldest(t *testing.T) {
	t.Parallel()
	for _, shelf := range []schemas.Span{{Days: 1}, {Months: 1}, {Months: 13}, {Years: 1}, {Years: 3, Days: 10}} {
		for today := schemas.NewDate(2024, 2, 1); today < schemas.NewDate(2025, 4, 1); today++ {
			oldest := schemas.Date(profile.Oldest(shelf, today))
			if oldest.Add(shelf) < today || (oldest-1).Add(shelf) >= today {
				t.Fatalf("shelf life %v on %v: %v", shelf, today, oldest)
			}
		}
	}
	if !(profile.Oldest(schemas.Span{}, 1) < 0) {
		t.Error("a fact without shelf life ages")
	}
	if got := profile.Oldest(schemas.Span{Years: 3}, 5); got != 1 {
		t.Errorf("before the calendar began: %d", got)
	}
}

// A fact beyond its shelf life gives way to the one of the next source, for texts as for numbers.
func TestStaleFactsGiveWay(t *testing.T) {
	t.Parallel()
	block, _, _ := small()
	a := block.Attributes["行业"]
	for day, want := range map[schemas.Date]string{schemas.NewDate(2027, 7, 1): "C39t", schemas.NewDate(2027, 7, 2): "C39s"} {
		values, known, layer := a.On(day)
		if !known.Has(1) || values.Texts[1] != want || (layer != nil) != (want == "C39s") {
			t.Errorf("on %v: %q of layers %v, want %q", day, values.Texts[1], layer, want)
		}
	}
	if a.Layers[0].Values.Texts[1] != "C39t" {
		t.Error("On changed the attribute")
	}
}
