package collect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zhida/connectors/source"
	"zhida/connectors/source/manifest"
)

// askAgain is what helps against a delivery that is not what its manifest says.
const askAgain = "ask the sender to deliver it again, and its manifest with it"

// said looks for what says that an object is complete. why says for what it waits, "" for nothing; an *unreadable error is one of
// the object.
func (v *visit) said(ctx context.Context, object Object) (said manifest.Entry, why string, err error) {
	said = manifest.Entry{Rows: -1, Bytes: -1}
	if name := object.Complete.Marker; name != "" {
		return said, v.unmarked(object, name), nil
	}
	name := object.Complete.Manifest
	if name == "" {
		return said, "", nil
	}
	if _, ok := v.there[name]; !ok {
		return said, fmt.Sprintf("its manifest %s is not there", name), nil
	}
	m, err := v.manifest(ctx, name)
	if err != nil {
		return said, "", err
	}
	if m == nil {
		return said, fmt.Sprintf("its manifest %s cannot be read", name), nil
	}
	entry, ok := m.Find(object.Name)
	switch {
	case !ok:
		return said, fmt.Sprintf("its manifest %s does not name it", name), nil
	case entry.Bytes >= 0 && object.Size >= 0 && entry.Bytes != object.Size:
		return said, "", &unreadable{fmt.Errorf("it has %d bytes, its manifest %s says %d: %s", object.Size, name, entry.Bytes, askAgain)}
	}
	return entry, "", nil
}

// unmarked says why an object is not complete though it should have a marker, "" if it is. A marker that has stood there since
// earlier content of that name was landed says nothing of what stands there now.
func (v *visit) unmarked(object Object, name string) string {
	marker, ok := v.there[name]
	if !ok {
		return fmt.Sprintf("its marker %s is not there", name)
	}
	before, seen := v.sightings[object.Name]
	replaced := seen && before.Seq != 0 && before != sight(v.source, object, before.Seq)
	if last, seen := v.sightings[name]; replaced && seen && marker.Version != "" && last == sight(v.source, marker, last.Seq) {
		return fmt.Sprintf("it was replaced, and its marker %s is the one of before: the sender should write it anew when the file is complete", name)
	}
	return ""
}

// manifest reads a manifest, once per visit; nil if it cannot be read, which has been recorded.
func (v *visit) manifest(ctx context.Context, name string) (*manifest.Manifest, error) {
	if m, ok := v.manifests[name]; ok {
		return m, nil
	}
	v.manifests[name] = nil
	m, err := v.readManifest(ctx, v.there[name])
	switch {
	case errors.Is(err, manifest.ErrForm):
		return nil, v.fail(ctx, v.source, name, fmt.Errorf("%w: ask the sender for one that is", err))
	case err != nil:
		return nil, v.failed(ctx, v.there[name], &unreadable{err})
	}
	v.manifests[name] = m
	var came []string
	for name := range v.there {
		came = append(came, name)
	}
	for name, sighting := range v.sightings {
		if sighting.Seq != 0 {
			came = append(came, name)
		}
	}
	for _, file := range m.Others(came) {
		v.result.Missing = append(v.result.Missing, Missing{Source: v.source.Name(), Manifest: name, File: file})
	}
	return m, nil
}

func (v *visit) readManifest(ctx context.Context, object Object) (*manifest.Manifest, error) {
	body, err := v.source.Open(ctx, object)
	if err != nil {
		return nil, err
	}
	m, err := manifest.Read(object.Name, body)
	return m, errors.Join(err, body.Close())
}

// rows is how many rows a manifest says.
func rows(said manifest.Entry) sql.Null[int64] {
	return sql.Null[int64]{V: max(said.Rows, 0), Valid: said.Rows >= 0}
}

// alone reports markers and manifests of deliveries that are not there.
func (v *visit) alone() {
	claimed := map[string]bool{}
	for _, object := range v.objects {
		claimed[object.Complete.Marker], claimed[object.Complete.Manifest] = true, true
	}
	for _, object := range v.objects {
		if (object.Part == source.PartMarker || object.Part == source.PartManifest) && !claimed[object.Name] {
			v.result.Alone = append(v.result.Alone, v.found(object))
		}
	}
}
