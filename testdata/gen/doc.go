// Command gen makes the deliveries of the sample workspaces.
//
//	go run ./testdata/gen -out testdata/mianyang/deliveries [-seed 1] [-enterprises 2000]
//	go run ./testdata/gen real -data DIR -out out/real/deliveries
//
// The first invents 2,000 enterprises of Mianyang and what the departments deliver about them on three nights; the same
// seed gives the same bytes on every machine, and testdata/mianyang/deliveries holds those of seed 1. What arrives late
// goes to ../amended/deliveries, seen from there. Names, persons, codes and telephone numbers are invented: every name
// says 示例, every person is a 某, every telephone number has 0000 in the middle.
//
// An enterprise comes first: enterprise.go gives it a code, a name and a trade (trades.go), economy.go the figures of its
// last years. Then each department writes what it knows of whom: registration.go, figures.go (finance, tax, insurance,
// customs, energy), certificates.go (qualifications, licences, patents), conduct.go (credit, penalties, environment,
// safety), growth.go (large enterprises, projects, loans, talent), benefits.go (applications, payments). shapes.go spoils
// clean values in the shares measured on real data; sheet.go, xlsx.go, jsonl.go, parquet.go and arrow.go write files.
// city.go lists the enterprises with something special about them, nights.go the files of each night.
//
// The second takes the real registrations of a folder (they are no part of the tree) and makes deliveries of three nights
// from them: everything, a newer extract of Mianyang behind an operation column, and corrections it invents itself.
package main
