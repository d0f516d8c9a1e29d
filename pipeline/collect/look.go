package collect

import (
	"context"

	"zhida/pipeline/ledger"
	"zhida/schemas"
)

// Awaited is what stands at the sources and has not been landed as it is.
type Awaited struct {
	Objects int
	Bytes   int64 // of those that say their size
}

// Look lists the sources, once: those it returns remember what they listed when they are first asked. What cannot be listed
// counts as nothing, and is told by who collects.
func Look(ctx context.Context, sources []Source, book *ledger.Ledger, until schemas.Date) (Awaited, []Source, error) {
	var out Awaited
	var looked []Source
	for _, source := range sources {
		objects, err := source.List(ctx)
		looked = append(looked, &listed{Source: source, objects: objects, err: err, fresh: true})
		known, err := book.Sightings(ctx, source.Name())
		if err != nil {
			return out, nil, err
		}
		for _, o := range objects {
			s, seen := known[o.Name]
			if o.Dataset == "" || o.Part != "" || o.Date > until || seen && s.Seq != 0 && s.Bytes == o.Size && s.Version == o.Version {
				continue
			}
			out.Objects++
			out.Bytes += max(0, o.Size)
		}
	}
	return out, looked, ctx.Err()
}

// listed is a source that has been listed.
type listed struct {
	Source
	objects []Object
	err     error
	fresh   bool
}

func (l *listed) List(ctx context.Context) ([]Object, error) {
	if l.fresh {
		l.fresh = false
		return l.objects, l.err
	}
	return l.Source.List(ctx)
}
