package plan_test

import (
	"fmt"
	"slices"
	"strings"

	"zhida/schemas"
)

// regionCodes lists the regions of Sichuan and Chongqing that are in force.
func regionCodes(codes *schemas.Codes) []string {
	var out []string
	for _, province := range []string{"50", "51"} {
		for i := range 10000 {
			digits := fmt.Sprintf("%s%04d", province, i)
			code, ok, _ := codes.CurrentRegion(digits, today())
			if ok && code == schemas.NormalRegion(digits) && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// industryCodes lists all industries.
func industryCodes(codes *schemas.Codes) []string {
	var out []string
	for section := 'A'; section <= 'T'; section++ {
		out = append(out, string(section))
	}
	for i := range 10000 {
		for _, digits := range []string{fmt.Sprintf("%04d", i), fmt.Sprintf("%03d", i), fmt.Sprintf("%02d", i)} {
			if info, ok := codes.Industry(digits); ok && info.Code[1:] == digits && !slices.Contains(out, info.Code) {
				out = append(out, info.Code)
			}
		}
	}
	return out
}

// leavesOf keeps the codes that have none below them.
func leavesOf(codes []string) []string {
	slices.Sort(codes)
	var out []string
	for i, c := range codes {
		if i+1 == len(codes) || !strings.HasPrefix(codes[i+1], c) {
			out = append(out, c)
		}
	}
	return out
}
