package lint

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
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

func checkGoSyntax(p *pass) {
	parsed := p.parse()
	if parsed.source == nil || !p.executes() {
		return
	}
	for _, raw := range rewrite.RawValues(p.ctx, p.template.Kind, parsed.source, rewrite.Options{CustomFields: p.template.CustomFields}) {
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
		p.report(at{raw.Start, raw.End}, message, hint)
	}
}
