package pipeline

import (
	"cmp"
	"slices"

	"zhida/pipeline/gate"
	"zhida/pipeline/standardise"
	"zhida/schemas"
)

// strange are the flags and reasons of values that are not in their table of codes or closed list.
var strange = []string{standardise.ValueNotInList, standardise.RegionUnknown, standardise.IndustryUnknown}

// standing are the deliveries of a dataset in the order in which they apply, without those that a later full one of the same
// scope has replaced: what was wrong with them is mended.
func standing(ds *schemas.Dataset, deliveries []DeliveryUse) []*DeliveryUse {
	var out []*DeliveryUse
	for i := range deliveries {
		if deliveries[i].Dataset == ds.Name {
			out = append(out, &deliveries[i])
		}
	}
	slices.SortFunc(out, (*DeliveryUse).compare)
	return slices.DeleteFunc(out, func(d *DeliveryUse) bool {
		return slices.ContainsFunc(deliveries, func(o DeliveryUse) bool {
			return o.Dataset == d.Dataset && o.Mode == schemas.ModeFull && o.Scope == d.Scope && d.compare(&o) < 0
		})
	})
}

// compare orders deliveries as they apply.
func (d *DeliveryUse) compare(o *DeliveryUse) int {
	return cmp.Or(cmp.Compare(d.Date, o.Date), cmp.Compare(d.Seq, o.Seq))
}

// deliveredFigures are what gates look at in deliveries of a dataset. Rows that repeat a key are known once homes are reduced.
func deliveredFigures(deliveries []*DeliveryUse, applied []ReduceOutput) []gate.Figures {
	var out []gate.Figures
	for _, d := range deliveries {
		r := &d.Map.Report
		f := gate.Figures{
			File: d.Name, Date: d.Date, Mode: d.Mode, Scope: d.Scope, Rows: r.Accepted + r.Flagged - r.Deletes, Unmapped: r.Unknown,
		}
		for i := range r.Fields {
			f.Fields = append(f.Fields, fieldFigures(r, &r.Fields[i], f.Rows))
		}
		for i := range applied {
			for _, repeated := range applied[i].Applied[d.Dataset].Duplicates {
				if repeated.Seq != d.Seq {
					continue
				}
				f.Repeated += repeated.Rows
				if repeated.Differs != "" {
					f.Differing += repeated.Rows
				}
			}
		}
		out = append(out, f)
	}
	return out
}

// fieldFigures are those of one field. A region that only the enterprise's code has given is no value of the row; a row that was
// rejected for its value counts among the strange.
func fieldFigures(r *standardise.Report, f *standardise.FieldReport, rows int64) gate.Field {
	out := gate.Field{Name: f.Name, Columns: f.Columns, Empty: rows - f.Known + f.FromHome, Cells: f.Filled}
	for _, kind := range strange {
		key := kind + "." + f.Name
		out.Strange += r.Flags[key] + r.Reasons[key]
		out.Cells += r.Reasons[key]
	}
	return out
}
