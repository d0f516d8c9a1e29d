// Package nation invents a province or the whole nation as a workspace of any size: definitions, policies with a library
// of items, and what the departments deliver on several nights. It is what zhida gen writes.
//
// An enterprise is known by its number alone: places.go lays the numbers out by home, so that each home has an interval
// of them; enterprise.go draws everything else from streams of chance that begin with (seed, number, matter), and
// economy.go its figures. So nothing is remembered from one enterprise to the next: memory stays flat, any part can be
// made without the others, and the same seed gives the same bytes on every machine whatever the chunks. Only whole
// numbers are drawn; where a distribution is log-normal, powers of two come from a table that is made of square roots,
// which are exact to the last bit on every machine.
//
// department.go lists the datasets. Each has a file of the same theme (registration, figures, certificates, conduct, growth,
// benefits) that tells how many rows a department has on an enterprise and writes one of them; nights.go decides
// which rows change when. What is wrong in the deliveries, and how often, follows what was measured on real
// registrations; shapes.go has the ways things are written. batch.go, csv.go and parquet.go write files.
//
// Every name says 示例, every person is a 某, every telephone number has 0000 in the middle, and every code has an
// organisation code that begins with MX or MY, which is given to nobody.
package nation
