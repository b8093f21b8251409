package webhook_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func TestUsesCustomField(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{{ .Status }}`:                                                                          false,
		`{{ json .Env }}`:                                                                        true,
		`{{ if eq .Env "x" }}a{{ end }}`:                                                         true,
		`{{ range .Reports }}{{ $.Env }}{{ end }}`:                                               true,
		`{{ range .Summary }}{{ json . }}{{ end }}`:                                              false,
		`{{ range .Summary }}a{{ else }}{{ json . }}{{ end }}`:                                   true,
		`{{ json . }}`:                                                                           true,
		`{{ $e := . }}{{ $e.Env }}`:                                                              true,
		`{{ with . }}{{ json . }}{{ end }}`:                                                      true,
		`{{ (index .Reports 0).Env }}`:                                                           true,
		`{{ range .Reports }}{{ json $ }}{{ end }}`:                                              true,
		`{{ define "x" }}{{ .Env }}{{ end }}{{ template "x" . }}`:                                true,
		`{{ define "x" }}{{ .Status }}{{ end }}{{ template "x" . }}`:                             false,
		`{{ define "x" }}{{ json . }}{{ end }}{{ template "x" .Status }}`:                        false,
		`{{ define "x" }}{{ json $ }}{{ end }}{{ template "x" .Status }}`:                        false,
		`{{ define "x" }}{{ json . }}{{ end }}{{ template "x" .Status }}{{ template "x" . }}`:    true,
		`{{ define "x" }}{{ json . }}{{ end }}{{ range .Reports }}{{ template "x" . }}{{ end }}`: false,
		`{{ define "x" }}{{ json $ }}{{ end }}{{ range .Reports }}{{ template "x" $ }}{{ end }}`: true,
		`{{ define "x" }}{{ template "y" . }}{{ end }}{{ define "y" }}{{ .Env }}{{ template "x" .Env }}{{ end }}{{ template "x" . }}`: true,
		`{{ define "x" }}{{ template "x" $ }}{{ end }}{{ template "x" . }}`:                                                           false,
		`{{ define "x" }}{{ end }}{{ template "x" $e := . }}{{ json $e }}`:                                                            true,
		`{{ block "x" . }}{{ json . }}{{ end }}`:                                                                                      true,
		`{{ .Environment }}{{/* .Env */}} .Env`:                                                                                       false,
	} {
		parsed, err := source.ParseTemplate("main", text)
		if err != nil {
			t.Fatal(err)
		}
		if got := webhook.UsesCustomField(parsed, "env"); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
