package ledger

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"zhida/pipeline/store"
	"zhida/schemas"
)

// timeForm is how moments are stored: always UTC and of one length, so that they sort.
const timeForm = "2006-01-02T15:04:05.000Z"

// The types below carry our values to and from text columns; the zero value is the empty text.
type (
	dateText schemas.Date
	timeText time.Time
	refText  store.Ref
)

func (d dateText) Value() (driver.Value, error) { return schemas.Date(d).String(), nil }

func (d *dateText) Scan(src any) error {
	text, err := asText(src)
	if err != nil || text == "" {
		*d = 0
		return err
	}
	day, err := schemas.ParseDate(text)
	*d = dateText(day)
	return err
}

func (t timeText) Value() (driver.Value, error) {
	if time.Time(t).IsZero() {
		return "", nil
	}
	return time.Time(t).UTC().Format(timeForm), nil
}

func (t *timeText) Scan(src any) error {
	text, err := asText(src)
	if err != nil || text == "" {
		*t = timeText{}
		return err
	}
	moment, err := time.Parse(timeForm, text)
	*t = timeText(moment)
	return err
}

func (r refText) Value() (driver.Value, error) {
	if store.Ref(r).IsZero() {
		return "", nil
	}
	data, err := json.Marshal(store.Ref(r))
	return string(data), err
}

func (r *refText) Scan(src any) error {
	*r = refText{}
	text, err := asText(src)
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), (*store.Ref)(r))
}

func asText(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("a column holds %T instead of text", src)
}
