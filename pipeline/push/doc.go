// Package push plans who is told what: from a night's sure matches to the SMS and portal lists.
//
// A match is due if the item is effective and its window is open on the business date, and the ledger neither holds
// it in an earlier list nor in a baseline. The lists name enterprises by code and phones by contact reference only:
// the number is in the contact store, and only delivery looks there.
package push
