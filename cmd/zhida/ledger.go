package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
)

func (a *app) newLedgerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "back up the ledger, and restore it",
		Args:  exactly(0, "a command"),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.newLedgerBackupCommand(), a.newLedgerRestoreCommand())
	return c
}

func (a *app) newLedgerBackupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "write the ledger as it is now into a new file",
		Long: `Write the ledger as it is now into a new file, which only its owner may read. A night may run meanwhile. It does not matter whether
the ledger is a file or on a server: a backup of either restores into either, so that this is also the way from one to the other.`,
		Args: exactly(1, "the file to write"),
		RunE: func(c *cobra.Command, args []string) error { return a.backupLedger(c.Context(), args[0]) },
	}
}

func (a *app) backupLedger(ctx context.Context, name string) error {
	ws, err := a.load()
	if err != nil {
		return err
	}
	if _, err := os.Stat(ledgerSign(ws)); err != nil {
		return inputError(fmt.Errorf("%s holds no night yet: there is nothing to back up: %w", ws.Path(ws.Store), pipeline.ErrNoNight))
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return inputError(fmt.Errorf("%s is there already: give another name", name))
	}
	l, err := openLedger(ctx, ws)
	if err != nil {
		return err
	}
	rows, err := l.Backup(ctx, name)
	if err = errors.Join(err, l.Close()); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s: %d rows\n", name, rows)
	return nil
}

func (a *app) newLedgerRestoreCommand() *cobra.Command {
	var replace bool
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "fill an empty ledger from a backup",
		Long: `Fill the workspace's ledger from a file that zhida ledger backup wrote, of this zhida or an older one. The file is checked first; then
all of it is restored or nothing. Nights go on from there: the store must be the one of the backup, and no night may have run
since. A damaged ledger.db is moved away first, with ledger.db-wal and ledger.db-shm. A ledger that is not empty is left as it
is, unless --replace says that what it holds may go. Who restored it stands in the ledger.`,
		Args: exactly(1, "the file to restore from"),
		RunE: func(c *cobra.Command, args []string) error { return a.restoreLedger(c.Context(), args[0], replace) },
	}
	c.Flags().BoolVar(&replace, "replace", false, "what the ledger holds is lost")
	return c
}

func (a *app) restoreLedger(ctx context.Context, name string, replace bool) (err error) {
	ws, err := a.load()
	if err != nil {
		return err
	}
	key, err := store.LoadKey(ws.Key, ws.Dir)
	if err != nil {
		return inputError(err)
	}
	s, err := store.Open(ws.Path(ws.Store), key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	release, err := s.Lock()
	if err != nil {
		return locked(err)
	}
	defer func() { err = errors.Join(err, release()) }()
	l, err := openLedger(ctx, ws)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	let, err := l.Lock(ctx)
	if err != nil {
		return locked(err)
	}
	defer func() { err = errors.Join(err, let()) }()
	scratch := filepath.Join(ws.Path(ws.Store), restoring)
	if err := errors.Join(os.RemoveAll(scratch), os.Mkdir(scratch, 0o700)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	rows, err := l.Restore(ctx, ledger.Restoring{File: name, Scratch: scratch, Replace: replace, Who: operator(), At: a.now()})
	switch {
	case errors.Is(err, ledger.ErrNotEmpty):
		return inputError(fmt.Errorf("%w: add --replace if what it holds may go", err))
	case errors.Is(err, ledger.ErrBackup), errors.Is(err, fs.ErrNotExist):
		return inputError(err)
	case err != nil:
		return err
	}
	fmt.Fprintf(a.stdout, "%s: %d rows restored\n", filepath.Base(name), rows)
	return nil
}

// restoring is the folder in the store for the copy of a backup that is checked; one that was killed leaves it to the next.
const restoring = ".restore"

// locked makes another zhida that runs the user's matter.
func locked(err error) error {
	if errors.Is(err, store.ErrLocked) || errors.Is(err, ledger.ErrLocked) {
		return inputError(err)
	}
	return err
}
