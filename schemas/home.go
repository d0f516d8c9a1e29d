package schemas

import (
	"hash/fnv"
	"strconv"
)

// Home is where an enterprise's data is kept (登记地): characters 3-8 of its code, and a ward if the home is divided:
// "510703", "510100.3". It is a storage key only; conditions never see it.
type Home string

// NoHome is the home of codes whose region digits stand in no table, and of old numbers.
const NoHome Home = "000000"

// HomeOf returns the home of a code. wards gives the number of wards of the homes that are divided, by six digits.
// The ward is the FNV-1a 64 hash of the code modulo that number, so it is the same on every machine and for ever.
func HomeOf(code string, codes *Codes, wards map[string]int) Home {
	home := string(NoHome)
	if len(code) == 18 && codes.knowsRegion(code[2:8]) {
		home = code[2:8]
	}
	n := wards[home]
	if n <= 1 {
		return Home(home)
	}
	h := fnv.New64a()
	h.Write([]byte(code))
	return Home(home + "." + strconv.FormatUint(h.Sum64()%uint64(n), 10))
}

// Region is the six digits of the home without its ward.
func (h Home) Region() string {
	return string(h)[:min(6, len(h))]
}
