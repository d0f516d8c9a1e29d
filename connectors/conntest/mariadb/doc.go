// Package mariadb starts MariaDB for tests: with a folder of its own that goes with it, on loopback, within TLS or not. make servers
// installs it.
package mariadb
