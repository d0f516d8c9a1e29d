package ledger

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// passes reports whether an error is that of a server which restarts, or of a connection that is lost.
func (*server) passes(err error) bool {
	var before *undoneError
	var unsettled *unsettledError
	switch {
	case errors.As(err, &unsettled):
		return false // it may be there: only the caller knows how to look
	case errors.As(err, &before), errors.Is(err, errTaken):
		return true
	}
	return isLost(err)
}

// endsConnection reports whether a server ends the connection for a reason of its own.
func endsConnection(code string) bool {
	switch code {
	case "57P01", "57P02", "57P03": // it stops, crashed, starts
		return true
	}
	return strings.HasPrefix(code, "08")
}

// isLost reports whether an error names a connection that is gone or cannot be made. The first error of a connection that is lost
// looks like that of any file, and so like that of a broken artefact that is read on the way; what follows it, the rollback,
// names the connection.
func isLost(err error) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return endsConnection(said.Code)
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return isCut(err)
	}
	return pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn)
}

// isBroken is isLost for an error that can only be of the connection.
func isBroken(err error) bool {
	var said *pgconn.PgError
	return isLost(err) || !errors.As(err, &said) && !errors.Is(err, context.Canceled) && isCut(err)
}

// isCut reports whether it is the line. A certificate that is not the server's is none of its errors.
func isCut(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// explainServer adds what to do to the errors of PostgreSQL that an operator can help.
func explainServer(said *pgconn.PgError, err error) error {
	switch said.Code {
	case "28P01", "28000":
		return fmt.Errorf("the server lets nobody in under that name and password: look at user and password of ledger in zhida.yaml, and at the server's pg_hba.conf: %w", err)
	case "3D000":
		return fmt.Errorf("the server has no such database: have it made with CREATE DATABASE … OWNER … ENCODING 'UTF8' TEMPLATE template0: %w", err)
	case "42501":
		return fmt.Errorf("the user has no right to do so: make it the owner of the ledger's database: %w", err)
	case "25006":
		return fmt.Errorf("the server only reads, it is a standby: give the address of the primary: %w", err)
	case "53100":
		return fmt.Errorf("the disk of the ledger's server is full: free some space and run again: %w", err)
	case "53300":
		return fmt.Errorf("the ledger's server has no connection left: raise its max_connections, or run again later: %w", err)
	case "55P03":
		return fmt.Errorf("another process is writing to the ledger: wait for it and run again: %w", err)
	case "XX001", "XX002":
		return fmt.Errorf("the ledger is damaged: restore it from a backup, into an empty database, with zhida ledger restore: %w", err)
	}
	if endsConnection(said.Code) {
		return explainLost(err)
	}
	return err
}

func explainLost(err error) error {
	return fmt.Errorf("the ledger's server cannot be reached: see that it runs, and run the same command again, which goes on where it was: %w", err)
}
