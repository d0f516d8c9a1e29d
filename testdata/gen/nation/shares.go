package nation

import "strings"

// provinces are the 31 of the mainland with their population in units of 10,000 (census of 2020) and roughly how many
// enterprises there are for as many people, the mean being 100.
func provinces() []provinceShare {
	return []provinceShare{
		{"11", 2189, 110},
		{"12", 1387, 100},
		{"13", 7461, 90},
		{"14", 3492, 85},
		{"15", 2405, 95},
		{"21", 4259, 95},
		{"22", 2407, 90},
		{"23", 3185, 80},
		{"31", 2487, 130},
		{"32", 8475, 135},
		{"33", 6457, 145},
		{"34", 6103, 100},
		{"35", 4154, 130},
		{"36", 4519, 85},
		{"37", 10153, 110},
		{"41", 9937, 90},
		{"42", 5775, 105},
		{"43", 6644, 80},
		{"44", 12601, 120},
		{"45", 5013, 80},
		{"46", 1008, 130},
		{"50", 3205, 95},
		{"51", 8367, 90},
		{"52", 3856, 90},
		{"53", 4721, 85},
		{"54", 365, 95},
		{"61", 3953, 100},
		{"62", 2502, 75},
		{"63", 592, 75},
		{"64", 720, 90},
		{"65", 2585, 75},
	}
}

type provinceShare struct {
	code            string
	people, density int
}

// sichuan is the population of its cities in units of 10,000 (census of 2020).
func sichuan() map[string]int {
	return map[string]int{
		"5101": 2094, "5103": 249, "5104": 121, "5105": 425, "5106": 346, "5107": 487, "5108": 231, "5109": 281, "5110": 314,
		"5111": 316, "5113": 561, "5114": 296, "5115": 459, "5116": 325, "5117": 539, "5118": 143, "5119": 271, "5120": 231,
		"5132": 82, "5133": 111, "5134": 486,
	}
}

// cityShare is the weight of a city in its province: in Sichuan by population; elsewhere that of the capital, which comes
// first in the table, is four times another's, and those of autonomous prefectures and districts are less.
func cityShare(code, name string, first bool) int {
	if n, ok := sichuan()[code]; ok {
		return n
	}
	switch {
	case first:
		return 1000
	case strings.HasSuffix(name, "自治州"), strings.HasSuffix(name, "地区"), strings.HasSuffix(name, "盟"):
		return 120
	}
	return 200 + int(mix(hashed(code))%150)
}

// countyShare is the weight of a county in its city: districts have more enterprises than counties.
func countyShare(code, name string) int {
	vary := 60 + int(mix(hashed(code))%81) // percent
	switch {
	case strings.HasSuffix(name, "自治县"), strings.HasSuffix(name, "旗"):
		return vary
	case strings.HasSuffix(name, "区"):
		return 3 * vary
	case strings.HasSuffix(name, "市"):
		return 5 * vary / 2
	}
	return 3 * vary / 2
}

// hashed is the number that six or fewer digits spell.
func hashed(code string) uint64 {
	n := uint64(0)
	for i := range len(code) {
		n = n*10 + uint64(code[i]-'0')
	}
	return n
}
