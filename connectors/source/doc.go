// Package source is the contract of the places deliveries come from, and the rules by which the name of a file says
// what it is: which dataset, of which business date, full, increment or append, for which scope.
//
// One kind of place lives in one package below this one; connectors/all lists them. All of them are files with names
// (a folder, an SFTP server, an object store), so the rules stand here, once: Compile makes them from the site's
// configuration, and each Source asks Rules what a name means. What a request brings for a date
// is named as such a file would be. A source only lists and opens. What was collected before, what is kept and for how long is
// pipeline/collect's.
package source
