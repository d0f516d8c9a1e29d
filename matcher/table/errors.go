package table

import (
	"errors"
	"fmt"
)

// Errors a caller branches on.
var (
	// ErrDamaged: the file is cut off, altered, or was never one of ours. The message says where.
	ErrDamaged = errors.New("damaged, or not a file of zhida")
	// ErrVersion: the file is one of ours, written by a version of zhida this one does not know.
	ErrVersion = errors.New("of a format version this zhida does not know")
	// ErrField: a column that the file does not have was asked for, or a table does not fit the file's fields.
	ErrField = errors.New("field does not fit the table")
	// ErrGroup: a group was written twice, or there are more than a Parquet file can hold.
	ErrGroup = errors.New("group cannot be written")
)

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
