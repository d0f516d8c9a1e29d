package source

import (
	"zhida/connectors/format"
	"zhida/schemas"
)

// Config describes one source of a workspace.
type Config struct {
	Name       string // for messages
	Kind       string // "dir"
	Path       string // dir: the folder, absolute or relative to the working folder
	Deliveries []Delivery
}

// Delivery says that files of a name are deliveries of a dataset.
type Delivery struct {
	Dataset string         // schemas.Dataset.Name
	Files   string         // pattern of names; see Compile
	Mode    schemas.Mode   // where the pattern has no {mode}
	Scope   string         // region code, where the pattern has no {scope}; "": none
	Format  format.Options // for files that are recognised wrongly
}

// ConfigError says which delivery of a configuration is wrong and how. Compile returns all of them, joined.
type ConfigError struct {
	Delivery int    // index into Config.Deliveries
	Message  string // in English
}

// Error implements error.
func (e *ConfigError) Error() string { return e.Message }
