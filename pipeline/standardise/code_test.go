package standardise

import (
	"testing"

	"zhida/schemas"
)

// TestPersonalNumber uses identity numbers of a region that does not exist, so that they are no one's.
func TestPersonalNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code string
		want bool
	}{
		{"91510703205451059P", false},
		{"915107032054510591", false},
		{"510107000031929", false},
		{"138123456789", false},
		{"515103208407132147", false}, // a code whose own two checks hold, though it also reads as an identity number
		{"519999197001011230", false}, // wrong check character
		{"519999197013011230", false}, // no month 13; the check character is completed below
		{"519999187001011230", false}, // born in 1870
		{"13812345678", true},
		{"51999919700101123X", true},
		{"519999199003070010", true},
		{"51999919700721402X", true}, // passes the check of GB 32100 by chance, but holds no organisation code
	}
	for i, test := range tests {
		if i > 5 && len(test.code) == 18 {
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
