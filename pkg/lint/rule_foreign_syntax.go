package lint

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func foreignSyntax() Rule {
	return Rule{
		ID: "foreign-syntax", Severity: Warning,
		Summary: "the text is in the syntax of another tool",
		Why: "Jinja's `{% if %}`, a shell's `${NAME}` or Gatus' `[ALERT_DESCRIPTION]` mean nothing to Coroot: it sends them\n" +
			"unchanged with every event. Only `{{ … }}` is executed.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": "{% if status == 1 %}down{% endif %} [ALERT_DESCRIPTION]"}`,
			At:   []string{"1:11"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: checkForeignSyntax,
	}
}

func checkForeignSyntax(p *pass) {
	all := p.foreignSyntax()
	if len(all) == 0 {
		return
	}
	found, breaks := p.breakingSyntax(all)
	message := fmt.Sprintf("%s is the syntax of %s, so it is sent as is", p.template.Text[found.Start:found.End], found.Of)
	if p.isConstant() {
		message += ": the body is the same for every event"
	}
	hint := found.Instead
	if strings.Contains(hint, "{{ … }}") {
		hint += ", such as {{ " + foreign.SomeField(p.template.Kind) + " }}"
	}
	f := p.report(at{found.Start, found.End}, message, hint)
	if breaks == nil {
		return
	}
	f.Message += ", and breaks the JSON"
	if breaks.Counterexample != nil {
		f.Evidence = p.shownBy(*breaks)
	}
	if !p.overridden() {
		f.Severity = Error
	}
}

// breakingSyntax returns the first piece of another tool's syntax that breaks the JSON,
// with the problem; if there is none, the first piece.
func (p *pass) breakingSyntax(all []foreign.Syntax) (found foreign.Syntax, breaks *jsonflow.Problem) {
	analysis := p.flow()
	if analysis == nil || p.wantsText() {
		return all[0], nil
	}
	for _, problem := range analysis.Problems {
		if p.inForeignSyntax(problem) {
			i := slices.IndexFunc(all, func(s foreign.Syntax) bool { return s.Start <= problem.Start && problem.Start < s.End })
			return all[i], &problem
		}
	}
	return all[0], nil
}

// foreignSyntax finds what is in the syntax of another tool in the template's own text.
func (p *pass) foreignSyntax() []foreign.Syntax {
	parsed := p.parse()
	if parsed.source == nil {
		return nil
	}
	if p.foreign.done {
		return p.foreign.all
	}
	p.foreign.done = true
	constant := p.isConstant()
	parsed.source.Inspect(func(node parse.Node) bool {
		if text, ok := node.(*parse.TextNode); ok {
			for _, found := range foreign.FindSyntax(string(text.Text), constant, maxForeign-len(p.foreign.all)) {
				found.Start, found.End = found.Start+int(text.Pos), found.End+int(text.Pos)
				p.foreign.all = append(p.foreign.all, found)
			}
		}
		return len(p.foreign.all) < maxForeign
	})
	return p.foreign.all
}

// maxForeign bounds the places that are looked for.
const maxForeign = 100

// inForeignSyntax reports whether a mistake in the structure is what another tool's
// syntax prints, which that finding covers.
func (p *pass) inForeignSyntax(problem jsonflow.Problem) bool {
	return problem.Rule == "json-structure" && p.options.severity(foreignSyntax(), p.template.Path) != Off &&
		slices.ContainsFunc(p.foreignSyntax(), func(s foreign.Syntax) bool { return s.Start <= problem.Start && problem.Start < s.End })
}

// isConstant reports whether the body is the same for every event tried.
func (p *pass) isConstant() bool {
	all := p.render()
	if len(all) < 2 {
		return false
	}
	for _, r := range all {
		if r.failure != nil || r.blank() || !bytes.Equal(r.body, all[0].body) {
			return false
		}
	}
	return true
}
