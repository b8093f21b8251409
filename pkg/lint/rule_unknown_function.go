package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
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
		check: typeProblems(typecheck.UnknownFunction),
	}
}
