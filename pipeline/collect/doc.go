// Package collect is the first stage of a night: it brings what the sources hold into the landing zone, encrypted and
// named by content, and into the ledger.
//
// Sources are gone through in the order given and files by name, so that the same files get the same arrival numbers.
// A file is read once, hashed and encrypted on the way; in clear it never touches the disk. It is landed only if it
// still looks the same after everything was read: a file that is being written is left for the next night.
//
// Trouble with a file or a source is part of the Result and the others go on; trouble with the store or the ledger is
// an error, since nothing could be landed.
package collect
