// Package s3d starts a server that speaks Amazon S3's protocol for tests: Versity's gateway, on loopback, within TLS, with a
// certificate and accounts of its own. make servers builds it.
package s3d
