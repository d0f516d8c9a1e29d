// Package gate holds the rules that stop a night before harm is done: a list that came short, a delivery most of whose rows are
// wrong. Each rule compares figures and says in words what it found; what follows from it is the night's business: a finding of
// level warn is told, one of level hold stops the night until a person has released it.
//
// Figures are compared exactly, in integers. A finding's text carries them, and a release is of a text: when the figures become
// others, because another delivery came, nobody has released that.
package gate
