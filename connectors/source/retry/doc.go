// Package retry makes a source of a server patient: what fails for a reason that may pass is tried again, and a file of which
// a part has come goes on behind that part.
//
// It stands once between the sources of servers and the night (connectors/all composes it), so that no source counts attempts
// itself; the pages of an interface, which nobody else can go on with in the middle, are asked for through Do. What no retry
// helps is left alone: a refused key, a missing right, a file that is gone or has changed.
package retry
