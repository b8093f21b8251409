package webhook_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestMemory renders events twice: what is remembered is what is rendered.
func TestMemory(t *testing.T) {
	t.Parallel()
	const text = `{{ define "name" }}{{ .Name }}{{ end }}{"text": "
{{ .Status }}{{ range .Reports }}{{ template "name" . }}: {{ .Message }}
{{ end }}{{ index .Reports 0 }}"}`
	parse := func(options ...webhook.Option) *webhook.Template {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", text, append(options, webhook.WithOrigins())...)
		if err != nil {
			t.Fatal(err)
		}
		return tmpl
	}
	plain, remembering := parse(), parse(webhook.WithMemory())
	n := 0
	for ev := range generate.Events(event.KindIncident, 1) {
		if n++; n > 200 {
			break
		}
		want, wantOrigins, wantErr := plain.Trace(t.Context(), ev)
		first, _, _ := remembering.Trace(t.Context(), ev)
		again, origins, err := remembering.Trace(t.Context(), ev.Clone())
		if !bytes.Equal(again.Rendered, want.Rendered) || !bytes.Equal(again.Body, want.Body) || again.Work != want.Work || (err == nil) != (wantErr == nil) {
			t.Fatalf("%q, %v\nwant %q, %v", again.Body, err, want.Body, wantErr)
		}
		if err != nil {
			continue
		}
		if len(ev.AppendKey(nil, func(string) bool { return true })) < 1000 && &first.Body[0] != &again.Body[0] {
			t.Fatalf("%s was rendered twice", again.Body)
		}
		for i := range min(len(want.Body), 300) {
			if origins.At(i) != wantOrigins.At(i) {
				t.Fatalf("byte %d of %s comes from %v, want %v", i, want.Body, origins.At(i), wantOrigins.At(i))
			}
		}
	}
}

// TestMemoryRefused parses what is no template.
func TestMemoryRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{{ unknown . }}`, `{{ if }}`, `{{`} {
		if _, err := webhook.Parse(event.KindIncident, "t.tmpl", text, webhook.WithMemory()); err == nil {
			t.Errorf("%s is a template", text)
		}
	}
}

// TestMemoryLimits checks that a message is not remembered for whom it exceeds a limit.
func TestMemoryLimits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text   string
		limits webhook.Limits
		want   error
	}{
		"turns":  {`{{ range 100 }}{{ end }}`, webhook.Limits{Turns: 50}, webhook.ErrTimeLimit},
		"output": {`{{ range 100 }}x{{ end }}`, webhook.Limits{Output: 50}, webhook.ErrOutputLimit},
		"made":   {`{{ range 100 }}{{ $x := print "xxx" }}{{ end }}`, webhook.Limits{Output: 50}, webhook.ErrOutputLimit},
		"string": {`{{ $x := printf "%100d" 1 }}`, webhook.Limits{Output: 60}, webhook.ErrOutputLimit},
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", tt.text, webhook.WithMemory())
		if err != nil {
			t.Fatal(err)
		}
		ev := event.DefaultSample(event.KindIncident).Event
		if _, err := tmpl.Render(t.Context(), ev); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := tmpl.Limited(tt.limits).Render(t.Context(), ev); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

// TestMemoryUses checks that events share a message only if they differ in nothing that
// the template can print.
func TestMemoryUses(t *testing.T) {
	t.Parallel()
	ev := event.DefaultSample(event.KindIncident).Event.Clone()
	ev.Incident.RCASummary = "one"
	other := ev.Clone()
	other.Incident.RCASummary = "another one"
	for text, same := range map[string]bool{
		`{{ .Status }}`:                       true,
		`{{ with .Reports }}{{ . }}{{ end }}`: true,
		`{{ .RCASummary }}`:                   false,
		`{{ json . }}`:                        false,
		`{{ $ }}`:                             false,
		`{{ range .Reports }}{{ $.RCASummary }}{{ end }}`:                     false,
		`{{ define "x" }}{{ .RCASummary }}{{ end }}{{ template "x" . }}`:      false,
		`{{ define "x" }}{{ print . }}{{ end }}{{ template "x" $ }}`:          false,
		`{{ $all := . }}{{ with .Reports }}{{ $all }}{{ end }}`:               false,
		`{{ with $x := . }}{{ with $x.RCASummary }}{{ . }}{{ end }}{{ end }}`: false,
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", text, webhook.WithMemory())
		if err != nil {
			t.Fatal(err)
		}
		first, err := tmpl.Render(t.Context(), ev)
		second, otherErr := tmpl.Render(t.Context(), other)
		if got := bytes.Equal(first.Body, second.Body); err != nil || otherErr != nil || got != same || got != (&first.Body[0] == &second.Body[0]) {
			t.Errorf("%s: %q and %q, %v, %v", text, first.Body, second.Body, err, otherErr)
		}
	}
}
