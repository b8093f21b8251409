package webhook_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestTrace checks for each byte of a body which part of the template is said to have
// printed it.
func TestTrace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, body, want string }{
		// want has, below each byte of body, the text of what printed it
		{`a{{ .Status }}b`, `aCRITICALb`, `a|.Status|.Status|.Status|.Status|.Status|.Status|.Status|.Status|b`},
		{`{{ range .Reports }}{{ .Name | len -}} x{{ end }}`, `3x4x`, `.Name | len|x|.Name | len|x`},
		{`{{ define "t" }}{{ . }}!{{ end }}{{ template "t" 1 }}{{ template "t" 2 }}`, `1!2!`, `.|!|.|!`},
		{
			`{"é":"{{ "\n" }}` + "\n" + `z{{ $x := 1 }}{{ $x }}"}`, `{"é":"\n\nz1"}`,
			`{|"|é|é|"|:|"|"\n"|"\n"|` + "\n|\n" + `|z|$x|"|}`,
		},
		{`{{ if .Reports }}{{ "" }}{{ (index .Reports 0).Name }}{{ end }}`, `Net`, strings.Repeat("|(index .Reports 0).Name", 3)[1:]},
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "x", tt.text, webhook.WithOrigins())
		if err != nil {
			t.Fatal(err)
		}
		sample, _ := event.SampleByName("incident-coroot-test")
		message, origins, err := tmpl.Trace(t.Context(), sample.Event)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range message.Body {
			o := origins.At(i)
			got = append(got, tt.text[o.Start:o.End])
		}
		if string(message.Body) != tt.body || strings.Join(got, "|") != tt.want {
			t.Errorf("%s prints %q from\n%s, want\n%s", tt.text, message.Body, strings.Join(got, "|"), tt.want)
		}
	}
}

// TestTraceTemplates checks that tracing does not change the output, and that each byte
// from the template's own text is that byte.
func TestTraceTemplates(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../testdata/templates/*/*.tmpl")
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no templates", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := workspace.DetectKind(workspace.KindHints{Path: path, Text: string(text)})
		plain, err := webhook.Parse(kind, path, string(text))
		if err != nil {
			t.Fatal(err)
		}
		traced, err := webhook.Parse(kind, path, string(text), webhook.WithOrigins())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for ev := range generate.Events(kind, 1) {
			if n++; n > 40 {
				break
			}
			compareTrace(t, plain, traced, ev)
		}
	}
}

func compareTrace(t *testing.T, plain, traced *webhook.Template, ev event.Event) {
	t.Helper()
	want, err := plain.Render(t.Context(), ev)
	if err != nil {
		t.Fatal(err)
	}
	got, origins, err := traced.Trace(t.Context(), ev)
	if err != nil || string(got.Body) != string(want.Body) {
		t.Fatalf("%s prints something else: %v", plain.Path(), err)
	}
	for i := 0; i < len(got.Body); i += 1 + len(got.Body)/5000 {
		o := origins.At(i)
		part := plain.Text()[o.Start:o.End]
		if o.Literal && !strings.Contains(part, string(got.Body[i:i+1])) && part != "\n" {
			t.Fatalf("%s: byte %d, %q, is said to be %q", plain.Path(), i, got.Body[i], part)
		}
	}
}

// TestNothings finds the actions that printed nothing.
func TestNothings(t *testing.T) {
	t.Parallel()
	text := `{"a":"x` + "\n" + `{{ .Application.Name }}@{{ .Application.Namespace }}{{ .RuleName }}{{ .Duration }}"}`
	tmpl, err := webhook.Parse(event.KindAlert, "x", text, webhook.WithOrigins())
	if err != nil {
		t.Fatal(err)
	}
	sample, _ := event.SampleByName("alert-no-application")
	message, origins, err := tmpl.Trace(t.Context(), sample.Event)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range origins.Nothings() {
		got = append(got, text[n.Start:n.End]+" before "+string(message.Body[n.Offset:n.Offset+1]))
	}
	want := []string{".Application.Name before @", ".Application.Namespace before " + sample.Event.Alert.RuleName[:1], `.Duration before "`}
	if !slices.Equal(got, want) {
		t.Errorf("%q: %q, want %q", message.Body, got, want)
	}
}

// TestTraceBounds prints more pieces than are recorded: what comes after them comes
// from somewhere in the template.
func TestTraceBounds(t *testing.T) {
	t.Parallel()
	const turns = 70_000
	for text, want := range map[string]int{
		`{{ range 70000 }}x{{ "" }}{{ end }}`:                     turns,
		`{"a":"{{ range 70000 }}` + "\n" + `{{ end }}"}`:          len(`{"a":""}`) + 2*turns,
		`{"a":"{{ range 70000 }}` + "\n" + `{{ "y" }}{{ end }}"}`: len(`{"a":""}`) + 3*turns,
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "x", text, webhook.WithOrigins(), webhook.WithLimits(noClock()))
		if err != nil {
			t.Fatal(err)
		}
		sample, _ := event.SampleByName("incident-coroot-test")
		message, origins, err := tmpl.Trace(t.Context(), sample.Event)
		if err != nil || len(message.Body) != want {
			t.Fatalf("%s prints %d bytes, want %d: %v", text, len(message.Body), want, err)
		}
		early, late := origins.At(1000), origins.At(len(message.Body)-1)
		if early.End-early.Start > len(`"y"`) || early.Start == 0 {
			t.Errorf("%s: byte 1000 comes from %q", text, text[early.Start:early.End])
		}
		if late.Start != 0 || late.End != len(text) || late.Literal {
			t.Errorf("%s: the last byte comes from %q", text, text[late.Start:late.End])
		}
		for _, n := range origins.Nothings() {
			if n.Start == 0 {
				t.Fatalf("%s: nothing at %d comes from everywhere", text, n.Offset)
			}
		}
	}
}

// TestTraceCalls checks which call led to what a called template prints.
func TestTraceCalls(t *testing.T) {
	t.Parallel()
	text := `{{ define "q" }}[{{ . }}]{{ end }}{{ define "two" }}{{ template "q" .URL }}{{ end }}{{ .Status }}{{ template "q" .Status }}{{ template "two" . }}{{ .Status }}`
	tmpl, err := webhook.Parse(event.KindIncident, "x", text, webhook.WithOrigins())
	if err != nil {
		t.Fatal(err)
	}
	message, origins, err := tmpl.Trace(t.Context(), event.Event{Incident: &event.Incident{Status: "S", URL: "u"}})
	if err != nil || string(message.Body) != "S[S][u]S" {
		t.Fatalf("%q %v", message.Body, err)
	}
	for offset, want := range []string{"", ".Status", ".Status", ".Status", ".URL", ".URL", ".URL", ""} {
		if o := origins.At(offset); text[o.CallStart:o.CallEnd] != want {
			t.Errorf("byte %d comes from the call %q, want %q", offset, text[o.CallStart:o.CallEnd], want)
		}
	}
}
