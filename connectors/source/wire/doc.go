// Package wire is the connection of a source to a server: how long it may take to begin, to say the next byte, and to bring a
// file. Without bounds a server that hangs holds the night until morning, and nobody knows why.
package wire
