package coroot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

func TestParseSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"": "0001-01-01T00:00:00Z", "24h": "2026-11-27T12:00:00Z", "7d": "2026-11-21T12:00:00Z", "2026-11-01": "2026-11-01T00:00:00Z",
		"2026-11-01T10:00": "2026-11-01T10:00:00Z", "2026-11-01T10:00:00+01:00": "2026-11-01T09:00:00Z",
	} {
		got, err := coroot.ParseSince(text, now)
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("ParseSince(%q) = %v, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "-1h", "7", "7days", "2026-13-01"} {
		if got, err := coroot.ParseSince(text, now); err == nil {
			t.Errorf("ParseSince(%q) = %v", text, got)
		}
	}
}

func TestWhyLost(t *testing.T) {
	t.Parallel()
	sample, ok := event.SampleByName("alert-check")
	if !ok {
		t.Fatal("there is no such sample")
	}
	for template, want := range map[string]string{
		`{"text": {{ json .Summary }}}`:                          "",
		`{{ .Summary }}`:                                         "",
		`{"text": {{ .Summary }}}`:                               "the body is not valid JSON: ",
		`{{/* hooktool: destination=discord */}}{"content": ""}`: "Discord would refuse it: ",
		`{{ .Summary `:                                           "unclosed action",
		`{{ index .Summary 9999 }}`:                              "9999",
	} {
		file, err := config.Parse(".hooktool.yaml", []byte("webhooks:\n  w:\n    url: https://example.com\n    alerts: true\n    alertTemplate: '"+template+"'\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		trial, err := coroot.NewTrial(workspace.New(workspace.Options{Configs: []*config.File{file}, Said: workspace.Said{Webhooks: []string{"w"}}}), "w")
		if err != nil {
			t.Fatal(err)
		}
		err = trial.WhyLost(t.Context(), coroot.Past{Event: sample.Event})
		switch {
		case err == nil && want != "", err != nil && (want == "" || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", template, err, want)
		}
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	got := coroot.States([]coroot.State{
		{ID: "1", Name: "shop\x1b[31m", Configured: true, Alert: true, URL: "https://example.com/***"},
		{ID: "2", Name: "other", ReadOnly: true},
	}, typeset.Plain{})
	for _, part := range []string{"PROJECT", "alerts      https://example.com/***  its settings\n", "no webhook", "the configuration file (read-only)"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in\n%s", part, got)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Errorf("a control character is in %q", got)
	}
}
