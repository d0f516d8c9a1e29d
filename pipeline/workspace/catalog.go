package workspace

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// catalogDraft is a catalog as written, with the place of each of its members.
type catalogDraft struct {
	schemas.Catalog
	members, except []conditionText
}

// catalog reads one catalog (目录).
func catalog(into *catalogDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("目录",
			key{"name", required, text(&into.Name)},
			key{"system", optional, choice(&into.System, schemas.SystemRegion, schemas.SystemIndustry)},
			key{"members", required, list(&into.members, expression)},
			key{"except", optional, list(&into.except, expression)},
			key{"note", optional, text(&into.Note)},
		)(d, name, at, n)
	}
}

// checkCatalogs checks the catalogs of tags.yaml and resolves their members.
func (c *check) checkCatalogs() map[string]*schemas.Catalog {
	all := map[string]*schemas.Catalog{}
	if c.tags == nil {
		return all
	}
	f := c.tags
	for i := range f.catalogs {
		draft := &f.catalogs[i]
		at := f.at("catalogs", i, "name")
		f.checkWord("目录", draft.Name, at)
		if all[draft.Name] != nil {
			f.report(at, fmt.Sprintf("目录“%s”重复", draft.Name), "")
		}
		if len(draft.members) == 0 && f.at("catalogs", i, "members") != f.at("catalogs", i) {
			f.report(f.at("catalogs", i, "members"), "“members”至少要有一项", "")
		}
		all[draft.Name] = &draft.Catalog
		if draft.System == "" {
			c.resolveWords(i)
		} else {
			c.resolveCodes(i)
		}
	}
	return all
}

// resolveWords folds the words of a catalog; what is excepted must be one of them.
func (c *check) resolveWords(i int) {
	f, draft := c.tags, &c.tags.catalogs[i]
	members, ok := c.words(i, "members", draft.members)
	except, also := c.words(i, "except", draft.except)
	if !ok || !also {
		return
	}
	for k, word := range except {
		if !slices.Contains(members, word) {
			f.report(f.at("catalogs", i, "except", k), fmt.Sprintf("“%s”不在“members”里，不用除去", word), suggest(word, members))
		}
	}
	draft.Except = except
	draft.Members = slices.DeleteFunc(members, func(word string) bool { return slices.Contains(except, word) })
}

// words are the members of a list of words, each but once.
func (c *check) words(i int, key string, list []conditionText) ([]string, bool) {
	var out []string
	good := true
	for k, m := range list {
		word := schemas.Fold(string(m.text))
		if word != "" && slices.Contains(out, word) {
			c.tags.report(c.tags.at("catalogs", i, key, k), fmt.Sprintf("目录里“%s”重复", word), "删去其中一个")
			good = false
		}
		out = append(out, word)
	}
	return out, good
}

// resolveCodes reads the members of a catalog of codes as the list of a 属于: one reading of ranges, of abolished codes
// and of what was probably meant.
func (c *check) resolveCodes(i int) {
	draft := &c.tags.catalogs[i]
	if !c.areCodes(i, "members", draft.members) || !c.areCodes(i, "except", draft.except) || len(draft.members) == 0 {
		return
	}
	const asked = "代码"
	g := glueFrom(draft.members[0])
	g.write(asked + " 属于 [")
	g.addList(draft.members)
	g.write("]")
	if len(draft.except) > 0 {
		g.write(" 除 [")
		g.addList(draft.except)
		g.write("]")
	}
	attribute := schemas.Attribute{Name: asked, Type: schemas.Type{Kind: schemas.KindCode, System: draft.System}}
	env := &condition.Env{Attributes: map[string]*schemas.Attribute{asked: &attribute}, Codes: c.codes}
	text := g.done()
	expr, faults := condition.Compile(text.bare(c.tags.document), env)
	c.tags.relocate(text, faults)
	if member, ok := expr.(condition.Member); ok && len(faults) == 0 {
		draft.Members, draft.Except = c.without(draft.System, member.Set.Members, member.Set.Except), member.Set.Except
	}
}

// areCodes reports whether every member can stand in a list of codes: whether it means any is for the checker to say.
func (c *check) areCodes(i int, key string, list []conditionText) bool {
	good := true
	for k, m := range list {
		for _, code := range strings.Split(schemas.Fold(string(m.text)), "..") {
			if code = strings.TrimSpace(code); len(m.text) > 0 && (code == "" || strings.TrimFunc(code, isAlphanumeric) != "") {
				c.tags.report(c.tags.at("catalogs", i, key, k), fmt.Sprintf("“%s”应是代码，如 C39、510703，或代码区间，如 C13..C43", string(m.text)),
					"文字的目录不写 system")
				good = false
				break
			}
		}
		good = good && len(m.text) > 0
	}
	return good
}

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// without takes codes out of a list: a member that contains one of them is replaced by the codes below it that do not.
func (c *check) without(system string, members, except []string) []string {
	if len(except) == 0 {
		return members
	}
	var out []string
	for _, m := range members {
		switch {
		case slices.ContainsFunc(except, func(e string) bool { return strings.HasPrefix(m, e) }):
		case slices.ContainsFunc(except, func(e string) bool { return strings.HasPrefix(e, m) }):
			out = append(out, c.without(system, c.codes.Children(system, m), except)...)
		default:
			out = append(out, m)
		}
	}
	return out
}
