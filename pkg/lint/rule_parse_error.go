package lint

import (
	"errors"
	"strings"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func parseError() Rule {
	return Rule{
		ID: "parse-error", Severity: Error,
		Summary: "the template cannot be parsed",
		Why: "Coroot parses a template only when it sends. It saves one that cannot be parsed without complaint, and then\n" +
			"never sends a notification of that kind: it tries again once a minute for an hour and gives up.\n" +
			"\n" +
			"The finding points at the first thing that text/template cannot parse. For a block that is never closed, it\n" +
			"points at the beginning of the block.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if .Reports }}: {{ len .Reports }}`,
			At:   []string{"1:17"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if .Reports }}: {{ len .Reports }}{{ end }}`,
		},
		check: checkParse,
	}
}

func checkParse(p *pass) {
	err := p.typecheck().err
	if err == nil {
		return
	}
	if errors.Is(err, typecheck.ErrTooComplex) {
		p.report(at{}, err.Error()+": fields and functions in it are not checked", "nest loops less deeply, or set fewer variables in them").Severity = Info
		return
	}
	parsed := p.parse()
	if parsed.err == nil {
		p.report(at{}, err.Error(), "")
		return
	}
	if stored, ok := p.template.Stored(); ok && p.options.expansionTold(stored, p.template.Path) && parses(stored.Meant()) {
		return // only what Coroot expands keeps it from parsing, and another rule reports that
	}
	where := p.offsets(parsed.err.Pos, parsed.err.End)
	f := p.report(where, parsed.err.Message, parsed.err.Hint)
	if len(parsed.err.Corrections) > 0 {
		p.promise(f, func(*jsonflow.Analysis) bool { return false })
	}
	if strings.Contains(parsed.err.Err.Error(), "function ") && strings.HasSuffix(parsed.err.Err.Error(), " not defined") {
		f.Rule = typecheck.UnknownFunction // the unknown function comes before the parse error
	}
}

// expansionTold reports whether a finding says that Coroot reads a template other than
// the intended one.
func (o Options) expansionTold(t config.Template, path string) bool {
	return t.Text != t.Meant() && o.severity(configExpansion(), path) != Off
}

func parses(text string) bool {
	_, err := source.ParseTemplate("x", text)
	return err == nil
}
