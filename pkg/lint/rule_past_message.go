package lint

import (
	"fmt"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

func pastMessageRule() Rule {
	return Rule{
		ID: "past-message", Severity: Error,
		Summary: "a past message would not have arrived, or only in part",
		Why: "`hooktool validate --events FILE` tries the template on past events, such as those of\n" +
			"`hooktool coroot events`. It reports how many messages would have been lost, as an error, and how many would\n" +
			"have been cut or displayed differently, as a warning. It shows the first of these events.",
		Bad: Example{
			Kind: event.KindAlert, Destination: "generic",
			Text:   "{{- /* hooktool:ignore json-unescaped our summaries have no quotes */ -}}\n{\"text\": \"{{ .Summary }}\"}",
			Events: `{"status":"WARNING","project_name":"p","application":"p:::","rule_name":"r","severity":"warning","summary":"say \"hi\"","url":"https://coroot.example.com/p/p/alerts?alert=1"}`,
			At:     []string{"2:14"},
		},
		Good: Example{
			Kind: event.KindAlert, Destination: "generic",
			Text:   `{"text": {{ json .Summary }}}`,
			Events: `{"status":"WARNING","project_name":"p","application":"p:::","rule_name":"r","severity":"warning","summary":"say \"hi\"","url":"https://coroot.example.com/p/p/alerts?alert=1"}`,
		},
		check: checkPast,
	}
}

func checkPast(p *pass) {
	if len(p.options.Events) == 0 || !p.executes() {
		return
	}
	past, first := p.tryPast()
	p.past = &past
	for _, each := range []struct {
		fate     fate
		count    int
		what     string
		severity Severity
	}{
		{lost, past.Lost, "would not have arrived", Error},
		{cut, past.Cut, "would have been cut", Warning},
		{altered, past.Altered, "would have been displayed differently than written", Warning},
	} {
		m, ok := first[each.fate]
		if !ok {
			continue
		}
		f := p.report(m.where, fmt.Sprintf("%d of %s %s; the first: %s", each.count, words.Count(past.Events, "past message"), each.what, m.why), m.hint)
		f.Evidence = m.evidence(m.offset, m.why)
		if !p.overridden() {
			f.Severity = each.severity
		}
	}
}
