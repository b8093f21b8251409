package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unknownFunction() Rule {
	return Rule{
		ID: "unknown-function", Severity: Error,
		Summary: "there is no such function in Coroot",
		Why: "A template of Coroot has the builtins of text/template and one function more, `json`. The functions of Helm and\n" +
			"sprig (`toJson`, `upper`, `default`) and of Alertmanager (`toUpper`, `join`) do not exist, and a template that names\n" +
			"one cannot be parsed: nothing is ever sent. All of them are reported, not only the first.",
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
