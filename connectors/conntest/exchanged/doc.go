// Package exchanged is the HTTP interface of an exchange platform for tests: a real server on loopback, which looks at each token,
// signature, timestamp and nonce, and which misbehaves as a test asks it to. It knows how requests are signed from the
// documentation of connectors/source/exchange, not from its code.
package exchanged
