package jsonflow_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestRepeatedKeys checks which keys are found to be repeated: those that some event
// prints twice into one object, wherever they are in the template.
func TestRepeatedKeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`[{"a": 1}, {"a": 2}]`:                                                                                             0,
		`[{"a": 1}, {"a": 2, "a": 3}]`:                                                                                     1,
		`[{"a": {"a": 1}}, {"a": {"a": 1, "b": [{"a": 1}], "a": 2}}]`:                                                      1,
		`{ {{ if .URL }}"a": 1{{ else }}"a": 2{{ end }} }`:                                                                 0,
		`{ {{ if .URL }}"a": 1{{ else }}"a": 2, "a": 3{{ end }} }`:                                                         1,
		`{ {{ if .URL }}"a": 1{{ else }}"a": 2{{ end }}, "a": 3 }`:                                                         1,
		`{ "a": 0{{ if .URL }}, "b": 1{{ else }}, "a": 2{{ end }} }`:                                                       1, // though Coroot sends no such event
		`{ "a": 0{{ if .Summary }}, "b": 1{{ else }}, "a": 2{{ end }} }`:                                                   1,
		`[{"a": 1{{ if .Summary }}}, { {{ else }}, {{ end }}"a": 2}]`:                                                      1,
		`[{"a": 1{{ if .Summary }}, "b": [{"a": 2}]{{ end }}, "a": 2}]`:                                                    1,
		`[{{ range .Details }}{"a": 1, "b": 2}, {{ end }}{"a": 1}]`:                                                        0,
		`{ {{ range .Details }}"a": 1, {{ end }}"b": 2 }`:                                                                  1,
		`{ {{ range $i, $d := .Details }}{{ if $i }}"a": 1{{ else }}"a": 2{{ end }}, {{ end }}"b": 2 }`:                    1,
		`{ {{ range $i, $d := .Details }}{{ if $i }}"a": 1{{ else }}"c": 2{{ end }}, {{ end }}"b": 2 }`:                    1,
		`[{"z": 1{{ range .Details }}, "a": 1}, {"a": 2{{ end }}}]`:                                                        1,
		`{{ define "k" }}"a": 1{{ end }}{ {{ template "k" }}, "a": 2 }`:                                                    1,
		`{{ define "k" }}"a": 1{{ end }}[{ {{ template "k" }}}, {"a": 2 }]`:                                                0,
		`{{ define "k" }}{{ if . }}"a": 1{{ else }}"a": 2{{ end }}{{ end }}{ {{ template "k" 1 }}, {{ template "k" 0 }} }`: 1,
		`{"x": {"a": 1, "a": 2}, "y": {"a": 1, "a": 2}}`:                                                                   2,
		`{ {{ json .Status }}: 1, {{ json .Status }}: 2 }`:                                                                 1,
		`{ {{ range $i, $d := .Details }}"{{ $i }}": 1, {{ end }}"1": 2 }`:                                                 1,
		`{ {{ range $i, $d := .Details }}"d{{ $i }}": 1, {{ end }}"1": 2 }`:                                                0,
		`{"Labels": 1{{ range $i, $d := .Details }}{{ if not $i }}, {{ json .Name }}: 2{{ end }}{{ end }} }`:               1,
		`[{ {{ json .ProjectName }}: 1 }, {"production": 2 }]`:                                                             0,
		`{ {{ if .URL }}"{{ .Status }}": 1{{ else }}"OK": 2{{ end }} }`:                                                    0,
		`{ {{ json .Application.Name }}: 1, "x": 2 }`:                                                                      0, // no service is called like that
		`{ {{ json .Application.Name }}: 1` + manyKeys(100) + `, "z": 1, "z": 2 }`:                                         1,
	} {
		analysis, err := jsonflow.Analyze(t.Context(), event.KindAlert, text, jsonflow.Options{})
		if err != nil {
			t.Fatal(text, err)
		}
		found := 0
		for _, p := range analysis.Problems {
			if p.Rule == "json-duplicate-key" {
				found++
			} else {
				t.Errorf("%s: %v", text, p)
			}
		}
		if found != want {
			t.Errorf("%s: %d repeated keys are reported, not %d", text, found, want)
		}
	}
}

// TestRepeatedKeysAreFound executes templates of objects in conditions, loops and lists,
// and checks that no event repeats a key of which the analysis does not know.
func TestRepeatedKeysAreFound(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	events := []event.Event{generate.Event(event.KindAlert, generate.Empty, rng)}
	for range 20 {
		events = append(events, generate.Event(event.KindAlert, generate.Benign, rng))
	}
	repeated := 0
	for range 400 {
		text := `{{ define "k" }}"a": 5, {{ end }}[` + nested(rng, 2, false) + `0]`
		analysis, err := jsonflow.Analyze(t.Context(), event.KindAlert, text, jsonflow.Options{})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		known := fmt.Sprint(analysis.Problems)
		tmpl, err := webhook.Parse(event.KindAlert, "alert", text)
		if err != nil {
			t.Fatal(err)
		}
		for _, ev := range events {
			message, err := tmpl.Render(t.Context(), ev)
			if err != nil {
				t.Fatal(err)
			}
			jsontree.Parse(message.Body).Root.Walk(func(_ string, v *jsontree.Value) {
				seen := map[string]bool{}
				for _, m := range v.Members {
					if seen[m.Key] {
						repeated++
						if !strings.Contains(known, fmt.Sprintf("the key %q appears twice", m.Key)) {
							t.Fatalf("%s\nprints\n%s\nbut that the key %q is repeated is not reported: %s", text, message.Body, m.Key, known)
						}
					}
					seen[m.Key] = true
				}
			})
		}
	}
	if repeated < 1000 {
		t.Errorf("only %d keys were repeated", repeated)
	}
}

// nested returns members or elements, each with a comma after it.
func nested(rng *rand.Rand, depth int, members bool) string {
	condition := pick(rng, "$.Summary", "$.Duration", `eq $.Status "OK"`, "gt (len $.Details) 1", "$.ResolvedBy")
	inner := func(members bool) string { return nested(rng, max(depth-1, 0), members) }
	var b strings.Builder
	for range 1 + rng.IntN(3) {
		form := rng.IntN(10)
		switch {
		case form < 4 || depth == 0:
			if members {
				fmt.Fprintf(&b, `"%s": 1, `, pick(rng, "a", "b"))
			} else {
				fmt.Fprintf(&b, `{ %s"z": 0}, `, inner(true))
			}
		case form < 6:
			fmt.Fprintf(&b, "{{ if %s }}%s{{ else }}%s{{ end }}", condition, inner(members), inner(members))
		case form < 7:
			fmt.Fprintf(&b, "{{ range $.Details }}%s{{ end }}", inner(members))
		case form < 8 && members:
			fmt.Fprintf(&b, `"%s": [%s0], `, pick(rng, "a", "b"), inner(false))
		case members:
			b.WriteString(`{{ template "k" . }}`)
		case form < 9:
			fmt.Fprintf(&b, `{"a": 1, {{ if %s }}"z": 0}, {"b": 1, {{ end }}%s"z": 0}, `, condition, inner(true))
		default:
			b.WriteString(`{"z": 1{{ range $.Details }}, "a": 1}, {"b": 2{{ if .Code }}, "a": 3{{ end }}{{ end }}}, `)
		}
	}
	return b.String()
}

// manyKeys returns members that all differ.
func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `, "k%d": 1`, i)
	}
	return b.String()
}

func pick(rng *rand.Rand, of ...string) string { return of[rng.IntN(len(of))] }
