package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func emptyOutput() Rule {
	return Rule{
		ID: "empty-output", Severity: Warning,
		Summary: "a text is empty for some events",
		Why: "Not every event has everything. For an alert without an application, all four parts of `.Application` are\n" +
			"empty, and `{{ .Application.Name }}@{{ .Application.Namespace }}` prints `@`. A resolved incident has no\n" +
			"reports. What remains is a bare `@`, an empty message, or an empty body, which many receivers refuse.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{{ .RuleName }}: {{ .Application.Name }}@{{ .Application.Namespace }}`,
			At:   []string{"1:21"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{{ .RuleName }}{{ with .Application.Name }}: {{ . }}@{{ $.Application.Namespace }}{{ end }}`,
		},
		check: checkEmpty,
	}
}

func checkEmpty(p *pass) {
	if p.template.Text == "" && p.template.Kind == event.KindAlert {
		p.report(at{}, "the template is empty, and Coroot silently skips its alerts", "write a template, or turn alerts off")
		return
	}
	p.emptyBody()
	p.emptyApplication()
	p.emptyText()
}

// emptyBody reports a body that is blank for some event, unless that depends on the
// status, which another rule covers.
func (p *pass) emptyBody() {
	all := p.render()
	printed := map[string]bool{}
	for _, r := range all {
		if r.failure == nil && !r.blank() {
			printed[r.trial.event.Status()] = true
		}
	}
	for _, r := range all {
		if r.failure != nil || !r.blank() || !r.trial.mild || len(printed) > 0 && !printed[r.trial.event.Status()] {
			continue
		}
		if len(printed) == 0 {
			if !p.comparesInVain() {
				p.alwaysEmpty(r)
			}
			return
		}
		p.report(at{}, "the body is empty for some events, and Coroot posts it anyway", "print something outside {{ if }}, {{ with }} and {{ range }}").Evidence = r.evidence(-1, "")
		return
	}
}

// comparesInVain reports whether there is a finding about a comparison that is never
// true. Empty output then follows from that mistake.
func (p *pass) comparesInVain() bool {
	return p.options.severity(impossibleComparison(), p.template.Path) != Off &&
		slices.ContainsFunc(p.typecheck().problems, func(own typecheck.Problem) bool {
			return own.Rule == typecheck.ImpossibleComparison && strings.Contains(own.Message, "always false")
		})
}

// alwaysEmpty reports a body that is blank for every event. This is an error unless the
// user sets another severity.
func (p *pass) alwaysEmpty(r rendering) {
	hint := "print something: {{ json . }} is the whole event as JSON"
	for _, name := range p.parse().source.Names() {
		if name != p.template.Kind.TemplateName() && strings.TrimSpace(p.parse().source.Trees[name].Root.String()) != "" {
			hint = fmt.Sprintf("a defined template must be called: add {{ template %q . }}", name)
			break
		}
	}
	f := p.report(at{}, "the body is empty for every event, and Coroot posts it anyway", hint)
	f.Evidence = r.evidence(-1, "")
	if !p.overridden() {
		f.Severity = Error
	}
}

// emptyApplication reports parts of an application that are printed when there is no
// application.
func (p *pass) emptyApplication() {
	for _, r := range p.render() {
		if r.failure != nil || r.trial.event.Alert == nil || r.trial.event.Alert.Application.Name != "" || !r.trial.mild {
			continue
		}
		last := -1
		for _, nothing := range r.origins.Nothings() {
			if !printsApplication(p.template.Text[nothing.Start:nothing.End]) {
				continue
			}
			// Consecutive parts separated by @ or : count as one.
			if last < 0 || strings.ContainsAny(string(r.body[last:nothing.Offset]), " \n\"") {
				hint := "put it inside {{ with .Application.Name }}…{{ end }}"
				if isValue().Match(r.body[:nothing.Offset]) {
					hint = "put it inside {{ with .Application.Name }}…{{ else }}null{{ end }}"
				}
				f := p.report(at{nothing.Start, nothing.End}, "an alert without an application prints nothing here"+stump(r.body, nothing.Offset), hint)
				f.Evidence = r.evidence(nothing.Offset, "")
			}
			last = nothing.Offset
		}
		return
	}
}

// stump returns what remains around an empty place, such as @.
func stump(body []byte, offset int) string {
	rest := string(body[offset:])
	if rest != "" && strings.ContainsRune("@:/", rune(rest[0])) {
		return fmt.Sprintf(", and %q is left", rest[:1])
	}
	return ""
}

// isValue matches what is before the value of a JSON key.
var isValue = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"\s*:\s*$`) })

// printsApplication reports whether a pipeline prints part of the application.
func printsApplication(pipeline string) bool {
	return slices.Contains([]string{".Application.Name", ".Application.Namespace"}, strings.TrimPrefix(pipeline, "$"))
}

// emptyText reports a message whose texts are all blank.
func (p *pass) emptyText() {
	if p.comparesInVain() {
		return
	}
	for _, r := range p.render() {
		if r.failure != nil || !r.trial.mild {
			continue
		}
		first := p.judge(r.body).blank
		if first == nil {
			continue
		}
		from := r.origins.At(first.start)
		f := p.report(at{from.Start, from.End}, fmt.Sprintf("%s is empty for some events, and so is the message", r.body[first.start:first.end]), "add something that is never empty")
		f.Evidence = r.evidence(first.start, "")
		return
	}
}

// blankText returns where the first key of a text for people is, quotes included, if all
// those texts are blank. It is nil if there is none.
func blankText(root *destination.Value) (first *at) {
	some := false
	root.Walk(func(_ string, v *destination.Value) {
		for _, m := range v.Members {
			if !messageKeys[m.Key] || !m.Value.Is(destination.String) {
				continue
			}
			some = some || strings.TrimSpace(m.Value.Text) != ""
			if first == nil || m.KeyStart < first.start {
				first = &at{m.KeyStart, m.KeyEnd}
			}
		}
	})
	if some {
		return nil
	}
	return first
}

// messageKeys are the keys of texts for people.
var messageKeys = map[string]bool{
	"text": true, "content": true, "message": true, "body": true, "description": true, "summary": true, "title": true, "fallback": true,
}
