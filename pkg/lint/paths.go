package lint

import (
	"regexp"
	"strings"
)

// PathSeverities are the severities of rules for some files.
type PathSeverities struct {
	Match      func(path string) bool
	Severities map[string]Severity
}

// Glob returns a function that matches slash-separated paths with a pattern: *
// stands for any part of a name, ? for one character of it, and ** for any
// number of folders. A pattern without a slash matches a name in any folder.
func Glob(pattern string) func(path string) bool {
	if !strings.Contains(pattern, "/") && pattern != "**" {
		pattern = "**/" + pattern
	}
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(pattern); i++ {
		switch {
		case strings.HasPrefix(pattern[i:], "**/"):
			b.WriteString("(?:.*/)?")
			i += len("**/") - 1
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case pattern[i] == '*':
			b.WriteString("[^/]*")
		case pattern[i] == '?':
			b.WriteString("[^/]")
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	return regexp.MustCompile(b.String() + "$").MatchString // every pattern makes a valid expression
}
