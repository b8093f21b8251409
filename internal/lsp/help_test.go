package lsp

import (
	"slices"
	"strings"
	"testing"
)

func (e *editor) at(name, text string) textDocumentPositionParams {
	e.t.Helper()
	text, pos := cursor(e.t, text)
	uri := e.open(name, text)
	return textDocumentPositionParams{textDocumentIdentifier{uri}, pos}
}

func TestHover(t *testing.T) {
	e := startEditor(t, capable)
	for _, test := range []struct {
		name, text string
		want       []string // parts of what is shown; none: nothing is
	}{
		{"alert.tmpl", `{"text": {{ json .Sum‸mary }}}`, []string{".Summary", "a string", "since Coroot 1.18.0", "`$.text`", "alert-check"}},
		{"alert.tmpl", `{"text": {{ js‸on .Summary }}}`, []string{"json VALUE", "Added by Coroot", "`$.text`"}},
		{"alert.tmpl", `{"a": [{"b": "{{ .St‸atus }}"}]}`, []string{"One of `", "`$.a[0].b`"}},
		{"alert.tmpl", `{{ ra‸nge .Details }}{{ .Name }}{{ end }}`, []string{"for each element"}},
		{"incident.tmpl", `{{ range $i, $r := .Reports }}{{ $‸r.Name }}{{ end }}`, []string{"$r", "a report"}},
		{"incident.tmpl", `{{ .Application.Stri‸ng }}`, []string{".String"}},
		{"incident.tmpl", `{{ if .Status }}{{ .Sta‸tus `, []string{"a string"}},
		{"incident.tmpl", `te‸xt {{ .Status }}`, nil},
		{"any.tmpl", `{{ .Sta‸tus }}`, nil},
	} {
		var got hover
		e.call("textDocument/hover", e.at(test.name, test.text), &got)
		for _, want := range test.want {
			if !strings.Contains(got.Contents.Value, want) {
				t.Errorf("%s: no %q in %q", test.text, want, got.Contents.Value)
			}
		}
		if len(test.want) == 0 && got.Contents.Value != "" {
			t.Errorf("%s: %q", test.text, got.Contents.Value)
		}
	}
}

// inside is a configuration with a template in it.
func inside(template string) string {
	return "webhooks:\n  chat:\n    url: https://example.com/hook\n    customFields: {team: shop}\n    alerts: true\n    alertTemplate: |\n      " + template + "\n"
}

func TestComplete(t *testing.T) {
	e := startEditor(t, capable)
	for _, test := range []struct {
		name, text string
		want, not  string // labels, separated by blanks
	}{
		{"alert.tmpl", `{{ .‸ }}`, "Status Summary Application", "Reports json if"},
		{"alert.tmpl", `{{ .Sum‸`, "Summary", ""},
		{"alert.tmpl", `{{ if .‸`, "Status", ""},
		{"alert.tmpl", "{{ .Broken. }}\n{{ (json }}\n{{ range .Details }}{{ .‸", "Name Value Code", "Status"},
		{"alert.tmpl", `{{ range .Details }}{{ json .‸ }}{{ end }}{{ .Status }}`, "Name Value Code", "Status"},
		{"alert.tmpl", `{{ with .Application }}{{ .‸ }}{{ end }}`, "Name Namespace String", "Status"},
		{"alert.tmpl", `{{ .Application.‸ }}`, "Kind", "Status"},
		{"alert.tmpl", `{{ json (.‸`, "Status", ""},
		{"alert.tmpl", `{{ $a := .Application }}{{ $a.‸ }}`, "Name", "Status"},
		{"alert.tmpl", `{{ $a := 1 }}{{ range $i, $d := .Details }}{{ $‸ }}{{ end }}{{ $later := 1 }}`, "$a $i $d $", "$later"},
		{"alert.tmpl", `{{ if eq .Status "‸" }}x{{ end }}`, "OK CRITICAL", "Deployed"},
		{"alert.tmpl", `{{ if eq .Status "CR‸`, "CRITICAL", ""},
		{"alert.tmpl", `{{ $s := .Severity }}{{ if ne "‸" $s }}x{{ end }}`, "critical", "CRITICAL"},
		{"alert.tmpl", `{{ ‸ }}`, "json if range else printf", ""},
		{"alert.tmpl", `{{ if ‸ }}`, "eq and", "if range"},
		{"alert.tmpl", `{{/* hooktool:ignore json-un‸ */}}`, "json-unescaped ping", ""},
		{"alert.tmpl", `{{/* hooktool: type=‸ */}}`, "alert incident", ""},
		{"alert.tmpl", `{{/* hooktool: type=alert destination=tele‸ */}}`, "telegram", "alert"},
		{"alert.tmpl", `text ‸`, "", "json"},
		{"hooks.yaml", inside(`{"a": {{ json .‸ }}}`), "Summary Team", "Reports"},
		{"hooks.yaml", inside(`x`) + "    ‸\n", "url incidentTemplateFile destination", "json"},
		{"hooks.yaml", inside(`x`) + "    destination: tel‸\n", "telegram", "url"},
		{"hooks.yaml", inside(`x`) + "  ‸\n", "", "url"},
		{"coroot.yaml", "projects:\n  - name: a\n    notificationIntegrations:\n      webhook:\n        ur‸\n", "url alertTemplate", "destination"},
	} {
		var got completionList
		e.call("textDocument/completion", e.at(test.name, test.text), &got)
		var labels []string
		for _, item := range got.Items {
			labels = append(labels, item.Label)
		}
		for _, want := range strings.Fields(test.want) {
			if !slices.Contains(labels, want) {
				t.Errorf("%s: no %s among %s", test.text, want, labels)
			}
		}
		for _, not := range strings.Fields(test.not) {
			if slices.Contains(labels, not) {
				t.Errorf("%s: %s among %s", test.text, not, labels)
			}
		}
	}
}

