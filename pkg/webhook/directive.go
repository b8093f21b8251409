package webhook

import (
	"iter"
	"strings"
	"unicode"
)

// Directive returns what a comment in a template says about it, such as
// {{/* hooktool: type=alert destination=slack */}}.
func Directive(text string) map[string]string {
	pairs := map[string]string{}
	for key, v := range directives(text) {
		if pairs[key] == "" {
			pairs[key] = text[v.start:v.end]
		}
	}
	return pairs
}

// DirectiveValue returns where in a template the value is that [Directive] returns for a
// key.
func DirectiveValue(text, key string) (start, end int, ok bool) {
	for name, v := range directives(text) {
		if name == key && start == end { // an empty value gives way to a later one
			start, end, ok = v.start, v.end, true
		}
	}
	return start, end, ok
}

// directives yields every key of the comments with the place of its value.
func directives(text string) iter.Seq2[string, span] {
	return func(yield func(string, span) bool) {
		for at := 0; ; {
			begin := strings.Index(text[at:], "/*")
			if begin < 0 {
				return
			}
			at += begin + len("/*")
			length := strings.Index(text[at:], "*/")
			if length < 0 {
				return
			}
			comment := text[at : at+length]
			inside := strings.TrimLeftFunc(comment, unicode.IsSpace)
			words, ok := strings.CutPrefix(strings.TrimSpace(comment), "hooktool:")
			if ok && strings.HasPrefix(words, " ") { // hooktool:ignore and its like are not directives
				offset := at + len(comment) - len(inside) + len("hooktool:")
				for word := range strings.FieldsSeq(words) {
					offset += strings.Index(text[offset:], word)
					key, value, ok := strings.Cut(word, "=")
					if ok && !yield(key, span{offset + len(word) - len(value), offset + len(word)}) {
						return
					}
					offset += len(word)
				}
			}
			at += length + len("*/")
		}
	}
}
