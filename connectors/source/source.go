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
	// is ErrRefused. An object whose size is not known is read from byte 0 only (else it is ErrRefused), to an end that Read tells
	// from a broken connection; what was read of it before an error must be thrown away.
	Open(ctx context.Context, object Object, from int64) (io.ReadCloser, error)
}

// Errors a caller branches on. ErrAgain comes from a source that has been made patient (connectors/source/retry). Any other error of List, Open and Read is worth a retry: it comes from a network or a disk.
var (
	ErrDenied  = errors.New("the place does not let us")            // no retry helps: a key, a password, a right
	ErrGone    = errors.New("the file is no longer there")          // list again
	ErrChanged = errors.New("the file changed since it was listed") // it is being written: list again later
	ErrAgain   = errors.New("the reading must begin again")         // a connection broke, and nobody can go on in the middle
	ErrRefused = errors.New("the file must not be read")            // no retry helps: a link, no regular file, no delivery
)

// Object is one file of a source.
type Object struct {
	Name string // path within the source, with '/' between folders: unique, and the same in each listing
	Size int64  // bytes; -1: not known before it is read, as of a table
	// Version changes when the content may have: time of change, entity tag. "": the place has no such mark.
	Version string

	Dataset string         // schemas.Dataset.Name; "" if the file is no delivery
	Date    schemas.Date   // business date
	Mode    schemas.Mode   // full, increment or append
	Scope   string         // region code of the declared scope, normalised; "": none is declared
	Format  format.Options // how to read it, as far as the site says

	Problem string // why the file is no delivery, in English; "" for deliveries
}

// IsDelivery reports whether the file is a delivery.
func (o Object) IsDelivery() bool { return o.Dataset != "" }
