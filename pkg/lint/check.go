package lint

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Options control what Check looks for.
type Options struct {
	Severities    map[string]Severity // by rule ID; Off disables a rule
	Paths         []PathSeverities    // the last match for a file and rule wins; Severities override it
	MinSeverity   Severity            // findings below it are omitted; empty: none
	CorootVersion Version             // the version that the templates are for; zero: the newest
	Now           time.Time           // for comments that silence a rule until a date
	Brief         bool                // use fewer generated events, for runs over many templates
	Halves        bool                // work on the two halves of a check at once, for runs over fewer templates than there are cores
	ShowSecrets   bool                // do not mask secrets in lines and bodies
	Getenv        func(string) string // looks up secrets in webhook variables; nil: none are set
	Events        []PastEvent         // real events of all kinds; see Past
	Memory        *Memory             // remembers results; nil: every template is checked
}

// severity returns the severity of a rule for a file.
func (o Options) severity(rule Rule, path string) Severity {
	if s, ok := o.chosen(rule.ID, path); ok {
		return s
	}
	return rule.Severity
}

// chosen returns the severity that the user chose for a rule, if any.
func (o Options) chosen(rule, path string) (Severity, bool) {
	if s, ok := o.Severities[rule]; ok {
		return s, true
	}
	for _, paths := range slices.Backward(o.Paths) {
		if s, ok := paths.Severities[rule]; ok && paths.Match(path) {
			return s, true
		}
	}
	return "", false
}

// layers returns the severities that the user chose for the rules in a file, those that
// override others first.
func (o Options) layers(path string) []map[string]Severity {
	all := []map[string]Severity{o.Severities}
	for _, paths := range slices.Backward(o.Paths) {
		if paths.Match(path) {
			all = append(all, paths.Severities)
		}
	}
	return all
}

// Check looks for mistakes in a template. It never fails: a template that cannot be
// parsed yields a finding. When ctx is done, Check returns what it has found so far.
func Check(ctx context.Context, t workspace.Template, o Options) Result {
	check := func() (*checked, hiding, bool) {
		c, h := newPass(ctx, t, o).check()
		return c, h, ctx.Err() == nil
	}
	if o.Memory != nil {
		return o.Memory.of(&t, o, check)
	}
	c, h, _ := check()
	return c.place(&t, h)
}

// check runs all enabled rules.
func (p *pass) check() (*checked, hiding) {
	t, o := &p.template, p.options
	p.prepare()
	for _, rule := range allRules() {
		if severity := o.severity(rule, t.Path); severity != Off && p.ctx.Err() == nil {
			p.rule, p.severity = rule.ID, severity
			rule.check(p)
		}
	}
	p.checkRest()
	p.silence()
	target := p.destination()
	c := &checked{members: target.SecretMembers, result: Result{
		Kind: t.Kind, Destination: target.Name, Form: target.FormName, JSON: p.verdict(), Findings: o.shown(p.findings), Past: p.past, fields: fmt.Sprintf("%q", p.given),
	}}
	h := o.hiding(t, c.members)
	h.result(&c.result)
	return c, h
}

// pass is the state of one template check.
type pass struct {
	ctx      context.Context
	template workspace.Template // with only the usable custom fields
	given    map[string]string  // all custom fields
	options  Options

	rule     string   // the running rule
	severity Severity // of its findings
	findings []Finding

	index  *source.Index      // of the template
	known  *jsonflow.Analysis // of the template, if it was analysed before
	parsed parsed
	types  types
	target catalog.Found

	renderings renderings
	conditions branches
	bodies     bodies
	refused    refusals
	flowed     flowed
	repaired   map[rewrite.Applicability]repaired // computed on first use
	shown      int                                // the problems examined for evidence
	foreign    struct {                           // see foreignSyntax
		done bool
		all  []foreign.Syntax
	}
	raw  raw
	past *Past
	rest rest
}

func newPass(ctx context.Context, t workspace.Template, o Options) *pass {
	p := &pass{ctx: ctx, template: t, given: t.CustomFields, options: o, index: source.NewIndex(t.Text)}
	p.template.CustomFields = usableFields(t.Kind, t.CustomFields)
	return p
}

// at is a range of bytes in the template.
type at struct{ start, end int }

// report adds a finding of the running rule.
func (p *pass) report(where at, message, hint string) *Finding {
	p.findings = append(p.findings, Finding{Rule: p.rule, Severity: p.severity, Message: message, Hint: hint, start: where.start, end: where.end})
	return &p.findings[len(p.findings)-1]
}

// renderLimits returns the limits for one rendering during a check. Rendering an event
// of a few hundred kilobytes takes milliseconds.
func renderLimits() webhook.Limits {
	return webhook.Limits{Output: 8 << 20, Turns: 100_000}
}
