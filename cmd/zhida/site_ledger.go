package main

import (
	"context"
	"path/filepath"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
)

// ledgerFile is the ledger of a site without a database server.
const ledgerFile = "ledger.db"

// ledgerSign is what is there once a site may have run a night: the ledger, or the store if the ledger is on a server.
func ledgerSign(ws *workspace.Workspace) string {
	root := ws.Path(ws.Store)
	if ws.Ledger != nil {
		return root
	}
	return filepath.Join(root, ledgerFile)
}

// openLedger opens the site's ledger, and makes it if it isn't there.
func openLedger(ctx context.Context, ws *workspace.Workspace) (*ledger.Ledger, error) {
	if ws.Ledger == nil {
		return ledger.Open(ctx, filepath.Join(ws.Path(ws.Store), ledgerFile))
	}
	at := ledger.Server{Host: ws.Ledger.Server.Host, Database: ws.Ledger.Database, User: ws.Ledger.Server.User}
	var err error
	if at.Password, err = store.LoadSecret(ws.Ledger.Server.Password, ws.Dir); err != nil {
		return nil, inputError(err)
	}
	if ws.Ledger.Server.TLS == source.TLSExplicit {
		pin, err := wire.ReadPin(ws.Ledger.Server.HostKey)
		if err != nil {
			return nil, inputError(err)
		}
		at.TLS = pin.TLS("")
	}
	return ledger.OpenServer(ctx, at)
}
