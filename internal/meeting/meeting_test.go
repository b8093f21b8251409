package meeting_test

import (
	"io"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// texts opens texts as if they were files.
func texts(files map[string]string) func(string) (io.ReadCloser, error) {
	return func(path string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(files[path])), nil }
}

func sample(t *testing.T, name string) event.Sample {
	t.Helper()
	s, ok := event.SampleByName(name)
	if !ok {
		t.Fatalf("there is no sample %s", name)
	}
	return s
}

func TestMeeting(t *testing.T) {
	t.Parallel()
	alert, err := event.Marshal(sample(t, "alert-check").Event)
	if err != nil {
		t.Fatal(err)
	}
	incident, err := event.Marshal(sample(t, "incident-critical").Event)
	if err != nil {
		t.Fatal(err)
	}
	var deployments []string
	for _, s := range event.SamplesOf(event.KindDeployment) {
		deployments = append(deployments, s.Name)
	}
	files := map[string]string{
		"alerts": string(alert) + "\n" + string(alert), "mixed": string(alert) + "\n" + string(incident), "none": "", "bad": "{", "untold": "{}",
	}
	untold := workspace.Template{Path: "a.tmpl"}
	ofAlert, ofIncident := workspace.Template{Path: "b.tmpl", Kind: event.KindAlert}, workspace.Template{Path: "c.tmpl", Kind: event.KindIncident}
	for _, c := range []struct {
		name      string
		templates []workspace.Template
		options   meeting.Options
		want      string // for each template, its path and the names of its events, or an error
	}{
		{"built in", []workspace.Template{ofAlert}, meeting.Options{}, "b.tmpl: " + event.DefaultSample(event.KindAlert).Name},
		{"no kind", []workspace.Template{untold}, meeting.Options{}, workspace.ErrNoKind.Error()},
		{"told by the event", []workspace.Template{untold}, meeting.Options{Paths: []string{"alerts"}}, "a.tmpl: event 1 event 2"},
		{"the same for several", []workspace.Template{untold, ofAlert, ofIncident}, meeting.Options{Paths: []string{"alerts"}}, "a.tmpl: event 1 event 2; b.tmpl: event 1 event 2"},
		{"each for its own kind", []workspace.Template{untold, ofAlert, ofIncident}, meeting.Options{Paths: []string{"mixed"}}, "a.tmpl: event 1; b.tmpl: event 1; c.tmpl: event 1"},
		{"past ones of several kinds", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"mixed"}, Past: true}, "c.tmpl: mixed:2, 1 of 1"},
		{"a foreign one left out", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"mixed"}, Sort: true}, "c.tmpl: event 1"},
		{"a foreign one left out for several", []workspace.Template{ofIncident, ofIncident}, meeting.Options{Paths: []string{"mixed"}, Sort: true}, "c.tmpl: event 1; c.tmpl: event 1"},
		{"a foreign one for a template by name", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"mixed"}}, "unknown key"},
		{"those that do not tell are taken", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"untold", "mixed"}, Sort: true}, "b.tmpl: event 1 event 2"},
		{"all foreign", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"alerts"}, Sort: true}, "the events are of the kind alert, for which there is no template"},
		{"all foreign to what is said", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"alerts"}, Sort: true, Kind: event.KindIncident}, "but the kind incident was chosen"},
		{"broken, if sorted", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"bad"}, Sort: true}, "JSON"},
		{"the first past one tells", []workspace.Template{untold}, meeting.Options{Paths: []string{"mixed"}, Past: true}, "a.tmpl: mixed:1, 1 of 1"},
		{"past ones that do not tell", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"untold"}, Past: true}, "the kind of this event cannot be told"},
		{"past ones of a kind that is said", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"untold", "mixed"}, Past: true, Kind: event.KindAlert}, "b.tmpl: untold:1, 1 of 2 mixed:1, 2 of 2"},
		{"past ones of another kind", []workspace.Template{ofIncident}, meeting.Options{Paths: []string{"alerts"}, Past: true}, "c.tmpl: "},
		{"the first ones", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"alerts"}, Keep: 1}, "b.tmpl: event 1"},
		{"all built in", []workspace.Template{{Path: "d.tmpl", Kind: event.KindDeployment}}, meeting.Options{All: true}, "d.tmpl: " + strings.Join(deployments, " ")},
		{"sample of another kind", []workspace.Template{ofIncident}, meeting.Options{Sample: sample(t, "alert-check")}, ""},
		{"set", []workspace.Template{ofAlert}, meeting.Options{Sets: [][2]string{{"nope", "1"}}}, "--set"},
		{"broken", []workspace.Template{ofAlert}, meeting.Options{Paths: []string{"bad"}}, "JSON"},
	} {
		c.options.Open = texts(files)
		got, err := meet(c.templates, c.options)
		if err != nil {
			got = source.ProblemOf(err).Message
		}
		if got != c.want && (err == nil || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func meet(templates []workspace.Template, o meeting.Options) (string, error) {
	m, err := meeting.New(templates, o)
	if err != nil {
		return "", err
	}
	var all []string
	for _, t := range templates {
		in, err := m.With(t)
		if err != nil {
			return "", err
		}
		if in == nil {
			continue
		}
		names := []string{}
		if err := in.Each(func(name string, _ event.Event) error { names = append(names, name); return nil }); err != nil {
			return "", err
		}
		all = append(all, t.Path+": "+strings.Join(names, " "))
	}
	return strings.Join(all, "; "), nil
}

func TestRule(t *testing.T) {
	t.Parallel()
	file, err := config.ParseAny("coroot.yaml", []byte(`projects:
  - name: shop
    alertingRules:
      - {id: up, name: Up, source: {type: promql, promQL: {expression: up}}, templates: {summary: "{{ .value }}", description: "{{ .nope.x }}"}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rule meeting.Rule
		want string // the summary of the alert, or what the error says
	}{
		{meeting.Rule{ID: "up", Value: 3}, "3"},
		{meeting.Rule{ID: "upp"}, "did you mean up?"},
		{meeting.Rule{ID: "up", Base: "incident-critical"}, "see hooktool samples"},
		{meeting.Rule{ID: "up", Base: "alert"}, "hooktool samples --type alert"},
	} {
		sample, err := c.rule.Sample(file.Projects, func(string, error) {})
		got := ""
		if err != nil {
			got = source.ProblemOf(err).Hint
		} else {
			got = sample.Event.Alert.Summary
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.rule, got, c.want)
		}
	}
}
