package source

import (
	"time"

	"zhida/connectors/format"
	"zhida/schemas"
)

// Config describes one source of a workspace.
type Config struct {
	Name       string // for messages
	Kind       string // one of all.Kinds
	Path       string // the folder; that of a server as the server names it, "" for the one it begins in
	Deliveries []Delivery

	// Of servers.
	Host     string           // name or address, with or without a port
	User     string           //
	Password string           // "": there is none
	Key      string           // private key, as ssh-keygen writes it; "": there is none
	TLS      string           // one of TLSModes; "": the kind's own
	HostKey  string           // sftp: the server's key, as known_hosts has it (ssh-ed25519 AAAA…) or by fingerprint (SHA256:…); of TLS: the SHA-256 of its certificate
	Database string           // of a database server
	Now      func() time.Time // for measuring how fast it comes; its day and zone are those of tables and interfaces

	// Of object stores.
	Bucket string
	Region string // "": us-east-1, which those take that have only one

	// Of HTTP interfaces.
	Sign string // how requests are signed, one of exchange.Signs
	Days int    // how many business dates up to today are asked for
}

// Modes of TLS.
const (
	TLSNone     = "none"     // in the clear
	TLSExplicit = "explicit" // asked for in the clear, before the password
)

// TLSModes lists the modes of TLS.
func TLSModes() []string { return []string{TLSNone, TLSExplicit} }

// Delivery says that files of a name, the rows of a table, or what a request brings, are deliveries of a dataset.
type Delivery struct {
	Dataset string         // schemas.Dataset.Name
	Files   string         // pattern of names; see Compile
	Table   Table          // instead of Files
	Request Request        // instead of Files
	Mode    schemas.Mode   // where the pattern has no {mode}
	Scope   string         // region code, where the pattern has no {scope}; "": none
	Format  format.Options // for files that are recognised wrongly

	Complete Complete // when a file of that name is complete
}

// ConfigError says which delivery of a configuration is wrong and how. Compile returns all of them, joined.
type ConfigError struct {
	Delivery int    // index into Config.Deliveries
	Message  string // in English
}

// Error implements error.
func (e *ConfigError) Error() string { return e.Message }
