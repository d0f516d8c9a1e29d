package schemas

import (
	"testing"

	"pgregory.net/rapid"
)

func TestClassifyCode(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		code string
		want CodeState
	}{
		{"", CodeEmpty},
		{"121200004013590816", CodeUSCC}, // a public institution
		{"91152201078377449P", CodeUSCC},
		{"91310112087994932F", CodeUSCC},
		{"9162010567592034XQ", CodeUSCC},
		{"91620105L015101280", CodeUSCC}, // check character 0
		{"92340603MA2PBN17X5", CodeUSCC},
		{"92340603MA2UK1TD00", CodeUSCC},
		{"92340621MA2PBN0KXX", CodeUSCC},
		{"91510703205451059P", CodeUSCC},
		{"91110000600037341N", CodeBadCheck},
		{"91350211M00013FA1N", CodeBadCheck}, // really issued
		{"9111000060003IOZSV", CodeOther},    // I O Z S V are no code characters
		{"91510823MA6CJ9UAxx", CodeOther},    // callers bring codes into upper case
		{"91AB0823MA6CJ9UA1X", CodeOther},    // region is no number
		{"12345", CodeOther},
		{"510132000055145", CodeOldRegistration},
		{"5107001800123", CodeOldRegistration},
		{"138302956", CodeOther},
		{"13830295X", CodeOldOrganisation},
		{"13830295-X", CodeOldOrganisation},
		{"205451059", CodeOldOrganisation}, // positions 9-17 of 91510703205451059P
		{"无", CodeOther},
		{"企合苏锡总字第0001", CodeOther},
	} {
		if got := ClassifyCode(tc.code); got != tc.want {
			t.Errorf("ClassifyCode(%q) = %v, want %v", tc.code, got, tc.want)
		}
	}
}

func TestCheckDigitRefusesOtherText(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "91", "9151070320545105", "91510703205451059P", "9151070320545105I", "绵阳绵阳绵阳"} {
		if c, ok := CheckDigit(s); ok {
			t.Errorf("CheckDigit(%q) = %c", s, c)
		}
	}
}

// TestOneChangeIsDetected: the check finds every single wrong character, GB 32100's purpose.
func TestOneChangeIsDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`9[1-3][0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{9}`).Draw(t, "body")
		check, ok := CheckDigit(body)
		if !ok {
			t.Fatalf("no check digit for %q", body)
		}
		code := []byte(body + string(check))
		if got := ClassifyCode(string(code)); got != CodeUSCC {
			t.Fatalf("%s: %v", code, got)
		}
		at := rapid.IntRange(0, 17).Draw(t, "position")
		with := codeAlphabet[rapid.IntRange(0, len(codeAlphabet)-1).Draw(t, "character")]
		if with == code[at] {
			return
		}
		code[at] = with
		if got := ClassifyCode(string(code)); got == CodeUSCC {
			t.Fatalf("%s passes", code)
		}
	})
}

func TestIsSoleTrader(t *testing.T) {
	t.Parallel()
	if !IsSoleTrader("92340603MA2PBN17X5") || IsSoleTrader("91340603MA2PBN17X5") || IsSoleTrader("") {
		t.Error("sole traders are the codes that begin with 92")
	}
}

func FuzzClassifyCode(f *testing.F) {
	for _, s := range []string{"", "91510703205451059P", "13830295-X", "510132000055145", "无", "９１５１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if ClassifyCode(s) == CodeUSCC && len(s) != 18 {
			t.Errorf("%q is a code", s)
		}
	})
}
