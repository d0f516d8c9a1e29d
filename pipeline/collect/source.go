package collect

import (
	"context"
	"fmt"
	"io"
	"time"

	"zhida/connectors/source"
	"zhida/pipeline/ledger"
	"zhida/schemas"
)

// Night is what collecting has to know of its night.
type Night struct {
	Until schemas.Date                                     // the last business date that is taken
	Now   func() time.Time                                 //
	Wait  func(ctx context.Context, d time.Duration) error // for files to come to rest; nil: by a timer
}

// Source is where deliveries come from. It is used by one goroutine at a time.
type Source interface {
	// Name is the source's name in the workspace, unique there.
	Name() string
	// List returns everything the source holds that a person would call a delivery, also what matches no dataset.
	List(ctx context.Context) ([]Object, error)
	// Since is the first business date that List speaks of; zero: it speaks of all. What is older may be there all the same.
	Since() schemas.Date
	// Open reads the bytes of an object that List returned. The caller closes it; an error of Close counts as one of
	// reading. ErrChanging, also from reading, says that the object is no longer what was listed, ErrAgain that opening it once more
	// may help.
	Open(ctx context.Context, object Object) (io.ReadCloser, error)
}

// Object is one file, table extract or pull that a source holds. Two equal Objects are taken to have the same content
// only if they have a Version.
type Object struct {
	Name    string // unique in the source
	Size    int64  // bytes; below zero: the source cannot tell
	Dataset string // schemas.Dataset.Name, or "" if the name matches no pattern
	Date    schemas.Date
	Mode    schemas.Mode
	Scope   string
	// Complete names what says that the delivery is complete.
	Complete source.Complete
	// Part says that the object is no delivery but speaks of some.
	Part source.Part
	// Version changes whenever the content may have changed: time of change, ETag. Empty: the source has no such mark,
	// and the object is read and hashed every night to find out.
	Version string
	// Problem says why the object matches no dataset.
	Problem string
}

// Result is what a Collect found.
type Result struct {
	Landed    []ledger.Delivery // new ones, by Seq
	Known     int               // objects that had been landed before
	Withdrawn []ledger.Delivery // broken ones that their source has taken back
	Later     []Found           // dated after the night
	Changing  []Found           // changed while they were read: to be landed another time
	Waiting   []Found           // not complete: to be landed when they are
	Alone     []Found           // markers and manifests of deliveries that are not there
	Missing   []Missing         // what manifests name
	Unknown   []Found           // match no dataset; Found.New on the first night they stand there
	Failures  []Failure         // what could not be read
}

// Found is an object at a source.
type Found struct {
	Source string
	Object Object
	New    bool
	Why    error // it waits, or how it was seen that it changed; nil: it is listed otherwise
}

// Missing says that a manifest names a file that has never come.
type Missing struct{ Source, Manifest, File string }

// Failure says that a source, or one object of it, could not be read.
type Failure struct {
	Source string
	Name   string // of the object; empty: the source itself
	Err    error
}

// Error says what could not be read and why.
func (f Failure) Error() string {
	if f.Name == "" {
		return fmt.Sprintf("source %s: %v", f.Source, f.Err)
	}
	return fmt.Sprintf("source %s: %s: %v", f.Source, f.Name, f.Err)
}

// Unwrap is the cause.
func (f Failure) Unwrap() error { return f.Err }
