package rewrite_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestGenerated repairs random templates that contain every kind of mistake, and runs
// the results.
func TestGenerated(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	changed, templates := 0, 20
	if vast.Long(t) {
		templates = 80
	}
	for range templates {
		text := randomTemplate(rng)
		result, err := rewrite.Fix(context.Background(), event.KindAlert, text, rewrite.Options{})
		if err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		if result.Changed {
			changed++
			checkRepair(t, event.KindAlert, text, result, rng.Uint64())
		}
	}
	if changed < templates*3/4 {
		t.Errorf("only %d of %d templates needed a repair", changed, templates)
	}
}

// checkRepair runs a repaired template: its body must be valid for every event, and say
// the same as before where that was valid.
func checkRepair(t *testing.T, kind event.Kind, old string, result *rewrite.Result, seed uint64) {
	t.Helper()
	before, err := webhook.Parse(kind, "template", old)
	if err != nil {
		before = parse(t, kind, "") // it said nothing
	}
	after := parse(t, kind, result.Text)
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 60 {
		style := []generate.Style{generate.Benign, generate.Hostile, generate.Empty}[i%3]
		ev := generate.Event(kind, style, rng)
		is, err := after.Render(context.Background(), ev)
		if err != nil {
			continue
		}
		was, err := before.Render(context.Background(), ev)
		if !json.Valid(is.Body) && !json.Valid(was.Body) && ev.Unsent(event.Version{}) != "" {
			continue // Coroot never sends such an event
		}
		if !json.Valid(is.Body) {
			t.Fatalf("%s\nbecomes\n%s\nand prints %q", old, result.Text, is.Body)
		}
		if result.Applicability == rewrite.Unsafe || err != nil || style != generate.Benign || !json.Valid(was.Body) || bytes.Contains([]byte(old), []byte("\\\n")) {
			continue
		}
		var a, b any
		if json.Unmarshal(was.Body, &a) != nil || json.Unmarshal(is.Body, &b) != nil || !reflect.DeepEqual(a, b) {
			t.Fatalf("%s\nbecomes\n%s\nand no longer prints %s but %s", old, result.Text, was.Body, is.Body)
		}
	}
	again, err := rewrite.Fix(context.Background(), kind, result.Text, rewrite.Options{})
	if err != nil || again.Changed || again.Text != result.Text || result.Analysis.Verdict != jsonflow.Proved {
		t.Fatalf("%s\nis %s and becomes %v, %v", result.Text, result.Analysis.Verdict, again, err)
	}
}

func parse(t *testing.T, kind event.Kind, text string) *webhook.Template {
	t.Helper()
	tmpl, err := webhook.Parse(kind, "template", text)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

// randomTemplate makes an object with members of every kind, some of them with a
// mistake.
func randomTemplate(rng *rand.Rand) string {
	var members []string
	for i := range 1 + rng.IntN(4) {
		members = append(members, randomMember(rng, fmt.Sprintf("k%d", i)))
	}
	separator := []string{",", ",\n  ", " , "}[rng.IntN(3)]
	text := "{" + strings.Join(members, separator)
	if rng.IntN(8) == 0 {
		text += ","
	}
	return text + "}"
}

func randomMember(rng *rand.Rand, key string) string {
	switch rng.IntN(5) {
	case 0:
		return fmt.Sprintf(`"%s": %s`, key, randomList(rng))
	case 1:
		return fmt.Sprintf(`"%s": {"x": %s}`, key, randomValue(rng, ""))
	}
	return fmt.Sprintf(`"%s": %s`, key, randomValue(rng, ""))
}

func randomList(rng *rand.Rand) string {
	element := randomValue(rng, "$.Summary")
	if rng.IntN(2) == 0 {
		element = `{"v": ` + randomValue(rng, ".Value") + "}"
	}
	list := []string{
		"[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}%s{{ end }}]",
		"[{{ range .Details }}%s,{{ end }}]",
		"[{{ range .Details }}\n  ,%s{{ end }}]",
		"[{{- range .Details }}%s{{ end -}}]",
		`[{{ range $i, $d := .Details }}{{ if $d.Code }}{{ if $i }},{{ end }}%s{{ end }}{{ end }}]`,
		`["first"{{ range .Details }},%s{{ end }}]`,
	}[rng.IntN(6)]
	return strings.Replace(list, "%s", element, 1)
}

func randomValue(rng *rand.Rand, field string) string {
	if field == "" {
		field = []string{"$.Summary", "$.RuleName", "$.URL", "$.Application.Name", "$.Status"}[rng.IntN(5)]
	}
	switch rng.IntN(12) {
	case 0:
		return "{{ json " + field + " }}"
	case 1:
		return "{{ " + field + " }}"
	case 2:
		return `"{{ json ` + field + ` }}"`
	case 3:
		return `"a {{ js ` + field + ` }} b"`
	case 4:
		return `{{ printf "%q" ` + field + ` }}`
	case 5:
		return `"{{ if $.Details }}x {{ ` + field + ` }}{{ else }}y{{ end }}"`
	case 6:
		return "\"line\n{{ " + field + " }}\ttab\""
	case 7:
		return `"{{- range $.Details }}` + "\n" + `{{ .Name }}{{ end }}"`
	case 8:
		return `"{{ html ` + field + ` }}"`
	case 9:
		return "{{ " + field + " }}@{{ $.Status }}"
	}
	return `"{{ ` + field + ` }}"`
}

// FuzzFix checks the repairs of any text. Its seeds are every fourth template of TestFix,
// or all with HOOKTOOL_TEST_LONG=1.
func FuzzFix(f *testing.F) {
	for _, tt := range vast.Every(f, 4, repairs) {
		f.Add(tt.text, tt.kind)
	}
	f.Add(`{"a": {{ if .Status }}"x{{ else }}["y{{ end }}"}`, "alert")
	f.Add(`{{ range .Details }}{{ break }}{{ end }}{{ template "x" }}{{ define "x" }}{{ template "x" }}{{ end }}`, "alert")
	f.Add(`{{ define "m" }}"k": "{{ .URL }}", 'x': 1 # c`+"\n"+`{{ end }}{"a": 1, {{ template "m" . }}`, "alert")
	f.Add(`{{ define "m" }}x" + "y{{ end }}{"a": ["{{ template "m" . }}"], # {{ template "m" . }}`+"\n}", "alert")
	f.Fuzz(func(t *testing.T, text, kind string) {
		if _, err := event.ParseKind(kind); err != nil || len(text) > 2000 {
			return
		}
		result, err := rewrite.Fix(context.Background(), event.Kind(kind), text, rewrite.Options{})
		var (
			noRepair   *rewrite.Error
			inTemplate *webhook.TemplateError
		)
		switch {
		case errors.As(err, &noRepair):
			if noRepair.Start < 0 || noRepair.End > len(text) || noRepair.Start > noRepair.End {
				t.Fatalf("%q: the place %d to %d is not in the template", text, noRepair.Start, noRepair.End)
			}
		case errors.As(err, &inTemplate):
		case err != nil:
			t.Fatalf("%q: %v", text, err)
		case result.Changed:
			checkRepair(t, event.Kind(kind), text, result, 1)
		case result.Text != text:
			t.Fatalf("%q was changed to %q without a word", text, result.Text)
		}
	})
}
