package lint

import (
	"regexp"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func unknownFunction() Rule {
	return Rule{
		ID: "unknown-function", Severity: Error,
		Summary: "Coroot has no such function",
		Why: "Coroot's templates have the builtins of text/template and one more function, `json`. The functions of Helm and\n" +
			"sprig (`toJson`, `upper`, `default`) and of Alertmanager (`toUpper`, `join`) do not exist. A template that uses\n" +
			"one cannot be parsed, so nothing is ever sent. All of them are reported, not only the first.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ .Summary | toJson }}}`,
			At:   []string{"1:24"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: checkFunctions,
	}
}

// namedWithAs reports whether an action names a value with as, which has its own
// finding.
func namedWithAs(text, name string) bool {
	return regexp.MustCompile(`\{\{-?\s*\w+\s[^}]*\sas\s+[$|]?` + regexp.QuoteMeta(name) + `\b`).MatchString(text)
}

// maxAdvised limits the bytes read to produce hints, because each hint scans the whole
// template.
const maxAdvised = 4 << 20

// checkFunctions reports functions that do not exist. It ignores the element name and
// end marker of a loop in another template language, because they follow from that
// loop.
func checkFunctions(p *pass) {
	text := p.template.Text
	loopNames := sync.OnceValue(func() []string { return webhook.LoopNames(text) })
	foreignLoop, advised := false, 0
	for _, problem := range p.typecheck().problems {
		if problem.Rule != typecheck.UnknownFunction {
			continue
		}
		name := text[problem.Start:problem.End]
		switch {
		case slices.Contains(loopNames(), name) && (foreignLoop || namedWithAs(text, name)), foreignLoop && foreign.Keyword(name) == "end":
			continue
		case name == "for" || foreign.Keyword(name) == "range" || slices.Contains(loopNames(), name) || name == "as":
			foreignLoop = true
		}
		hint := ""
		if advised += len(text); advised <= maxAdvised {
			hint = webhook.AdviseFunction(p.template.Kind, text, name, problem.Start, problem.End)
		}
		f := p.report(at{problem.Start, problem.End}, problem.Message, hint)
		if err := p.parse().err; err != nil && len(err.Corrections) > 0 {
			p.promise(f, func(*jsonflow.Analysis) bool { return false })
		}
	}
}
