package pipeline

import (
	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/profile"
)

// verdictPart is one set of a verdict with the kind of bitmap it is kept as.
type verdictPart struct {
	kind string
	set  *bits.Set
}

// partsOf are the sets of a verdict, in one order for those who write and those who read them.
func partsOf(v *matcher.Verdict) [7]verdictPart {
	return [...]verdictPart{
		{profile.KindSure, &v.Sure},
		{profile.KindReview, &v.Review},
		{profile.KindDeclare, &v.Declare},
		{profile.KindReady, &v.Ready},
		{profile.KindLight, &v.Light},
		{profile.KindNeeds, &v.Needs},
		{profile.KindNear, &v.Near},
	}
}

// counts are the counters of an ItemCount in the order of partsOf.
func (c *ItemCount) counts() [7]*int64 {
	return [...]*int64{&c.Sure, &c.Review, &c.Declare, &c.Ready, &c.Light, &c.Needs, &c.Near}
}

// verdictGrid is the bitmaps of verdicts: a row per item of the library.
func (n *Night) verdictGrid() grid {
	g := grid{}
	for i := range n.Library.Items {
		g.names = append(g.names, n.Library.Items[i].ID)
	}
	for _, part := range partsOf(&matcher.Verdict{}) {
		g.kinds = append(g.kinds, part.kind)
	}
	return g
}

// kindSure is the place of KindSure among the kinds.
const kindSure = 0

// tagGrid is the bitmaps of tags: a row per tag of the library.
func (n *Night) tagGrid() grid {
	g := grid{kinds: []string{profile.KindYes, profile.KindNo}}
	for i := range n.Library.Tags {
		g.names = append(g.names, n.Library.Tags[i].ID)
	}
	return g
}
