package destination

import (
	"regexp"
	"strings"
	"sync"
)

// A URL on a destination's own host, or with a distinct path, is meant for it even if a token in it is a
// placeholder, a variable that nobody expands, or cut short. Such a URL fits a form
// loosely. The pattern of the form then has [^/]+ in place of what varies in the path;
// failing that, only what is before it counts.

// varying is a part of a pattern that stands for a token or an ID: a group that holds a
// secret, or characters of a class.
var varying = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\(\?P<[^>]*>[^()]*\)|\[[^\]]*\][+*]|\[[^\]]*\]\{[^}]*\}`)
})

// varies returns the pattern of a form in two parts, before and from what first varies in
// the path; rest is empty if nothing does, or if the words of the path do not tell enough.
func (f *URLForm) varies() (before, rest string) {
	host := pathOf(f.Pattern)
	if f.AnyHost && !f.Distinct || host < 0 {
		return "", ""
	}
	for _, at := range varying().FindAllStringIndex(f.Pattern, -1) {
		if at[0] > host && depth(f.Pattern[:at[0]]) == 0 {
			return f.Pattern[:at[0]], f.Pattern[at[0]:]
		}
	}
	return "", ""
}

// anyParts returns the pattern with anything where it varies; empty if it does not.
func (f *URLForm) anyParts() string {
	before, rest := f.varies()
	if rest == "" {
		return ""
	}
	return before + varying().ReplaceAllLiteralString(rest, "[^/]+")
}

// beginning returns the pattern up to where it varies; empty if it does not, or if that
// is nothing but the host, or a path on any host.
func (f *URLForm) beginning() string {
	before, _ := f.varies()
	if f.AnyHost || strings.HasSuffix(before, "/") && pathOf(before) == len(before)-1 {
		return ""
	}
	return before
}

// pathOf returns where the path begins in a pattern; -1 for none.
func pathOf(pattern string) int {
	for i := range len(pattern) {
		if pattern[i] == '/' && depth(pattern[:i]) == 0 {
			return i
		}
	}
	return -1
}

// depth counts the groups and classes that are open at the end of a part of a pattern.
func depth(pattern string) int {
	open := strings.Count(pattern, "(") - strings.Count(pattern, ")")
	return open + strings.Count(pattern, "[") - strings.Count(pattern, "]")
}
