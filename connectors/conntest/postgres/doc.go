// Package postgres starts PostgreSQL for tests: a cluster of its own in a folder that goes with it, on loopback, within TLS or not.
// make servers installs it.
package postgres
