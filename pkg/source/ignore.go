package source

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// Ignore is a comment of a template that silences rules on its own lines and the
// next one:
//
//	{{/* hooktool:ignore json-unescaped,ping until 2027-01-31 the reason */}}
type Ignore struct {
	Start, End int // the comment, in bytes
	From, To   int // the lines it covers, from 1
	Rules      []IgnoredRule
	Until      time.Time // the last day, at its beginning; zero if it never expires
	BadDay     *BadDay   // nil if there is nothing wrong with the last day
}

// IgnoredRule is a rule that a comment names.
type IgnoredRule struct {
	ID         string
	Start, End int
}

// Silences reports whether the comment silences a rule on a line at a time. A zero time
// is before every day.
func (ig *Ignore) Silences(rule string, line int, now time.Time) bool {
	if line < ig.From || line > ig.To || ig.Expired(now) {
		return false
	}
	for _, r := range ig.Rules {
		if r.ID == rule {
			return true
		}
	}
	return false
}

// Expired reports whether the comment's last day is over.
func (ig *Ignore) Expired(now time.Time) bool {
	return !ig.Until.IsZero() && !now.IsZero() && now.After(ig.Until.AddDate(0, 0, 1))
}

var ignoreComment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`/\*\s*hooktool:ignore\b([^*]*(?:\*[^/][^*]*)*)\*/`)
})

// Ignores returns the comments of a template that silence rules.
func Ignores(text string, index *Index) []*Ignore {
	if !strings.Contains(text, "hooktool:ignore") {
		return nil
	}
	var all []*Ignore
	for _, match := range ignoreComment().FindAllStringSubmatchIndex(text, -1) {
		ig := &Ignore{Start: match[0], End: match[1]}
		ig.From, ig.To = index.Position(match[0]).Line, index.Position(match[1]).Line+1
		rest := ig.readRules(text[:match[3]], match[2])
		ig.readDay(text[:match[3]], rest)
		all = append(all, ig)
	}
	return all
}

var (
	ignoredRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^\s,]+`) })
	// nextRule is what follows a comma and white space if it is another rule, rather than
	// the reason.
	nextRule = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:[a-z]+(?:-[a-z]+)+|[a-z]+\s*(?:,|$|(?i:until)\b))`)
	})
)

// readRules reads the list of rules at an offset of a text, and returns where it ends.
func (ig *Ignore) readRules(text string, offset int) int {
	skip := func() { offset = len(text) - len(strings.TrimLeft(text[offset:], " \t\r\n")) }
	for skip(); offset < len(text); {
		if id := ignoredRule().FindString(text[offset:]); id != "" {
			ig.Rules = append(ig.Rules, IgnoredRule{ID: id, Start: offset, End: offset + len(id)})
			offset += len(id)
		}
		end := offset
		if skip(); !strings.HasPrefix(text[offset:], ",") {
			return end
		}
		offset++
		comma := offset
		if skip(); offset > comma && (!nextRule().MatchString(text[offset:]) || isUntil(text[offset:])) {
			return offset
		}
	}
	return offset
}
