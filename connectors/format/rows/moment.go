package rows

import (
	"errors"
	"strconv"
	"time"
)

// ErrNoDay is a day or moment outside the years 1 to 9999.
var ErrNoDay = errors.New("a day outside the years 1 to 9999")

// ChinaOffset is China's time in seconds east of Greenwich, in which instants are written: departments mean its days.
const ChinaOffset = 8 * 3600

const secondsOfDay = 24 * 3600

// AppendDay writes the day so many days after 1970-01-01.
func AppendDay(dst []byte, days int64) ([]byte, error) {
	const span = 4_000_000 // more days than the years have, and few enough to count in seconds
	if days < -span || days > span {
		return dst, ErrNoDay
	}
	t := time.Unix(days*secondsOfDay, 0).UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return dst, ErrNoDay
	}
	return t.AppendFormat(dst, time.DateOnly), nil
}

// AppendMoment writes a day and a time of day, or the day alone at midnight, because many programs know no day without a
// time: ticks since 1970-01-01, of which there are perSecond in a second. offset
// is added, in seconds.
func AppendMoment(dst []byte, ticks, perSecond, offset int64) ([]byte, error) {
	seconds, rest := floor(ticks, perSecond)
	seconds += offset
	days, second := floor(seconds, secondsOfDay)
	dst, err := AppendDay(dst, days)
	if err != nil || second == 0 && rest == 0 {
		return dst, err
	}
	return AppendClock(append(dst, ' '), second*perSecond+rest, perSecond), nil
}

// AppendClock writes a time of day as 15:04:05, with a fraction if there is one.
func AppendClock(dst []byte, ticks, perSecond int64) []byte {
	second, rest := floor(ticks, perSecond)
	for i, n := range []int64{second / 3600, second / 60 % 60, second % 60} {
		if i > 0 {
			dst = append(dst, ':')
		}
		if n < 10 {
			dst = append(dst, '0')
		}
		dst = strconv.AppendInt(dst, n, 10)
	}
	if rest == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := perSecond / 10; rest > 0 && unit > 0; unit /= 10 {
		dst = append(dst, byte('0'+rest/unit))
		rest %= unit
	}
	return dst
}

func floor(n, by int64) (quotient, rest int64) {
	quotient, rest = n/by, n%by
	if rest < 0 {
		quotient, rest = quotient-1, rest+by
	}
	return quotient, rest
}
