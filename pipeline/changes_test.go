package pipeline

import (
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/profile"
	"zhida/schemas"
)

// TestChangeKind writes what a bitmap of changes is about and reads it again, also where it is too long to be kept whole.
func TestChangeKind(t *testing.T) {
	t.Parallel()
	home := &HomeState{Blocks: []uint16{2, 5}}
	ids := roaring.BitmapOf(1<<16|7, 2<<16|7, 5<<16, 6<<16)
	for _, c := range []Change{
		{Entered: true, Cause: schemas.CauseRules, Detail: "标签 高新技术企业"},
		{Cause: schemas.CauseRules, Detail: "标签 " + strings.Repeat("很长", 60)},
		{Cause: schemas.CauseSeveral},
	} {
		kind := changeKind(c.Entered, c.Cause, c.Detail)
		if len(kind) > maxKind {
			t.Errorf("%q has %d bytes", kind, len(kind))
		}
		got := appendChanges(nil, home, profile.Key{Name: "A", Kind: kind}, ids)
		if len(got) != 2 || got[0].ID != 2<<16|7 || got[1].ID != 5<<16 {
			t.Fatalf("%q: the home's changes are %v", kind, got)
		}
		g := got[1]
		if g.Item != "A" || g.Entered != c.Entered || g.Cause != c.Cause || !strings.HasPrefix(c.Detail, g.Detail) || len(g.Detail) < min(len(c.Detail), 200) {
			t.Errorf("%+v became %+v", c, g)
		}
	}
}
