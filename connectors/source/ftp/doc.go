// Package ftp is the source that is a folder of an FTP server, in the clear or, as FTPS, within TLS (RFC 4217, AUTH TLS).
//
// FTP in the clear shows the password and the data to the whole line: it is for machines that stand side by side. Within TLS the
// server's certificate is pinned by its fingerprint, since front-end machines have certificates that nobody has signed.
//
// Each call has a connection of its own, and each listing and file a second one, which the server opens a port for. The address
// that the server names for it is not followed, only the port: it may be one behind a gateway, or somebody else's.
//
// A listing is MLSD (RFC 3659), or LIST where the server has no MLSD; a line of it that cannot be read is an error, not a file
// less. MLSD tells the time of change to the second, LIST to the minute or the day: size and that time are the Version, and what
// else may have happened is found by who reads (pipeline/collect lists again, connectors/source/retry compares). Links are told
// from files where the server tells them.
package ftp
