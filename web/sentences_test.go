package web

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

// formatAt is which argument of a call holds the sentence for the person, and
// what the call puts before it.
var formatAt = map[string]struct {
	place  int
	before string
}{"Errorf": {1, ""}, "InvalidField": {1, ""}, "refuse": {2, "%s "}}

// onlyTerminal are files whose sentences no page shows: they are told where
// the server or a command is started.
var onlyTerminal = []string{"cmd/", "client/", "demo/", "house/", "sim/", "truth/", "measures/", "model/file.go", "store/lock.go", "store/db.go", "store/migrate.go", "ingest/folders.go", "ingest/look.go", "https/"}

// TestEverySentenceOfTheServerIsSaidInHindi compares the sentences in the
// source with words/server.hi.json: none is missing there and none is left
// over, and each fills its places with what the English has.
func TestEverySentenceOfTheServerIsSaidInHindi(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("src/words/server.hi.json")
	if err != nil {
		t.Fatal(err)
	}
	var hindi map[string]string
	if err := json.Unmarshal(text, &hindi); err != nil {
		t.Fatal(err)
	}
	said := sentencesIn(t, "..")
	for sentence, where := range said {
		if hindi[sentence] == "" {
			t.Errorf("%s says %q, which words/server.hi.json lacks", where, sentence)
		}
	}
	for sentence, in := range hindi {
		if said[sentence] == "" {
			t.Errorf("nobody says %q any more: take it out of words/server.hi.json", sentence)
		}
		verbs := len(verb.FindAllString(sentence, -1))
		if left := verb.FindString(in); left != "" {
			t.Errorf("%q: %s is no place to fill, {1} is", sentence, left)
		}
		for _, place := range regexp.MustCompile(`\{(\d+)\}`).FindAllStringSubmatch(in, -1) {
			if n, _ := strconv.Atoi(place[1]); n < 1 || n > verbs {
				t.Errorf("%q: there is no place %s to fill", sentence, place[0])
			}
		}
	}
}

var verb = regexp.MustCompile(`%[dgqsv]`)

// sentencesIn finds what the program may say to a person, with where.
func sentencesIn(t *testing.T, root string) map[string]string {
	t.Helper()
	said := map[string]string{akhra.Sentence(errors.New("any")): "error.go"}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		name, _ := filepath.Rel(root, path)
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || slices.ContainsFunc(onlyTerminal, func(p string) bool { return strings.HasPrefix(name, p) }) {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sentence, ok := sentenceOf(n); ok {
				said[sentence] = name + ":" + strconv.Itoa(set.Position(n.Pos()).Line)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(said) < 100 {
		t.Fatalf("only %d sentences are found", len(said))
	}
	return said
}

// sentenceOf is the sentence of a refusal that is made at a node.
func sentenceOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.CallExpr:
		f, ok := formatAt[nameOf(n.Fun)]
		if !ok || len(n.Args) <= f.place || isInternal(n) {
			return "", false
		}
		text, ok := literal(n.Args[f.place])
		return f.before + text, ok && text != "%s %s"
	case *ast.KeyValueExpr:
		if key := nameOf(n.Key); key == "Title" || key == "Message" {
			return literal(n.Value)
		}
	}
	return "", false
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && x.Name == "fmt" {
			return ""
		}
		return e.Sel.Name
	}
	return ""
}

// isInternal tells whether a refusal is one whose words only the log reads.
func isInternal(call *ast.CallExpr) bool { return nameOf(call.Args[0]) == "Internal" }

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
