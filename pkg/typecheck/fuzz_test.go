package typecheck_test

import (
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

// FuzzCheck checks arbitrary bytes: nothing panics, problems are within the text and in
// order, and the engine has no unforeseen failures.
func FuzzCheck(f *testing.F) {
	for _, ex := range append(typeExamples(), logicExamples()...) {
		f.Add(ex.text)
	}
	for seed := range 40 {
		f.Add(newSeeded(seed).template())
	}
	kind := event.KindIncident
	dots := events(f, kind, nil)
	f.Fuzz(func(t *testing.T, text string) {
		problems, err := checkText(kind, text, nil)
		if err != nil {
			return
		}
		for i, p := range problems {
			if p.Start < 0 || p.Start > p.End || p.End > len(text) || p.Message == "" || i > 0 && p.Start < problems[i-1].Start {
				t.Fatalf("%q: %+v", text, p)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[p.Start:p.End]) {
				t.Fatalf("%q: %+v cuts a character", text, p)
			}
		}
		if hasRule(problems, typecheck.EndlessRecursion) || len(typeProblems(problems)) > 0 || !cheap(text) {
			return
		}
		if _, _, failure := execute(kind, text, dots); failure != nil {
			t.Fatalf("no type problem was found, but it fails %v\n%s", failure, text)
		}
	})
}

func newSeeded(seed int) *generator {
	g := newGenerator(pcg(seed))
	g.careful = seed%2 == 0
	return g
}

func hasRule(problems []typecheck.Problem, rule string) bool {
	for _, p := range problems {
		if p.Rule == rule {
			return true
		}
	}
	return false
}

// cheap reports whether a template is cheap enough to execute in a test: it contains no
// number large enough to make a loop or a printf width take long.
func cheap(text string) bool {
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' || r == '_' || r >= 'a' && r <= 'f' {
			digits++
		} else {
			digits = 0
		}
		if r >= '0' && r <= '9' && digits > 3 || r == '\'' {
			return false
		}
	}
	return true
}
