package suite

import (
	"strings"

	textdiff "github.com/rogpeppe/go-internal/diff"
)

// diff returns the unified difference of two texts.
func diff(want, got string) string {
	want, got = ended(want), ended(got)
	if want == got {
		return "the only difference is the line break at the end\n"
	}
	unified := textdiff.Diff("expected", []byte(want), "got", []byte(got))
	_, lines, _ := strings.Cut(string(unified), "\n") // without the header of the command diff
	return lines
}

func ended(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}
