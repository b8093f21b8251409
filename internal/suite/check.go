package suite

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// check finds what is wrong with a case before it is run.
func (l *loader) check(at *yaml.Node, c Case) {
	switch {
	case c.Name == "":
		l.problem(at, "add name: …", "a test has no name")
	case c.Template == "" && c.Webhook == "":
		l.problem(at, "add template: FILE, or webhook: NAME, to it or at the top of the file", "test %q has no template", c.Name)
	case c.Template != "" && c.Webhook != "":
		l.problem(at, "remove one of them", "test %q has a template and a webhook", c.Name)
	case c.Event != nil && c.Sample != "":
		l.problem(at, "remove one of them", "test %q has an event and a sample", c.Name)
	}
	if n := c.bodies(); n > 1 {
		l.problem(at, "keep only one of them", "test %q has %d of body, golden, json and error", c.Name, n)
	}
	l.checkWord(at, "type", c.Type, event.KindNames()...)
	if catalog.ByName(c.Destination) == nil {
		l.checkWord(at, "destination", c.Destination, catalog.Names()...)
	}
	l.checkWord(at, "compare", c.Compare, compareJSON, compareBytes)
	l.checkWord(at, "outcome", c.Outcome, outcomeAccepted, outcomeRefused)
	l.checkSample(at, c)
}

// checkPaths rejects files that are outside the project; at returns the value of a key
// of the case.
func (l *loader) checkPaths(at func(key string) *yaml.Node, c Case) {
	event, _ := c.Event.(string)
	for key, path := range map[string]string{"template": c.Template, "event": event, "golden": c.Golden} {
		if path == "" {
			continue
		}
		if err := project.Barred(c.root(), c.path(path)); err != nil {
			l.problem(at(key), "a project's tests can use only files in its repository or, without one, in the folder of the tests", "%s: %v", key, errors.Unwrap(err))
		}
	}
}

// bodies counts the ways in which a case describes the expected body.
func (c Case) bodies() int {
	n := 0
	for _, given := range []bool{c.Body != nil, c.Golden != "", c.JSON != nil, c.Error != ""} {
		if given {
			n++
		}
	}
	return n
}

func (l *loader) checkSample(at *yaml.Node, c Case) {
	switch {
	case c.Sample == "":
	case c.Sample == allSamples:
		if l.kinds(c) == "" {
			l.problem(at, "add type: incident, deployment or alert", "test %q asks for all samples, but the kind of its template is unknown", c.Name)
		}
		if c.Golden != "" && !strings.Contains(c.Golden, samplePlaceholder) {
			l.problem(at, "write "+samplePlaceholder+" where the sample's name belongs", "test %q has one golden file for all samples", c.Name)
		}
	default:
		l.checkWord(at, "sample", c.Sample, event.SampleNames()...)
	}
}

// checkWord rejects a word that is not among those allowed.
func (l *loader) checkWord(at *yaml.Node, key, word string, allowed ...string) {
	if word == "" {
		return
	}
	for _, each := range allowed {
		if word == each {
			return
		}
	}
	hint := key + " is one of " + strings.Join(allowed, ", ")
	if key == "sample" {
		hint = "hooktool samples lists them"
	}
	l.problem(at, words.Suggest(word, allowed, hint), "%s %q does not exist", key, word)
}

// checkNames rejects two cases with the same name, which a report could not tell apart.
func (l *loader) checkNames(cases []Case) {
	seen := map[string]bool{}
	for _, c := range cases {
		if c.Name != "" && seen[c.Name] {
			l.problems = append(l.problems, c.problem("rename one of them", "two tests have the name %q", c.Name))
		}
		seen[c.Name] = true
	}
}

// kindByName returns the kind given by the case or by its template's name.
func (c Case) kindByName() event.Kind {
	if kind, err := event.ParseKind(c.Type); err == nil {
		return kind
	}
	kind, _, _ := workspace.DetectKind(workspace.KindHints{Path: c.Template}) // only comments cause errors
	return kind
}
