package markup

import (
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
)

// TestWords compares the shortcut with the full parser.
func TestWords(t *testing.T) {
	t.Parallel()
	for _, dialect := range Dialects() {
		s, ok := syntaxOf(dialect)
		if !ok {
			continue
		}
		for _, text := range []string{"a", "1", "checkout is down", "5% of 3,200", "here", "all", "1 a", "http", "www", ",", "%", "a ,b"} {
			if !wordsOnly(text) {
				t.Fatalf("%q is more than words", text)
			}
			if diff := golden.Diff(s.parseAll(text), s.parse(text)); diff != "" {
				t.Errorf("%s: %q: %s", dialect, text, diff)
			}
		}
	}
	for _, text := range []string{"", " a", "a ", "a  b", "a\nb", "*a*", "@here", "1. a", "é", "1) a", "a:b:", "#a", "- a"} {
		if wordsOnly(text) {
			t.Errorf("%q is taken for words", text)
		}
	}
}
