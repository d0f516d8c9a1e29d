package nation

// codeAlphabet and the weights are those of GB 32100-2015 and GB 11714-1997; schemas checks what comes of them.
const codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// bodies is the number of organisation codes that begin with two given letters.
const bodies = 31 * 31 * 31 * 31 * 31 * 31

// scatter has no factor in common with bodies, so that multiplying by it meets every body once.
const scatter = 523_456_787

// writeCode makes the code of the n-th of a home: 9 and its class, the home, an organisation code that begins with MX, or
// with MY for those that come on later nights, and the check character. Bodies are a permutation, so that no two of a
// home are equal and their order tells nothing.
func writeCode(code *[18]byte, class int, home string, n, start uint64, night int) {
	code[0], code[1] = '9', byte('0'+class)
	copy(code[2:8], home)
	code[8], code[9] = 'M', 'X'
	if night > 0 {
		code[9] = 'Y'
		n = n<<5 | uint64(night)&31
	}
	body := (n%bodies*scatter + start%bodies) % bodies
	for i := 15; i >= 10; i-- {
		code[i] = codeAlphabet[body%31]
		body /= 31
	}
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		c := code[8+i]
		if c <= '9' {
			sum += int(c-'0') * w
		} else {
			sum += int(c-'A'+10) * w
		}
	}
	code[16] = "0X987654321"[sum%11]
	sum = 0
	for i, w := range [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28} {
		sum += valueOf(code[i]) * w
	}
	code[17] = codeAlphabet[(31-sum%31)%31]
}

// valueOf is the index of a character in the alphabet, which leaves out I, O, S, V and Z.
func valueOf(c byte) int {
	if c <= '9' {
		return int(c - '0')
	}
	v := int(c-'A') + 10
	for _, left := range []byte("IOSV") {
		if c > left {
			v--
		}
	}
	return v
}
