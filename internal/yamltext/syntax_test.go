package yamltext_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/yamltext"
)

// TestParseErrors checks the places and words of mistakes; | marks the place.
func TestParseErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"a: |[", "this [ is not closed"},
		{"a: [1]\nb: |{c: [1, 2]\nd: 3", "this { is not closed"},
		{"a: |\"x\nb: 3", "this quotation mark is not closed"},
		{"a: 'x'\nb: |'y\nc: d", "this quotation mark is not closed"},
		{"a: b|: c", "a key is not allowed here"},
		{"a:\n  b: 1\n |c: 2", "this is not a key of the mapping around it"},
		{"- b\n|c: d", "this is not an item of the list around it"},
		{"a:\n|\tb: 1", "a tab cannot indent"},
		{"a: |@b", "cannot begin with this character"},
		{"a: |- b", "an item of a list is not allowed here"},
		{"a: \"|\\q\"", "this is not an escape"},
		{"a: |*b", "there is no anchor \"b\""},
		{"a: 1\nb\n", "a colon is missing"},
		{"a: |\x01", "a control character"},
	} {
		at := strings.Index(tt.text, "|")
		text := strings.Replace(tt.text, "|", "", 1)
		_, err := yamltext.Parse([]byte(text))
		var syntax *yamltext.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if syntax.Offset != at || !strings.Contains(syntax.Message, tt.want) {
			t.Errorf("%q: %q at %d of line %d, want %q at %d", text, syntax.Message, syntax.Offset, syntax.Line, tt.want, at)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"a: [", "a: \"x", "a: b: c", "\t- x", "&a [*a]", "a: *b", "? [", "%YAML 9"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := yamltext.Parse([]byte(text))
		var syntax *yamltext.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || syntax.Message == "" || syntax.Offset >= max(len(text), 1)) {
			t.Fatalf("%q: %+v", text, err)
		}
	})
}