// TestCompletionEdit applies completions.
func TestCompletionEdit(t *testing.T) {
	e := startEditor(t, capable)
	for _, test := range []struct{ text, label, want string }{
		{`{{ .Sta‸tus }}`, "Summary", `{{ .Summary }}`},
		{`{{ eq .Status "‸" }}`, "OK", `{{ eq .Status "OK" }}`},
		{`{{ eq .Status "‸ }}`, "OK", `{{ eq .Status "OK" }}`},
		{`{{ eq .Status "‸WARNING" }}`, "OK", `{{ eq .Status "OK" }}`},
		{`{{ js‸ }}`, "json", `{{ json }}`},
		{`{{ ra‸`, "range", `{{ range ${1:.Reports} }}$2{{ end }}`},
		{`{{ json $‸ }}`, "$", `{{ json $ }}`},
		{`{{/* hooktool:ignore json-un‸ */}}`, "ping", `{{/* hooktool:ignore ping */}}`},
	} {
		var got completionList
		p := e.at("alert.tmpl", test.text)
		e.call("textDocument/completion", p, &got)
		i := slices.IndexFunc(got.Items, func(c completionItem) bool { return c.Label == test.label })
		if i < 0 {
			t.Errorf("%s: no %s", test.text, test.label)
			continue
		}
		if text := e.edited("alert.tmpl", *got.Items[i].TextEdit); text != test.want {
			t.Errorf("%s: %s", test.text, text)
		}
	}
}

// edited returns a text of the editor after edits.
func (e *editor) edited(name string, edits ...textEdit) string {
	slices.SortFunc(edits, func(a, b textEdit) int {
		return (b.Range.Start.Line-a.Range.Start.Line)*10000 + b.Range.Start.Character - a.Range.Start.Character
	})
	d := newDocument("", 1, e.texts[name])
	for _, edit := range edits {
		d = d.changed(1, []contentChange{{Range: &edit.Range, Text: edit.NewText}}, utf8Encoding)
	}
	return d.text
}

func TestSignature(t *testing.T) {
	e := startEditor(t, capable)
	for text, want := range map[string]int{
		`{{ printf "%s" .Sta‸tus }}`: 1, `{{ printf ‸ }}`: 0, `{{ index .Details ‸ }}`: 1, `{{ if eq (len .‸Details) 1 }}{{ end }}`: 0, `{{ .‸Status }}`: -1, `{{ eq .Status "‸" }}`: 1,
	} {
		var got *struct{ ActiveParameter int }
		e.call("textDocument/signatureHelp", e.at("alert.tmpl", text), &got)
		if got == nil && want >= 0 || got != nil && got.ActiveParameter != want {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestNavigation(t *testing.T) {
	e := startEditor(t, capable)
	text := `{{ define "x" }}a{{ end }}{{ $a := 1 }}{{ range .Details }}{{ $a = 2 }}{{ $‸a }}{{ end }}{{ template "x" }}`
	p := e.at("alert.tmpl", text)
	var at location
	e.call("textDocument/definition", p, &at)
	if at.Range.Start.Character != strings.Index(text, "$a") {
		t.Errorf("defined at %+v", at)
	}
	var all []location
	e.call("textDocument/references", map[string]any{"textDocument": p.TextDocument, "position": p.Position, "context": map[string]bool{"includeDeclaration": true}}, &all)
	if len(all) != 3 {
		t.Errorf("references %+v", all)
	}
	p = e.at("alert.tmpl", `{{ define "x" }}a{{ end }}{{ template "x‸" }}`)
	e.call("textDocument/definition", p, &at)
	if at.Range.Start.Character != len(`{{ define `) {
		t.Errorf("defined at %+v", at)
	}
	var symbols []documentSymbol
	e.open("alert.tmpl", "{{ define \"x\" }}\n{{ if . }}\na\n{{ end }}\n{{ end }}\n{{/*\n*/}}\n")
	e.call("textDocument/documentSymbol", documentParams{p.TextDocument}, &symbols)
	if len(symbols) != 1 || symbols[0].Name != `define "x"` || len(symbols[0].Children) != 1 {
		t.Errorf("symbols %+v", symbols)
	}
	var folds []foldingRange
	e.call("textDocument/foldingRange", documentParams{p.TextDocument}, &folds)
	if len(folds) != 3 {
		t.Errorf("folds %+v", folds)
	}
}
