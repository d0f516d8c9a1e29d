package push

import "zhida/schemas"

// Reasons why an item's matches are not pushed, in the words of a list of items.
const (
	NotEffective       = "not effective"
	PolicyNotEffective = "policy not effective"
	WindowClosed       = "window closed"
)

// Pushable reports whether matches of an item are pushed on the day, and if not, why. Verdicts are made all the same.
func Pushable(policy *schemas.Policy, item *schemas.Item, day schemas.Date) (ok bool, why string) {
	switch {
	case policy.Status != schemas.StatusEffective, !(schemas.Window{From: policy.From, To: policy.To}).Contains(day):
		return false, PolicyNotEffective
	case item.Status != schemas.StatusEffective:
		return false, NotEffective
	case !item.Window.Contains(day):
		return false, WindowClosed
	}
	return true, ""
}
