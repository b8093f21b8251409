package lint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Options say what Check looks for.
type Options struct {
	Severities    map[string]Severity // by rule id; Off for a rule that is not run
	Paths         []PathSeverities    // the last one that matches a file and names the rule counts; Severities are stronger
	MinSeverity   Severity            // findings below it are left out; empty: none
	CorootVersion Version             // that the templates are for; zero: the newest
	Now           time.Time           // for comments that silence a rule until a day
	Brief         bool                // try each template with fewer made-up events, for the sake of hundreds of templates
	ShowSecrets   bool                // do not mask the secrets in lines and bodies
	Getenv        func(string) string // for the secrets in variables of webhooks; nil: none is set
	Events        []PastEvent         // that really happened, of all kinds; see Past
	Copies        *Copies             // results of this run with these options, so that files of the same text are checked once; nil: each is
}

// severity returns the severity of a rule for a file under these options.
func (o Options) severity(rule Rule, path string) Severity {
	if s, ok := o.chosen(rule.ID, path); ok {
		return s
	}
	return rule.Severity
}

// chosen returns the severity that the user has chosen for a rule.
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

// Check looks for mistakes in a template. It never fails: a template that cannot
// be parsed has a finding that says so. When ctx ends, what was found so far is
// returned.
func Check(ctx context.Context, t workspace.Template, o Options) Result {
	p := newPass(ctx, t, o)
	if o.Copies == nil || len(o.Paths) > 0 || !isPlain(&t) {
		return p.check(t)
	}
	p.destination()
	return o.Copies.of(&t, p.target, func() Result { return p.check(t) })
}

// check runs all rules.
func (p *pass) check(t workspace.Template) Result {
	ctx, o := p.ctx, p.options
	for _, rule := range allRules() {
		if severity := o.severity(rule, t.Path); severity != Off && ctx.Err() == nil {
			p.rule, p.severity = rule.ID, severity
			rule.check(p)
		}
	}
	p.silence()
	result := Result{
		Path: t.Path, Name: t.Name, Webhook: t.Webhook, Pos: p.locate(0), Kind: t.Kind, Destination: p.destination().Name, Form: p.destination().FormName,
		JSON: p.verdict(), Findings: o.shown(p.findings), Past: p.past, fields: fmt.Sprintf("%q", t.CustomFields),
	}
	if !o.ShowSecrets {
		hideSecrets(&result, redactor(t.Secrets, t.Text, p.destination().SecretMembers))
	}
	return result
}

// pass is the state of checking one template.
type pass struct {
	ctx      context.Context
	template workspace.Template // with the custom fields that can be used
	given    map[string]string  // all custom fields
	options  Options

	rule     string   // that is run
	severity Severity // of its findings
	findings []Finding

	index  *source.Index // of the template
	file   *source.Index // of the file that it is in
	locate func(offset int) source.Position
	last   struct { // the place that near has found last
		offset int
		pos    source.Position
	}
	parsed parsed
	types  types
	target catalog.Found

	renderings renderings
	conditions branches
	refused    refusals
	flowed     flowed
	repaired   repaired
	shown      shown
	raw        struct { // see rawPlaces
		done   bool
		places map[int]bool
	}
	past *Past
}

func newPass(ctx context.Context, t workspace.Template, o Options) *pass {
	p := &pass{ctx: ctx, template: t, given: t.CustomFields, options: o, index: source.NewIndex(t.Text)}
	p.template.CustomFields = usableFields(t.Kind, t.CustomFields)
	p.locate, p.file = t.Locate, t.File
	if p.locate == nil || p.file == nil {
		p.locate, p.file = p.near, p.index
	}
	return p
}

// near is like index.Position, but quick when it is asked for one place of a long
// line after another.
func (p *pass) near(offset int) source.Position {
	offset = min(max(offset, 0), len(p.template.Text))
	if from := p.last.offset; from > 0 && from <= offset {
		between := p.template.Text[from:offset]
		if strings.IndexByte(between, '\n') < 0 && utf8.ValidString(between) {
			p.last.offset = offset
			p.last.pos.Column += utf8.RuneCountInString(between)
			return p.last.pos
		}
	}
	p.last.offset, p.last.pos = offset, p.index.Position(offset)
	return p.last.pos
}

// at is a part of the template, in bytes.
type at struct{ start, end int }

// report adds a finding of the rule that is run.
func (p *pass) report(where at, message, hint string) *Finding {
	f := Finding{
		Rule: p.rule, Severity: p.severity, Message: message, Hint: hint,
		Pos: p.locate(where.start), End: p.locate(where.end), start: where.start, end: where.end,
	}
	f.Lines = p.lines(f.Pos, f.End)
	p.findings = append(p.findings, f)
	return &p.findings[len(p.findings)-1]
}

// lines returns the line of a place, or its lines when it has two.
func (p *pass) lines(from, to source.Position) []string {
	lines := []string{p.file.Line(from.Line)}
	if to.Line == from.Line+1 {
		lines = append(lines, p.file.Line(to.Line))
	}
	return lines
}

// renderLimits bound one rendering for the sake of a check: an event of some
// hundred kilobytes is rendered in milliseconds.
func renderLimits() webhook.Limits {
	return webhook.Limits{Output: 8 << 20, Turns: 100_000}
}
