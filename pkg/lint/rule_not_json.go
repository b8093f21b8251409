package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

func notJSON() Rule {
	return Rule{
		ID: "not-json", Severity: Error,
		Summary: "the body is plain text, but the destination takes JSON",
		Why: "Coroot sends every body as `application/json`, whatever it contains. Telegram, Discord, Mattermost and most\n" +
			"others refuse a body that is not JSON. If the receiver takes text, say so: with `--destination plaintext`,\n" +
			"or with a comment in the template, `{{- /* hooktool: destination=plaintext */ -}}`. JSON after a byte order\n" +
			"mark, which some editors put at the beginning of a file, is not JSON either.",
		Bad: Example{
			Kind: event.KindAlert, Destination: "discord",
			Text: `{{ .RuleName }}: {{ printf "%.300s" .Summary }}`,
			At:   []string{"1:1"},
		},
		Good: Example{
			Kind: event.KindAlert, Destination: "plaintext",
			Text: `{{ .RuleName }}: {{ printf "%.300s" .Summary }}`,
		},
		check: checkNotJSON,
	}
}

func checkNotJSON(p *pass) {
	if p.reportMark() {
		return
	}
	analysis := p.flow()
	if analysis == nil || analysis.Verdict != jsonflow.NotJSON || p.wantsText() || p.reportStrays() || p.takesText() || p.printsNothing() {
		return
	}
	f := p.report(at{}, fmt.Sprintf("the body is plain text, but %s takes JSON", p.destination().Title), "hooktool init writes templates to start with")
	for _, r := range p.render() {
		if r.failure == nil {
			f.Evidence = r.evidence(-1, "")
			return
		}
	}
}

// printsNothing reports whether the body is blank for every event tried, which another
// rule reports.
func (p *pass) printsNothing() bool {
	return p.options.severity(emptyOutput(), p.template.Path) != Off &&
		!slices.ContainsFunc(p.render(), func(r rendering) bool { return r.failure != nil || !r.blank() })
}

// reportStrays reports whatever keeps an otherwise valid body from being JSON. It is a
// warning unless the user said that the receiver wants JSON.
func (p *pass) reportStrays() bool {
	parsed := p.parse()
	if parsed.source == nil {
		return false
	}
	strays, ok := rewrite.AlmostJSON(parsed.source)
	if !ok {
		return false
	}
	said := map[string]bool{}
	for _, stray := range strays {
		if said[stray.What] && stray.What != rewrite.Comment {
			continue // such as the closing quote or fence
		}
		said[stray.What] = true
		message := "the body would be JSON without " + stray.What + ", so it is plain text"
		if strings.HasPrefix(stray.What, "no ") {
			message = "the body is JSON with " + stray.What + ", so it is plain text"
		}
		f := p.report(at{stray.Start, stray.End}, message, stray.Hint)
		if p.takesText() && !p.wantsJSON() && !p.overridden() {
			f.Severity = Warning
		}
		p.promise(f, func(*jsonflow.Analysis) bool { return false })
		if len(said) == maxStrays {
			break
		}
	}
	return true
}

// maxStrays limits the findings about a text that is no longer JSON.
const maxStrays = 5

// wantsJSON reports whether the user said that the receiver accepts JSON of any shape.
func (p *pass) wantsJSON() bool {
	said := p.target.Source == catalog.BySaying || p.target.Source == catalog.ByDirective || p.target.Source == catalog.ByConfig
	return p.destination() == catalog.Generic() && said
}

// wantsText reports whether the receiver is known to accept plain text. A plain-text
// body alone is no evidence of that.
func (p *pass) wantsText() bool {
	return p.destination().Plain && p.target.Source != catalog.ByNothing
}

// reportMark reports JSON after a byte order mark, because Coroot sends the mark too.
func (p *pass) reportMark() bool {
	const mark = "\uFEFF"
	if !strings.HasPrefix(p.template.Text, mark) || p.wantsText() || !p.isMarkedJSON(mark) {
		return false
	}
	f := p.report(at{0, len(mark)}, "the file begins with a byte order mark, which JSON does not allow", "save it as UTF-8 without a byte order mark (BOM)")
	p.promise(f, func(*jsonflow.Analysis) bool { return false })
	return true
}

// isMarkedJSON reports whether any body starts with a byte order mark followed by JSON
// or by text that begins like JSON.
func (p *pass) isMarkedJSON(mark string) bool {
	return slices.ContainsFunc(p.render(), func(r rendering) bool {
		body, marked := bytes.CutPrefix(r.body, []byte(mark))
		return r.failure == nil && marked && (json.Valid(body) || bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")))
	})
}
