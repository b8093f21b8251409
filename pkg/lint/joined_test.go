package lint_test

import (
	"reflect"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

func TestJoined(t *testing.T) {
	t.Parallel()
	var results []lint.Result
	for _, tt := range []workspace.Template{
		{Webhook: "a"},
		{Webhook: "b"},
		{Webhook: "fields", CustomFields: map[string]string{"team": "x"}},
		{Webhook: "kind", Kind: event.KindIncident},
		{Webhook: "destination", Destination: "discord"},
		{Webhook: ""},
		{Webhook: "c"},
		{Webhook: "other file", Path: "b.tmpl"},
		{Webhook: "d"},
	} {
		if tt.Kind == "" {
			tt.Kind = event.KindAlert
		}
		if tt.Path == "" {
			tt.Path = "a.tmpl"
		}
		tt.Text = `{"text": {{ .Foo }}}`
		results = append(results, lint.Check(t.Context(), tt, lint.Options{Brief: true}))
	}
	var got [][]string
	for _, r := range lint.Joined(results) {
		got = append(got, r.Webhooks())
	}
	want := [][]string{{"a", "b", "c", "d"}, {"fields"}, {"kind"}, {"destination"}, nil, {"other file"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
