package nation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"zhida/schemas"
	"zhida/testdata/mianyang"
)

// ErrNotEmpty is returned for a folder with something in it.
var ErrNotEmpty = errors.New("the folder is not empty")

// KeyFile is where the workspace expects its key, which Write does not make.
const KeyFile = "keys/site.key"

// Report says what was written.
type Report struct {
	Homes, Policies, Items, Deliveries int
	Dates                              []schemas.Date
}

// Write makes the folder, which must be new or empty, a complete workspace but for its key.
func Write(ctx context.Context, folder string, o Options) (*Report, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	list, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look into folder: %w", err)
	}
	if len(list) > 0 {
		return nil, fmt.Errorf("make workspace in %s: %w", folder, ErrNotEmpty)
	}
	codes := schemas.NewCodes()
	g := newGenerator(o, codes)
	report := &Report{Dates: g.dates}
	for _, dir := range []string{"datasets", "policies", "deliveries", filepath.Dir(KeyFile)} {
		if err := os.MkdirAll(filepath.Join(folder, dir), 0o750); err != nil {
			return nil, fmt.Errorf("make workspace: %w", err)
		}
	}
	if err := g.writeDefinitions(folder); err != nil {
		return nil, err
	}
	if err := g.writePolicies(ctx, folder, codes, report); err != nil {
		return nil, err
	}
	for i := range g.provinces {
		p := &g.provinces[i]
		if p.from == p.to {
			continue
		}
		delivered, err := g.deliver(ctx, filepath.Join(folder, "deliveries"), p)
		if err != nil {
			return nil, err
		}
		report.Homes += len(p.homes)
		report.Deliveries += delivered
	}
	return report, nil
}

// writeDefinitions copies the sample's datasets, attributes and tags, and writes zhida.yaml.
func (g *generator) writeDefinitions(folder string) error {
	definitions := mianyang.Definitions()
	err := fs.WalkDir(definitions, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(definitions, name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, filepath.FromSlash(name)), data, 0o600)
	})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "zhida.yaml"), []byte(g.config()), 0o600)
	}
	if err != nil {
		return fmt.Errorf("write definitions: %w", err)
	}
	return nil
}

// mostInWard is the number of enterprises from which a home is divided: a ward is to fit a block of 65,536, with
// room for those that come.
const mostInWard = 60_000

// config is zhida.yaml.
func (g *generator) config() string {
	var b strings.Builder
	where := "四川省"
	if g.Nation {
		where = "全国"
	}
	b.WriteString("# " + where + strconv.Itoa(g.Enterprises) + " 户编造的经营主体（zhida gen，种子 " + strconv.FormatUint(g.seed, 10) + "）：企业、人名、代码、电话都是编造的。\n\n")
	b.WriteString("name: " + where + "政策直达（编造）\nstore: store\nkey: file:" + KeyFile + "\nregion: 注册地\n")
	g.wards(&b)
	b.WriteString("\nsources:\n  - name: 前置机目录\n    kind: dir\n    path: deliveries\n    deliveries:\n")
	csv := g.isCSV()
	for i := range g.departments {
		dep, scope, ending := &g.departments[i], "{scope}", ".parquet"
		if dep.unscoped {
			scope = "*"
		}
		if csv[i] {
			ending = ".csv"
		}
		b.WriteString("      - {dataset: " + dep.name + ", files: \"" + dep.name + "_" + scope + "_{date}_{mode}" + ending + "\"}\n")
	}
	return b.String()
}

func (g *generator) wards(b *strings.Builder) {
	b.WriteString("wards:")
	none := true
	for i := range g.provinces {
		for _, h := range g.provinces[i].homes {
			if n := h.to - h.from; n > mostInWard {
				b.WriteString("\n  \"" + h.code + "\": " + strconv.FormatUint(n/mostInWard+1, 10))
				none = false
			}
		}
	}
	if none {
		b.WriteString(" {}")
	}
	b.WriteString("\n")
}
