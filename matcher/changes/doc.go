// Package changes says why the verdicts of enterprises are other ones than on the last night.
//
// A night judges by its rules, its code tables, the rows of its datasets, how fresh they are, and its date. Explain
// starts from all that the last night had and swaps one of these for tonight's, in the order of schemas.Cause; the first
// swap that alone gives tonight's verdict is its cause. Where none does it took several.
//
//	rules   the definitions with the code tables of the last night         (made by the caller: Between)
//	codes   the code tables alone                                          (made by the caller: Between)
//	value   the rows of tonight; one that has not changed is as fresh as it was
//	fresh   the rows of the last night as fresh as they are tonight, lists as complete, shelf lives judged tonight
//	date    what is called today
//
// The day on which a fact was last confirmed decides nothing but whether it is in date. So that one swap can judge
// that on one day and call another one today, it writes the answer into the rows: confirmed today if they are in date,
// never if not (facts.go).
//
// A swap is evaluated as at night, in bulk, on a block of the enterprises that have changed and for the items in which
// they have: what changes cost depends on how many there are. Which part of a swap was enough (a tag, a dataset) is found
// out the same way, by swapping that part alone.
package changes
