package suite

import (
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
)

// diff returns the unified difference of two texts.
func diff(want, got string) string {
	want, got = ended(want), ended(got)
	if want == got {
		return "the only difference is the line break at the end\n"
	}
	return udiff.Unified("expected", "got", want, got)
}

func ended(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}
