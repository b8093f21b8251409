package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hooktool/hooktool/internal/words"
)

// ignore is a comment that silences rules on its own lines and the next one:
//
//	{{/* hooktool:ignore json-unescaped,ping until 2027-01-31 the reason */}}
type ignore struct {
	where at
	rules []ignored
	from  int // lines of the template
	to    int
	until time.Time // zero: for ever
}

// ignored is one rule that a comment names.
type ignored struct {
	id    string
	where at
	used  bool
}

var ignoreComment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`/\*\s*hooktool:ignore\b([^*]*(?:\*[^/][^*]*)*)\*/`)
})

var untilDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^until\s+(\d{4}-\d{2}-\d{2})\b`)
})

// ignores reads the comments of a template.
func (p *pass) ignores() []*ignore {
	text := p.template.Text
	if !strings.Contains(text, "hooktool:ignore") {
		return nil
	}
	var all []*ignore
	for _, match := range ignoreComment().FindAllStringSubmatchIndex(text, -1) {
		ig := &ignore{where: at{match[0], match[1]}}
		ig.from, ig.to = p.index.Position(match[0]).Line, p.index.Position(match[1]).Line+1
		words := text[match[2]:match[3]]
		offset := match[2] + len(words) - len(strings.TrimLeft(words, " \t\r\n"))
		list, rest, _ := strings.Cut(strings.TrimLeft(words, " \t\r\n"), " ")
		for _, id := range strings.Split(strings.TrimSpace(list), ",") {
			if id != "" {
				ig.rules = append(ig.rules, ignored{id: id, where: at{offset, offset + len(id)}})
			}
			offset += len(id) + 1
		}
		if day := untilDay().FindStringSubmatch(strings.TrimSpace(rest)); day != nil {
			ig.until, _ = time.Parse(time.DateOnly, day[1])
		}
		all = append(all, ig)
	}
	return all
}

// expired reports whether the day until which a comment counts is over.
func (ig *ignore) expired(now time.Time) bool {
	return !ig.until.IsZero() && !now.IsZero() && now.After(ig.until.AddDate(0, 0, 1))
}

// silence takes away what comments silence, and reports the comments that
// silence nothing.
func (p *pass) silence() {
	all := p.ignores()
	p.findings = slices.DeleteFunc(p.findings, func(f Finding) bool {
		line := p.index.Position(f.start).Line
		silenced := false
		for _, ig := range all {
			for i := range ig.rules {
				if ig.rules[i].id == f.Rule && ig.from <= line && line <= ig.to && !ig.expired(p.options.Now) {
					ig.rules[i].used, silenced = true, true
				}
			}
		}
		return silenced
	})
	rule := unusedIgnore()
	p.rule, p.severity = rule.ID, p.options.severity(rule, p.template.Path)
	if p.severity == Off {
		return
	}
	for _, ig := range all {
		if len(ig.rules) == 0 {
			p.report(ig.where, "this comment names no rule", "write {{/* hooktool:ignore RULE reason */}}")
		}
		for _, r := range ig.rules {
			p.unused(ig, r)
		}
	}
}

func (p *pass) unused(ig *ignore, r ignored) {
	rule, known := ByID(r.id)
	switch {
	case !known:
		hint := words.Suggest(r.id, IDs(), "hooktool explain lists the rules")
		p.report(r.where, fmt.Sprintf("there is no rule %q, so that this comment silences nothing", r.id), hint)
	case ig.expired(p.options.Now):
		p.report(r.where, fmt.Sprintf("this comment has silenced %s until %s", r.id, ig.until.Format(time.DateOnly)), "mend what it has silenced, or set another day")
	case !r.used && p.options.severity(rule, p.template.Path) != Off:
		p.report(r.where, fmt.Sprintf("%s is not found here, so that this comment silences nothing", r.id), "remove it; it counts for its own line and the next one")
	}
}
