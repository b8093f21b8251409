package webhook

import "strings"

// Directive returns what a comment in a template says about it, such as
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
