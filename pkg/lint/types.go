package lint

import (
	"errors"
	"strings"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// parsed is the template as text/template parses it, computed on first use.
type parsed struct {
	done     bool
	source   *source.Template  // nil if it is not a template; functions may be unknown
	template *webhook.Template // nil if Coroot cannot parse it
	err      *webhook.TemplateError
}

// parse parses the template as Coroot does.
func (p *pass) parse() parsed {
	if p.parsed.done {
		return p.parsed
	}
	p.parsed.done = true
	parsed, err := p.parseSource()
	if err != nil {
		_, err = webhook.Parse(p.template.Kind, p.template.Path, p.template.Text)
		errors.As(err, &p.parsed.err)
		return p.parsed
	}
	p.parsed.source = parsed
	if p.known != nil {
		p.parsed.template = p.known.Template.Limited(renderLimits())
		return p.parsed
	}
	t, err := webhook.New(p.template.Kind, p.template.Path, parsed, webhook.WithLimits(renderLimits()), webhook.WithOrigins(), webhook.WithMemory())
	if err != nil {
		errors.As(err, &p.parsed.err)
		return p.parsed
	}
	p.parsed.template = t
	return p.parsed
}

// parseSource parses the template, unless an analysis has done so.
func (p *pass) parseSource() (*source.Template, error) {
	if p.known != nil {
		return p.known.Template.Parsed(), nil
	}
	return source.ParseTemplate(p.template.Kind.TemplateName(), p.template.Text)
}

// types are the results of package typecheck, computed on first use.
type types struct {
	done     bool
	problems []typecheck.Problem
	err      error // set if the template cannot be parsed or is too complex
}

// typecheck checks the types of the template.
func (p *pass) typecheck() types {
	if !p.types.done {
		p.types.done = true
		if parsed := p.parse(); p.known != nil {
			p.types.problems, p.types.err = p.known.Types()
		} else if parsed.source != nil {
			p.types.problems, p.types.err = typecheck.CheckTemplate(p.template.Kind, parsed.source, p.template.CustomKeys())
		} else {
			p.types.err = parsed.err
		}
	}
	return p.types
}

// typeProblems returns the check of a rule whose problems come from package typecheck.
func typeProblems(rule string) func(*pass) {
	return func(p *pass) {
		for _, problem := range p.typecheck().problems {
			if problem.Rule == rule {
				f := p.report(at{problem.Start, problem.End}, problem.Message, problem.Hint)
				touches := rule == typecheck.BadCall && strings.HasPrefix(problem.Hint, "a space belongs")
				if err := p.parse().err; touches || problem.Instead != "" || err != nil && len(err.Corrections) > 0 {
					p.promise(f, func(*jsonflow.Analysis) bool { return false })
				}
			}
		}
	}
}

// offsets returns the range of the template between two positions.
func (p *pass) offsets(from, to source.Position) at {
	start := p.index.Offset(from)
	end := start
	if to.IsValid() {
		end = max(start, p.index.Offset(to))
	}
	return at{start, end}
}

// executes reports whether the template can be executed: it parses, and no known type
// error makes every event fail.
func (p *pass) executes() bool {
	t := p.typecheck()
	if t.err != nil {
		return errors.Is(t.err, typecheck.ErrTooComplex)
	}
	for _, problem := range t.problems {
		if typecheck.IsTypeRule(problem.Rule) || problem.Rule == typecheck.UnknownFunction || problem.Rule == typecheck.EndlessRecursion {
			return false
		}
	}
	return true
}
