// Package all is the one explicit list of the connectors that exist. A new one is added here and nowhere else, and a
// test runs its interface's suite of connectors/conntest.
package all
