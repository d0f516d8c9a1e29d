// Command gen makes the deliveries of the sample workspaces.
//
//	go run ./testdata/gen -out cmd/zhida/testdata/small/deliveries -seed 1
//	go run ./testdata/gen real -data DIR -out out/real/deliveries
//
// The first invents 300 enterprises of Mianyang and what the departments deliver about them on two nights; the same seed
// gives the same bytes, and cmd/zhida/testdata/small/deliveries holds those of seed 1. Names, persons, codes and telephone
// numbers are invented: every name says 示例, every person is a 某, every telephone number has 0000 in the middle.
//
// The second takes the real registrations of a folder (they are no part of the tree) and makes deliveries of three nights
// from them: everything, a newer extract of Mianyang behind an operation column, and corrections it invents itself.
package main
