// Command zhida is the front door: flags, signals, wiring and exit codes. One file holds one subcommand; nothing
// imports it.
//
// Only here is the wall clock read and the process ended. Everything a subcommand needs from outside is in app, so tests
// run whole command lines in their own process, or in one they kill.
package main
