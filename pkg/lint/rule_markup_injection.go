package lint

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/event"
)

func markupInjection() Rule {
	return Rule{
		ID: "markup-injection", Severity: Error,
		Summary: "data can break or change the markup of the message",
		Why: "Names contain underscores, and log lines contain anything. In Telegram's Markdown, a single `_` in the name\n" +
			"of an application makes Telegram refuse the message: can't parse entities. A Coroot template cannot escape\n" +
			"Markdown, but it can escape HTML: set `parse_mode` to `HTML` and print `{{ html .Name }}`, or leave\n" +
			"`parse_mode` out.\n" +
			"\n" +
			"Two underscores do not fail, but change the text: Telegram shows `my_app_name` as `myappname`, with the middle\n" +
			"in italics. That is a warning, reported for every action that prints such a name.",
		Bad: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "Markdown", "text": {{ json .Application.Name }}, "disable_notification": true}`,
			At:   []string{"1:53"},
		},
		Good: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "HTML", "text": {{ json (html .Application.Name) }}, "disable_notification": true}`,
		},
		check: checkInjection,
	}
}

// checkInjection reports where injected data is printed. If data closes an entity of
// the template early, the resulting unclosed entity has the same cause.
func checkInjection(p *pass) {
	before := len(p.findings)
	p.reportRefusals(destination.RuleMarkup, func(r *refusal) bool { return !r.literal })
	if len(p.findings) == before {
		p.reportRefusals(destination.RuleMarkup, func(r *refusal) bool { return r.literal && !r.benign })
	}
	told := map[int]bool{}
	for _, f := range p.findings[before:] {
		told[f.start] = true
	}
	for _, r := range p.render() {
		if r.trial.named && r.failure == nil {
			p.reportReadAsMarkup(r, told)
		}
	}
}

// commonName is a typical program name with characters that are special in some markup.
const commonName = "my_app_name"

// reportReadAsMarkup reports, once each, the actions that print a common name of which
// the destination reads a part as markup.
func (p *pass) reportReadAsMarkup(r rendering, told map[int]bool) {
	target := p.destination()
	for _, text := range target.Texts(r.body) {
		document, err := markup.Parse(text.Dialect, text.Value)
		if err != nil || !strings.Contains(text.Value, commonName) {
			continue // a parse error is reported as a refusal
		}
		at := 0
		offset := text.Offset
		for {
			next, inBody := strings.Index(text.Value[at:], commonName), bytes.Index(r.body[offset:], []byte(commonName))
			if next < 0 || inBody < 0 {
				break
			}
			at, offset = at+next, offset+inBody
			if kind := markupWithin(document, at, at+len(commonName)); kind != "" {
				p.reportName(r, offset, told, fmt.Sprintf("%s treats part of a name such as %s as markup: it becomes %s, and the characters around it are not shown", target.Title, commonName, kind))
			}
			at, offset = at+len(commonName), offset+len(commonName)
		}
	}
}

// reportName reports the action that printed the text at an offset of a body.
func (p *pass) reportName(r rendering, offset int, told map[int]bool, message string) {
	from := site(p.template.Text, r.origins.At(offset))
	if from.Literal || told[from.Start] {
		return
	}
	told[from.Start] = true
	f := p.report(at{from.Start, from.End}, message, p.destination().BadMarkup)
	f.Evidence = r.evidence(offset, "")
	if !p.overridden() {
		f.Severity = Warning
	}
}

// markupWithin returns the kind of markup that begins or ends within part of a text, or
// "" if there is none.
func markupWithin(document *markup.Document, start, end int) markup.Kind {
	for node := range document.Walk() {
		if node.Kind != markup.Text && (start <= node.Start && node.Start < end || start < node.End && node.End < end) {
			return node.Kind
		}
	}
	return ""
}
