// Package daemon runs a server's program for a test: as a user who is not root, in a folder of its own, on a port of the loopback
// interface.
package daemon
