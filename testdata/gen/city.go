package main

import (
	"errors"
	"fmt"
	"slices"

	"zhida/schemas"
)

// How many enterprises arrive each night after the first, the number from which none is special, and the least number
// of enterprises that has room for all of that.
const (
	arriving = 15
	ordinary = 240
	least    = ordinary + 2*arriving + 10
)

// Enterprises with something special about them, by number: half-open intervals. README.md of the sample has the list.
type interval struct{ from, to int }

func (i interval) has(n int) bool { return n >= i.from && n < i.to }

var (
	badChecks   = interval{20, 26} // delivered with a wrong check character; 20, 21 are corrected on night 16, 22 on night 17
	oldNumbers  = interval{30, 35} // delivered with a number of 15 digits; 30, 31 in the first night's crosswalk, 32 in the second's
	lowerCase   = interval{40, 44}
	wideCodes   = interval{50, 52}
	wideNames   = interval{52, 60}
	twiceThere  = interval{60, 63} // a second row with another name
	contrary    = interval{64, 68} // region column and address name two counties
	closed      = interval{70, 80} // closed before the first night
	changed16   = interval{80, 100}
	closing16   = interval{100, 105}
	deleted16   = interval{105, 109}
	restored17  = interval{109, 111} // closed before the first night, living again on night 17
	merged16    = interval{113, 115} // 114 becomes 113 on night 16
	merged17    = interval{116, 118} // 117 becomes 116 on night 17
	changed17   = interval{120, 135}
	closing17   = interval{135, 139}
	deleted17   = interval{139, 141}
	superseded  = interval{141, 145} // in a delivery of June 14 that arrives on night 17 and changes nothing
	expiring15  = interval{150, 155} // a certificate's last day is June 15
	expiring16  = interval{155, 160} // June 16
	renewing16  = interval{160, 170} // an expired certificate is renewed on night 16
	revoked16   = interval{170, 175}
	revoked17   = interval{175, 178}
	amended16   = interval{180, 200} // other figures for last year
	amended17   = interval{200, 215}
	reporting16 = interval{215, 230} // the first figures for last year
	reporting17 = interval{230, 240}
)

// city is everything the departments know, what they have written so far, and the night that is being written.
type city struct {
	*inventor
	seed      uint64
	night     int // day of June
	all       []*enterprise
	arriveOn  [2]int         // the number of the first enterprise that arrives on the second and on the third night
	used      map[int]string // by number: the code as departments delivered it, where that is not the valid one
	strangers []string       // codes of enterprises that are registered elsewhere
	serial    int            // of what is numbered one by one
	written   map[string]*sheet
	index     map[string]*enterprise // see byDelivered
}

func newCity(seed uint64, enterprises int) (*city, error) {
	if enterprises < least || enterprises > 100_000 {
		return nil, fmt.Errorf("%d enterprises: want %d to 100000", enterprises, least)
	}
	w := &city{
		inventor: newInventor(seed), seed: seed, night: 15, used: map[int]string{}, written: map[string]*sheet{},
		arriveOn: [2]int{enterprises - 2*arriving, enterprises - arriving},
	}
	for n := range enterprises {
		e := w.enterprise(n)
		if closed.has(n) || restored17.has(n) || n >= ordinary && n < w.arriveOn[0] && n%50 == 29 {
			e.status = one(w.dice, []string{statusClosed, statusRevoked})
		}
		if n >= w.arriveOn[0] {
			e.founded = firstNight() - schemas.Date(w.IntN(10))
		}
		e.economy = live(w.dice, e)
		w.all = append(w.all, e)
		switch {
		case badChecks.has(n):
			w.used[n] = wrongCheck(e.code)
		case oldNumbers.has(n):
			w.used[n] = w.oldNumber(e.county.code)
		}
	}
	for range 12 {
		w.strangers = append(w.strangers, w.code("91", one(w.dice, []string{"510100", "510600", "500000"})))
	}
	return w, nil
}

// today is the business date of the night that is being written.
func (w *city) today() schemas.Date { return firstNight() + schemas.Date(w.night-15) }

// on is the chance of one matter of one enterprise.
func (w *city) on(e *enterprise, matter string) dice { return stream(w.seed, e.number, matter) }

// known are those registered by the night that is being written.
func (w *city) known() []*enterprise {
	switch w.night {
	case 15:
		return w.all[:w.arriveOn[0]]
	case 16:
		return w.all[:w.arriveOn[1]]
	}
	return w.all
}

// arriving are those who register on the night that is being written.
func (w *city) arriving() []*enterprise {
	switch w.night {
	case 15:
		return nil
	case 16:
		return w.all[w.arriveOn[0]:w.arriveOn[1]]
	}
	return w.all[w.arriveOn[1]:]
}

// those are the enterprises of an interval.
func (w *city) those(i interval) []*enterprise { return w.all[i.from:i.to] }

// delivered is the code as departments write it.
func (w *city) delivered(e *enterprise) string {
	if code, ok := w.used[e.number]; ok {
		return code
	}
	return e.code
}

// next is the next serial number, of three digits.
func (w *city) next() int {
	w.serial++
	return w.serial % 1000
}

// put remembers the sheet as what the dataset has.
func (w *city) put(dataset string, s *sheet) *sheet {
	w.written[dataset] = s
	return s
}

// mianyang invents the deliveries of all three nights.
func mianyang(seed uint64, enterprises int) ([]file, error) {
	w, err := newCity(seed, enterprises)
	if err != nil {
		return nil, err
	}
	files := w.firstNight()
	w.night = 16
	w.changeBefore16()
	files = append(files, w.laterNight()...)
	w.night = 17
	w.changeBefore17()
	files = append(files, w.thirdNight()...)
	for i := range files {
		if slices.ContainsFunc(files[:i], func(f file) bool { return f.name == files[i].name }) {
			return nil, errors.New("two deliveries are called " + files[i].name)
		}
	}
	return files, nil
}
