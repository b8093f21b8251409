package rewrite

import (
	"regexp"
	"strings"
	"sync"
)

// hidesMembers reports whether a comment up to the end of its line contains what is
// probably not part of it: a bracket that is missing after it, or words and then a key.
// A template that lost its line breaks has such comments.
func (o *outline) hidesMembers(text string, s Stray) bool {
	comment := text[s.Start:s.End]
	if strings.HasPrefix(comment, "/*") || strings.HasPrefix(comment, "<!--") {
		return false
	}
	comment = withoutActions(comment)
	brackets := strings.Count(comment, "}") + strings.Count(comment, "]") - strings.Count(comment, "{") - strings.Count(comment, "[")
	if brackets > 0 && o.missesBracket(s.End) {
		return true
	}
	line := strings.TrimLeft(text[strings.LastIndexByte(text[:s.Start], '\n')+1:s.Start], blanks)
	return line != "" && keyAfterWords().MatchString(comment)
}

// missesBracket reports whether a closing bracket is missing from an offset on.
func (o *outline) missesBracket(from int) bool {
	for _, s := range o.strays {
		if s.Start >= from && s.Start == s.End && strings.HasPrefix(s.What, "no ") {
			return true
		}
	}
	return false
}

// keyAfterWords matches a comment in which a quoted key follows some words.
var keyAfterWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?://+|#+)\s*[^\s"].*"\s*:`) })
