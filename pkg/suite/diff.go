package suite

import (
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
)

// diff returns the unified difference of two texts.
func diff(want, got string) string {
	unified := udiff.Unified("expected", "got", ended(want), ended(got))
	if ended(want) == ended(got) {
		return "the only difference is the line break at the end\n"
	}
	return unified
}

func ended(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}
