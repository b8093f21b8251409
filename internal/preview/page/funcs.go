package page

import (
	"strings"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// group is the templates under one heading of the list.
type group struct {
	Name      string
	Templates []listed
}

// listed is a template in the list.
type listed struct {
	*workspace.Template
	Heading
}

// groups groups templates by heading, in the order in which they come.
func (w Workspace) groups(templates []workspace.Template) []*group {
	var all []*group
	byName := map[string]*group{}
	for i := range templates {
		each := listed{&templates[i], w.heading(&templates[i])}
		g := byName[each.Group]
		if g == nil {
			g = &group{Name: each.Group}
			byName[each.Group] = g
			all = append(all, g)
		}
		g.Templates = append(g.Templates, each)
	}
	return all
}

// sayKind reports whether the kind of a template must be shown because its name does
// not say it.
func sayKind(t listed) bool { return !strings.Contains(strings.ToLower(t.Title), t.Kind.String()) }

// percent returns how much of a limit is used, in percent.
func percent(l *destination.Usage) int { return int(min(l.Share(), 1) * 100) }

// share describes in one word how much of a limit is used.
func share(l *destination.Usage) string {
	switch {
	case l.Share() > 1:
		return "over"
	case l.Share() > preview.NearlyFull:
		return "near"
	}
	return "well"
}

// worst says what becomes of a message that is not accepted as it is.
func worst(d *drawing) string {
	if d == nil {
		return ""
	}
	for _, effect := range []destination.Effect{destination.Refused, destination.Cut, destination.Split, destination.Pings} {
		for _, problem := range d.Problems {
			if problem.Effect == effect {
				return string(effect)
			}
		}
	}
	return ""
}

// verdict words the answer to whether the JSON is always valid.
func verdict(j *lint.JSON) string {
	return words.Capital(j.Sentence())
}

// verdictClass returns the CSS class of a verdict.
func verdictClass(j *lint.JSON) string {
	if s := j.Standing(); s == lint.SometimesNot || s == lint.Likely {
		return "unknown"
	}
	return j.Verdict
}

// changed reports whether a diff has any changes.
func changed(lines []diffLine) bool {
	for _, line := range lines {
		if line.Mark != " " {
			return true
		}
	}
	return false
}

// markClass returns the CSS class of a line of a diff.
func markClass(mark string) string {
	switch mark {
	case "+":
		return "add"
	case "-":
		return "del"
	}
	return "same"
}
