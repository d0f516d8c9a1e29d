package source

import (
	"context"
	"errors"
	"io"

	"zhida/connectors/format"
	"zhida/schemas"
)

// Source is a place deliveries come from. It may be used by several goroutines at once. It holds nothing open between
// two calls and therefore has no Close.
type Source interface {
	// List returns every file of the place, sorted by Name, those included that are no delivery; files being written
	// (see Ignored) are left out. A place or a folder of deliveries that cannot be listed is an error, never a shorter list.
	List(ctx context.Context) ([]Object, error)

	// Open opens a file that List returned, for reading once from byte from, 0 to Object.Size, to its end. The caller closes it.
	// Reading gives io.EOF after exactly Object.Size-from bytes; a file whose size or Version became another is ErrChanged, from
	// Open or from Read, and what was read of it must be thrown away. ctx ends the reading too. An object that is no delivery
	// is ErrRefused.
	Open(ctx context.Context, object Object, from int64) (io.ReadCloser, error)
}

// Errors a caller branches on. Any other error of List, Open and Read is worth a retry: it comes from a network or a disk.
var (
	ErrDenied  = errors.New("the place does not let us")            // no retry helps: a key, a password, a right
	ErrGone    = errors.New("the file is no longer there")          // list again
	ErrChanged = errors.New("the file changed since it was listed") // it is being written: list again later
	ErrRefused = errors.New("the file must not be read")            // no retry helps: a link, no regular file, no delivery
)

// Object is one file of a source.
type Object struct {
	Name string // path within the source, with '/' between folders: unique, and the same in each listing
	Size int64  // bytes
	// Version changes when the content may have: time of change, entity tag. "": the place has no such mark.
	Version string

	Dataset string         // schemas.Dataset.Name; "" if the file is no delivery
	Date    schemas.Date   // business date
	Mode    schemas.Mode   // full, increment or append
	Scope   string         // region code of the declared scope, normalised; "": none is declared
	Format  format.Options // how to read it, as far as the site says

	Complete Complete // what says that the delivery is complete
	Part     Part     // of a marker or manifest, which is no delivery itself; a manifest has the Dataset of its deliveries

	Problem string // why the file is none of these, in English
}

// IsDelivery reports whether the file is a delivery or a manifest of some: whether it is read.
func (o Object) IsDelivery() bool { return o.Dataset != "" }
