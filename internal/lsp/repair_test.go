package lsp

import (
	"strings"
	"testing"
)

func (e *editor) actions(name string, only ...string) []codeAction {
	e.t.Helper()
	found := e.diagnostics(name, 1)
	d := newDocument("", 1, e.texts[name]).encoded(utf8Encoding)
	p := codeActionParams{TextDocument: textDocumentIdentifier{e.uri(name)}, Range: textRange{position{}, d.position(len(d.text))}}
	p.Context.Diagnostics, p.Context.Only = found, only
	if p.Context.Diagnostics == nil {
		p.Context.Diagnostics = []diagnostic{}
	}
	var actions []codeAction
	e.call("textDocument/codeAction", p, &actions)
	return actions
}

func TestRepair(t *testing.T) {
	e := startEditor(t, capable)
	const text = "\ufeff{\r\n\"😀\": \"{{ .Summary }}\",\r\n\"b\": 1\r\n}\r\n"
	e.open("alert.tmpl", strings.TrimPrefix(text, "\ufeff"))
	actions := e.actions("alert.tmpl")
	if len(actions) == 0 || actions[0].Kind != quickFix || !actions[0].IsPreferred {
		t.Fatalf("actions %+v", actions)
	}
	edits := actions[0].Edit.DocumentChanges[0].Edits
	if got := e.edited("alert.tmpl", edits...); !strings.Contains(got, "\"😀\": {{ json .Summary }},\r\n") {
		t.Errorf("repaired: %s", got)
	}
	e.open("hooks.yaml", inside(`{"a": "{{ .Summary }}"}`))
	actions = e.actions("hooks.yaml", "source.fixAll")
	if len(actions) != 1 || actions[0].Kind != fixAll {
		t.Fatalf("actions %+v", actions)
	}
	if got := e.edited("hooks.yaml", actions[0].Edit.DocumentChanges[0].Edits...); got != inside(`{"a": {{ json .Summary }}}`) {
		t.Errorf("repaired: %s", got)
	}
}

func TestIgnore(t *testing.T) {
	e := startEditor(t, capable)
	for _, test := range []struct{ name, text, title, want string }{
		{"alert.tmpl", `{"a": {{ json .Nothing }}}`, "Ignore unknown-field here", `{"a": {{/* hooktool:ignore unknown-field */}}{{ json .Nothing }}}`},
		{"alert2.tmpl", `{"a":   {{- json .Nothing }}}`, "Ignore unknown-field here", `{"a":   {{- /* hooktool:ignore unknown-field */}}{{- json .Nothing }}}`},
		{"hooks.yaml", inside(`{"a": {{ json .Nothing }}}`), "Ignore unknown-field here", inside(`{"a": {{/* hooktool:ignore unknown-field */}}{{ json .Nothing }}}`)},
	} {
		e.open(test.name, test.text)
		done := false
		for _, action := range e.actions(test.name) {
			if action.Title == test.title {
				done = true
				got := e.edited(test.name, action.Edit.DocumentChanges[0].Edits...)
				if got != test.want {
					t.Errorf("%s: %s", test.text, got)
				}
				e.open("again-"+test.name, got)
				if found := codes(e.diagnostics("again-"+test.name, 1)); strings.Contains(found, "unknown-field") {
					t.Errorf("%s: still %s", got, found)
				}
			}
		}
		if !done {
			t.Errorf("%s: no such action", test.text)
		}
	}
}

func TestQuote(t *testing.T) {
	e := startEditor(t, capable)
	for _, test := range [][2]string{
		{`{"a": {{ .Sum‸mary }}}`, `{"a": {{ json .Summary }}}`},
		{`{"a": "{{ .Sum‸mary }}"}`, `{"a": {{ json .Summary }}}`},
		{`{"a": {{ printf "%d" 1‸ }}}`, `{"a": {{ printf "%d" 1 | json }}}`},
		{`{"a": {{ json .Sum‸mary }}}`, ""},
		{`{{ $x := .Sum‸mary }}`, ""},
		{inside(`{"a": "{{ .Sum‸mary }}"}`), inside(`{"a": {{ json .Summary }}}`)},
		{quoted(`{"a": "{{ printf "%d" 1‸ }}"}`), quoted(`{"a": {{ printf "%d" 1 | json }}}`)},
	} {
		name := "alert.tmpl"
		if strings.HasPrefix(test[0], "webhooks") {
			name = "hooks.yaml"
		}
		p := e.at(name, test[0])
		params := codeActionParams{TextDocument: p.TextDocument, Range: textRange{p.Position, p.Position}}
		params.Context.Diagnostics = []diagnostic{}
		var actions []codeAction
		e.call("textDocument/codeAction", params, &actions)
		got := ""
		if len(actions) == 1 {
			got = e.edited(name, actions[0].Edit.DocumentChanges[0].Edits...)
		}
		if got != test[1] {
			t.Errorf("%s: %s", test[0], got)
		}
	}
}

// quoted is a configuration with a template in quotes.
func quoted(template string) string {
	return "webhooks:\n  chat:\n    url: https://example.com/hook\n    alerts: true\n    alertTemplate: \"" + strings.ReplaceAll(template, `"`, `\"`) + "\"\n"
}

func TestRender(t *testing.T) {
	e := startEditor(t, capable)
	uri := e.open("alert.tmpl", `{"s": {{ json .Status }}}`)
	var lenses []codeLens
	e.call("textDocument/codeLens", documentParams{textDocumentIdentifier{uri}}, &lenses)
	if len(lenses) != 1 {
		t.Fatalf("lenses %+v", lenses)
	}
	var body string
	e.call("workspace/executeCommand", map[string]any{"command": lenses[0].Command.Command, "arguments": lenses[0].Command.Arguments}, &body)
	if body != `{"s": "CRITICAL"}` && body != `{"s": "WARNING"}` {
		t.Errorf("the body is %s", body)
	}
	wantCode(t, e.try("workspace/executeCommand", map[string]any{"command": "rm"}, nil), -32602)
}

func FuzzDifferences(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc\nd")
	f.Add("é\n", "è\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		got, at := "", 0
		for _, h := range differences(before, after) {
			if h.start < at || h.end < h.start {
				t.Fatalf("%q to %q: %+v", before, after, h)
			}
			got += before[at:h.start] + h.text
			at = h.end
		}
		if got += before[at:]; got != after {
			t.Fatalf("%q to %q gives %q", before, after, got)
		}
	})
}
