package lint

import (
	"fmt"
	"slices"
	"time"

	"github.com/hooktool/hooktool/pkg/source"
)

// silence removes the findings that comments silence, and reports comments that silence
// nothing.
func (p *pass) silence() {
	all := source.Ignores(p.template.Text, p.index)
	used := map[source.IgnoredRule]bool{}
	p.findings = slices.DeleteFunc(p.findings, func(f Finding) bool {
		line := p.index.Position(f.start).Line
		silenced := false
		for _, ig := range all {
			if !ig.Silences(f.Rule, line, p.options.Now) {
				continue
			}
			silenced = true
			for _, r := range ig.Rules {
				if r.ID == f.Rule {
					used[r] = true
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
		if len(ig.Rules) == 0 {
			p.report(at{ig.Start, ig.End}, "this comment names no rule", "write {{/* hooktool:ignore RULE reason */}}")
		}
		if day := ig.BadDay; day != nil {
			p.report(at{day.Start, day.End}, day.Message(), day.Hint())
		}
		for _, r := range ig.Rules {
			p.unused(ig, r, used[r])
		}
	}
}

func (p *pass) unused(ig *source.Ignore, r source.IgnoredRule, used bool) {
	rule, err := Find(r.ID)
	switch {
	case err != nil:
		unknown := source.ProblemOf(err)
		p.report(at{r.Start, r.End}, unknown.Message+", so this comment silences nothing", unknown.Hint)
	case ig.Expired(p.options.Now):
		p.report(at{r.Start, r.End}, fmt.Sprintf("this comment silenced %s until %s", r.ID, ig.Until.Format(time.DateOnly)), "fix what it silenced, or set a later date")
	case !used && p.options.severity(rule, p.template.Path) != Off:
		p.report(at{r.Start, r.End}, fmt.Sprintf("%s is not found here, so this comment silences nothing", r.ID), "remove it; it applies to its own line and the next one")
	}
}
