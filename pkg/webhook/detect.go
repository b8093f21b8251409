package webhook

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// Directive returns what a comment in a template says about it, such as
//
//	{{/* hooktool: type=alert destination=telegram */}}
//
// as the pairs type → alert, destination → telegram. Of several comments the
// first that names a key counts. Write it with trim markers, {{- /* … */ -}},
// to leave no line break in the output.
func Directive(text string) map[string]string {
	pairs := map[string]string{}
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "/*")
		if !ok {
			return pairs
		}
		comment, after, ok := strings.Cut(after, "*/")
		if !ok {
			return pairs
		}
		rest = after
		words, ok := strings.CutPrefix(strings.TrimSpace(comment), "hooktool:")
		if !ok || !strings.HasPrefix(words, " ") {
			continue // hooktool:ignore and its like are not directives
		}
		for _, word := range strings.Fields(words) {
			if key, value, ok := strings.Cut(word, "="); ok && pairs[key] == "" {
				pairs[key] = value
			}
		}
	}
}

// DetectKind finds the kind of a template by what it says of itself: a
// directive in it, else exactly one of the words incident, deployment and alert
// in the file's name. It returns the empty kind when there is neither.
func DetectKind(path, text string) (event.Kind, error) {
	if name, ok := Directive(text)["type"]; ok {
		kind, err := event.ParseKind(name)
		if err != nil {
			return "", fmt.Errorf("%s: in the comment hooktool: %w", path, err)
		}
		return kind, nil
	}
	var found event.Kind
	base := strings.ToLower(filepath.Base(path))
	for _, kind := range event.Kinds() {
		if !strings.Contains(base, kind.String()) {
			continue
		}
		if found != "" {
			return "", nil
		}
		found = kind
	}
	return found, nil
}
