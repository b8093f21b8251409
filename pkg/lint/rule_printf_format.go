package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func printfFormat() Rule {
	return Rule{
		ID: "printf-format", Severity: Warning,
		Summary: "printf prints an error text instead of the value",
		Why: "`printf` does not fail: it prints `%!d(string=OK)` for a wrong verb, `%!s(MISSING)` for a missing argument\n" +
			"and `%!(EXTRA string=OK)` for one too many, and the receiver shows that. `%v` works for every value.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ printf "%d" .Status }}`,
			At:   []string{"1:16"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ printf "%s" .Status }}`,
		},
		check: typeProblems(typecheck.PrintfFormat),
	}
}
