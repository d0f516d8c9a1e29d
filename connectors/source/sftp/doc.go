// Package sftp is the source that is a folder of an SFTP server: the front-end machine (前置机) of an exchange platform, seen from
// outside.
//
// We log in by key or password, and only to the server whose host key the site has pinned: whoever stands between us and it
// could otherwise hand out data of his own, and would learn the password. Each call has a connection of its own; nothing is
// held open in between. A file is read by several requests at once, as each is answered 32 KiB at a time; what waits is bounded.
//
// SFTP, version 3 (draft-ietf-secsh-filexfer-02), tells the time of change to the second. Size and that time are the Version;
// what else may have happened within a second is found by who reads (pipeline/collect lists again, connectors/source/retry
// compares).
package sftp
