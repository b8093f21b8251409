package lsp

import (
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
