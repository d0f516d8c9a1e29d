package profile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
)

func genBitmap() *rapid.Generator[*roaring.Bitmap] {
	return rapid.Custom(func(t *rapid.T) *roaring.Bitmap {
		rb := roaring.BitmapOf(rapid.SliceOfN(rapid.Uint32(), 0, 30).Draw(t, "members")...)
		for range rapid.IntRange(0, 3).Draw(t, "runs") {
			from := uint64(rapid.Uint32Range(0, 1<<20).Draw(t, "from"))
			rb.AddRange(from, from+rapid.Uint64Range(0, 9000).Draw(t, "length"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "combs") { // too many runs to be worth one container of runs
			from := rapid.Uint32Range(0, 1<<20).Draw(t, "from")
			for i := range rapid.Uint32Range(0, 5000).Draw(t, "teeth") {
				rb.Add(from + 2*i)
			}
		}
		return rb
	})
}

func TestBitmapsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringN(0, 6, -1), 0, 5, rapid.ID[string]).Draw(t, "names")
		var out bytes.Buffer
		w := profile.NewBitmapWriter(&out)
		want := map[profile.Key]*roaring.Bitmap{}
		for _, name := range names {
			for _, kind := range []string{profile.KindYes, profile.KindNo} {
				rb := genBitmap().Draw(t, name+kind)
				want[profile.Key{Name: name, Kind: kind}] = rb.Clone()
				if err := w.Add(name, kind, rb); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := profile.OpenBitmaps(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(names)
		if !slices.Equal(file.Names(), names) || len(file.Keys()) != len(want) {
			t.Fatalf("names %q, want %q", file.Names(), names)
		}
		for key, rb := range want {
			got, err := file.Get(key.Name, key.Kind)
			if err != nil || !got.Equals(rb) {
				t.Fatalf("%v: %v, %v; want %v", key, got, err, rb)
			}
		}
		if got, err := file.Get("no such name", "yes"); got != nil || err != nil {
			t.Fatalf("a bitmap that is not there: %v, %v; want nil, nil", got, err)
		}
	})
}

// However a set came about, its bytes are the same.
func TestBitmapsAreCanonical(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rb, other := genBitmap().Draw(t, "bitmap"), genBitmap().Draw(t, "other")
		one := roaring.New() // one by one
		for _, v := range rb.ToArray() {
			one.Add(v)
		}
		blocks, dense := roaring.New(), bits.New(1<<16) // by blocks, from dense sets
		for next := rb.NextValue(0); next >= 0; {
			base := uint32(next) &^ 0xffff
			dense.FromRoaring(rb, base, 1<<16)
			dense.AppendTo(blocks, base)
			if base == 0xffff<<16 {
				break
			}
			next = rb.NextValue(base + 1<<16)
		}
		loose := roaring.Or(roaring.AndNot(rb, other), roaring.And(rb, other)) // by algebra
		more := roaring.Or(rb, other)                                          // by taking away
		more.RunOptimize()
		for _, v := range roaring.AndNot(other, rb).ToArray() {
			more.Remove(v)
		}
		want := bitmapFile(t, rb.Clone())
		for name, same := range map[string]*roaring.Bitmap{"one by one": one, "blocks": blocks, "algebra": loose, "taken away": more} {
			if !same.Equals(rb) {
				t.Fatalf("%s: the test makes another set", name)
			}
			if !bytes.Equal(bitmapFile(t, same), want) {
				t.Fatalf("%s: equal sets, other bytes", name)
			}
		}
	})
}

func bitmapFile(t interface{ Fatal(...any) }, bitmaps ...*roaring.Bitmap) []byte {
	var out bytes.Buffer
	w := profile.NewBitmapWriter(&out)
	for i, rb := range bitmaps {
		if err := w.Add(fmt.Sprint("标签", i), profile.KindYes, rb); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBitmapWriterRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		keys []profile.Key
	}{
		{"the same twice", []profile.Key{{Name: "a", Kind: "yes"}, {Name: "a", Kind: "yes"}}},
		{"a long name", []profile.Key{{Name: strings.Repeat("a", 65_536)}}},
		{"a long kind", []profile.Key{{Kind: strings.Repeat("a", 256)}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			w := profile.NewBitmapWriter(io.Discard)
			for _, k := range c.keys {
				_ = w.Add(k.Name, k.Kind, roaring.New()) // the error stays: Close returns it
			}
			if err := w.Close(); !errors.Is(err, profile.ErrBitmap) {
				t.Errorf("%v, want %v", err, profile.ErrBitmap)
			}
		})
	}
	full := profile.NewBitmapWriter(fullDisk{})
	if err := full.Add("a", "yes", roaring.New()); !errors.Is(err, errFull) {
		t.Errorf("on a full disk: %v", err)
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAddTag(t *testing.T) {
	t.Parallel()
	yes, no := bits.Of(100, 1, 5, 99), bits.Of(100, 0, 2)
	ry, rn := roaring.BitmapOf(1, 7<<16|100, 8<<16), roaring.New()
	yes.AppendTo(ry, 7<<16)
	no.AppendTo(rn, 7<<16)
	var out bytes.Buffer
	w := profile.NewBitmapWriter(&out)
	if err := errors.Join(w.Add("高新技术企业", profile.KindYes, ry), w.Add("高新技术企业", profile.KindNo, rn), w.Close()); err != nil {
		t.Fatal(err)
	}
	file, err := profile.OpenBitmaps(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	b := profile.Build(7, 100, bits.New(100), nil, nil, nil)
	for _, name := range []string{"高新技术企业", "没有"} {
		isYes, err := file.Get(name, profile.KindYes)
		if err != nil {
			t.Fatal(err)
		}
		isNo, err := file.Get(name, profile.KindNo)
		if err != nil {
			t.Fatal(err)
		}
		b.AddTag(name, isYes, isNo)
	}
	tag, none := b.Tags["高新技术企业"], b.Tags["没有"]
	if !tag.Equal(bits.Truth{Yes: yes, No: no}) || !none.Equal(bits.NewTruth(100)) {
		t.Errorf("tags %v", b.Tags)
	}
}
