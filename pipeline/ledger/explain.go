package ledger

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// explain adds what to do to errors that an operator can help.
func explain(err error) error {
	var ofFile *sqlite.Error
	if errors.As(err, &ofFile) {
		return explainFile(ofFile, err)
	}
	var ofServer *pgconn.PgError
	if errors.As(err, &ofServer) {
		return explainServer(ofServer, err)
	}
	if isLost(err) {
		return explainLost(err)
	}
	return err
}
