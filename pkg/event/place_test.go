package event_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// TestTexts compares the texts of an event with the strings that encoding/json finds in
// it.
func TestTexts(t *testing.T) {
	t.Parallel()
	for _, sample := range event.Samples() {
		var got []string
		for at := range sample.Event.Texts() {
			text, ok := at.Text()
			if !ok || at.Path == "" || at.Field().Doc == "" {
				t.Errorf("%s: %q has no text or no doc", sample.Name, at.Path)
			}
			got = append(got, text)
			set := sample.Event.Clone()
			if err := set.Set(at.Path, "other"); err != nil {
				t.Errorf("%s: %v", sample.Name, err)
			}
		}
		want := stringsIn(reflect.ValueOf(sample.Event.Values()))
		if diff := golden.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", sample.Name, diff)
		}
	}
}

// stringsIn lists the strings of a value.
func stringsIn(v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, stringsIn(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				all = append(all, stringsIn(v.Field(i))...)
			}
		}
	}
	return all
}

// TestClone changes everything in a clone, and checks that the event stays as it was.
func TestClone(t *testing.T) {
	t.Parallel()
	for _, sample := range event.Samples() {
		clone := sample.Event.Clone()
		clone.Rewrite(func(_ event.Place, text string) string { return text + "!" })
		for part := range clone.Root().Parts() {
			part.Resize(part.Len() + 2)
			part.Element(0).SetText("first")
		}
		same, _ := event.SampleByName(sample.Name)
		if diff := golden.Diff(same.Event, sample.Event); diff != "" {
			t.Errorf("%s has changed with its clone:\n%s", sample.Name, diff)
		}
	}
}

func TestResize(t *testing.T) {
	t.Parallel()
	for _, kind := range event.Kinds() {
		for part := range event.New(kind).Root().Parts() {
			if !part.Field().IsList() {
				continue
			}
			part.Resize(3)
			for element := range part.Parts() {
				for at := range (event.Event{}).Texts() {
					t.Errorf("the zero event has a %s", at.Path)
				}
				if text, ok := firstText(element).Text(); !ok || text == "" {
					t.Errorf("%s is empty", element.Path)
				}
			}
			part.Remove(1)
			part.Remove(5)
			if part.Len() != 2 {
				t.Errorf("%s has %d elements, want 2", part.Path, part.Len())
			}
			part.Resize(0)
			if text, err := event.Marshal(event.New(kind)); err != nil || part.Len() != 0 {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// firstText returns a place itself if it is a text, or the first text in it.
func firstText(at event.Place) event.Place {
	if at.Field().IsText() {
		return at
	}
	for part := range at.Parts() {
		return firstText(part)
	}
	return event.Place{}
}

func TestRebase(t *testing.T) {
	t.Parallel()
	for _, base := range event.BaseURLs() {
		for _, sample := range event.Samples() {
			ev := sample.Event.Rebase(base + "/")
			text, _ := ev.Root().Part("URL").Text()
			if !strings.HasPrefix(text, base+"/p/a1b2c3d4/") {
				t.Errorf("%s: the link is %s", sample.Name, text)
			}
		}
	}
}

// TestUnsent checks events that Coroot sends, and events that it does not.
func TestUnsent(t *testing.T) {
	t.Parallel()
	for _, sample := range event.Samples() {
		version := event.Version{}
		if sample.Until != "" {
			version = event.Version{1, 12, 4}
			if why := sample.Event.Unsent(event.Version{}); why == "" {
				t.Errorf("%s is sent by the newest Coroot", sample.Name)
			}
		}
		if why := sample.Event.Unsent(version); why != "" {
			t.Errorf("%s: %s", sample.Name, why)
		}
		if sample.SentBy(event.Version{}) != (sample.Until == "") {
			t.Errorf("%s: the newest Coroot and %q disagree", sample.Name, sample.Until)
		}
	}
	for _, tt := range []struct{ sample, path, value, want string }{
		{"incident-critical", "status", "WARNING", "status is one of OK, CRITICAL"},
		{"incident-critical", "status", "OK", "reports is empty when the status is OK"},
		{"incident-critical", "reports", "[]", "reports is null when it is empty"},
		{"incident-critical", "application.name", "", "the namespace, kind and name of an application are all empty or none is"},
		{"deployment-deployed", "status", "Stuck", "summary is empty when the status is Stuck"},
		{"alert-check", "duration", "5m", "duration is empty when the status is WARNING"},
		{"alert-check", "severity", "info", "severity is one of warning, critical"},
		{"alert-check", "details[0].value", strings.Repeat("x", 1001), "details[0].value is cut at 1000 characters"},
		{"alert-kubernetes-events", "details[2].value", strings.Repeat("x", 1001), ""},
		{"alert-no-application", "application", ":::", "application.cluster_id is never empty"},
		{"alert-check", "summary", "", ""},
	} {
		sample, _ := event.SampleByName(tt.sample)
		if err := sample.Event.Set(tt.path, tt.value); err != nil {
			t.Fatal(err)
		}
		if got := sample.Event.Unsent(event.Version{}); got != tt.want {
			t.Errorf("%s with %s=%.20s: got %q, want %q", tt.sample, tt.path, tt.value, got, tt.want)
		}
	}
}

func TestSentBy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind    event.Kind
		version string
		want    []string
	}{
		{event.KindIncident, "", []string{"OK", "CRITICAL"}},
		{event.KindIncident, "1.12.5", []string{"OK", "CRITICAL"}},
		{event.KindIncident, "1.12.4", []string{"OK", "CRITICAL", "WARNING"}},
		{event.KindDeployment, "1.17", []string{"Deployed", "Stuck", "Cancelled"}},
		{event.KindDeployment, "1.18", []string{"Deployed", "In-progress", "Stuck", "Cancelled"}},
		{event.KindAlert, "1.19", []string{"OK", "WARNING", "CRITICAL"}},
	} {
		var version event.Version
		if tt.version != "" {
			version, _ = event.ParseVersion(tt.version)
		}
		status, _ := event.FieldByName(tt.kind, "Status")
		if got := status.SentBy(version); !slices.Equal(got, tt.want) {
			t.Errorf("%s of %q: got %q, want %q", tt.kind, tt.version, got, tt.want)
		}
	}
}

// TestExamples checks that the schema has examples where it has no values, and that
// Coroot could send an event made of the first of each.
func TestExamples(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, kind := range event.Kinds() {
		for at := range generate.Event(kind, generate.Huge, rng).Texts() {
			if len(at.Field().Known()) == 0 {
				t.Errorf("%s of %s has no example", at.Path, kind)
			}
			for _, usual := range at.Field().Usual {
				if at.Field().Values != nil && !slices.Contains(at.Field().Values, usual) {
					t.Errorf("%s of %s: %q is not among the values", at.Path, kind, usual)
				}
			}
		}
	}
}
