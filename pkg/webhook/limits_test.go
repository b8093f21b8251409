package webhook_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestLimits stops templates that would exhaust time, memory or the stack.
func TestLimits(t *testing.T) {
	t.Parallel()
	nest := func(open string, n int, inside string) string {
		return strings.Repeat(open, n) + inside + strings.Repeat("{{end}}", n)
	}
	for name, tt := range map[string]struct {
		text string
		want error
	}{
		"grows":                   {`{{$s := "xxxxxxxx"}}{{range 40}}{{$s = print $s $s}}{{end}}`, webhook.ErrOutputLimit},
		"one argument many times": {`{{$s := "xxxxxxxx"}}{{range 14}}{{$s = print $s $s}}{{end}}{{printf "` + strings.Repeat("%[1]s", 100) + `" $s}}`, webhook.ErrOutputLimit},
		"prints":                  {`{{range 1000000000}}{{printf "%1000d" 1}}{{end}}`, webhook.ErrOutputLimit},
		"blocks":                  {nest("{{if 1}}", 500_000, ""), webhook.ErrDepthLimit},
		"else blocks":             {"{{if 1}}" + strings.Repeat("{{else if 1}}", 500_000) + "{{end}}", webhook.ErrDepthLimit},
		"recursion from blocks":   {`{{define "x"}}` + nest("{{with 1}}", 1000, `{{template "x"}}`) + `{{end}}{{template "x"}}`, webhook.ErrDepthLimit},
		"loops":                   {nest("{{range 1}}", 201, ""), webhook.ErrDepthLimit},
		"recursion in a loop":     {`{{define "x"}}{{range 1}}{{template "x"}}{{end}}{{end}}{{template "x"}}`, webhook.ErrDepthLimit},
		"recursion in else":       {`{{define "x"}}{{range 0}}{{else}}{{template "x"}}{{end}}{{end}}{{template "x"}}`, webhook.ErrDepthLimit},
		"recursion of the main":   {nest("{{with 1}}", 1000, `{{template "incidentTemplate"}}`), webhook.ErrDepthLimit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", tt.text, webhook.WithLimits(webhook.Limits{Time: time.Minute, Output: 1 << 20}))
			if err == nil {
				_, err = tmpl.Render(t.Context(), event.SamplesOf(event.KindIncident)[0].Event)
			}
			var failed *webhook.TemplateError
			if !errors.Is(err, tt.want) || !errors.As(err, &failed) || !failed.Pos.IsValid() {
				t.Errorf("%v, want a place and %v", err, tt.want)
			}
		})
	}
}

// noClock returns limits for tests that are not about time, because a busy machine
// needs more of it.
func noClock() webhook.Limits { return webhook.Limits{Output: webhook.DefaultLimits().Output} }

// TestNotLimited renders what is large but finite.
func TestNotLimited(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"many blocks":    strings.Repeat("{{if 1}}{{else if 2}}{{end}}{{/* {{if}} */}}", 20_000),
		"nested blocks":  strings.Repeat("{{if 1}}", 5000) + strings.Repeat("{{end}}", 5000),
		"many calls":     `{{define "x"}}{{with 1}}{{end}}{{end}}{{range 110000}}{{template "x"}}{{end}}`,
		"loops in calls": `{{define "x"}}{{range 3}}{{end}}{{end}}` + strings.Repeat(`{{range 9}}{{template "x"}}{{end}}`, 1_000),
		"nested loops":   strings.Repeat("{{range 1}}", 200) + strings.Repeat("{{end}}", 200),
		"deep recursion": `{{define "x"}}{{if lt (len .) 5000}}{{template "x" (print . "x")}}{{end}}{{end}}{{template "x" ""}}`,
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", text, webhook.WithLimits(noClock()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		message, err := tmpl.Render(t.Context(), event.SamplesOf(event.KindIncident)[0].Event)
		if err != nil || len(message.Body) > 0 {
			t.Errorf("%s: %q, %v", name, message.Body, err)
		}
	}
}

// TestTurns checks that a turn counts what is executed in it, so that a limit allows
// about the same time whatever the template does.
func TestTurns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text     string
		min, max int // the expected Message.Work
	}{
		"short body":     {`{{range 1000}}{{end}}`, 1_000_000, 2_000_000},
		"long body":      {`{{range 1000}}` + strings.Repeat("{{if 1}}{{end}}", 400) + `{{end}}`, 100_000_000, 1_000_000_000},
		"body of a list": {`{{range .Reports}}` + strings.Repeat("{{if 1}}{{end}}", 10_000) + `{{end}}`, 5_000_000, 100_000_000},
		"short loops":    {strings.Repeat("{{range .Reports}}{{.Name}}{{end}}", 10_000), 20_000_000, 100_000_000},
		"functions":      {strings.Repeat("{{slice .Status 0 0}}", 10_000), 15_000_000, 50_000_000},
		"parentheses":    {strings.Repeat("{{(index .Reports 0).Name}}", 10_000), 15_000_000, 50_000_000},
		"breaks":         {strings.Repeat("{{range .Reports}}{{break}}{{end}}", 10_000), 10_000_000, 200_000_000},
		"deep calls":     {`{{define "x"}}{{if lt (len .) 5000}}{{template "x" (print . "x")}}{{end}}{{end}}{{template "x" ""}}`, 30_000_000, 1_000_000_000},
		"long texts":     {`{{$x := printf "%100000d" 1}}{{range 1000}}{{if eq $x $x}}{{end}}{{end}}`, 5_000_000, 50_000_000},
		"no loop":        {strings.Repeat("{{if 1}}{{end}}", 10_000), 5_000_000, 50_000_000},
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", tt.text, webhook.WithLimits(noClock()))
		if err != nil {
			t.Fatal(err)
		}
		message, err := tmpl.Render(t.Context(), event.SamplesOf(event.KindIncident)[0].Event)
		if err != nil || message.Work < tt.min || message.Work > tt.max {
			t.Errorf("%s: work %d, want %d to %d: %v", name, message.Work, tt.min, tt.max, err)
		}
		if least := tmpl.LeastWork(event.SamplesOf(event.KindIncident)[0].Event); least > message.Work {
			t.Errorf("%s: work %d, said to be at least %d", name, message.Work, least)
		}
	}
}
