package webhook_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const branchy = `{{ define "x" }}{{ if . }}1{{ end }}{{ end -}}
{{ if eq .Status "OK" }}ok{{ else if eq .Status "WARNING" }}warn{{ else }}other{{ end -}}
{{ range .Reports }}{{ with .Message }}{{ . }}{{ end }}{{ end }}{{ template "x" .URL }}`

func TestCoverage(t *testing.T) {
	t.Parallel()
	plain, err := webhook.Parse(event.KindIncident, "i.tmpl", branchy)
	if err != nil {
		t.Fatal(err)
	}
	covered, err := webhook.Parse(event.KindIncident, "i.tmpl", branchy, webhook.WithCoverage())
	if err != nil {
		t.Fatal(err)
	}
	if plain.Branches() != nil {
		t.Error("a template without coverage has branches")
	}
	for _, sample := range []string{"incident-critical", "incident-resolved"} {
		ev, _ := event.SampleByName(sample)
		want, err := plain.Render(t.Context(), ev.Event)
		if err != nil {
			t.Fatal(err)
		}
		got, err := covered.Render(t.Context(), ev.Event)
		if err != nil || string(got.Body) != string(want.Body) {
			t.Errorf("%s: coverage changes the body: %q, %v", sample, got.Body, err)
		}
	}
	reached := map[string]bool{}
	for _, branch := range covered.Branches() {
		reached[branch.Pos.String()+" "+branch.String()] = branch.Reached
	}
	want := map[string]bool{
		`1:23 if .: then`: true, `1:23 if .: else`: false,
		`2:7 if eq .Status "OK": then`:       true,
		`2:38 if eq .Status "WARNING": then`: false, `2:38 if eq .Status "WARNING": else`: true,
		`3:10 range .Reports: some`: true, `3:10 range .Reports: none`: true,
		`3:29 with .Message: then`: true, `3:29 with .Message: else`: false,
	}
	if diff := golden.Diff(want, reached); diff != "" {
		t.Error(diff)
	}
}
