package lint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// rest is a template that cannot be executed, as it would be with its errors corrected;
// computed on first use.
type rest struct {
	done       bool
	executable *rewrite.Executable // nil if nothing can be assumed
	err        error               // why
}

func (p *pass) executable() (*rewrite.Executable, error) {
	if !p.rest.done {
		p.rest.done = true
		p.rest.executable, p.rest.err = rewrite.MakeExecutable(p.template.Kind, p.template.Text, p.template.CustomKeys())
	}
	return p.rest.executable, p.rest.err
}

// unchecked says why the JSON of a template that cannot be executed was not checked. It
// is empty if it was.
func (p *pass) unchecked() string {
	if _, err := p.executable(); err != nil {
		return err.Error()
	}
	return ""
}

// checkRest checks a template that cannot be executed as if its errors were corrected,
// so that one run reports as much as it can. What is found there has no evidence: as
// the template is, no event reaches it.
func (p *pass) checkRest() {
	if p.executes() || p.ctx.Err() != nil {
		return
	}
	if _, escaped := p.escaped(); escaped {
		return
	}
	x, err := p.executable()
	known := placesOf(p.findings)
	for _, m := range x.Found {
		if f := p.addRest(known, Finding{Rule: m.Rule, Severity: p.severityOf(m.Rule), Message: m.Message, Hint: m.Hint, start: m.Start, end: m.End}); f != nil {
			p.promise(f, func(*jsonflow.Analysis) bool { return false })
		}
	}
	if err != nil {
		return
	}
	known = placesOf(p.findings)
	sub := p.corrected(x)
	for _, f := range sub.found() {
		start, end, given := x.Given(f.start, f.end)
		if given && !uncertain(x, f.Rule, start) {
			f.start, f.end, f.Message, f.Hint = start, end, x.Named(f.Message), x.Named(f.Hint)
			switch added := p.addRest(known, f); {
			case added == nil:
			case strings.HasPrefix(f.Rule, "json-"):
				p.promiseProof(added, jsonflow.Problem{Rule: f.Rule, Message: f.Message})
			case f.Applicability != "":
				p.promise(added, func(*jsonflow.Analysis) bool { return false })
			}
		}
	}
	p.target = sub.target
}

// uncertain reports whether a finding may come from what is in the place of a mistake.
func uncertain(x *rewrite.Executable, rule string, start int) bool {
	return x.Loose && ofStructure(rule) || x.Lists && rule == goSyntax().ID || !strings.HasPrefix(rule, "json-") && x.GuessedText(start)
}

// corrected returns the pass over the executable template.
func (p *pass) corrected(x *rewrite.Executable) *pass {
	t := p.template
	t.Text, t.Locate, t.File = x.Text, nil, nil
	t.CustomFields = maps.Clone(t.CustomFields)
	for _, key := range x.Keys {
		if _, known := t.CustomFields[key]; !known {
			if t.CustomFields == nil {
				t.CustomFields = map[string]string{}
			}
			t.CustomFields[key] = "x"
		}
	}
	o := p.options
	o.Events = nil
	return newPass(p.ctx, t, o)
}

// found runs the rules that execute the template.
func (p *pass) found() []Finding {
	p.prepare()
	for _, rule := range allRules() {
		if severity := p.options.severity(rule, p.template.Path); severity != Off && p.ctx.Err() == nil && needsExecution(rule.ID) {
			p.rule, p.severity = rule.ID, severity
			rule.check(p)
		}
	}
	p.destination()
	return p.findings
}

// needsExecution reports whether a rule finds something in a template only if that can
// be executed.
func needsExecution(rule string) bool {
	switch rule {
	case jsonUnproved().ID:
		return false // what is not known of a guess says nothing
	case notJSON().ID, payloadShape().ID, lengthLimit().ID, markupError().ID, markupInjection().ID, ping().ID, goSyntax().ID, foreignSyntax().ID, indexOutOfRange().ID:
		return true
	}
	return strings.HasPrefix(rule, "json-")
}

// ofStructure reports whether a rule is about what follows what, on some path.
func ofStructure(rule string) bool {
	switch rule {
	case jsonStructure().ID, jsonSeparator().ID, jsonDuplicateKey().ID, jsonMixed().ID, notJSON().ID, payloadShape().ID:
		return true
	}
	return false
}

// isSyntax reports whether a rule says that the template cannot be parsed.
func isSyntax(rule string) bool { return rule == parseError().ID || rule == unknownFunction().ID }

func (p *pass) severityOf(id string) Severity {
	rule, ok := ByID(id)
	if !ok {
		return Error
	}
	return p.options.severity(rule, p.template.Path)
}

// addRest adds a finding of the rest at its place in the given template, and returns it,
// unless it is known there.
func (p *pass) addRest(known places, f Finding) *Finding {
	invented := strings.Contains(f.Message+f.Hint, rewrite.StandInField)
	if f.Severity == Off || invented || known.meet(f) {
		return nil
	}
	p.rule, p.severity = f.Rule, f.Severity
	return p.report(at{f.start, f.end}, f.Message, f.Hint)
}

// places are the ranges of findings by rule, in the order of their starts. Each ends
// where the last one up to it does.
type places map[string][]at

func placesOf(findings []Finding) places {
	all := places{}
	for _, f := range findings {
		rule := sameRule(f.Rule)
		all[rule] = append(all[rule], at{f.start, max(f.end, f.start+1)})
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b at) int { return cmp.Compare(a.start, b.start) })
		for i := 1; i < len(list); i++ {
			list[i].end = max(list[i].end, list[i-1].end)
		}
	}
	return all
}

// meet reports whether a finding of the same rule is at the place of another.
func (p places) meet(f Finding) bool {
	list := p[sameRule(f.Rule)]
	before, _ := slices.BinarySearchFunc(list, max(f.end, f.start+1), func(known at, end int) int { return cmp.Compare(known.start, end) })
	return before > 0 && f.start < list[before-1].end
}

// sameRule returns the same for all rules about syntax.
func sameRule(rule string) string {
	if isSyntax(rule) {
		return parseError().ID
	}
	return rule
}
