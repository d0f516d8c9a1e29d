package standardise_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"zhida/pipeline/standardise"
)

// TestEveryCodeHasWords reads the codes from their source, so that none is forgotten.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	tree, err := parser.ParseFile(token.NewFileSet(), "flags.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			if text, ok := spec.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
				code, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
		}
		return true
	})
	if len(codes) < 30 {
		t.Fatalf("only %d codes found: %v", len(codes), codes)
	}
	for _, code := range append(codes, "row.repeated", "row.duplicate") {
		words := standardise.Explain(code)
		if words == code || strings.ContainsAny(words, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s reads %q", code, words)
		}
		if got := standardise.Explain(code + ".注册资本"); got != "注册资本："+words {
			t.Errorf("%s of a field reads %q", code, got)
		}
	}
	if got := standardise.Explain("nobody.knows.this"); got != "nobody.knows.this" {
		t.Errorf("an unknown code reads %q", got)
	}
}
