package standardise

import (
	"testing"

	"zhida/schemas"
)

func TestPersonalNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code string
		want bool
	}{
		{"91510703205451059P", false},
		{"915107032054510591", false},
		{"51510000309310461B", false},
		{"510107000031929", false},
		{"510702197013011231", false}, // no month 13
		{"510702187001011234", false}, // born in 1870
		{"510702197001011230", false}, // wrong check
		{"138123456789", false},
		{"13812345678", true},
		{"110101199003070011", true},
		{"11010119900307002X", true},
	}
	for _, test := range tests {
		if test.want && len(test.code) == 18 { // made, not anyone's: complete the check character
			test.code = test.code[:17] + identityCheck(test.code[:17])
		}
		if got := isPersonalNumber(test.code, schemas.ClassifyCode(test.code)); got != test.want {
			t.Errorf("%s: got %v", test.code, got)
		}
	}
}

// identityCheck computes the check character of GB 11643 the other way: the one for which the weighted sum is 1 mod 11.
func identityCheck(first17 string) string {
	weight, sum := 1, 0
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += weight * int(first17[i]-'0')
	}
	for c := range 11 {
		if (sum+c)%11 == 1 {
			return "0123456789X"[c : c+1]
		}
	}
	return ""
}
