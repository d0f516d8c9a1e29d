package standardise

import (
	"strings"

	"zhida/schemas"
)

// doubtful reports whether a department should look at a row with the flag: its value was left out, or stands for
// something that cannot be right. What was merely read in the usual way, such as an amount without a currency, is counted
// and no more; so are old codes in a crosswalk, and codes on sheets to fill in, which are as they were registered.
func (s *session) doubtful(flag flagID) bool {
	switch s.flags.name(flag).code {
	case OpInFull, NumberRounded, MoneyAssumed, MoneyRounded, PhoneNotMobile, PhoneSeveral:
		return false
	}
	return !(flag == s.notUSCC && s.ds.Role == schemas.RoleCrosswalk || flag == s.badCheck && s.names >= 0)
}

// doubt tells of a row that is taken with flags, as long as one of them has not been told often enough.
func (s *session) doubt(t texts, i int) error {
	var reasons []Reason
	for _, id := range s.row.flags {
		if s.told[id] >= MostDoubts || !s.doubtful(id) {
			continue
		}
		s.told[id]++
		reasons = append(reasons, s.flagged(t, i, id))
	}
	if len(reasons) == 0 {
		return nil
	}
	return s.sink.Doubt(Doubt{Row: t.row[i], Line: t.line[i], Code: s.shownCode(), Reasons: reasons})
}

// flagged says what is wrong with a row that has the flag.
func (s *session) flagged(t texts, i int, id flagID) Reason {
	flag := s.flags.name(id)
	words := kept(flag.code)
	r := Reason{Field: flag.field, Code: flag.code, Text: words, Kept: words != ""}
	if words == "" {
		r.Text = explain(flag.code)
	}
	for at := range s.fields {
		if flag.field != "" && s.fields[at].spec.Name == flag.field {
			r.Value = s.quote(t, i, at, flag.code)
		}
	}
	return r
}

// shownCode is the code of the row in work, "" unless it is a unified social credit code: others may be numbers of persons.
func (s *session) shownCode() string {
	if s.row.state != schemas.CodeUSCC || isPersonalNumber(s.row.code, s.row.state) {
		return ""
	}
	return strings.Clone(s.row.code)
}
