package jsonflow_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func deployments() []labelled {
	return []labelled{
		{`{"s": "{{ .Status }}", "v": {{ json .Version }}}`, proved, ""},
		{`{"s": "{{ .Version }}"}`, refuted, "json-unescaped"},
		{`{"s": [{{ range $i, $s := .Summary }}{{ if $i }},{{ end }}{{ json . }}{{ end }}]}`, proved, ""},
		{`{"s": {{ if eq .Status "Deployed" }}1{{ else if eq .Status "Stuck" }}2{{ else if eq .Status "Cancelled" }}3{{ end }}}`, refuted, "json-structure"},
		{`{"s": {{ if eq .Status "Deployed" }}1{{ else if eq .Status "Stuck" }}2{{ else if eq .Status "Cancelled" }}3{{ else if eq .Status "In-progress" }}4{{ end }}}`, proved, ""},
		{helper + `{"s": "{{ range .Summary }}• {{ template "jsonstr" . }}\n{{ else }}none{{ end }}"}`, proved, ""},
		{"{\"blocks\": [{\"text\": \"{{ range .Summary }}\n{{ json . }}{{ end }}\"}]}", refuted, "json-control-character json-in-quotes"},
	}
}

func alerts() []labelled {
	return []labelled{
		{`{"s": "{{ .Status }}", "severity": "{{ .Severity }}"}`, proved, ""},
		{`{"s": "{{ .RuleName }}"}`, refuted, "json-unescaped"},
		{`{"s": "{{ range .Details }}{{ .Name }}{{ end }}"}`, refuted, "json-unescaped"},
		{`{"c": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{"name": {{ json .Name }}, "code": {{ .Code }}{{ if .Code }}, "mono": true{{ end }}}{{ end }}]}`, proved, ""},
		{`{ {{ with .Duration }}"d": {{ json . }},{{ end }}{{ with .ResolvedBy }}"by": {{ json . }},{{ end }}"u": {{ json .URL }}}`, proved, ""},
		{`{ {{ with .Duration }}"d": {{ json . }}{{ end }}{{ with .ResolvedBy }},"by": {{ json . }}{{ end }}}`, refuted, "json-structure"},
		{`{{ json .Details }}`, proved, ""},
		{`{"app": "{{ if .Application.IsZero }}-{{ else }}{{ .Application.Name }}{{ end }}"}`, refuted, "json-unescaped"},
		{`{"level": {{ if eq .Severity "critical" }}1{{ else if eq .Severity "warning" }}2{{ else }}3{{ end }}}`, proved, ""},
	}
}

func TestDeploymentsAndAlerts(t *testing.T) {
	t.Parallel()
	for kind, corpus := range map[event.Kind][]labelled{event.KindDeployment: deployments(), event.KindAlert: alerts()} {
		for _, tt := range corpus {
			a := analyze(t, kind, tt.text, jsonflow.Options{})
			check(t, kind, tt.text, a)
			if a.Verdict != tt.want || rulesOf(a) != tt.rules {
				t.Errorf("%s:\n got %s [%s] %v\nwant %s [%s]", tt.text, a.Verdict, rulesOf(a), a.Unknown, tt.want, tt.rules)
			}
		}
	}
}

// TestCustomFields checks that custom fields are free text, and that those that Coroot
// cannot use do not exist.
func TestCustomFields(t *testing.T) {
	t.Parallel()
	o := jsonflow.Options{CustomFields: []string{"team", "my-env", "status"}}
	for _, tt := range []labelled{
		{`{"team": {{ json .Team }}, "status": "{{ .Status }}"}`, proved, ""},
		{`{"team": "{{ .Team }}"}`, refuted, "json-unescaped"},
		{`{{ json . }}`, proved, ""},
	} {
		a := analyze(t, event.KindAlert, tt.text, o)
		check(t, event.KindAlert, tt.text, a)
		if a.Verdict != tt.want || rulesOf(a) != tt.rules {
			t.Errorf("%s: got %s [%s] %v, want %s", tt.text, a.Verdict, rulesOf(a), a.Unknown, tt.want)
		}
	}
	if a := analyze(t, event.KindAlert, `{"team": "{{ .Team }}"}`, o); a.Counterexample != nil && a.Counterexample.Event.CustomFields["team"] == "" {
		t.Error("the event that breaks the template has no custom field")
	}
}
