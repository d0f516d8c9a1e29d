// Package conntest holds one conformance suite per interface of connectors: what the comments of source.Source and
// format.Reader promise, as tests. Every implementation's own tests call its suite with a way to make files.
package conntest
