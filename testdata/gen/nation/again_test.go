package nation

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// keys are the columns that name a row beside the code, by dataset, as the sample's datasets/*.yaml have them.
func keys() map[string][]string {
	return map[string][]string{
		"licence": {"证照名称", "许可证号"}, "qualification": {"资质类型", "证书编号"}, "tax": {"年度"}, "taxcredit": {"年度"}, "insurance": {"年度"},
		"finance": {"年度"}, "large": nil, "ip": {"编号"}, "credit": {"类型", "文号"}, "penalty": {"文号"}, "environment": nil, "safety": nil,
		"customs": {"年度"}, "energy": {"年度"}, "project": {"项目代码"}, "loan": {"合同号"}, "talent": {"编号"}, "contacts": nil,
	}
}

// byKey are a delivery's rows by code and key. Rows of an operation column have it taken away, and tell deletions.
func byKey(t *testing.T, folder string, dep *department, day, mode string, into map[string]string) {
	t.Helper()
	for _, row := range rowsOf(t, folder, dep.name+"_510000_"+day+"_"+mode+".csv") {
		op := ""
		if len(row) > len(dep.columns) {
			op, row = row[0], row[1:]
		}
		key := row[0]
		for _, name := range keys()[dep.name] {
			i := slices.IndexFunc(dep.columns, func(c column) bool { return c.name == name })
			key += "|" + row[i]
		}
		text := strings.Join(row, "|")
		switch before, there := into[key]; {
		case op == deleted:
			delete(into, key)
		case there && before == text && mode == "increment":
			t.Errorf("%s of %s repeats %s", dep.name, day, text)
		default:
			into[key] = text
		}
	}
}

// TestIncrementsComeToTheSame: what increments make of the first night's rows is what full deliveries tell, and each of
// their rows changes something.
func TestIncrementsComeToTheSame(t *testing.T) {
	t.Parallel()
	o := options()
	o.Enterprises, o.Format, o.Changed = 8000, CSV, 100_000
	changes := made(t, o)
	o.Full = true
	again := made(t, o)
	for _, dep := range departments() {
		if _, ok := keys()[dep.name]; !ok {
			continue
		}
		rows := map[string]string{}
		byKey(t, changes, &dep, "20260618", "full", rows)
		for _, day := range []string{"20260619", "20260622"} {
			byKey(t, changes, &dep, day, "increment", rows)
			full := map[string]string{}
			byKey(t, again, &dep, day, "full", full)
			if !maps.Equal(rows, full) {
				t.Errorf("%s of %s: %d rows by increments, %d by the full delivery, or other ones", dep.name, day, len(rows), len(full))
			}
		}
	}
}
