package lsp

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestDiagnostics(t *testing.T) {
	e := startEditor(t, capable)
	e.open("alert.tmpl", `{"text": "{{ .Summary }}", "x": {{ json .Sumary }}}`)
	found := e.diagnostics("alert.tmpl", 1)
	if got := codes(found); !strings.Contains(got, "unknown-field") {
		t.Fatalf("found %s", got)
	}
	for _, d := range found {
		if d.Code == "unknown-field" && (d.Range.Start.Character != 40 || !strings.HasSuffix(d.CodeDescription.Href, "/unknown-field.md")) {
			t.Errorf("%+v", d)
		}
	}
	e.notify("textDocument/didChange", didChangeParams{
		TextDocument:   versionedTextDocumentIdentifier{e.uri("alert.tmpl"), 2},
		ContentChanges: []contentChange{{Text: `{"text": {{ json .Summary }}}`}},
	})
	if found := e.diagnostics("alert.tmpl", 2); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
	e.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{e.uri("alert.tmpl")}})
	if found := e.diagnostics("alert.tmpl", 0); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

// TestManyDiagnostics checks how many findings an editor gets of a rule that is broken
// many times, and that it gets the others once the first are fixed.
func TestManyDiagnostics(t *testing.T) {
	e := startEditor(t, capable)
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "{{ .Statuss%d }}\n", i)
		}
		return b.String()
	}
	e.open("alert.tmpl", text(1000))
	found := e.diagnostics("alert.tmpl", 1)
	last := found[len(found)-1]
	if n := strings.Count(codes(found), "unknown-field"); n != mostOfRule+1 || last.Message != "900 more of these: unknown-field" || last.Range.Start.Line != mostOfRule {
		t.Errorf("%d are shown, the last is %+v", n, last)
	}
	e.notify("textDocument/didChange", didChangeParams{
		TextDocument:   versionedTextDocumentIdentifier{e.uri("alert.tmpl"), 2},
		ContentChanges: []contentChange{{Text: text(mostOfRule + 1)}},
	})
	found = e.diagnostics("alert.tmpl", 2)
	if last := found[len(found)-1]; len(found) != mostOfRule+1 || !strings.Contains(last.Message, fmt.Sprintf(".Statuss%d", mostOfRule)) {
		t.Errorf("%d are shown, the last is %+v", len(found), last)
	}
}

// TestSharedTemplate opens a file in which two of three webhooks have the same template,
// and only one of them the field that it prints.
func TestSharedTemplate(t *testing.T) {
	e := startEditor(t, `{}`)
	e.dir = t.TempDir()
	e.open("hooks.yaml", `webhooks:
  rich: {url: "https://example.com/a", alerts: true, customFields: {team: shop}, alertTemplate: &shared '{"a": {{ json .Team }}, "b": "{{ .Summary }}"}'}
  bare: {url: "https://example.com/b", alerts: true, alertTemplate: *shared}
  other: {url: "https://example.com/c", alerts: true, alertTemplate: '{"c": {{ json .Team }}}'}
`)
	var got []string
	for _, d := range e.diagnostics("hooks.yaml", 1) {
		for line := range strings.Lines(d.Message) {
			if strings.HasPrefix(line, "for the ") {
				got = append(got, d.Code+" "+strings.TrimSpace(line))
			}
		}
	}
	if !slices.Equal(got, []string{"unknown-field for the webhook bare"}) {
		t.Errorf("%q", got)
	}
}
