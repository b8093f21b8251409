package alertrule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestLabels checks that the labels that a query leaves are returned only if they are
// certain.
func TestLabels(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"up == 0":                                          "?",
		"sum(up) > 1":                                      "",
		"sum by (instance) (up) == 0":                      "instance",
		"sum(rate(x[5m])) by (a, b) > 0.5":                 "a b",
		"max by(job)(up)":                                  "job",
		"sum(a) / sum(b) > 1":                              "?",
		"sum(a) by (x) / sum(b) by (y)":                    "?",
		"sum without (pod) (a)":                            "?",
		"label_replace(sum(a), \"x\", \"y\", \"z\", \"\")": "?",
		"topk(3, sum by (a) (b))":                          "?",
		"count(up{job=\"x\"} == 0) >= bool 3":              "",
	} {
		labels, known := alertrule.Labels(query)
		got := strings.Join(labels, " ")
		if !known {
			got = "?"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// TestExecute checks the output against what was recorded from Coroot: a template that
// cannot be parsed or executed is sent unchanged, and a missing key prints <no value>.
func TestExecute(t *testing.T) {
	t.Parallel()
	data := alertrule.Data(alertrule.PromQL, alertrule.Sample{Labels: map[string]string{"instance": "db1"}, Value: 0.5})
	for text, want := range map[string]string{
		"{{ .instance }} {{ .labels.instance }} {{ .value }}": "db1 db1 0.5",
		"{{ .nope }}":            "<no value>",
		"{{ json .value }}":      "{{ json .value }}",
		"{{ $labels.x }}":        "{{ $labels.x }}",
		"a {{ index .value 1 }}": "a {{ index .value 1 }}",
		"{{ if }}":               "{{ if }}",
	} {
		if got, err := alertrule.Execute(text, data); got != want || (err != nil) != (got == text) {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
	}
}

// TestAlert makes alerts from rules of each source.
func TestAlert(t *testing.T) {
	t.Parallel()
	text := `projects:
  - name: p
    alertingRules:
      - {id: q, name: Up, severity: critical, source: {type: promql, promql: {expression: up}}, templates: {summary: "{{ .instance }}", description: "d {{ .value }}"}}
      - {id: storage-space, templates: {summary: unused, description: "{{ .check_title }} of {{ .app }}"}}
      - {id: new-log-patterns, templates: {description: "as {{ it }} stands"}}
`
	file, err := config.ParseDocuments("c.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	base := *event.DefaultSample(event.KindAlert).Event.Alert
	for id, want := range map[string]string{
		"q":                "CRITICAL/Up/db1/d 1/instance=\"db1\"",
		"storage-space":    "WARNING/" + base.RuleName + "/" + base.Summary + "/" + base.RuleName + " of " + base.Application.Name,
		"new-log-patterns": "WARNING/" + base.RuleName + "/" + base.Summary + "/as {{ it }} stands",
	} {
		rule, ok := alertrule.Find(file.Projects, id)
		if !ok || !slices.Contains(alertrule.IDs(file.Projects), id) {
			t.Fatalf("there is no rule %s", id)
		}
		a := alertrule.Alert(rule, alertrule.Sample{Labels: map[string]string{"instance": "db1"}, Value: 1, Base: base})
		parts := []string{a.Status, a.RuleName, a.Summary}
		for _, detail := range a.Details {
			parts = append(parts, detail.Value)
		}
		if got := strings.Join(parts, "/"); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
