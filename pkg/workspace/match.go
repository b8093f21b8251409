package workspace

import (
	"path/filepath"
	"regexp"
	"strings"
)

// Glob returns a function that matches slash-separated paths with a pattern: * matches
// any part of a name, ? one character of it, and ** any number of folders. A pattern
// without a slash matches a name in any folder.
func Glob(pattern string) func(path string) bool {
	pattern = strings.ToValidUTF8(pattern, "\ufffd") // which no path of that spelling matches
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

// GlobBelow is like Glob for paths of the operating system, as the user gives them,
// and a pattern that is relative to a folder. A file outside that folder matches
// ** only.
func GlobBelow(dir, pattern string) func(path string) bool {
	match := Glob(filepath.ToSlash(pattern))
	base, err := filepath.Abs(dir)
	if err != nil {
		return match
	}
	return func(path string) bool {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return false
		}
		relative, err := filepath.Rel(base, absolute)
		return err == nil && (pattern == "**" || filepath.IsLocal(relative)) && match(filepath.ToSlash(relative))
	}
}
