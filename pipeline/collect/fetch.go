package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"zhida/connectors/source/manifest"
	"zhida/pipeline/store"
)

// landingKind is the store's folder of raw deliveries.
const landingKind = "landing"

// ErrChanging is an object that is no longer what was listed: it is being written. It is landed another time.
var ErrChanging = errors.New("the object changed while it was read")

// ErrAgain is an object whose reading broke where nobody can go on.
var ErrAgain = errors.New("the reading must begin again")

// attempts is how often such an object is begun: its source waits before it says ErrAgain.
const attempts = 4

// unreadable is an error of the source, as opposed to one of the store.
type unreadable struct{ err error }

func (u *unreadable) Error() string { return u.err.Error() }
func (u *unreadable) Unwrap() error { return u.err }

// fetch brings the content of an object into the store, unless it has another checksum than its manifest says.
func (c *collector) fetch(ctx context.Context, source Source, object Object, said manifest.Entry) (ref store.Ref, err error) {
	for range attempts {
		if ref, err = c.bring(ctx, source, object, said); !errors.Is(err, ErrAgain) {
			break
		}
	}
	return ref, err
}

// bring is one attempt.
func (c *collector) bring(ctx context.Context, source Source, object Object, said manifest.Entry) (ref store.Ref, err error) {
	body, err := source.Open(ctx, object)
	if err != nil {
		return store.Ref{}, &unreadable{err}
	}
	in := &reading{ctx: ctx, r: body}
	if object.Size >= 0 {
		in.r = io.LimitReader(body, object.Size+1) // one byte more tells that it grew
	}
	ref, err = c.store.PutSealed(landingKind, extension(object.Name), func(w io.Writer) error {
		digest := said.Digest()
		n, err := io.Copy(io.MultiWriter(w, digest), in)
		if err != nil || object.Size >= 0 && n != object.Size { // the latter is looked at below
			return err
		}
		if err := digest.Check(); err != nil {
			return &unreadable{fmt.Errorf("%w (%s): %s", err, object.Complete.Manifest, askAgain)}
		}
		return nil
	})
	closed := body.Close()
	switch {
	case in.err != nil:
		return store.Ref{}, &unreadable{in.err}
	case err != nil:
		return store.Ref{}, err
	case object.Size >= 0 && ref.Size != object.Size:
		return store.Ref{}, ErrChanging // also if Close complains: not all was read
	case closed != nil:
		return store.Ref{}, &unreadable{closed}
	}
	return ref, nil
}

// reading remembers the error of the source, and ends when the night is cancelled.
type reading struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	if r.err = r.ctx.Err(); r.err != nil {
		return 0, r.err
	}
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

var extensionForm = regexp.MustCompile(`^[a-z0-9]{1,8}$`)

// extension is the ending of the artefact's name, for people: the format is chosen by the object's own name.
func extension(name string) string {
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")); extensionForm.MatchString(ext) && ext != "age" {
		return ext
	}
	return "bin"
}
