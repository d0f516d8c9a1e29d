// Package sshd starts OpenSSH's server for tests: the real one, on loopback, with keys of its own. make test installs it.
package sshd
