package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

func goSyntax() Rule {
	return Rule{
		ID: "go-syntax", Severity: Warning,
		Summary: "a list or an object is printed in Go's syntax",
		Why: "text/template prints a list as `[{Logs 12 errors false}]`: without names, without commas, and with internals\n" +
			"that nobody should see. Loop over the list with `range`, or write it as JSON with `json`.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{{ .Summary }}: {{ .Details }}`,
			At:   []string{"1:20"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{{ .Summary }}: {{ range $i, $d := .Details }}{{ if $i }}, {{ end }}{{ $d.Name }}{{ end }}`,
		},
		check: checkGoSyntax,
	}
}

// raw are the actions that print a value in Go's syntax, computed on first use.
type raw struct {
	done   bool
	values []rewrite.Raw
}

// rawValues returns the actions that print a value in Go's syntax.
func (p *pass) rawValues() []rewrite.Raw {
	if p.raw.done {
		return p.raw.values
	}
	p.raw.done = true
	if parsed := p.parse(); parsed.source != nil && p.executes() {
		p.raw.values = rewrite.RawValues(p.ctx, p.template.Kind, parsed.source, rewrite.Options{CustomFields: p.template.CustomFields})
	}
	return p.raw.values
}

// checkGoSyntax reports values in Go's syntax. If they also break the JSON, only one
// mistake is reported: this one inside quotes, the missing quotes elsewhere.
func checkGoSyntax(p *pass) {
	for _, raw := range p.rawValues() {
		broken, breaks := p.problemAt(raw.Start)
		if breaks && broken.Rule != "json-unescaped" {
			continue
		}
		what := p.template.Text[raw.Start:raw.End]
		message := fmt.Sprintf("%s is printed in Go's syntax: {Name Value …}", what)
		hint := fmt.Sprintf("write {{ json %s }} without quotes around it, or name the field you mean", what)
		if strings.HasPrefix(raw.Type, "[]") {
			message = fmt.Sprintf("%s is printed in Go's syntax: [{Name Value …} …]", what)
			if raw.Type == "[]string" {
				message = fmt.Sprintf("%s is printed in Go's syntax: [one two], without commas", what)
			}
			hint = fmt.Sprintf("loop over it with {{ range %s }} … {{ end }}, or write {{ json %s }} without quotes around it", what, what)
		}
		f := p.report(at{raw.Start, raw.End}, message, hint)
		if c := broken.Counterexample; breaks && c != nil {
			f.Message += "; a quote in it breaks the JSON"
			f.Evidence = p.shownBy(broken)
			p.promiseProof(f, broken) // Go's syntax stays, as a warning
			if !p.overridden() && !c.Unlikely {
				f.Severity = Error
			}
		}
	}
}

// problemAt returns the JSON problem at an action.
func (p *pass) problemAt(start int) (problem jsonflow.Problem, ok bool) {
	analysis := p.flow()
	if analysis == nil {
		return problem, false
	}
	i := slices.IndexFunc(analysis.Problems, func(own jsonflow.Problem) bool {
		return own.Start == start && (own.Rule == "json-unescaped" || own.Rule == "json-unquoted")
	})
	if i < 0 {
		return problem, false
	}
	return analysis.Problems[i], true
}
