package rewrite

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
)

// TestMutations makes outlines of broken templates, whose called templates begin and end
// anywhere in the JSON. None may make the sketch fail in another way than in words.
func TestMutations(t *testing.T) {
	t.Parallel()
	seeds := []string{
		`{"a": "{{ .Summary }}", "b": [{{ range .Details }}{{ json .Name }},{{ end }}]} # end`,
		`{a: 'x', "b": "y" + "z", // {{ .URL }}` + "\n" + `"c": [1, {"d": {{ if .URL }}1{{ end }}}]}`,
		`{{ if .URL }}[{"a": "{{ .URL }}"}{{ else }}` + "\n" + `{"a": "x"` + "\n" + `{{ end }}`,
		"```json\n{“a”: “{{ .URL }}”}\n{\"b\": 1}\n```",
		`{{ range .Details }}{"k": "{{ .Name }}"},{{ end }}`,
	}
	called := []string{
		`"k": "{{ .URL }}", 'x': 1 # c` + "\n", `{"a": [{{ template "n" . }} }, // x` + "\n", `x" + "y`, ` "a": {"b": 'x`, `{"k": {{ json .URL }}},`, `/* x`, `]}`,
	}
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the templates must be the same in every run
	tried, last := 0, ""
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%s\n%v", last, r)
		}
	}()
	const trials = 3_000
	for range trials {
		text := seeds[rng.IntN(len(seeds))]
		for range rng.IntN(5) {
			i := rng.IntN(len(text) + 1)
			j := min(len(text), i+rng.IntN(12))
			switch rng.IntN(4) {
			case 0:
				text = text[:i] + text[j:]
			case 1:
				text = text[:j] + text[i:]
			case 2:
				text = text[:i] + string(`"{}[],:'#/`[rng.IntN(10)]) + text[i:]
			case 3:
				text = text[:i] + `{{ template "m" . }}` + text[i:]
			}
		}
		define := fmt.Sprintf(`{{ define "m" }}%s{{ end }}{{ define "n" }}%s{{ end }}`, called[rng.IntN(len(called))], called[rng.IntN(len(called))])
		if rng.IntN(2) == 0 {
			text = define + text
		} else {
			text += define
		}
		parsed, err := source.ParseTemplate("x", text)
		if err != nil {
			continue
		}
		tried++
		last = text
		for _, outlineOf := range []func(string, string, treesByName) (*outline, error){sketch, sketchLeniently} {
			if o, err := outlineOf(text, "x", parsed.Trees); err == nil {
				o.strayList(text)
				o.collect()
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d templates parse", tried)
	}
}
