package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/lint"
)

// group holds findings that say the same about several places in one template.
type group struct {
	lint.Finding
	also []string // the other places, as line:column
}

// groups joins the findings that say the same about several places in a template; the
// first represents them all.
func groups(findings []lint.Finding) []*group {
	var list []*group
	index := map[string]*group{}
	for _, f := range findings {
		key := f.Rule + "\x00" + string(f.Severity) + "\x00" + sameWords(f)
		if known := index[key]; known != nil {
			known.also = append(known.also, f.Pos.String())
			continue
		}
		g := &group{Finding: f}
		index[key] = g
		list = append(list, g)
	}
	return list
}

// sameWords returns a finding's message without its names and numbers, for the rules
// whose findings differ in nothing else.
func sameWords(f lint.Finding) string {
	switch f.Rule {
	case "ping", "length-limit", "markup-injection":
		return withoutNames(f.Message)
	}
	if strings.HasPrefix(f.Rule, "json-") { // what is right can differ from place to place
		return f.Message + "\x00" + f.Hint
	}
	return f.Message
}

// withoutNames removes quoted texts, names of fields and numbers from a message.
func withoutNames(message string) string {
	const inName = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.[]"
	var b strings.Builder
	for rest := message; rest != ""; {
		c := rest[0]
		rest = rest[1:]
		switch {
		case c == '"':
			if _, after, closed := strings.Cut(rest, `"`); closed {
				rest = after
			}
		case c == '.':
			rest = strings.TrimLeft(rest, inName)
		case c != '$' && (c < '0' || c > '9'):
			b.WriteByte(c)
		}
	}
	return b.String()
}

// alsoAt lists the other places of a group.
func (g *group) alsoAt() string {
	const most = 8
	places := g.also
	if len(places) > most {
		return fmt.Sprintf("%s and %d more", words.And(places[:most]), len(places)-most)
	}
	return words.And(places)
}

// statistic is how often a rule was broken.
type statistic struct {
	rule     string
	severity lint.Severity // the worst
	count    int
	files    int
}

// statistics counts findings by rule, the most frequent first.
func statistics(r *Report) []statistic {
	index := map[string]int{}
	last := map[string]string{}
	var list []statistic
	for _, result := range r.Results {
		for _, f := range result.Findings {
			i, ok := index[f.Rule]
			if !ok {
				i = len(list)
				index[f.Rule] = i
				list = append(list, statistic{rule: f.Rule, severity: f.Severity})
			}
			s := &list[i]
			s.count++
			if f.Severity.AtLeast(s.severity) {
				s.severity = f.Severity
			}
			if last[f.Rule] != result.Path {
				last[f.Rule] = result.Path
				s.files++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b statistic) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.rule, b.rule))
	})
	return list
}
