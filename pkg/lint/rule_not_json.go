package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func notJSON() Rule {
	return Rule{
		ID: "not-json", Severity: Error,
		Summary: "the body is plain text, and the destination takes JSON",
		Why: "Coroot sends every body as `application/json`, whatever it is. Telegram, Discord, Mattermost and most others refuse\n" +
			"one that is no JSON. Where the receiver takes text, say so: `--destination plaintext`, or a comment in the template,\n" +
			"`{{- /* hooktool: destination=plaintext */ -}}`. JSON behind a byte order mark, which some editors put at the\n" +
			"beginning of a file, is no JSON either.",
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
	if analysis == nil || analysis.Verdict != jsonflow.NotJSON || p.takesText() {
		return
	}
	f := p.report(at{}, fmt.Sprintf("the body is plain text, but %s takes JSON", p.destination().Title), "see hooktool init for templates to begin with")
	for _, r := range p.render() {
		if r.failure == nil {
			f.Evidence = r.evidence(-1, "")
			return
		}
	}
}

// reportMark finds JSON behind a byte order mark, which Coroot sends as well.
func (p *pass) reportMark() bool {
	const mark = "\uFEFF"
	if !strings.HasPrefix(p.template.Text, mark) || p.destination().Plain || !p.isMarkedJSON(mark) {
		return false
	}
	f := p.report(at{0, len(mark)}, "the file begins with a byte order mark, and no JSON does", "save it as UTF-8 without a byte order mark (BOM)")
	f.Fixable = true
	return true
}

// isMarkedJSON reports whether some body has a mark and is JSON, or begins as
// JSON does, behind it.
func (p *pass) isMarkedJSON(mark string) bool {
	return slices.ContainsFunc(p.render(), func(r rendering) bool {
		body, marked := bytes.CutPrefix(r.body, []byte(mark))
		return r.failure == nil && marked && (json.Valid(body) || bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")))
	})
}
