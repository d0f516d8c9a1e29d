package main

import (
	"path"
	"strings"
)

// late is the folder of deliveries that arrive only on the third night, seen from that of all others.
const late = "../amended/deliveries"

// delivery is a file of the night that is being written.
func (w *city) delivery(dataset, mode, extension string, data []byte) file {
	return file{dataset + "_" + strings.ReplaceAll(w.today().String(), "-", "") + "_" + mode + "." + extension, data}
}

// The ways departments write their files.
var (
	unicode    = writing{}
	marked     = writing{bom: true, crlf: true}
	national   = writing{gb18030: true, crlf: true}
	semicolons = writing{comma: ';'}
)

// yearlyFile writes a yearly dataset in the form its department has.
func (w *city) yearlyFile(y yearly, mode string, s *sheet) file {
	switch y.dataset {
	case "tax", "customs":
		return w.delivery(y.dataset, mode, "parquet", s.parquet())
	case "taxcredit":
		return w.delivery(y.dataset, mode, "jsonl", s.jsonl())
	case "energy":
		return w.delivery(y.dataset, mode, "arrow", s.arrow())
	}
	return w.delivery(y.dataset, mode, "csv", s.csv(national))
}

// firstNight delivers everything there is.
func (w *city) firstNight() []file {
	files := []file{
		w.delivery("registration", "full", "csv", w.registrationFull().csv(marked)),
		w.delivery("contacts", "full", "csv", w.contactsFull().csv(semicolons)),
		w.delivery("crosswalk", "increment", "csv", w.crosswalk().csv(unicode)),
		w.delivery("qualification", "full", "csv", w.qualificationFull().csv(unicode)),
		w.delivery("licence", "full", "xlsx", w.licenceFull().xlsx("许可")),
		w.delivery("ip", "full", "csv", w.ipFull().csv(marked)),
		w.delivery("credit", "full", "jsonl", w.creditFull().jsonl()),
		w.delivery("penalty", "full", "csv", w.penaltyFull().csv(semicolons)),
		{"environment_20241216_full.xlsx", w.environmentFull().xlsx("环保信用")},
		w.delivery("environment", "increment", "xlsx", w.environmentIncrement().xlsx("环保信用")),
		w.delivery("safety", "full", "csv", w.safetyFull().csv(unicode)),
		w.delivery("large", "full", "xlsx", w.largeFull().xlsx("四上名录")),
		w.delivery("project", "full", "xlsx", w.projectFull().xlsx("项目库")),
		w.delivery("loan", "full", "csv", w.loanFull().csv(unicode)),
		w.delivery("talent", "full", "jsonl", w.talentFull().jsonl()),
	}
	for _, y := range yearlies() {
		files = append(files, w.yearlyFile(y, "full", w.yearlyFull(y)))
	}
	applications, payments := w.benefitsFull()
	return append(files,
		w.delivery("application", "full", "jsonl", applications.jsonl()),
		w.delivery("payments", "full", "csv", payments.csv(marked)),
	)
}

// laterNight delivers what changed.
func (w *city) laterNight() []file {
	files := []file{
		w.delivery("registration", "increment", "csv", w.registrationIncrement().csv(national)),
		w.delivery("contacts", "increment", "csv", w.contactsIncrement().csv(semicolons)),
		w.delivery("crosswalk", "increment", "csv", w.crosswalk().csv(unicode)),
		w.delivery("qualification", "increment", "csv", w.qualificationIncrement().csv(unicode)),
		w.delivery("licence", "increment", "xlsx", w.licenceIncrement().xlsx("许可")),
		w.delivery("ip", "increment", "csv", w.ipIncrement().csv(marked)),
		w.delivery("credit", "full", "jsonl", w.creditFull().jsonl()),
		w.delivery("penalty", "increment", "csv", w.penaltyIncrement().csv(semicolons)),
		w.delivery("environment", "increment", "xlsx", w.environmentIncrement().xlsx("环保信用")),
		w.delivery("safety", "increment", "csv", w.safetyIncrement().csv(unicode)),
		w.delivery("project", "increment", "xlsx", w.projectIncrement().xlsx("项目库")),
		w.delivery("loan", "increment", "csv", w.loanIncrement().csv(unicode)),
		w.delivery("talent", "increment", "jsonl", w.talentIncrement().jsonl()),
	}
	w.amend()
	for _, y := range yearlies() {
		if s := w.yearlyIncrement(y); len(s.rows) > 0 {
			files = append(files, w.yearlyFile(y, "increment", s))
		}
	}
	applications, payments := w.benefitsAppended()
	return append(files,
		w.delivery("application", "append", "jsonl", applications.jsonl()),
		w.delivery("payments", "append", "csv", payments.csv(unicode)),
	)
}

// thirdNight has the list of large enterprises anew, and what arrives late: registrations of June 14, which are
// superseded, and insurance figures of June 15, which nobody had.
func (w *city) thirdNight() []file {
	files := append(w.laterNight(), w.delivery("large", "full", "xlsx", w.largeFull().xlsx("四上名录")))
	return append(files,
		file{path.Join(late, "registration_20260614_increment.csv"), w.registrationLate().csv(marked)},
		file{path.Join(late, "insurance_20260615_increment.csv"), w.insuranceLate().csv(national)},
	)
}

// insuranceLate are the figures of a branch office whose delivery of the first night got lost.
func (w *city) insuranceLate() *sheet {
	s := newSheet(insuranceHeader...)
	y := yearlies()[3]
	for _, e := range w.all[ordinary:w.arriveOn[0]] {
		if e.county.code == "510727" && e.isCompany() && !w.isKnown(y, e) {
			w.addYears(s, y, e, y.since)
		}
	}
	return s
}
