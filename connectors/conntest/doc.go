// Package conntest holds one conformance suite per interface of connectors: what the comments of source.Source and
// format.Reader promise, as tests. Every implementation's own tests call its suite with a way to make files.
// A source of files passes Source, one of records (tables, interfaces) RecordSource; those of servers pass Network or RecordNetwork
// too. They are tested against a real server, which a package below starts, behind a Proxy that does what networks do.
package conntest
