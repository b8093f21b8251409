package lint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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
	Halves        bool                // work on the two halves of a check beside each other, for runs over fewer templates than there are cores
	ShowSecrets   bool                // do not mask secrets in lines and bodies
	Getenv        func(string) string // looks up secrets in webhook variables; nil: none are set
	Events        []PastEvent         // real events of all kinds; see Past
	Copies        *Copies             // shares results between equal files of one run; nil: none shared
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

// Check looks for mistakes in a template. It never fails: a template that cannot be
// parsed yields a finding. When ctx is done, Check returns what it has found so far.
func Check(ctx context.Context, t workspace.Template, o Options) Result {
	p := newPass(ctx, t, o)
	if o.Copies == nil || len(o.Paths) > 0 || !isPlain(&t) {
		return p.check(t)
	}
	p.destination()
	return o.Copies.of(&t, p.target, func() Result { return p.check(t) })
}

// check runs all enabled rules.
func (p *pass) check(t workspace.Template) Result {
	ctx, o := p.ctx, p.options
	p.prepare()
	for _, rule := range allRules() {
		if severity := o.severity(rule, t.Path); severity != Off && ctx.Err() == nil {
			p.rule, p.severity = rule.ID, severity
			rule.check(p)
		}
	}
	p.checkRest()
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

// pass is the state of one template check.
type pass struct {
	ctx      context.Context
	template workspace.Template // with only the usable custom fields
	given    map[string]string  // all custom fields
	options  Options

	rule     string   // the running rule
	severity Severity // of its findings
	findings []Finding

	index  *source.Index // of the template
	file   *source.Index // of the file that contains the template
	locate func(offset int) source.Position
	last   struct { // the last position that near returned
		offset int
		pos    source.Position
	}
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
	p.locate, p.file = t.Locate, t.File
	if p.locate == nil || p.file == nil {
		p.locate, p.file = p.near, p.index
	}
	return p
}

// near is like index.Position, but fast for successive positions on one long line.
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

// at is a range of bytes in the template.
type at struct{ start, end int }

// report adds a finding of the running rule.
func (p *pass) report(where at, message, hint string) *Finding {
	f := Finding{
		Rule: p.rule, Severity: p.severity, Message: message, Hint: hint,
		Pos: p.locate(where.start), End: p.locate(where.end), start: where.start, end: where.end,
	}
	f.Lines = p.lines(f.Pos, f.End)
	p.findings = append(p.findings, f)
	return &p.findings[len(p.findings)-1]
}

// lines returns the line or, for a range that spans two, both lines of a position.
func (p *pass) lines(from, to source.Position) []string {
	lines := []string{p.file.Line(from.Line)}
	if to.Line == from.Line+1 {
		lines = append(lines, p.file.Line(to.Line))
	}
	return lines
}

// renderLimits returns the limits for one rendering during a check. Rendering an event
// of a few hundred kilobytes takes milliseconds.
func renderLimits() webhook.Limits {
	return webhook.Limits{Output: 8 << 20, Turns: 100_000}
}
