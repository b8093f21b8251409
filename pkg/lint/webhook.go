package lint

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// CheckWebhook looks for mistakes in the settings of a webhook, ignoring its templates.
// The result has no kind.
func CheckWebhook(ctx context.Context, w workspace.Webhook, o Options) Result {
	p := &settings{hook: w, path: w.Path, index: w.Index(), options: o}
	for _, rule := range allRules() {
		if severity := o.severity(rule, w.Path); severity != Off && rule.settings != nil && ctx.Err() == nil {
			p.rule, p.severity = rule.ID, severity
			rule.settings(p)
		}
	}
	result := Result{Path: w.Path, Name: w.Name, Webhook: w.Name, Pos: w.Pos, Findings: sortFindings(o.shown(p.findings))}
	o.hidingOf(func() *webhook.Redactor { return redactor(workspace.Secrets(w.Webhook, o.Getenv), "", nil) }).result(&result)
	return result
}

// CheckProject looks for mistakes in a Coroot project outside its webhook: notification
// routing, and the templates of alerting rules. The result has no kind.
func CheckProject(ctx context.Context, project *config.Project, o Options) Result {
	p := &settings{project: project, path: project.Path, index: project.Index(), options: o}
	for _, rule := range allRules() {
		if severity := o.severity(rule, project.Path); severity != Off && rule.project != nil && ctx.Err() == nil {
			p.rule, p.severity = rule.ID, severity
			rule.project(p)
		}
	}
	return Result{Path: project.Path, Name: project.Name, Pos: project.Pos, AlertRules: len(project.AlertRules), Findings: sortFindings(o.shown(p.findings))}
}

// settings is the state of checking the settings of one webhook or one Coroot project.
type settings struct {
	hook     workspace.Webhook
	project  *config.Project // nil when checking a webhook
	path     string
	index    *source.Index
	options  Options
	rule     string
	severity Severity
	findings []Finding
}

// report adds a finding for a text that starts at a position.
func (p *settings) report(pos source.Position, text, message, hint string) *Finding {
	end := pos
	if first, _, _ := strings.Cut(text, "\n"); pos.IsValid() {
		end.Column += max(utf8.RuneCountInString(first), 1)
	}
	f := Finding{Rule: p.rule, Severity: p.severity, Message: message, Hint: hint, Pos: pos, End: end}
	if index := p.index; index != nil {
		f.Lines = []string{index.Line(pos.Line)}
		if !strings.Contains(f.Lines[0], strings.TrimSpace(text)) { // the text is quoted, folded or an alias
			f.End.Column = pos.Column + 1
		}
	}
	p.findings = append(p.findings, f)
	return &p.findings[len(p.findings)-1]
}

// atValue and atKey report a finding at the value or key of a setting.
func (p *settings) atValue(s config.Setting, message, hint string) *Finding {
	return p.report(s.ValuePos, s.Value, message, hint)
}

func (p *settings) atKey(s config.Setting, message, hint string) *Finding {
	return p.report(s.KeyPos, s.Key, message, hint)
}

// setting returns the setting at a path, or the zero Setting if there is none.
func (p *settings) setting(path string) config.Setting {
	s, _ := p.hook.Setting(path)
	return s
}

// below returns the settings whose paths start with a prefix.
func (p *settings) below(prefix string) []config.Setting {
	var found []config.Setting
	for _, s := range p.hook.Settings {
		if strings.HasPrefix(s.Path, prefix) {
			found = append(found, s)
		}
	}
	return found
}

// problemsOf returns the problems found while reading the definition.
func problemsOf(w workspace.Webhook) []*source.Problem {
	return source.ProblemsOf(w.Problems)
}
