package lint

import (
	"bytes"
	"fmt"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
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
	parsed := p.parse()
	if parsed.source == nil {
		return
	}
	constant := p.isConstant()
	done := false
	parsed.source.Inspect(func(node parse.Node) bool {
		text, ok := node.(*parse.TextNode)
		if !ok || done {
			return !done
		}
		found, ok := foreign.FindSyntax(string(text.Text), constant)
		if !ok {
			return true
		}
		done = true
		start, end := int(text.Pos)+found.Start, int(text.Pos)+found.End
		message := fmt.Sprintf("%s is the syntax of %s, so it is sent as is", p.template.Text[start:end], found.Of)
		if constant {
			message += ": the body is the same for every event"
		}
		p.report(at{start, end}, message, found.Instead+", such as {{ "+foreign.SomeField(p.template.Kind)+" }}")
		return false
	})
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
