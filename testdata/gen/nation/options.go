package nation

import (
	"errors"
	"fmt"

	"zhida/schemas"
)

// Format is the form of the deliveries.
type Format string

// The formats. Mixed has about as many rows in each of the two.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	Mixed   Format = "mixed"
)

// million is a whole of shares.
const million = 1_000_000

// Options say what to invent.
type Options struct {
	Seed        uint64
	Enterprises int
	Items       int
	Nation      bool // all 31 provinces, each with its own deliveries; else 四川省
	Nights      int  // with deliveries, the first among them
	Changed     int  // rows of a million that change before each later night
	Full        bool // later nights deliver everything again
	Format      Format
	Date        schemas.Date // business date of the first night

	Policy  func(*schemas.Policy) []byte // the text of a policy's file
	Workers int                          // chunks that are made at a time; 0: 1
	Chunk   int                          // enterprises of a chunk; 0: as many as suit
}

// The bounds of what makes sense: a code's body has 31 to the power of 6 values, of which a later night takes 32.
const (
	mostEnterprises = 200_000_000
	mostItems       = 1_000_000
	mostNights      = 31
)

// ErrOptions is in every error about options.
var ErrOptions = errors.New("cannot be made")

func (o *Options) check() error {
	switch {
	case o.Enterprises < 1 || o.Enterprises > mostEnterprises:
		return fmt.Errorf("%d enterprises: want 1 to %d: %w", o.Enterprises, mostEnterprises, ErrOptions)
	case o.Items < 1 || o.Items > mostItems:
		return fmt.Errorf("%d items: want 1 to %d: %w", o.Items, mostItems, ErrOptions)
	case o.Nights < 1 || o.Nights > mostNights:
		return fmt.Errorf("%d nights: want 1 to %d: %w", o.Nights, mostNights, ErrOptions)
	case o.Changed < 0 || o.Changed > million:
		return fmt.Errorf("%d changed rows of a million: %w", o.Changed, ErrOptions)
	case o.Format != CSV && o.Format != Parquet && o.Format != Mixed:
		return fmt.Errorf("format %q: want csv, parquet or mixed: %w", o.Format, ErrOptions)
	case o.Date < schemas.NewDate(2020, 1, 1) || o.Date > schemas.NewDate(2099, 12, 1):
		return fmt.Errorf("date %s: want one from 2020-01-01 to 2099-12-01: %w", o.Date, ErrOptions)
	}
	return nil
}

// dates are the business dates of the nights: the first, and the working days after it, by the week alone.
func (o *Options) dates() []schemas.Date {
	dates := []schemas.Date{o.Date}
	for day := o.Date + 1; len(dates) < o.Nights; day++ {
		if weekday := day % 7; weekday >= 1 && weekday <= 5 { // day 1 of the count, 0001-01-01, is a Monday
			dates = append(dates, day)
		}
	}
	return dates
}
