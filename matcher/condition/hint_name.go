package condition

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"zhida/schemas"
)

// keys is maps.Keys for maps of any value.
func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// Longest name that is taken apart.
const maxSegmented = 200

// segmented takes a name apart into keywords, names that are known here and amounts, "" if that leaves a rest:
// 非标签失信被执行人 -> 非 标签 失信被执行人, 注册资本不低于30万 -> 注册资本 >= 30万. The fewest pieces win.
func (c *checker) segmented(word string) string {
	if len(word) > maxSegmented || c.tired() {
		return ""
	}
	names := slices.Concat(c.names(), slices.Sorted(keys(c.env.Tags)), c.datasetNames())
	if name, ok := strings.CutSuffix(word, "年"); ok && len(name) > len("2024") {
		if at := len(name) - len("2024"); strings.Trim(name[at:], "0123456789") == "" && slices.Contains(names, name[:at]) {
			return name[:at] + "@" + name[at:] + "年"
		}
	}
	best := make([][]string, len(word)+1) // best[i]: the fewest pieces of word[:i], nil if there are none
	best[0] = []string{}
	for i := range word {
		if best[i] == nil {
			continue
		}
		for end := i + 1; end <= len(word); end++ {
			piece := word[i:end]
			shown := segment(piece, i > 0)
			if slices.Contains(names, piece) || i > 0 && c.isCode(piece) {
				shown = piece
			}
			if shown != "" && (best[end] == nil || len(best[end]) > len(best[i])+1) {
				best[end] = append(slices.Clone(best[i]), shown)
			}
		}
	}
	pieces := best[len(word)]
	if len(pieces) < 2 || !slices.ContainsFunc(pieces, isConnector) {
		return ""
	}
	if len(pieces) == 2 && isYearWord(pieces[0]) && slices.Contains(names, pieces[1]) {
		return pieces[1] + "@" + pieces[0]
	}
	return strings.Join(pieces, " ")
}

// isConnector reports a piece that is a keyword or a relation: names, codes and amounts alone have not run together.
func isConnector(piece string) bool {
	_, key := keyword(piece)
	return key || strings.Contains(">=<=!=", piece)
}

// isCode reports a piece that is a code of an industry or a region.
func (c *checker) isCode(piece string) bool {
	if piece[0] >= 0x80 || strings.Trim(piece, "0123456789") == "" && len(piece)%2 != 0 {
		return false
	}
	_, industry := c.env.Codes.NormalIndustry(piece)
	_, region := c.env.Codes.Region(schemas.NormalRegion(piece))
	return industry || region
}

// segment is what a piece of a name can be besides a name: a keyword, a word for a relation, an amount; "" if none.
func segment(piece string, inside bool) string {
	if meant := infixMeant(piece); meant != "" && inside {
		return meant
	}
	if _, key := keyword(piece); key && piece[0] >= 0x80 {
		return piece
	}
	unit := strings.TrimLeft(piece, "0123456789")
	if _, _, ok := measure(unit); ok && inside && unit != piece {
		return piece
	}
	return ""
}

// alone reports a value where a condition is asked for.
func (c *checker) alone(at *Node) {
	if _, ok := c.value(at); ok {
		c.fault((*at).Extent(), "", "“%s”是一个值，不是条件", brief(oneLine(*at)))
	}
}

// incomplete reports an attribute where a condition is asked for.
func (c *checker) incomplete(n Node, v Value) {
	name := brief(oneLine(n))
	c.fault(n.Extent(), "例如 "+example(name, v.Type()), "“%s”是%s，还要和一个值比较", name, kindName(v.Type().Kind))
}

// aloneName reports a name alone that is no truth attribute.
func (c *checker) aloneName(n *Name) {
	if v, ok := c.lookup(n); ok {
		c.incomplete(n, v)
		return
	}
	if date, ok := c.age(n); ok {
		c.fault(n.at, "例如 "+n.Text+" >= 1年", "“%s”由“%s”算出，还要和时间长度比较", n.Text, date.Name)
		return
	}
	_, _ = c.resolve(n, n, c.base)
}

// example is a condition that a name can stand in.
func example(name string, t schemas.Type) string {
	switch t.Kind {
	case schemas.KindDate:
		return name + " <= 今天"
	case schemas.KindCode:
		if t.System == schemas.SystemRegion {
			return name + " 属于 510700"
		}
		return name + " 属于 C39"
	case schemas.KindText:
		if len(t.Values) > 0 {
			return name + " 属于 " + t.Values[0]
		}
		return name + ` = "…"`
	default:
		return fmt.Sprintf("%s >= 100%s", name, ordinary(t.Unit))
	}
}
