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

var untilDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^until\s+(\d{4}-\d{2}-\d{2})\b`)
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
		words := text[match[2]:match[3]]
		offset := match[2] + len(words) - len(strings.TrimLeft(words, " \t\r\n"))
		list, rest, _ := strings.Cut(strings.TrimLeft(words, " \t\r\n"), " ")
		for _, id := range strings.Split(strings.TrimSpace(list), ",") {
			if id != "" {
				ig.Rules = append(ig.Rules, IgnoredRule{ID: id, Start: offset, End: offset + len(id)})
			}
			offset += len(id) + 1
		}
		if day := untilDay().FindStringSubmatch(strings.TrimSpace(rest)); day != nil {
			ig.Until, _ = time.Parse(time.DateOnly, day[1])
		}
		all = append(all, ig)
	}
	return all
}
